"""From names of the map to a place: which of the streets so called, and how large a circle.

Areas named in the same text decide first, then other names near by, then what else is known of the
moment (`Hints`). What nothing decides is ambiguous; a name that any town may have once more than
our map knows is told to the operator and not turned into a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely

from geo.geocoder import called
from geo.geocoder.common import COMMON
from geo.geocoder.context import Context
from geo.geocoder.extent import stated_m
from geo.geocoder.gazetteer import Gazetteer
from geo.geocoder.hints import HINTED, Hints
from geo.geocoder.numerals import without_number
from geo.geocoder.quarters import SIDES
from geo.geocoder.things import Circle, Thing, bounding, circle
from geo.geocoder.weighing import Mention

# Houses in the block behind a street have its name, and a map is some metres off.
AT_STREET_M = 150.0
ROUND_M = 450.0  # a street's name used for the quarter round it
NUMBER_UNKNOWN_M = 350.0
TOGETHER_M = 1_200.0  # one answer for several of a name within such a circle
TOO_LONG_M = 3_000.0
CROSSING_M = 60.0
BESIDE_M = 800.0
MOST_OPTIONS = 6
FEW_HOLDERS = 2  # a word that more names hold is no name to trust on its own


@dataclass(frozen=True, slots=True)
class Spot:
    """One reading of a name of the map: within `circle`, which reaches `margin_m` beside the
    things themselves. `proven` when something beside the name agrees."""

    things: tuple[Thing, ...]
    circle: Circle
    margin_m: float
    codes: tuple[str, ...]
    mention: Mention
    proven: bool
    reason: str

    @property
    def label(self) -> str:
        first = self.things[0]
        return f"Jl. {first.name}" if _bare_street(first) else first.name


class Resolver:
    """Reads the mapped mentions of texts against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = gazetteer.mapped
        self._area_names = _telling_names(gazetteer)

    def spots(self, context: Context, found: Sequence[Mention], hints: Hints) -> tuple[Spot, ...]:
        """The readings of the best name: one when it is clear, several when it is ambiguous, none
        when no name of the map can be answered with."""
        mapped = [m for m in found if m.kind == "mapped" and m.score > called.ELSEWHERE]
        if not mapped:
            return ()
        areas = self._areas(found)
        options = [(m, self._options(context, m)) for m in mapped]
        crossing = self._crossing(options, areas)
        if crossing is not None:
            return (crossing,)
        readings = [self._fitting(context, m, spots, areas, options, hints) for m, spots in options]
        readings = [spots for spots in readings if spots]
        return min(readings, key=_preference, default=())

    def _areas(self, found: Sequence[Mention]) -> list[str]:
        """Codes of every area that the text names, kelurahan and kecamatan."""
        kinds = ("kelurahan", "partial", "kecamatan")
        codes = [code for m in found if m.kind in kinds for code in m.ids]
        known = [
            self._gazetteer.areas[code].namesake
            for m in found
            if not m.sure
            for code in m.ids
            if m.kind == "kelurahan"
        ]
        return [*codes, *(code for code in known if code is not None)]

    def _options(self, context: Context, mention: Mention) -> list[Spot]:
        key = mention.ids[0]
        things, quarter = list(self._names.things(key)), self._names.quarter(key)
        margin, reason = AT_STREET_M, "nama di peta"
        if quarter is not None:
            margin, reason = quarter.margin_m, "kelompok jalan di peta"
        elif not called.is_called(context, mention.start):
            margin = ROUND_M
        if not key.split()[-1].isdigit() and called.number_after(context, mention.end):
            reason = "nomor jalan tidak ada di peta"
            if quarter is None:
                things, margin = [*things, *self._names.family(key)], margin + NUMBER_UNKNOWN_M
        groups: list[list[Thing]] = []
        for thing in sorted(dict.fromkeys(things), key=lambda t: t.radius_m, reverse=True):
            home = next(
                (
                    g
                    for g in groups
                    if circle([*g, thing]).radius_m <= max(TOGETHER_M, g[0].radius_m)
                ),
                None,
            )
            if home is None:
                groups.append([thing])
            else:
                home.append(thing)
        return [_spot(group, mention, margin, reason) for group in groups]

    def _crossing(
        self, options: Sequence[tuple[Mention, list[Spot]]], areas: Sequence[str]
    ) -> Spot | None:
        """Where two named streets meet."""
        for (first, ones), (second, others) in pairwise(options):
            if second.start - first.end > 2:
                continue
            meeting = [spot for a in ones for b in others if (spot := _meet(a, b)) is not None]
            meeting = [s for s in meeting if not areas or self._fits(s, areas)] or meeting
            if len(meeting) == 1:
                return meeting[0]
        return None

    def _fitting(
        self,
        context: Context,
        mention: Mention,
        spots: list[Spot],
        areas: Sequence[str],
        options: Sequence[tuple[Mention, list[Spot]]],
        hints: Hints,
    ) -> tuple[Spot, ...]:
        if areas:
            fitting = [spot for spot in spots if self._fits(spot, areas)]
            if not fitting and self._trusted(mention) and len(spots) == 1:
                fitting = [spot for spot in spots if self._beside(spot, areas)]
            return tuple(
                _proven(self._clipped(spot, areas), "cocok dengan wilayah") for spot in fitting
            )
        others = [s for m, held in options if m is not mention for s in held]
        beside = [
            spot for spot in spots
            if any(spot.circle.away(o.circle) <= o.circle.radius_m + BESIDE_M for o in others)
        ]  # fmt: skip
        if len(beside) == 1:
            return (_proven(beside[0], "dekat nama lain di pesan"),)
        hinted = [spot for spot in spots if hints.near(spot.circle)]
        if len(hinted) == 1:
            return (_proven(hinted[0], HINTED),)
        if not self._trusted(mention) or len(spots) > MOST_OPTIONS:
            return ()
        if len(spots) == 1 and self._bears_another(mention.ids[0], spots[0]):
            return ()
        return tuple(spot for spot in spots if spot.circle.radius_m <= TOO_LONG_M)

    def _fits(self, spot: Spot, areas: Sequence[str]) -> bool:
        for code in areas:
            area = self._gazetteer.areas.get(code)
            if code in spot.codes:
                return True
            if area is None:
                continue
            if area.level == "kecamatan" and any(self._parent(c) == code for c in spot.codes):
                return True
        return False

    def _beside(self, spot: Spot, areas: Sequence[str]) -> bool:
        known = (self._gazetteer.areas.get(code) for code in areas)
        return any(
            spot.circle.away(Circle(a.lon, a.lat, 0.0)) <= a.radius_m + BESIDE_M
            for a in known
            if a is not None and a.level == "kelurahan"
        )

    def _bears_another(self, key: str, spot: Spot) -> bool:
        """Whether the name begins with an area's that lies elsewhere: "Kelapa Gading Permai" in
        Pegadungan is most likely not the one that is meant."""
        words = key.split()
        for length in range(2, len(words)):
            codes = self._area_names.get(" ".join(words[:length]))
            if codes and not self._beside(spot, codes) and not self._fits(spot, codes):
                return True
        return False

    def _parent(self, code: str) -> str | None:
        area = self._gazetteer.areas.get(code)
        return None if area is None else area.parent_code

    def _clipped(self, spot: Spot, areas: Sequence[str]) -> Spot:
        """The part of a long street that lies in the named kelurahan."""
        code = next((c for c in areas if c in spot.codes), None)
        outline = None if code is None else self._gazetteer.map.shapes.get(code)
        shapes = [shapely.from_wkb(t.shape) for t in spot.things if t.shape is not None]
        if outline is None or code is None or not shapes:
            return spot
        part = shapely.union_all(shapes).intersection(outline.geometry)
        codes = (code, *(c for c in spot.codes if c != code))
        held = spot.circle if part.is_empty else _stated(bounding(part), spot.margin_m)
        return replace(spot, circle=held, codes=codes, proven=True)

    def _trusted(self, mention: Mention) -> bool:
        """Several words, a word with a number, a quarter's, or one that hardly any other name of
        this map holds; never the names that every town gives several times."""
        key = mention.ids[0].split()
        words = [word for word in without_number(key) if word.isalpha()]
        quarter = self._names.quarter(mention.ids[0]) is not None
        telling = [word for word in words if word not in SIDES] if quarter else words
        if not telling or (len(telling) == 1 and telling[0] in COMMON):
            return False
        if len(words) > 1 or len(key) > 1 or quarter:
            return True
        return self._names.holders(words[0]) <= FEW_HOLDERS


