"""Names of an imported map: which of many alike, and when to say that one cannot tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoder import Geocoder, for_pack
from geo.geocoder.hints import Hints
from geo.geocoder.mapped import MapNames, name_words
from geo.geocoder.numerals import digits, without_number
from geo.geocoder.things import Thing

LON, LAT = 99.156, 3.328


def street(name: str, east_m: float, north_m: float = 0.0, *, long_m: float = 200.0) -> Thing:
    """A street that runs east-west with its middle so far from the city's centre."""
    lon, lat = LON + east_m / 111_320, LAT + north_m / 111_320
    half = long_m / 2 / 111_320
    line = shapely.LineString([(lon - half, lat), (lon + half, lat)])
    at = for_pack("tebing_tinggi").gazetteer.map.at(lon, lat)
    slug = f"osm/jalan/{name}/{east_m:.0f}/{north_m:.0f}"
    return Thing(slug, "street", name, (), at.codes, lon, lat, long_m / 2, shapely.to_wkb(line))


def crossing(name: str, east_m: float, *, long_m: float = 200.0) -> Thing:
    """As `street`, running north-south."""
    lon, half = LON + east_m / 111_320, long_m / 2 / 111_320
    made = street(name, east_m, long_m=long_m)
    line = shapely.LineString([(lon, LAT - half), (lon, LAT + half)])
    return replace(made, shape=shapely.to_wkb(line))


@pytest.fixture(scope="module")
def map_geocoder() -> Geocoder:
    things = [
        street("Rajungan Indah", 0),
        street("Tenggiri Hitam", -3000),
        street("Tenggiri Hitam", 3000),
        crossing("Cumi Emas", 50),
        *(street(f"Kepiting Raya {n}", 1500 + 50 * n, 900) for n in range(1, 6)),
        *(street(f"Kurisi {side}", -1500 + 90 * n, 900)
          for n, side in enumerate(("Timur", "Barat", "Dalam", "Elok"))),
        street("Belanak", 400, 400), street("Belanak Jaya", 2500), street("Belanak Sari", -2500),
        street("Lurus", 100, 100),
        street("Gurita Barat", -1200, -900), street("Gurita Timur", -900, -900),
        street("Lobster Kencana Raya", 1200, -1200),
        street("Melati", 900, 0),
    ]  # fmt: skip
    base = for_pack("tebing_tinggi").gazetteer
    return Geocoder(replace(base, mapped=MapNames(things)))


def test_a_street_by_its_name_with_a_circle_that_holds_it(map_geocoder: Geocoder) -> None:
    for text in ("banjir di jl rajungan indah", "Jln. Rajungan Indah no 12 kebakaran",
                 "jl rajunganindah banjir"):  # fmt: skip
        found = map_geocoder.locate(text)
        assert found.verdict == "found", text
        first = found.candidates[0]
        assert first.basis == "street" and "Rajungan Indah" in first.label
        assert abs(first.lon - LON) < 0.0005
        assert 100 <= first.uncertainty_m <= 1_000


def test_two_of_one_name_both_come_back(map_geocoder: Geocoder) -> None:
    found = map_geocoder.locate("tabrakan di jalan tenggiri hitam")
    assert found.verdict == "ambiguous"
    assert len(found.candidates) == 2
    assert len({c.kelurahan_codes for c in found.candidates}) == 2


def test_a_named_kelurahan_says_which(map_geocoder: Geocoder) -> None:
    both = map_geocoder.locate("tabrakan di jalan tenggiri hitam").candidates
    for one in both:
        name = map_geocoder.gazetteer.areas[one.kelurahan_codes[0]].name
        found = map_geocoder.locate(f"tabrakan di jalan tenggiri hitam kel {name}")
        assert found.verdict == "found"
        assert found.kelurahan_codes[0] == one.kelurahan_codes[0]
        assert found.candidates[0].uncertainty_m < 600


