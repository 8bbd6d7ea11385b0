"""Only stated numbers of harmed people."""

import pytest

from dispatch.screening.casualties import count
from dispatch.screening.lexicon import LEXICON


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4 orang luka parah", 4),
        ("empat org terluka", 4),
        ("luka 3 orang", 3),
        ("korban 5 orang", 5),
        ("3 korban", 3),
        ("2 tewas 3 luka", 5),
        ("1 meninggal, 2 kritis", 3),
        ("6 luka, 2 di antaranya parah", 6),
        ("satu hanyut", 1),
        ("dua anak tenggelam", 2),
        ("15 siswa keracunan", 15),
        ("tertimbun 2 pekerja", 2),
        ("tidak ada korban", 0),
        ("korban nihil", 0),
        ("gak ada yg luka", 0),
        ("ada yang luka", None),
        ("banyak korban luka", None),
        ("5 orang terjebak di atap", None),
        ("12 rumah terbakar", None),
        ("anak umur 5 tahun tenggelam", None),
        ("lk 3 ada yang pingsan", None),
        ("jam 2 ada orang pingsan", None),
        ("tensi 200 pusing", None),
        ("muntah 10x", None),
        ("panas 40 derajat kejang", None),
        ("tembakan 3x", None),
        ("mobil 4 tabrakan", None),
        ("", None),
    ],
)
def test_count(text: str, number: int | None) -> None:
    assert count(LEXICON.read(text)) == number
