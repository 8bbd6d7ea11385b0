"""The pattern language."""

import pytest

from dispatch.screening.phrases import Lexicon
from dispatch.screening.rules import first_match, pattern, patterns

LEXICON = Lexicon(("TREE: pohon\nFALL: tumbang\nHURT: luka\nROAD: jalan",))


@pytest.mark.parametrize(
    ("source", "text", "holds"),
    [
        ("TREE", "pohon", True),
        ("TREE", "bukan pohon", False),
        ("!HURT", "tidak ada yang luka", True),
        ("!HURT", "ada yang luka", False),
        ("TREE -HURT", "pohon di jalan", True),
        ("TREE -HURT", "pohon, luka", False),
        ("TREE -FALL~HURT:2", "pohon tumbang, dua orang luka", False),
        ("TREE -FALL~HURT:2", "pohon tumbang, di simpang jalan itu ada luka", True),
        ("TREE -HURT>FALL:2", "pohon tumbang, luka", True),
        ("TREE>FALL", "pohon besar tumbang", True),
        ("TREE>FALL", "tumbang pohon", False),
        ("TREE~FALL", "tumbang pohon", True),
        ("TREE~FALL:1", "pohon satu dua tumbang", False),
        ("TREE FALL ROAD", "pohon tumbang", False),
    ],
)
def test_terms(source: str, text: str, holds: bool) -> None:
    assert (pattern(source).match(LEXICON.read(text)) is not None) is holds


@pytest.mark.parametrize("source", ["", "-TREE", "tree", "TREE>", "!TREE>FALL", "TREE>FALL:x"])
def test_nonsense_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        pattern(source)


def test_the_first_that_holds_wins() -> None:
    rules = patterns("HURT", "FALL", "TREE")
    found = first_match(rules, LEXICON.read("pohon tumbang"))
    assert found is not None
    assert (found[0].source, found[1].words) == ("FALL", "tumbang")