def test_reports_of_the_last_minutes_or_the_known_address_say_which(
    map_geocoder: Geocoder,
) -> None:
    text = "tabrakan di jalan tenggiri hitam"
    west, east = sorted(map_geocoder.locate(text).candidates, key=lambda c: c.lon)
    recent = map_geocoder.locate(text, hints=Hints(recent=((west.lon, west.lat + 0.005),)))
    assert recent.verdict == "found" and recent.candidates[0].lon == west.lon
    home = map_geocoder.locate(text, hints=Hints(home=(east.lon, east.lat)))
    assert home.verdict == "found" and home.candidates[0].lon == east.lon
    both = Hints(recent=((west.lon, west.lat),), home=(east.lon, east.lat))
    assert map_geocoder.locate(text, hints=both).verdict == "ambiguous"
    # A hint alone is no place.
    assert (
        map_geocoder.locate("tolong", hints=Hints(home=(east.lon, east.lat))).verdict == "unknown"
    )


def test_where_two_streets_meet(map_geocoder: Geocoder) -> None:
    found = map_geocoder.locate("kecelakaan di simpang rajungan indah cumi emas")
    assert found.verdict == "found"
    first = found.candidates[0]
    assert abs(first.lon - (LON + 50 / 111_320)) < 30 / 111_320
    assert first.uncertainty_m < 250
    assert "pertemuan" in first.reason


def test_a_number_that_the_map_lacks_lies_near_its_family(map_geocoder: Geocoder) -> None:
    exact = map_geocoder.locate("banjir jl kepiting raya III")
    other = map_geocoder.locate("banjir jl kepiting raya 9")
    assert exact.candidates[0].label.startswith("Jl. Kepiting Raya 3")
    assert other.verdict == "found"
    assert other.candidates[0].uncertainty_m > exact.candidates[0].uncertainty_m + 90


def test_streets_with_one_first_name_make_a_quarter(map_geocoder: Geocoder) -> None:
    found = map_geocoder.locate("banjir di perumahan kurisi")
    assert found.verdict == "found"
    assert found.candidates[0].label.startswith("Kurisi")
    assert map_geocoder.locate("makan kurisi bakar").verdict == "unknown"


def test_a_side_that_the_map_lacks_lies_near_the_others(map_geocoder: Geocoder) -> None:
    found = map_geocoder.locate("air naik di gurita dalam IV")
    assert found.verdict == "found"
    first = found.candidates[0]
    assert abs(first.lon - (LON - 1050 / 111_320)) < 0.0005
    assert 500 < first.uncertainty_m <= 1_000
    assert map_geocoder.locate("gurita goreng di warung").verdict == "unknown"


@pytest.mark.parametrize("text", ["banjir jl lobster kencana", "komplek lobster kencana terendam"])
def test_the_first_words_of_a_street_that_is_called_or_an_estate(
    map_geocoder: Geocoder, text: str
) -> None:
    found = map_geocoder.locate(text)
    assert found.verdict == "found"
    assert 500 <= found.candidates[0].uncertainty_m <= 1_000
    assert map_geocoder.locate("kirim lobster kencana 2 kg").verdict == "unknown"


def test_a_name_that_every_town_has_needs_more(
    map_geocoder: Geocoder, codes: dict[str, str]
) -> None:
    assert map_geocoder.locate("banjir di jl melati").verdict == "unknown"
    area = map_geocoder.gazetteer.map.at(LON + 900 / 111_320, LAT).codes[0]
    name = next(name for name, code in codes.items() if code == area)
    found = map_geocoder.locate(f"banjir di jl melati kel {name}")
    assert found.verdict == "found" and "Melati" in found.candidates[0].label


def test_a_street_named_after_an_area_that_lies_elsewhere_is_not_trusted() -> None:
    base = for_pack("tebing_tinggi").gazetteer
    far = street("Sri Padang Permai", -3500)
    near = street("Rantau Laban Permai", 900, 4_400)
    geocoder = Geocoder(replace(base, mapped=MapNames([far, near])))
    assert geocoder.locate("banjir di komplek rantau laban permai").verdict == "found"
    assert geocoder.locate("banjir di komplek sri padang permai").verdict == "unknown"


def test_a_big_road_counts_in_the_other_order_only_when_called(map_geocoder: Geocoder) -> None:
    base = map_geocoder.gazetteer
    geocoder = Geocoder(replace(base, mapped=MapNames([street("Kakap Merah Raya", 0)])))
    assert geocoder.locate("macet di jalan raya kakap merah").verdict == "found"
    assert geocoder.locate("boulevard raya kakap merah").verdict == "unknown"


