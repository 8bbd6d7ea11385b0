"""The tables behind :mod:`geo.words`: how Indonesian words are shortened in messages.

Each row of ``_SPELLINGS`` is ``usual form: ways people write it``. A form stands here only if it
means one thing nearly always; short forms with two common readings (``km``: kamu, kilometre;
``smp``: sampai, a school; ``mtr``: motor, metre; ``kk``: kakak, family card) are left as typed.
"""

_SPELLINGS = """
tidak: tdk tidk g ga gak gk ngga nggak ngak enggak engga gag kagak kgk ndak ndk nda tak tk tdak
tidak ada: gada gaada gakada tdkada tiada gda
tidak bisa: gabisa gbs gabs gakbisa tdkbisa takbisa
tahu: tau
tidak tahu: gatau gtau gaktau taktau gatw
tidak mau: gamau gakmau takmau gmau
tidak jadi: gajadi gakjadi takjadi
belum: blm blom blum belom blon lom blmn belm
bukan: bkn bukn
jangan: jgn jng jngan jgan jangn
sudah: sdh udh udah dah uda sdah sudh udha udaa suda
lagi: lg lgi
sedang: sdg sdang
masih: msh msih masi
mau: mo mw
akan: akn
bisa: bs bsa
boleh: blh bole
harus: hrs
ada: ad adaa
tolong: tlg tlng tolg tolng tlong tollong tulong tlngin tolongin
bantu: bntu bantuin bantuu
bantuan: bntuan bntun
mohon: mhn mohn
cepat: cpt cpat cepet capat cepatan
segera: sgr sgra sgera
darurat: drurat darurt drrt
yang: yg yng
dan: dn
dengan: dgn dg dngan
untuk: utk untk tuk
karena: krn karna krna
tapi: tp tpi tetapi tapii
kalau: klo klu klw kalo kalok kaloo
seperti: kyk kyak kek kayak kaya sprti
juga: jg jga
saja: aj aja sja ajah
terus: trs trus
sampai: sampe smpe smpai nyampe ampe sampek
sama: sma ama
dari: dri
kepada: kpd
banyak: bnyk byk banyk bnyak
sedikit: sikit dikit sdikit dikid
sekali: skali
sekarang: skrg skrng skrang skg skrg skarang skrag sekrang
tadi: td tdi
semalam: smlm smlam smalam
kemarin: kmrn kmren kemaren kmarin kmrin
besok: bsk bsok besuk
malam: mlm mlam malem
pagi: pg pgi
hari: hr hri
jam: jm
menit: mnt menet mnit
bulan: bln
tahun: thn
minggu: mggu mgg minggo
saya: sy sya saia
aku: aq akuh
kami: kmi
kamu: kmu kw
bapak: bpk bpak bapk
pak: pk
ibu: ibuk ibok
bang: bg bng
abang: abg
anak: ank anakk
adik: adek adk dek dik
kakek: kake
keluarga: klrg kluarga kluarg klg
teman: tmn tmen temen kawan kwn
tetangga: tetanga ttangga tetangg ttga
orang: org orng orag
warga: wrg wrga
korban: krban korbn
kepala lingkungan: kepling
rumah: rmh rmah ruma rumh
rumah sakit: rs
puskesmas: puskes pkm
kantor: ktr kntor kntr kantr
sekolah: sklh skolah sekolh skul
masjid: mesjid msjd mesjit masjit msjid
jalan: jl jln jlan jalanan
gang: gg gng
simpang: sp spg smpang simp simpng
lingkungan: lk lingk lkg lingkngan
kelurahan: kel klurahan
kecamatan: kec kcmatan
kabupaten: kab
desa: ds
dusun: dsn
kampung: kmpg kmpung kpg kampong
pasar: psr psar
bandar: bdr bndr bdar bandr
tanjung: tj tjg tg tnjg tnjung
nomor: nmr nmor nomer no
dekat: dkt dket deket dkat
depan: dpn dpan
belakang: blkg blkng blakang blkang
sebelah: sblh sblah sebelh seblah
dalam: dlm dalem dlam
luar: luwar
bawah: bwh bwah
atas: ats
tengah: tngah tgh
di mana: dmn dmana dimna dimana dmna
ke mana: kmana kemana
bagaimana: gmn gmana gimana cemana kekmana camana gimna
kenapa: knp knapa napa ngapa
berapa: brp brapa berpa brpa brp
siapa: sapa spa
kapan: kpn kpan
apakah: apkh apakh
telepon: tlp tlpn telp telpon telfon tlfn tlpon telepn nelpon nelp telpn menelepon
ditelepon: ditelpon ditelp
petugas: ptgas ptugas petgas
polisi: plisi polsi
pemadam: pmadam pemdam
ambulans: ambulan ambulance ambulnce ambulence ambulns amblan ambulanc
listrik: lstrik listrk lstrk
mobil: mbl mobl
hujan: ujan hjn
masuk: msk msuk masok masup
keluar: klr kluar
naik: naek
turun: trun
jatuh: jth jtuh jatoh
sakit: skt skit sakid
darah: drh
hilang: ilang ilg hlg
ketemu: ktemu ktmu
lihat: liat lht liet
meninggal: mnggal mninggal meningal mninggl
menunggu: nunggu
terima kasih: makasih makasi mksh mksih tks trims thx thanks trimakasih terimakasih tq suwun mauliate
maaf: mf maap sory sori sorry mav
salah: slh
benar: bnr bener
memang: emg emang mmg
mungkin: mgkn mngkin
begitu: gitu gt
begini: gini
kurang: krg
lebih: lbh
selamat: slmt
informasi: info
sepeda motor: sepmor spmotor spd
ribu: rb
juta: jt
"""


def _read(table: str) -> dict[str, str]:
    """Turn the rows above round: form → usual; a form on two rows is a mistake in the table."""
    forms: dict[str, str] = {}
    for line in table.strip().splitlines():
        usual, _, row = line.partition(":")
        for form in row.split():
            if forms.setdefault(form, usual) != usual:
                raise ValueError(f"{form!r} stands for both {forms[form]!r} and {usual!r}")
    return forms


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


ABBREVIATIONS = _read(_SPELLINGS)
"""Folded short or misspelt form → usual form (one or more words)."""

UNITS: dict[str, str] = {
    "m": "meter",
    "mtr": "meter",
    "cm": "cm",
    "km": "km",
    "x": "kali",
    "th": "tahun",
    "bl": "bulan",
    "bh": "buah",
    "lt": "lantai",
    "j": "jam",
    "an": "an",
}
"""Short forms that are sure only right after a number ("5 th", "2mtr")."""

ADDRESS_WORDS = _words(
    """
    lk link rt rw no nomor blok blk gang gg gng jalan jln kav km jam jm pos sektor unit lantai
    """
)
"""Words after which a 2 is a number, not a doubling."""

PLACE_NOUNS = _words(
    """
    rumah sini sana situ dalam luar atas bawah depan belakang sebelah samping tengah jalan kamar
    kota pasar sungai kebun sekolah pinggir ujung simpang lantai atap kantor daerah tempat kampung
    parit sumur kolam kelurahan desa bawahnya atasnya dalamnya depannya rumahnya dapur warung gang
    seberang sekitar teras halaman loteng masjid hutan sawah ladang lokasi mobil
    """
)
"""Nouns that people write glued to "di" or "ke"."""

BEFORE_SCHOOL = frozenset({"anak", "guru", "sekolah", "murid", "siswa", "masuk"})
"""Words after which "tk" is the kindergarten."""
