"""From a text to the concepts it names: one pass over its words against one trie of phrases.

A *concept* is a name in capitals (``FIRE``, ``TRAPPED``) with the words and phrases that express
it, written as a table (see ``words_common.py`` and ``kinds/``)::

    FIRE: kebakaran, (ter|ke|di)bakar, api, si jago merah
    TRAPPED: terjebak, tidak bisa keluar

``(a|b|)`` stands for each of its parts, the last for nothing. A *closed* phrase uses up its
words, so "kereta api" is a train and never a fire, and "tidak sadar" is one concept and no
negation. Everything here is pure and linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dispatch.screening.reading import Hit, Reading
from dispatch.screening.spelling import Speller
from geo.words import Token, plain, tokens

FILLERS = frozenset(
    """
    pak bu bang kak min om gan bro sis lae ito eda mas mbak dong deh sih nih ni tuh loh lho kan ya
    yah lah la pun yang itu ini nya si para pula juga memang kok mah wak bos ndan komandan
    sedikitnya setidaknya paling
    """.split()  # noqa: SIM905 - a table
)
"""Words of address and colour; dropped, so that "sadar lagi bang" and "gak kak sadar" match."""

NEGATIONS = frozenset(
    "tidak belum bukan tanpa jangan nihil ora ra durung gung daong dang".split()  # noqa: SIM905
)
NEGATION_REACH = 2
"""A negation denies what begins within so many words after it, in the same clause."""

MAX_HITS = 12
"""Places kept of one concept; more add nothing but time for a text made to be slow."""

SUPPOSITIONS = frozenset(
    "kalau jika bila apabila andai seandainya misalnya semisal rawan sebelum biar agar supaya".split()  # noqa: SIM905
)
SUPPOSITION_REACH = 4
"""After "kalau" so many words of the clause speak of what might be, not of what is."""

_ASKING_FIRST = frozenset(
    "apa apakah berapa kapan bagaimana siapa cara syarat jadwal informasi".split()  # noqa: SIM905
)
_ASKING_LAST = frozenset("berapa kapan mana siapa".split())  # noqa: SIM905

_CLITIC = re.compile(r"(?:nya|lah|kah|ku|mu|pun|ne|na)$")
_GROUP = re.compile(r"\(([^()]*)\)")
_BREAK = re.compile(r"[.!?;\n]")
_PAUSE = re.compile(r"[,:/]| - ")
_KALI_RIVER = frozenset({"di", "ke", "pinggir", "tepi", "dalam", "masuk", "air", "bantaran"})


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    closed: bool = False


class Lexicon:
    """All concepts of all tables, compiled once at import.

    ``closed`` names the concepts whose phrases use up their words; ``unions`` the concepts that
    hold wherever one of several others does.
    """

    def __init__(
        self,
        tables: Iterable[str],
        closed: frozenset[str] = frozenset(),
        unions: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._root = _Node()
        self.concepts: set[str] = set(unions or ())
        wider: dict[str, list[str]] = {}
        for union, members in (unions or {}).items():
            for member in members:
                wider.setdefault(member, []).append(union)
        vocabulary: set[str] = set()
        for table in tables:
            for concept, phrase in read_table(table):
                words = _without_fillers(plain(phrase).split())
                lone = len(words) == 1 and (" " in phrase.strip() or not words[0].isalpha())
                if not words or lone:
                    raise ValueError(f"{concept}: too little is left of {phrase!r}")
                self.concepts.add(concept)
                vocabulary.update(words)
                node = self._root
                for word in words:
                    node = node.next.setdefault(word, _Node())
                names = (concept, *wider.get(concept, ()))
                node.concepts = tuple(dict.fromkeys((*node.concepts, *names)))
                if len(words) > 1 and (concept in closed or words[0] in NEGATIONS):
                    node.closed = True
        self._speller = Speller(vocabulary | NEGATIONS | FILLERS)
        self._forms = lru_cache(maxsize=20_000)(self._forms_of)

    def read(self, text: str) -> Reading:
        """Find every concept of ``text``; the text should be at most a few thousand characters."""
        words, sentence, clause, asks = _split(text, tokens(text))
        found = [
            (start, end, node)
            for start in range(len(words))
            for end, node in self._phrases_at(words, clause, start)
        ]
        used = _used_up(found, len(words))
        denied = _reach(words, clause, used, NEGATIONS, NEGATION_REACH)
        supposed = _reach(words, clause, used, SUPPOSITIONS, SUPPOSITION_REACH)
        hits: dict[str, list[Hit]] = {}
        for start, end, node in found:
            span = used[start]
            if span is not None and span != (start, end) and end <= span[1]:
                continue
            hit = Hit(start, end, " ".join(words[start:end]), denied[start], supposed[start])
            for concept in node.concepts:
                places = hits.setdefault(concept, [])
                if len(places) < MAX_HITS:
                    places.append(hit)
        return Reading(tuple(words), tuple(sentence), tuple(clause), asks, hits)

    def _phrases_at(
        self, words: list[str], clause: list[int], start: int
    ) -> Iterator[tuple[int, _Node]]:
        """Every phrase that begins at ``start``, shortest first; none crosses a clause's end."""
        here = [self._root]
        at = start
        while here and at < len(words) and clause[at] == clause[start]:
            forms = self._forms(words[at])
            here = [node.next[form] for node in here for form in forms if form in node.next]
            at += 1
            for node in here:
                if node.concepts:
                    yield at, node

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """The word, without its clitic, and what it may be a misspelling of; best first."""
        bare = _CLITIC.sub("", word) if len(word) > 4 else word
        forms = (word, bare) if bare != word else (word,)
        if any(form in self._speller for form in forms):
            return forms
        if word.endswith("in") and word[:-2] in self._speller:  # pukulin, selamatin
            return (word, word[:-2])
        return (*forms, *(fixed for form in forms if (fixed := self._speller.correct(form))))