def test_two_areas_apart_in_one_breath_are_the_second(map_geocoder: Geocoder) -> None:
    areas = map_geocoder.gazetteer.areas
    apart = map_geocoder.locate("banjir pabatu rantau laban")
    assert [areas[code].name for code in apart.kelurahan_codes] == ["Rantau Laban"]
    assert any(areas[code].name == "Pabatu" for c in apart.candidates for code in c.kelurahan_codes)
    touching = map_geocoder.locate("banjir di tualang persiakan")
    assert {areas[code].name for code in touching.kelurahan_codes} == {"Persiakan", "Tualang"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("kampung bagelen rw 3 kebanjiran", "unknown"),  # a hamlet need not lie in the area
        ("kel bagelen rw 3 kebanjiran", "found"),
        ("depan pt bagelen macet", "unknown"),
        ("banjir di durian kembaran", "unknown"),
        ("banjir di durian parah", "found"),
    ],
)
def test_among_very_many_names_a_part_of_another_is_no_area(text: str, verdict: str) -> None:
    letters = "bcdfghjklmnpqrstvwxyz"
    words = (f"{a}o{b}e{c}" for a in letters for b in letters for c in "kmprst")
    crowd = [street(word, 5.0 * n) for n, word in enumerate(words)]
    base = for_pack("tebing_tinggi").gazetteer
    geocoder = Geocoder(replace(base, mapped=MapNames(crowd)))
    assert geocoder.locate(text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "banjir jl belanak",  # three names hold the word: the real town will have more
        "jalan lurus terus lalu belok",  # an everyday word
        "air tidak lancar jalannya lurus",
        "dari jalan rajungan indah mau ke medan",
        "rajungan segar dijual",
    ],
)
def test_what_is_too_little_is_not_turned_into_a_place(map_geocoder: Geocoder, text: str) -> None:
    assert map_geocoder.locate(text).verdict in ("unknown", "outside")


WORDS_OF_THE_MAP = st.sampled_from(
    [
        "jl",
        "gang",
        "rajungan",
        "indah",
        "tenggiri",
        "hitam",
        "kurisi",
        "gurita",
        "dalam",
        "lobster",
        "kencana",
        "melati",
        "kepiting",
        "raya",
        "9",
        "XIV",
        "rt",
        "03/05",
        "kel",
        "pelita",
        "kec",
        "bajenis",
        "komplek",
        "taman",
        "simpang",
        ",",
        ".",
        "dari",
        "ke",
        "medan",
        "desa",
        "\x00",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(WORDS_OF_THE_MAP, max_size=12).map(" ".join) | st.text(max_size=200),
    st.lists(st.tuples(st.floats(99.1, 99.2), st.floats(3.2, 3.4)), max_size=3),
)
def test_no_text_raises_on_a_map_and_every_circle_is_one(
    map_geocoder: Geocoder, text: str, points: list[tuple[float, float]]
) -> None:
    home = points[0] if points else None
    answer = map_geocoder.locate(text, gps=home, hints=Hints(tuple(points), home))
    for found in answer.candidates:
        assert found.uncertainty_m > 0 and 0 <= found.score <= 1
        assert -180 <= found.lon <= 180 and -90 <= found.lat <= 90


def test_names_as_they_are_compared() -> None:
    assert name_words("Jalan Hang Lekir VIII", street=True) == ["hang", "lekir", "8"]
    assert without_number(["tebet", "barat", "10", "d"]) == ["tebet", "barat"]
    assert without_number(["bank", "2"]) == ["bank"]
    assert [digits(word) for word in ("XIV".lower(), "8", "08", "abc", "1000", "xxx")] == [
        "14", "8", "8", None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "number"), [("III", "3"), ("viii", "8"), ("XIII", "13"), ("I", "1")]
)
def test_roman_numbers_keep_their_letters(
    map_geocoder: Geocoder, written: str, number: str
) -> None:
    found = map_geocoder.locate(f"banjir di bulian lk {written}")
    assert found.candidates[0].lingkungan == number
