"""From the kelurahan and landmarks that a text names to an answer: which of them, one or several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from geo.areas import METRES_PER_DEGREE
from geo.geocoder.context import Context
from geo.geocoder.gazetteer import UNKNOWN_RADIUS_M, Gazetteer, metres
from geo.geocoder.hints import HINTED, NO_HINTS, Hints
from geo.geocoder.mentions import joined
from geo.geocoder.types import Basis, Candidate, Located
from geo.geocoder.weighing import Mention

TOUCH_M = 100.0


class AreaReader:
    """Answers from named areas against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def districts(self, found: Sequence[Mention]) -> list[Mention]:
        """A kelurahan beside another one of the kecamatan called like it means the kecamatan:
        "Batu Ampar, Kramat Jati"."""
        areas = self._gazetteer.areas
        codes = [code for m in found if m.kind in ("kelurahan", "partial") for code in m.ids]
        read = []
        for mention in found:
            district = self._namesake(mention)
            within = (c for c in codes if c not in mention.ids and areas[c].parent_code == district)
            if district is not None and any(within):
                mention = replace(mention, kind="kecamatan", ids=(district,))
            read.append(mention)
        return read

    def chosen(
        self, context: Context, found: Sequence[Mention], ours: Sequence[Mention]
    ) -> Located:
        best = ours[0]
        candidates: list[Candidate] = []
        if best.kind == "partial" and len(best.ids) > 1:
            codes = self._within_kecamatan(best.ids, found)
            candidates += [self._of_mention(context, best, (code,)) for code in codes]
            if len(codes) > 1:
                return Located("ambiguous", tuple(candidates))
        else:
            pair = next(
                (m for m in ours[1:] if joined(context, *sorted((best, m), key=lambda x: x.start))),
                None,
            )
            if pair is not None and not self._one_place(context, best, pair):
                best, pair = max(best, pair, key=lambda m: m.start), None
            codes = self._codes(best)
            if pair is not None and pair.ids != best.ids:
                codes += tuple(code for code in self._codes(pair) if code not in codes)
            candidates.append(self._of_mention(context, best, codes))
        taken = set(candidates[0].kelurahan_codes)
        for other in ours:
            codes = self._codes(other)
            if not taken.intersection(codes):
                candidates.append(self._of_mention(context, other, codes))
                taken.update(codes)
        finer = self._finer(candidates[0], ours)
        return Located("found", (finer, *candidates[1:]))

    def hinted(self, answer: Located, hints: Hints) -> Located:
        """Of several areas that a name fits, the one that other reports or the caller's address lie
        in; the others stay as second readings."""
        if answer.verdict != "ambiguous" or hints == NO_HINTS:
            return answer
        here = {code for point in hints.points for code in self._gazetteer.map.at(*point).codes[:1]}
        fitting = [c for c in answer.candidates if here.intersection(c.kelurahan_codes)]
        if len(fitting) != 1:
            return answer
        best = replace(fitting[0], reason=f"{fitting[0].reason}, {HINTED}")
        others = tuple(
            replace(c, score=round(c.score / 2, 3))
            for c in answer.candidates
            if c is not fitting[0]
        )
        return replace(answer, verdict="found", candidates=(best, *others))

    def label(self, codes: tuple[str, ...], lingkungan: str | None) -> str:
        names = " / ".join(self._gazetteer.areas[code].name for code in codes)
        return f"Kel. {names}" + (f" Lk {lingkungan}" if lingkungan else "")

    def _namesake(self, mention: Mention) -> str | None:
        """The kecamatan that may be meant as well, unless the text says kelurahan."""
        if mention.kind != "kelurahan" or mention.sure or len(mention.ids) > 1:
            return None
        return self._gazetteer.areas[mention.ids[0]].namesake

    def _one_place(self, context: Context, one: Mention, other: Mention) -> bool:
        """Two areas named in one breath are one place when they touch or are joined by a word. Else
        the second is the area, and the first something in it of that name: "Kebon Pala Kampung
        Melayu"."""
        first, second = sorted((one, other), key=lambda m: m.start)
        if second.start > first.end:
            return True
        shapes = [[self._gazetteer.map.shapes.get(code) for code in m.ids] for m in (one, other)]
        return any(
            a is None or b is None or a.geometry.dwithin(b.geometry, TOUCH_M / METRES_PER_DEGREE)
            for a in shapes[0]
            for b in shapes[1]
        )

    def _within_kecamatan(
        self, codes: tuple[str, ...], found: Sequence[Mention]
    ) -> tuple[str, ...]:
        named = {m.ids[0] for m in found if m.kind == "kecamatan"}
        kept = tuple(c for c in codes if self._gazetteer.areas[c].parent_code in named)
        return kept or codes

    def _codes(self, mention: Mention) -> tuple[str, ...]:
        if mention.kind == "place":
            return self._gazetteer.places[mention.ids[0]].area_codes
        return mention.ids

    def _finer(self, candidate: Candidate, ours: Sequence[Mention]) -> Candidate:
        """A landmark of known position inside the named kelurahan gives a better point."""
        for mention in ours:
            if mention.kind != "place":
                continue
            place = self._gazetteer.places[mention.ids[0]]
            if place.lon is None or place.lat is None:
                continue
            if place.area_codes[0] in candidate.kelurahan_codes:
                return replace(
                    candidate,
                    label=f"{place.name}, {candidate.label}"
                    if candidate.basis == "kelurahan_name"
                    else f"{place.name} ({self.label(candidate.kelurahan_codes, candidate.lingkungan)})",
                    basis="landmark" if candidate.basis == "street" else candidate.basis,
                    lon=place.lon,
                    lat=place.lat,
                    uncertainty_m=(place.uncertainty_m or UNKNOWN_RADIUS_M) + 150.0,
                )
        return candidate

    def _of_mention(self, context: Context, mention: Mention, codes: tuple[str, ...]) -> Candidate:
        lk = nearest_lingkungan(context, mention)
        lon, lat, radius = self._circle(codes)
        basis: Basis = "kelurahan_name"
        label = self.label(codes, lk)
        reason = "nama kelurahan" if mention.kind == "kelurahan" else "sebagian nama kelurahan"
        if mention.kind == "place":
            place = self._gazetteer.places[mention.ids[0]]
            basis = "street" if place.kind == "street" else "landmark"
            label = f"{place.name} ({label})"
            reason = f"{place.name} di {self.label(codes[:1], None)}"
            if place.lon is not None and place.lat is not None:
                lon, lat = place.lon, place.lat
                radius = (place.uncertainty_m or UNKNOWN_RADIUS_M) + 150.0
        elif self._namesake(mention) is not None:
            radius = max(radius, self._gazetteer.areas[codes[0]].namesake_radius_m)
            reason += ", atau kecamatannya"
        if mention.quality < 1.0:
            reason += ", ejaan mendekati"
        score = round(min(1.0, mention.score), 3)
        return Candidate(label, lon, lat, radius, codes, lk, basis, score, reason)

    def _circle(self, codes: tuple[str, ...]) -> tuple[float, float, float]:
        """A point and the radius round it that holds all these areas."""
        areas = [self._gazetteer.areas[code] for code in codes]
        lon = math.fsum(area.lon for area in areas) / len(areas)
        lat = math.fsum(area.lat for area in areas) / len(areas)
        radius = max(metres((lon, lat), (area.lon, area.lat)) + area.radius_m for area in areas)
        return lon, lat, round(radius, 1)


def nearest_lingkungan(context: Context, mention: Mention) -> str | None:
    def distance(start: int, end: int) -> int:
        return start - mention.end if start >= mention.end else mention.start - end + 1

    near = min(context.lingkungans, key=lambda lk: distance(lk.start, lk.end), default=None)
    return None if near is None else str(near.number)