def _telling_names(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Codes of the areas of each name of several words ("Kelapa Gading" of its two sides). On
    Jakarta's map 5 of 100 streets that begin with one lie elsewhere; of single words 22."""
    found: dict[str, list[str]] = defaultdict(list)
    for area in gazetteer.areas.values():
        words = area.name.lower().split()
        if words[-1] in SIDES and len(words) > 1:
            found[" ".join(words[:-1])].append(area.code)
        found[" ".join(words)].append(area.code)
    return {name: tuple(codes) for name, codes in found.items() if " " in name}


def _spot(group: list[Thing], mention: Mention, margin: float, reason: str) -> Spot:
    codes = tuple(dict.fromkeys(code for thing in group for code in thing.area_codes))
    held = _stated(circle(group), margin)
    return Spot(tuple(group), held, margin, codes, mention, False, reason)


def _stated(held: Circle, margin_m: float) -> Circle:
    return replace(held, radius_m=stated_m(held.radius_m, margin_m))


def _meet(a: Spot, b: Spot) -> Spot | None:
    if a.circle.away(b.circle) > a.circle.radius_m + b.circle.radius_m:
        return None
    lines = [
        [shapely.from_wkb(t.shape) for t in spot.things if t.shape is not None] for spot in (a, b)
    ]
    if not all(lines):
        return None
    first, second = (shapely.union_all(part) for part in lines)
    reach = CROSSING_M / 111_320.0
    if not shapely.dwithin(first, second, reach):
        return None
    where = bounding(first.intersection(second.buffer(reach)))
    codes = tuple(c for c in a.codes if c in b.codes) or a.codes
    reason = f"pertemuan {a.label} dan {b.label}"
    things = (*a.things, *b.things)
    return Spot(things, where.wider(AT_STREET_M), AT_STREET_M, codes, a.mention, True, reason)


def _proven(spot: Spot, why: str) -> Spot:
    return replace(spot, proven=True, reason=f"{spot.reason}, {why}")


def _preference(spots: tuple[Spot, ...]) -> tuple[bool, int, float, float]:
    """One clear reading before several, a proven one before a bare name, the smaller circle."""
    first = spots[0]
    return (not first.proven, len(spots), -first.mention.score, first.circle.radius_m)


def _bare_street(thing: Thing) -> bool:
    first = thing.name.split()[0].lower().rstrip(".")
    return thing.kind == "street" and first not in {"jalan", "jl", "gang", "gg", "lorong", "tol"}
