"""Words round a name that tell whether it is meant as a place, and as the place of the event.

Only rules: which kinds of words may stand directly before or after. `kel. Durian` and `Durian
Lk 3` are places, `pohon durian` is a tree, `dari Medan` says where a bus came from.
"""

from __future__ import annotations


def words(row: str) -> frozenset[str]:
    """The words of a table written as text."""
    return frozenset(row.split())


SURE_BEFORE = frozenset({"kelurahan", "lurah", "kelurahannya", "kepling", "kel"})
DISTRICT_BEFORE = frozenset({"kecamatan", "kec", "camat"})
CITY_BEFORE = frozenset({"kota", "kabupaten", "pemko", "walikota", "diskominfo", "damkar"})
OUTSIDE_BEFORE = frozenset({"kota", "kabupaten", "kecamatan", "desa", "kec", "kab", "dusun"})

# Where something is.
AT = words(
    """
    di d pada daerah wilayah sekitar sekitaran seputar seputaran kawasan lokasi posisi alamat
    tempat tinggal area sini dalam dusun desa kampung kampungnya warga penduduk bertempat kejadian
    """
)
# Beside it, or a thing that carries the area's name.
BESIDE = words(
    """
    dekat depan belakang samping sebelah seberang pinggir ujung tengah simpang persimpangan
    bundaran jembatan titi gapura komplek kompleks perumahan perum blok gang posko pos puskesmas
    pustu posyandu sd sdn sdi smp smpn sma sman smk smkn tk mts man sekolah masjid mushola
    musholla langgar surau gereja vihara kuburan makam lapangan kantor polsek spbu pasar stasiun
    terminal perbatasan batas antara rel balai aula
    """
)
# Where something came from or goes: the event may be elsewhere.
HAMLET = frozenset({"kampung", "dusun"})
FROM = frozenset({"dari", "dr", "asal"})
TOWARDS = frozenset({"ke", "arah", "menuju", "jurusan", "tujuan", "hingga", "sampai", "via"})

# After these the word is a plant, a fruit, food, a people, a person or a make.
NOT_PLACE_BEFORE = words(
    """
    pohon pokok batang kayu daun kulit buah getah akar ranting dahan biji duri bibit kebun
    suku marga orang bahasa adat budaya kopi roti nasi bika sate gulai jus es martabak dodol
    lemang sirup makan minum jual jualan penjual pedagang beli borong panen kupas muat muatan
    lampu motor kereta honda suzuki yamaha mobil truk toko warung kedai bengkel rumah_makan
    penginapan salon apotek swalayan minimarket grosir pt cv ud klub grup merek nama namanya bernama nenek nek kakek opung oppung tulang inang
    makanan minuman aroma bau rasa musim raja
    """
)
# For a place outside: goods, companies and roads carry its name.
NOT_OUTSIDE_BEFORE = words(
    """
    orang suku bika ambon rambutan durian jeruk markisa lemang dodol nasi plat pelat bus bis
    travel angkot tol lintas kereta polda pajero duku salak buah bolu bk mobil truk
    teri ikan soto lontong sate gulai mie mi bakso sambal kopi teh roti pancake ulos batik
    berita kabar tv
    """
)
# "X banjir": what happens to an area right after its name.
HAPPENS = words(
    """
    banjir kebanjiran terendam tergenang tenggelam kebakaran terbakar longsor gempa gelap padam
    aman surut siaga macet ribut rusuh hujan ada sudah lagi air mati sekarang ini tolong minta
    mohon parah darurat makin tadi sejak masih kena
    """
)
# Of these, what befalls areas only: "pelita padam" is a lamp, "durian sudah habis" fruit.
BEFALLS_AREA = words(
    """
    banjir kebanjiran terendam tergenang kerendam kebakaran longsor gempa gelap surut siaga macet
    ribut rusuh hujan ada
    """
)
OUT_OF = frozenset({"mati", "padam"})  # "mati lampu"
SUPPLIES = frozenset({"lampu", "listrik", "air", "pln", "pam"})
BURNS = frozenset({"lalang", "ilalang", "alang"})  # "lalang kebakaran" is grass
# "banjir X": floods and landslides befall areas; a fire may burn what the name means ("lalang").
BEFALLS = frozenset({"banjir", "kebanjiran", "longsor", "genangan", "tergenang", "terendam"})
# "satria dekat masjid", "bulian arah pelita": what stands first is where it is.
RELATES = words("dekat depan belakang samping sebelah seberang arah menuju simpang gang")
FLOODED = BEFALLS | frozenset({"surut", "kerendam", "aman"})
STILL = frozenset({"sudah", "masih", "lagi", "belum", "kena", "makin", "mulai", "sedang", "juga"})
# "damkar tolong ke X" calls them there.
HELPERS = words("damkar pemadam petugas polisi tim bantuan bpbd basarnas perahu relawan personil")
SEND = words("datang turun meluncur")
# "anak saya kuliah di Medan" says where somebody lives, not where something happens.
LIVES = words("kuliah kerja bekerja merantau rantau sekolah dinas kos berobat dirawat opname")
DENIED = frozenset({"bukan", "salah"})
TITLES = words("pak bapak bu ibu bang abang kak mas mbak om tante haji guru")
JOINS = frozenset({"dan", "sama", "dengan", "serta", "atau", "juga", "and"})
ALONG = frozenset({"jalan", "gang", "ruas"})
STREET = frozenset({"jalan", "simpang", "gang", "persimpangan", "ruas"})
# What may stand before a name that opens a message.
GREETING = words(
    """
    pak bapak bu ibu bang abang kak kakak mas mbak min admin halo hallo hai assalamualaikum
    selamat pagi siang sore malam tolong mohon lapor laporan info permisi maaf darurat sos izin
    ijin cepat komandan dan ndan woi woy hoi help bantu ya ini
    """
)
SELF = frozenset({"saya", "kami", "aku", "awak", "kita"})
