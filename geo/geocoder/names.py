"""All names of a city in one tree of words; finds them in a text, spelt well or badly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from geo.geocoder.numerals import digits
from geo.geocoder.ordinary import WORDS
from geo.geocoder.reading import Word, read
from geo.geocoder.spelling import EXACT, NO_VOWELS, ONE_WRONG, SHORT, Vocabulary

Kind = Literal["kelurahan", "kecamatan", "city", "partial", "place", "outside", "mapped"]
MAX_WORDS = 6
JOINED = 0.96
_MIN_SHORT = 3  # "gn" is Gunung only before another word
# Mistakes in a short single word are trusted only from this length on ("tlk" is no Teluk alone).
_MIN_ALONE = {NO_VOWELS: 4, ONE_WRONG: 5}


@dataclass(frozen=True, slots=True)
class Name:
    """What a name refers to. `ids`: area codes, one place id, one outside name, or
    the key of a name of the map.

    `weak` names mean something else in ordinary speech and need evidence to be a place;
    `when_called` ones (a kelurahan called like its city) count only when called kelurahan. A
    `quarter` is where streets of one first name lie together.
    """

    kind: Kind
    ids: tuple[str, ...]
    weak: bool = False
    when_called: bool = False
    quarter: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at words[start:end]; `quality` 1.0 when spelt exactly."""

    name: Name
    start: int
    end: int
    quality: float


@dataclass(slots=True)
class _Node:
    down: dict[str, _Node] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


class NameIndex:
    """Built once from (spelling, name) pairs; `find` is pure and quick."""

    def __init__(self, pairs: Iterable[tuple[str, Name]]) -> None:
        self._root = _Node()
        self._joined: dict[str, list[Name]] = {}
        self._run_together: dict[str, list[Name]] = {}  # names of the map: exactly so or not at all
        vocabulary: set[str] = set()
        for spelling, name in pairs:
            words = [word.text for word in read(spelling)]
            if not words or len(words) > MAX_WORDS:
                continue
            vocabulary.update(words)
            self._add(words, name)
            if 1 < len(words) <= 3:
                book = self._run_together if name.kind == "mapped" else self._joined
                book.setdefault("".join(words), []).append(name)
        self._vocabulary = Vocabulary(vocabulary)
        self._whole = Vocabulary(joined for joined in self._joined if len(joined) >= 7)

    def _add(self, words: Sequence[str], name: Name) -> None:
        node = self._root
        for word in words:
            node = node.down.setdefault(word, _Node())
        if name not in node.names:
            node.names.append(name)

    def __len__(self) -> int:
        """How many different words the names have."""
        return len(self._vocabulary)

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Every name at every position, also overlapping ones, in order of position."""
        hits: list[Hit] = []
        options = [self._options(word) for word in words]
        for start in range(len(words)):
            self._walk(self._root, options, words, start, start, EXACT, hits)
            hits.extend(self._glued(words, start))
        return hits

    def _options(self, word: Word) -> dict[str, float]:
        found = dict(self._vocabulary.readings(word.text))
        number = digits(word.raw)
        if number is not None and number in self._vocabulary:
            found[number] = EXACT
        if word.raw != word.text and word.raw.isalpha():
            for reading, quality in self._vocabulary.readings(word.raw):
                found[reading] = max(quality, found.get(reading, 0.0))
        return found

    def _walk(
        self,
        node: _Node,
        options: Sequence[dict[str, float]],
        words: Sequence[Word],
        start: int,
        at: int,
        quality: float,
        hits: list[Hit],
    ) -> None:
        if at > start and node.names and _trusted(words[start:at], quality):
            hits.extend(Hit(name, start, at, quality) for name in node.names)
        if at >= len(words) or at - start >= MAX_WORDS or (at > start and words[at].breaks):
            return
        for reading, sure in options[at].items():
            below = node.down.get(reading)
            if below is not None:
                self._walk(below, options, words, start, at + 1, min(quality, sure), hits)

    def _glued(self, words: Sequence[Word], start: int) -> Iterable[Hit]:
        """Names written without their blanks ("sripadang"), or a word torn in two ("ber ohol")."""
        one = words[start].text
        if len(one) >= 7 and (one not in self._vocabulary or one in self._joined):
            for reading, sure in self._whole.readings(one):
                for name in self._joined[reading]:
                    yield Hit(name, start, start + 1, min(sure, JOINED))
            for name in self._run_together.get(one, ()):
                yield Hit(name, start, start + 1, JOINED)
        if start + 1 < len(words) and not words[start + 1].breaks:
            two = one + words[start + 1].text
            node = self._root.down.get(two)
            if node is not None and len(two) >= 6:
                for name in node.names:
                    yield Hit(name, start, start + 2, JOINED)


def _trusted(words: Sequence[Word], quality: float) -> bool:
    word = words[0]
    if len(words) == 1 and quality == SHORT:
        return len(word.raw) >= _MIN_SHORT
    if len(words) > 1 or quality >= JOINED:
        return True
    shortest = next((n for level, n in _MIN_ALONE.items() if quality >= level), 9)
    return word.text not in WORDS and len(word.text) >= shortest
