"""Places outside, by words alone."""

import pytest

from dispatch.screening.lexicon import LEXICON
from dispatch.screening.places import outside


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kebakaran di perbaungan", "perbaungan"),
        ("kami di sei rampah, banjir", "sei rampah"),
        ("tabrakan di kota siantar", "siantar"),
        ("lapor dari sipispis air naik", "sipispis"),
        ("ruko terbakar jl merdeka pematang siantar", "pematang siantar"),
        ("pohon tumbang di jalan lintas kisaran asahan", "asahan"),
        ("kebakaran di jalan medan", None),
        ("bus dari medan masuk parit", None),
        ("mau ke binjai motor kena tabrak", None),
        ("tol medan tebing ada mobil terbalik", None),
        ("macet arah siantar", None),
        ("ada lima puluh orang", None),
        ("kebakaran di lk 3", None),
    ],
)
def test_outside(text: str, place: str | None) -> None:
    assert outside(LEXICON.read(text).words) == place


def test_another_city_brings_its_own_names() -> None:
    words = LEXICON.read("banjir di bogor").words
    assert outside(words) is None
    assert outside(words, frozenset({"bogor"})) == "bogor"
