"""The names of an imported map: thousands of streets and landmarks, many of them alike.

A name is kept as its words without "Jalan", with its number in digits. Streets that differ only by
their number are a family ("Swadaya 1" … "Swadaya 9"): a number that the map does not have still
lies near its family; other names that it does not have may lie in a quarter (`quarters`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.geocoder import quarters
from geo.geocoder.cues import words as table
from geo.geocoder.names import Name
from geo.geocoder.numerals import digits, without_number
from geo.geocoder.ordinary import WORDS
from geo.geocoder.quarters import Quarter
from geo.geocoder.reading import read
from geo.geocoder.things import Thing

_LEADING = frozenset({"jalan", "gang", "lorong", "lrg", "jln"})
_GENERIC = table("blok gang lorong jalan lingkungan rukun kavling komplek perumahan raya")
_TITLES = table(
    "jenderal letjen mayjen brigjen kolonel letkol mayor kapten dr dokter prof profesor haji h kh "
    "k kyai ir insinyur raden r rm aipda pangeran kom komodor laksamana"
)
MAX_WORDS = 6


class MapNames:
    """All things of the map by the words of their names."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things: dict[str, list[Thing]] = defaultdict(list)
        self._families: dict[str, list[Thing]] = defaultdict(list)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for thing in things:
            for spelling in (thing.name, *thing.aliases):
                words = name_words(spelling, street=thing.kind == "street")
                if not words or len(words) > MAX_WORDS:
                    continue
                self._put(self._things, words, thing)
                base = without_number(words)
                if base != words and thing.kind == "street":
                    self._put(self._families, base, thing)
                for word in base:
                    self._holders[word].add(" ".join(base))
        streets = {
            key: [thing for thing in held if thing.kind == "street"]
            for key, held in self._things.items()
        }
        named = {
            key: held for key, held in streets.items() if held and not _is_generic(key.split())
        }
        self._quarters = {
            key: quarter for key, quarter in quarters.find(named).items() if key not in self._things
        }

    def _put(self, book: dict[str, list[Thing]], words: Sequence[str], thing: Thing) -> None:
        held = book[" ".join(words)]
        if thing not in held:
            held.append(thing)

    def __len__(self) -> int:
        return len(self._things)

    def all(self) -> Iterator[Thing]:
        """Every thing once."""
        return iter({t.slug: t for held in self._things.values() for t in held}.values())

    def things(self, key: str) -> Sequence[Thing]:
        """Everything called exactly so; else the family of that name."""
        exact: Sequence[Thing] = self._things.get(key, ())
        if not exact and key in self._quarters:
            return (self._quarters[key].thing,)
        return exact or self._families.get(key, ())

    def quarter(self, key: str) -> Quarter | None:
        """The quarter that a name which is no street's stands for."""
        return self._quarters.get(key)

    def family(self, key: str) -> Sequence[Thing]:
        """The streets of that name with any number."""
        return self._families.get(key, ())

    def holders(self, word: str) -> int:
        """How many different names, numbers apart, have this word."""
        return len(self._holders.get(word, ()))

    def pairs(self) -> Iterator[tuple[str, Name]]:
        """Every spelling with what it refers to."""
        for key in dict.fromkeys((*self._things, *self._families, *self._quarters)):
            words = key.split()
            if _is_generic(words):
                continue
            quarter = self._quarters.get(key)
            weak = all(word in WORDS for word in words if word.isalpha())
            weak = weak or (quarter is not None and quarter.lone)
            plain = quarter is not None and not quarter.side
            name = Name("mapped", (key,), weak=weak, quarter=plain)
            yield key, name
            for other in _otherwise(words):
                # "Condet Raya" is "Jalan Raya Condet", but only when it is called a street.
                yield " ".join(other), replace(name, weak=weak or other[0] == "raya")


def _is_generic(words: Sequence[str]) -> bool:
    """ "Blok A", "Gang 3": every estate has them."""
    return all(len(word) == 1 or word.isdigit() or word in _GENERIC for word in words)


def name_words(name: str, *, street: bool) -> list[str]:
    """The words of a name as they are compared: no leading "Jalan", numbers in digits."""
    words = [(word.text, word.raw) for word in read(name)]
    while street and len(words) > 1 and words[0][0] in _LEADING:
        words = words[1:]
    # As typed: "III" loses its letters where "toloooong" does.
    return [text for text, _ in words[:1]] + [digits(raw) or text for text, raw in words[1:]]


def _otherwise(words: Sequence[str]) -> Iterator[list[str]]:
    plain = [word for word in words if word not in _TITLES]
    if plain and plain != list(words):
        yield plain
    if len(plain) > 1 and plain[-1] == "raya":
        yield ["raya", *plain[:-1]]
