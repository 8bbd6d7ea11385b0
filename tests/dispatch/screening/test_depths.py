"""Depth of water in figures."""

import pytest

from dispatch.screening.depths import mark_depths
from dispatch.screening.lexicon import LEXICON


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("air 90 cm di dalam rumah", "DEEP"),
        ("air sudah 1,5 meter", "DEEP"),
        ("airnya 1.2mtr", "DEEP"),
        ("banjir 30 cm", "DEPTH"),
        ("air setengah meter", "DEPTH"),
        ("air naik 1 meter dari biasa", None),
        ("air naik 20 cm per jam", None),
        ("air masuk, rumah kami 50 meter dari sungai", None),
        ("pohon 2 meter", None),
        ("air di lk 1 mulai masuk", None),
    ],
)
def test_depth(text: str, concept: str | None) -> None:
    reading = LEXICON.read(text)
    mark_depths(reading)
    assert [name for name in ("DEEP", "DEPTH") if reading.has(name)] == (
        [concept] if concept else []
    )
