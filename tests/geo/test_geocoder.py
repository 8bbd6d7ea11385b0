"""What the geocoder answers, rule by rule, and that nothing makes it raise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoder import Geocoder, for_pack

# text → kelurahan names, the first of the answer must be among them
TOLD = {
    "kbkrn pak di tmbangan hulu lk 3 cpt": "Tambangan Hulu",
    "tambangan lk 3 kebakaran": "Tambangan",
    "bndr sakti lk2 ada yg sesak": "Bandar Sakti",
    "bandar sakti lk IV air naik": "Bandar Sakti",
    "brohol banjir lagi, sepinggang": "Berohol",
    "rantolaban api besar": "Rantau Laban",
    "tlk karang lk2 banjir": "Teluk Karang",
    "pinangmancung kebakaran lahan": "Pinang Mancung",
    "badak berjuang lk 7 air 1 meter": "Badak Bejuang",
    "d. sundoro lk 1 kebakaran": "Deblod Sundoro",
    "dmr sari lk 3 ada yg tenggelam": "Damar Sari",
    "tj marulak hilir banjir": "Tanjung Marulak Hilir",
    "tanjung marulak kebakaran gudang": "Tanjung Marulak",
    "psr gambir ibu tergelincir": "Pasar Gambir",
    "pajak gambir kebakaran": "Pasar Gambir",
    "sripadang lk 1": "Sri Padang",
    "banjir tualang makin dalam": "Tualang",
    "saya di medan, rumah mamak di bulian kebakaran": "Bulian",
    "dkt simpang bagelen ada tabrakan": "Bagelen",
    "psaar baru lk 2 kebakaran kios": "Pasar Baru",
    "Mandailng lk.IV air 60 cm": "Mandailing",
    "prsiakan lk 2 banjir": "Persiakan",
    "pagar merbau lk 2 banjir": "Padang Merbau",
    "sei padang meluap, rumah kami di tebing tinggi lama lk 3": "Tebing Tinggi Lama",
    "kelurahan tebing tinggi lk 2 kebakaran": "Tebing Tinggi",
    "pelita lk 4 rumah terbakar": "Pelita",
    "di pelita ada tawuran": "Pelita",
    "maling di kel satria": "Satria",
    "warga mandailing terjebak banjir": "Mandailing",
    "rambung lk 1 kebakaran": "Rambung",
    "lalang lk 3 kebakaran rumah": "Lalang",
    "nenek saya di durian jatuh di kamar mandi": "Durian",
    "bus dari medan tabrak pagar di bulian": "Bulian",
    "kebakaran di pajak inpres": "Badak Bejuang",
    "anak tenggelam di waterpark gundaling": "Tambangan",
    "org gila ngamuk dkt stasiun ka": "Pasar Gambir",
    "orang jatuh dari titi di jl pandan ujung": "Tambangan",
    "tmbangan ulu lk 1 rumah roboh": "Tambangan Hulu",
    "tg marulak ilir lk 1 ada buaya": "Tanjung Marulak Hilir",
    "tebingtinggi lama ada ular": "Tebing Tinggi Lama",
    "ps gambir ibu lahiran di becak": "Pasar Gambir",
    "di tanjungmarulak maling tertangkap": "Tanjung Marulak",
    "ralat, bukan di bulian tapi di pelita": "Pelita",
    "durian dekat masjid raya, orang pingsan": "Durian",
    "info dong mandailing sudah surut belum": "Mandailing",
    "pelita mati lampu dari subuh": "Pelita",
    "bulian arah pelita ada pohon tumbang": "Bulian",
    "jl yos sudarso lalang tabrakan": "Lalang",
    "stasiun tebing ada copet": "Pasar Gambir",
    "di stasiun ada yang pingsan": "Pasar Gambir",
    "pandan ujung banjir": "Tambangan",
    "damkar tolong ke bulian cepat": "Bulian",
    "3.3266, 99.1375 kebakaran": "Bulian",
    "lokasi: 3°19'36\"N 99°8'15\"E": "Bulian",
    "lintang 3,32663 bujur 99,13750": "Bulian",
    "99.13750 3.32663": "Bulian",
    "https://maps.google.com/?q=3.32663,99.13750": "Bulian",
    "https://www.google.com/maps/@3.40,99.2,17z/data=!8m2!3d3.32663!4d99.1375": "Bulian",
    "https://www.openstreetmap.org/?mlat=3.32663&mlon=99.1375#map=17/3.3/99.1": "Bulian",
    "https://waze.com/ul?ll=3.32663%252C99.1375&navigate=yes": "Bulian",
    "geo:3.32663,99.1375;u=35": "Bulian",
}
UNKNOWN = [
    "kebakaran!! tolong cepat rumah tetangga saya habis",
    "kebakaran di jl yos sudarso pak",
    "banjir di tebing tinggi makin tinggi",
    "kebakaran di kota tebing tinggi",
    "kec padang hilir banjir parah",
    "ada ular di pohon durian belakang rumah",
    "durian runtuh kena kepala bapak",
    "lampu pelita jatuh, rumah terbakar",
    "motor satria dicuri orang",
    "orang mandailing berkelahi di warung",
    "getah rambung terbakar di gudang",
    "roti bagelen keracunan 3 orang",
    "toko karya jaya kebakaran",
    "nasi padang keracunan massal",
    "patah tulang anak saya tolong ambulan",
    "3 bulan belum ada lampu jalan",
    "sakit lambung parah tolong",
    "sudah persiapan ngungsi, air naik terus",
    "mau ke siantar jalan macet gak pak?",
    "mau ke rumah sakit di medan ambulan bisa?",
    "kereta api dari medan anjlok",
    "jl medan tebing ada tabrakan beruntun",
    "istri saya orang binjai mau melahirkan",
    "kebun rambutan terbakar",
    "rambutan kebanjiran",
    "kebakaran lalang belakang sekolah",
    "titi goyang mau roboh",
    "sakit di tulang belakang, tidak bisa jalan",
    "di bulan puasa kemarin banjir juga",
    "dapur rumah terbakar di gang kenari lk 3",
    "pelita padam, rumah gelap",
    "lalang kebakaran dekat rel",
    "durian sudah habis",
    "satria sudah sadar pak",
    "teri medan harga berapa",
    "anak saya kuliah di medan tidak bisa dihubungi",
    "kirim paket ke jakarta berapa",
    "salon pelita kebakaran",
    "desa kami sudah gelap",
    "https://maps.app.goo.gl/AbCdEf123 tolong",
    "3.33, 99.15 kebakaran",
    "harga cabe 55.000 bawang 35.000",
    "999.123456, 999.654321",
    "0.000000, 0.000000",
    "",
    "🆘🆘",
]
OUTSIDE = {
    "kami di binjai ada ular kobra masuk rumah": "Binjai",
    "jl sutomo medan ruko terbakar": "Medan",
    "kebakaran lapangan merdeka medan": "Medan",
    "banjir di sei rampah pak tolong": "Sei Rampah",
    "desa kuta baru banjir": "Kuta Baru",
    "tolong damkar ke dolok masihul": "Dolok Masihul",
    "kampung durian medan timur kebakaran": "Medan",
    "rumah terbakar di desa karangsewu jaya": "Desa Karangsewu",
    "pak ada banjir di kec tebing tinggi kab sergai": "Serdang Bedagai",
    "tebing tinggi empat lawang banjir bandang": "Empat Lawang",
}


@pytest.mark.parametrize(("text", "name"), TOLD.items())
def test_told(geocoder: Geocoder, codes: dict[str, str], text: str, name: str) -> None:
    answer = geocoder.locate(text)
    assert answer.verdict == "found", answer
    assert answer.kelurahan_codes[0] == codes[name], answer
    assert answer.candidates[0].uncertainty_m > 0


@pytest.mark.parametrize("text", UNKNOWN)
def test_cannot_tell(geocoder: Geocoder, text: str) -> None:
    answer = geocoder.locate(text)
    assert (answer.verdict, answer.candidates) == ("unknown", ()), answer


PATTERNS = (
    "rumah roboh di {} lk {n}, tolong",
    "{} lk {n} air masuk rumah, ada bayi",
    "lapor, di kel {} pohon tumbang",
    "bang tlg, {} lingkungan {n} ada yg pingsan",
    "warga {} minta perahu",
    "min mau tanya, {} lk {n} kapan fogging",
    "kami sekeluarga di loteng, {} lk {n}",
    "posko {} butuh selimut",
    "bukan di medan pak tapi di kel {}",
    "damkar tolong ke {} lk {n}",
    "{} lk {n} dekat masjid, sesak nafas",
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATTERNS), st.integers(0, 34), st.integers(1, 9), st.booleans())
def test_a_kelurahan_in_a_sentence_is_the_first_answer(
    pattern: str, which: int, number: int, loud: bool
) -> None:
    geocoder = for_pack("tebing_tinggi")
    areas = [a for a in geocoder.gazetteer.areas.values() if a.level == "kelurahan"]
    area = areas[which]
    text = pattern.format(area.name, n=number)
    answer = geocoder.locate(text.upper() if loud else text)
    like_city = area.name == "Tebing Tinggi" and "kel " not in pattern
    if like_city and "lk" not in pattern and "lingkungan" not in pattern:
        assert answer.verdict == "unknown"
    else:
        assert area.code in answer.kelurahan_codes[: 2 if like_city else 1]


TEMPLATES = (
    "kebakaran di {} lk 3",
    "{}: 20 rumah terendam",
    "banjir {}",
    "lapor dari {} tanggul jebol",
    "kantor lurah {} terbakar",
)


def test_every_kelurahan_is_found_exact_glued_and_without_a_vowel(
    geocoder: Geocoder, codes: dict[str, str]
) -> None:
    missed = []
    for name, code in codes.items():
        if name == "Tebing Tinggi":  # the city's own name: see test_the_kecamatan_narrows_it
            continue
        plain = name.lower()
        longest = max(plain.split(), key=len)
        last = max(longest.rfind(vowel) for vowel in "aiueo")
        thin = plain.replace(longest, longest[:last] + longest[last + 1 :])
        for spelling in (plain, plain.replace(" ", ""), thin):
            for template in TEMPLATES:
                text = template.format(spelling)
                if geocoder.locate(text).kelurahan_codes[:1] != (code,):
                    missed.append(text)
    # bulan (moon) and tulang (bone) are words of their own
    assert [text for text in missed if "bulan" not in text and "tulang" not in text] == []


@pytest.mark.parametrize(("text", "where"), OUTSIDE.items())
def test_outside(geocoder: Geocoder, text: str, where: str) -> None:
    answer = geocoder.locate(text)
    assert (answer.verdict, answer.outside) == ("outside", where), answer


def test_a_name_that_fits_two_gives_both(geocoder: Geocoder, codes: dict[str, str]) -> None:
    answer = geocoder.locate("lubuk lk 2 kebakaran pak")
    assert answer.verdict == "ambiguous"
    assert answer.kelurahan_codes == (codes["Lubuk Baru"], codes["Lubuk Raya"])
    assert [found.lingkungan for found in answer.candidates] == ["2", "2"]


def test_the_kecamatan_narrows_it(geocoder: Geocoder, codes: dict[str, str]) -> None:
    both = geocoder.locate("tebing tinggi lk 3 banjir")
    assert set(both.kelurahan_codes) == {codes["Tebing Tinggi"], codes["Tebing Tinggi Lama"]}
    one = geocoder.locate("tebing tinggi lk 3, kec padang hilir")
    assert one.kelurahan_codes == (codes["Tebing Tinggi"],)


def test_two_kelurahan_in_one_breath_are_one_place(
    geocoder: Geocoder, codes: dict[str, str]
) -> None:
    answer = geocoder.locate("tanggul jebol dekat perbatasan tualang sama persiakan")
    assert answer.verdict == "found"
    assert set(answer.kelurahan_codes) == {codes["Tualang"], codes["Persiakan"]}
    assert len(answer.candidates) == 1


def test_what_is_named_but_not_tied_is_told(geocoder: Geocoder) -> None:
    answer = geocoder.locate("kebakaran ruko di jl sudirman")
    assert (answer.verdict, answer.named, answer.basis) == (
        "unknown",
        ("Jl. Jend. Sudirman",),
        "street",
    )


BULIAN = (99.13750, 3.32663)


def test_gps_decides_what_the_text_leaves_open(geocoder: Geocoder, codes: dict[str, str]) -> None:
    answer = geocoder.locate("tolong cepat", gps=BULIAN, gps_accuracy_m=80)
    assert (answer.verdict, answer.basis) == ("found", "gps")
    assert answer.kelurahan_codes[0] == codes["Bulian"]
    assert answer.candidates[0].uncertainty_m == 80


def test_the_text_outweighs_the_gps(geocoder: Geocoder, codes: dict[str, str]) -> None:
    answer = geocoder.locate("rumah terbakar di damar sari lk 2", gps=BULIAN)
    assert answer.kelurahan_codes == (codes["Damar Sari"],)
    assert answer.candidates[-1].basis == "gps"
    assert "km dari sini" in answer.candidates[0].reason


def test_one_misspelt_word_does_not_outweigh_a_good_fix(
    geocoder: Geocoder, codes: dict[str, str]
) -> None:
    text = "ada yang jatuh di persiaan"
    assert geocoder.locate(text).kelurahan_codes == (codes["Persiakan"],)
    fixed = geocoder.locate(text, gps=BULIAN, gps_accuracy_m=350)
    assert (fixed.basis, fixed.kelurahan_codes[0]) == ("gps", codes["Bulian"])
    assert codes["Persiakan"] in fixed.candidates[-1].kelurahan_codes
    rough = geocoder.locate(text, gps=BULIAN, gps_accuracy_m=3_000)
    assert rough.kelurahan_codes[0] == codes["Persiakan"]
    sure = geocoder.locate("ada yang jatuh di persiaan lk 2", gps=BULIAN, gps_accuracy_m=50)
    assert sure.kelurahan_codes[0] == codes["Persiakan"]
    alley = "dapur rumah terbakar di gang kenari lk 3"
    assert geocoder.locate(alley, gps=BULIAN, gps_accuracy_m=350).basis == "gps"


def test_gps_inside_the_named_kelurahan_sharpens_the_point(geocoder: Geocoder) -> None:
    answer = geocoder.locate("kebakaran di bulian", gps=BULIAN)
    found = answer.candidates[0]
    assert (found.lon, found.lat, found.basis) == (*BULIAN, "kelurahan_name")
    assert found.uncertainty_m < 100


def test_gps_chooses_between_two_names(geocoder: Geocoder, codes: dict[str, str]) -> None:
    answer = geocoder.locate("lubuk lk 2 kebakaran", gps=(99.14202, 3.31433))
    assert (answer.verdict, answer.kelurahan_codes) == ("found", (codes["Lubuk Raya"],))


def test_outside_by_coordinates(geocoder: Geocoder) -> None:
    answer = geocoder.locate("3.597031,98.678513 kebakaran ruko")
    assert answer.verdict == "outside"
    assert answer.kelurahan_codes == ()


def test_slipped_coordinates_do_not_beat_a_named_kelurahan(
    geocoder: Geocoder, codes: dict[str, str]
) -> None:
    answer = geocoder.locate("33.26630,99.13750 rumah terbakar di bulian lk 2")
    assert (answer.verdict, answer.kelurahan_codes) == ("found", (codes["Bulian"],))
    assert "luar kota" in answer.candidates[0].reason
    other = geocoder.locate("3.32663,99.13750 kami dari pelita lk 2")
    assert other.kelurahan_codes[0] == codes["Bulian"]
    assert other.candidates[1].kelurahan_codes == (codes["Pelita"],)


def test_near_an_edge_both_neighbours_and_said_so(geocoder: Geocoder) -> None:
    answer = geocoder.locate("3.32604, 99.15648")  # between Mandailing and Pasar Baru
    assert len(answer.kelurahan_codes) >= 2
    assert "batas" in answer.candidates[0].reason


def test_short_plus_code_is_completed_near_the_city(geocoder: Geocoder) -> None:
    answer = geocoder.locate("lokasi kami 85G4+M2 tolong")
    assert answer.basis == "plus_code"
    assert answer.verdict == "found"


PIECES = st.sampled_from(
    [
        "lk",
        "kel",
        "durian",
        "pelita",
        "di",
        "dari",
        "medan",
        "binjai",
        "jl",
        "sutomo",
        "3.33",
        "99.15",
        ",",
        ".",
        "!!",
        "geo:",
        "https://maps.google.com/?q=",
        "@",
        "!3d",
        "!4d",
        "%",
        "%2C",
        "+",
        "85G4+M2",
        "°",
        "'",
        '"',
        "N",
        "tebing",
        "tinggi",
        "\x00",
        "\ud7ff",
        "🆘",
        "lubuk",
        "sei",
        "padang",
        "LU",
        "lat",
        "-99999999",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.lists(PIECES, max_size=14).map(" ".join))
def test_no_text_raises(text: str) -> None:
    answer = for_pack("tebing_tinggi").locate(text, gps=BULIAN)
    assert answer.verdict in ("found", "ambiguous", "outside", "unknown")
    for found in answer.candidates:
        assert -180 <= found.lon <= 180 and -90 <= found.lat <= 90


@settings(max_examples=200, deadline=None)
@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(allow_nan=True, allow_infinity=True),
)
def test_no_gps_raises(lon: float, lat: float) -> None:
    answer = for_pack("tebing_tinggi").locate("banjir", gps=(lon, lat))
    assert answer.verdict in ("found", "outside", "unknown")


def test_a_very_long_text_is_answered_quickly(geocoder: Geocoder) -> None:
    answer = geocoder.locate("durian lk 3 kebakaran " + "tambahan kata " * 50_000)
    assert answer.verdict == "found"