def _used_up(found: list[tuple[int, int, _Node]], length: int) -> list[tuple[int, int] | None]:
    """For each word the longest closed phrase over it, if any."""
    used: list[tuple[int, int] | None] = [None] * length
    for start, end, node in found:
        if node.closed:
            for at in range(start, end):
                span = used[at]
                if span is None or end - start > span[1] - span[0]:
                    used[at] = (start, end)
    return used


def _reach(
    words: list[str],
    clause: list[int],
    used: list[tuple[int, int] | None],
    openers: frozenset[str],
    reach: int,
) -> list[bool]:
    """For each word whether an opener stands at most ``reach`` words before it in its clause."""
    under = [False] * len(words)
    for at, word in enumerate(words):
        if word in openers and used[at] is None:
            for after in range(at + 1, min(at + 1 + reach, len(words))):
                if clause[after] != clause[at]:
                    break
                under[after] = True
    return under


def read_table(table: str) -> Iterable[tuple[str, str]]:
    """Yield (concept, phrase) of every row; ``#`` begins a remark."""
    concept = ""
    for line in table.splitlines():
        body = line.partition("#")[0].strip()
        head, colon, rest = body.partition(":")
        if colon and head.isupper():
            concept, body = head, rest
        for item in body.split(","):
            if item.strip():
                if not concept:
                    raise ValueError(f"no concept before {item!r}")
                for phrase in _unfold(item.strip()):
                    yield concept, phrase


def _unfold(item: str) -> list[str]:
    group = _GROUP.search(item)
    if group is None:
        return [item]
    return [
        phrase
        for part in group[1].split("|")
        for phrase in _unfold(item[: group.start()] + part + item[group.end() :])
    ]


def _counts(word: str, before: str) -> bool:
    """False for a filler; "sakit kali" (very) is one, "ke kali" (river), "10 kali" are not."""
    if word == "kali":
        return before in _KALI_RIVER or before.isdigit()
    return word not in FILLERS


def _without_fillers(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if _counts(word, kept[-1] if kept else ""):
            kept.append(word)
    return kept


def _split(text: str, found: list[Token]) -> tuple[list[str], list[int], list[int], frozenset[int]]:
    """Words without fillers, their sentence and clause numbers, and the sentences that ask."""
    words: list[str] = []
    sentences: list[int] = []
    clauses: list[int] = []
    asks: set[int] = set()
    sentence = clause = end = 0
    for token in found:
        between = text[end : token.start]
        end = token.end
        if between not in ("", " "):
            if "?" in between:
                asks.add(sentence)
            if _BREAK.search(between):
                sentence += 1
                clause += 1
            elif _PAUSE.search(between):
                clause += 1
        for word in token.norm.split():
            if word == "tapi":
                clause += 1
            elif word == "dr":
                word = "dari"  # no street name matters here
            if not _counts(word, words[-1] if words else ""):
                continue
            words.append(word)
            sentences.append(sentence)
            clauses.append(clause)
    if "?" in text[end:] or (len(words) > 2 and _ends_asking(words)):
        asks.add(sentence)  # "buka gak" asks without a question mark
    firsts = dict(zip(reversed(sentences), reversed(words), strict=True))
    asks.update(n for n, word in firsts.items() if word in _ASKING_FIRST)
    return words, sentences, clauses, frozenset(asks)


def _ends_asking(words: list[str]) -> bool:
    """ "buka gak", "di mana aja", "berapa sekarang"."""
    return words[-1] in {"tidak", "kah"} or not _ASKING_LAST.isdisjoint(words[-2:])
