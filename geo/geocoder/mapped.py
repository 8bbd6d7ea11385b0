"""The names of an imported map: thousands of streets and landmarks, many of them alike.

A name is kept as its words without "Jalan", with its number in digits. Streets that differ only by
their number are a family ("Swadaya 1" … "Swadaya 9"): a number that the map does not have still
lies near its family. Streets that share their first words and lie together ("Vikamas Raya",
"Vikamas Tengah 2") make a quarter of that name, as estates in Indonesia name their streets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot

from geo.areas import METRES_PER_DEGREE
from geo.geocoder.cues import words as table
from geo.geocoder.names import Name
from geo.geocoder.numerals import digits
from geo.geocoder.ordinary import WORDS
from geo.geocoder.reading import read

_LEADING = frozenset({"jalan", "gang", "lorong", "lrg", "jln"})
_GENERIC = table("blok gang lorong jalan lingkungan rukun kavling komplek perumahan raya")
_TITLES = table(
    "jenderal letjen mayjen brigjen kolonel letkol mayor kapten dr dokter prof profesor haji h kh "
    "k kyai ir insinyur raden r rm aipda pangeran kom komodor laksamana"
)
MAX_WORDS = 6
QUARTER_WORDS = 3
QUARTER_STREETS = 4
QUARTER_M = 1_000.0


@dataclass(frozen=True, slots=True)
class Thing:
    """One street or landmark of the map; all of it lies within `radius_m` of lon, lat. `shape` is
    WKB (WGS 84) where it is more than a point."""

    slug: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    area_codes: tuple[str, ...]
    lon: float
    lat: float
    radius_m: float
    shape: bytes | None = None


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
        self._quarters = self._find_quarters()

    def _find_quarters(self) -> dict[str, Thing]:
        alike: dict[str, list[Thing]] = defaultdict(list)
        for key, held in self._things.items():
            words = key.split()
            for length in range(1, min(len(words), QUARTER_WORDS + 1)):
                alike[" ".join(words[:length])] += [t for t in held if t.kind == "street"]
        found = {}
        for key, things in alike.items():
            if key in self._things or len(things) < QUARTER_STREETS or _is_generic(key.split()):
                continue
            held_by = circle(things)
            if held_by.radius_m <= QUARTER_M:
                codes = Counter(code for thing in things for code in thing.area_codes)
                found[key] = Thing(
                    f"quarter/{key}", "quarter", key.title(), (),
                    tuple(code for code, _ in codes.most_common()),
                    held_by.lon, held_by.lat, held_by.radius_m,
                )  # fmt: skip
        return found

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
            return (self._quarters[key],)
        return exact or self._families.get(key, ())

    def is_quarter(self, key: str) -> bool:
        return key in self._quarters

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
            weak = all(word in WORDS for word in words if word.isalpha())
            name = Name("mapped", (key,), weak=weak, quarter=key in self._quarters)
            yield key, name
            for other in _otherwise(words):
                yield " ".join(other), name


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


def without_number(words: Sequence[str]) -> list[str]:
    """The name without the number (and its letter) at its end: "tebet barat 10 d" → tebet barat."""
    kept = list(words)
    if len(kept) > 2 and len(kept[-1]) == 1 and kept[-2].isdigit():
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1].isdigit():
        kept = kept[:-1]
    return kept


def _otherwise(words: Sequence[str]) -> Iterator[list[str]]:
    plain = [word for word in words if word not in _TITLES]
    if plain and plain != list(words):
        yield plain
    if len(plain) > 1 and plain[-1] == "raya":  # "Condet Raya" is "Jalan Raya Condet"
        yield ["raya", *plain[:-1]]


@dataclass(frozen=True, slots=True)
class Circle:
    lon: float
    lat: float
    radius_m: float

    def away(self, other: Circle) -> float:
        """Metres between two centres."""
        return hypot(self.lon - other.lon, self.lat - other.lat) * METRES_PER_DEGREE

    def wider(self, by_m: float) -> Circle:
        return replace(self, radius_m=self.radius_m + by_m)


def circle(things: Sequence[Thing]) -> Circle:
    """A circle that holds all of them."""
    if len(things) == 1:
        return Circle(things[0].lon, things[0].lat, things[0].radius_m)
    west, east = min(t.lon for t in things), max(t.lon for t in things)
    south, north = min(t.lat for t in things), max(t.lat for t in things)
    middle = Circle((west + east) / 2, (south + north) / 2, 0.0)
    reach = max(middle.away(Circle(t.lon, t.lat, 0.0)) + t.radius_m for t in things)
    return replace(middle, radius_m=reach)
