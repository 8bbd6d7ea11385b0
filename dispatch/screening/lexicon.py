"""The one lexicon, from all tables, and the proof that every pattern speaks of known concepts."""

from dispatch.screening import words_common, words_marks, words_noise, words_talk
from dispatch.screening.kinds import KINDS
from dispatch.screening.phrases import Lexicon

LEXICON = Lexicon(
    (
        *words_common.TABLES,
        *words_marks.TABLES,
        *words_talk.TABLES,
        *words_noise.TABLES,
        *(kind.words for kind in KINDS),
    ),
    closed=words_marks.CLOSED,
    unions=words_marks.UNIONS,
)

for _kind in KINDS:
    for _pattern in (*(p for _, p in _kind.evidence), *_kind.p1, *_kind.p2, *_kind.p3):
        if not _pattern.concepts() <= LEXICON.concepts:
            raise ValueError(
                f"{_kind.type}: {_pattern.source!r} names no concept: "
                f"{sorted(_pattern.concepts() - LEXICON.concepts)}"
            )
