"""From a text to an answer: coordinates first, then names, then the reporter's own position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.geocoder import called, coordinates, links, pluscodes
from geo.geocoder.context import Context
from geo.geocoder.coordinates import Point
from geo.geocoder.gazetteer import Gazetteer, metres
from geo.geocoder.hints import NO_HINTS, Hints
from geo.geocoder.mentions import mentions
from geo.geocoder.named_areas import AreaReader, nearest_lingkungan
from geo.geocoder.names import NameIndex
from geo.geocoder.reading import lingkungans, read
from geo.geocoder.resolve import Resolver, Spot
from geo.geocoder.types import Basis, Candidate, Located, Verdict
from geo.geocoder.weighing import Mention

MAX_TEXT = 4_000
OUTSIDE_LEAD = 0.15  # an outside name must be this much likelier than one of ours
GPS_UNCERTAINTY_M = 60.0
ROUGH_FIX_M = 500.0
CROWDED_FROM = 1_000  # different words in the city's names
LonLat = tuple[float, float]


class Geocoder:
    """Answers for one state of the names; immutable, safe to share. Build anew on change."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._index = NameIndex(gazetteer.named_pairs())
        self._crowded = len(self._index) >= CROWDED_FROM
        self._resolver = Resolver(gazetteer)
        self._reader = AreaReader(gazetteer)

    @property
    def revision(self) -> int:
        return self.gazetteer.revision

    def locate(
        self,
        text: str,
        *,
        gps: LonLat | None = None,
        gps_accuracy_m: float | None = None,
        hints: Hints = NO_HINTS,
    ) -> Located:
        """Where a message says its event is. Never raises on any text.

        `gps` is the reporter's own position (lon, lat): it decides only what the text leaves
        open, and confirms or questions what the text says. `hints` choose between places of one
        name.
        """
        text = text[:MAX_TEXT]
        fix = gps if gps is not None and coordinates.on_earth(*gps) else None
        named = self._named(links.without(text), hints)
        written = self._written(text)
        if written is not None:
            return _settled(written, named)
        return self._with_gps(named, fix, gps_accuracy_m)

    def at(self, lon: float, lat: float, basis: Basis, uncertainty_m: float, why: str) -> Located:
        """The answer for a position on earth."""
        areas = self.gazetteer.map.at(lon, lat)
        if not areas.inside:  # a rough fix just over the line may well be of this city
            areas = self.gazetteer.map.at(lon, lat, within_m=min(uncertainty_m, ROUGH_FIX_M))
        label = (
            self._reader.label(areas.codes[:1], None) if areas.inside else f"{lat:.5f}, {lon:.5f}"
        )
        if areas.alternatives:
            why += "; dekat batas kelurahan"
        candidate = Candidate(label, lon, lat, uncertainty_m, areas.codes, None, basis, 1.0, why)
        return Located("found" if areas.inside else "outside", (candidate,), outside=None)

    def _written(self, text: str) -> Located | None:
        """Coordinates in the text itself; the last one sent wins, being the correction."""
        centre = self.gazetteer.city.centre
        readers: tuple[tuple[Basis, str, Sequence[Point]], ...] = (
            ("link", "titik dari tautan peta", list(links.find(text, centre))),
            ("coordinates", "koordinat dalam pesan", list(coordinates.find(text, centre))),
            ("plus_code", "Plus Code dalam pesan", list(pluscodes.find(text, centre))),
        )
        for basis, why, points in readers:
            if points:
                point = points[-1]
                answer = self.at(point.lon, point.lat, basis, point.uncertainty_m, why)
                return self._with_lingkungan(answer, text)
        return None

    def _with_lingkungan(self, answer: Located, text: str) -> Located:
        found = lingkungans(read(links.without(text)))
        if not found or answer.verdict != "found":
            return answer
        first = replace(answer.candidates[0], lingkungan=str(found[0].number))
        return replace(answer, candidates=(first, *answer.candidates[1:]))

    def _named(self, text: str, hints: Hints) -> Located:
        words = read(text)
        context = Context(words, lingkungans(words), self._crowded)
        hits = self._index.find(words)
        found = mentions(context, hits)
        if self._crowded:
            covered = {at for hit in hits for at in range(hit.start, hit.end)}
            if called.unknown_area(context, covered):  # not one of ours, whatever else is named
                found = [mention for mention in found if mention.sure or mention.kind == "outside"]
        found = self._reader.districts(found)
        ours = sorted((m for m in found if self._ties(m)), key=lambda m: (-m.score, m.start))
        outside = max(
            (m for m in found if m.kind == "outside"), key=lambda m: m.score, default=None
        )
        spots = self._resolver.spots(context, found, hints)
        named, named_basis = self._names_only(found)
        if outside is not None and (not ours or outside.score > ours[0].score + OUTSIDE_LEAD):
            return Located("outside", (), named, named_basis, outside.ids[0])
        if ours:
            chosen = self._reader.hinted(self._reader.chosen(context, found, ours), hints)
            answer = self._with_spot(context, chosen, spots)
            return replace(answer, slight=ours[0].slight)
        if spots:
            candidates = tuple(self._of_spot(context, spot) for spot in spots)
            verdict: Verdict = "found" if len(spots) == 1 else "ambiguous"
            return Located(verdict, candidates, named, named_basis)
        village = called.unknown_village(
            context, {at for m in found for at in range(m.start, m.end)}
        )
        if village is not None:
            return Located("outside", (), named, named_basis, village)
        return Located("unknown", (), named, named_basis)

    def _of_spot(self, context: Context, spot: Spot) -> Candidate:
        lk = nearest_lingkungan(context, spot.mention)
        at = spot.circle
        basis: Basis = "street" if spot.things[0].kind == "street" else "landmark"
        where = f" ({self._reader.label(spot.codes[:3], lk)})" if spot.codes else ""
        reason = spot.reason + (", ejaan mendekati" if spot.mention.quality < 1.0 else "")
        return Candidate(
            spot.label + where, at.lon, at.lat, round(at.radius_m, 1), spot.codes, lk, basis,
            round(min(1.0, spot.mention.score), 3), reason,
        )  # fmt: skip

    def _with_spot(self, context: Context, answer: Located, spots: Sequence[Spot]) -> Located:
        """A street inside the named kelurahan is the finer answer."""
        if len(spots) != 1 or not spots[0].proven or answer.verdict != "found":
            return answer
        spot, best = spots[0], answer.candidates[0]
        if spot.circle.radius_m >= best.uncertainty_m:
            return answer
        if not any(code in spot.codes for code in best.kelurahan_codes):
            # Just over the line: people call a place by the better known area beside it.
            own = replace(self._of_spot(context, spot), lingkungan=best.lingkungan)
            return replace(answer, candidates=(own, *answer.candidates))
        at = spot.circle
        best = replace(
            best, label=f"{spot.label}, {best.label}", lon=at.lon, lat=at.lat,
            uncertainty_m=round(at.radius_m, 1), reason=f"{best.reason}; {spot.reason}",
        )  # fmt: skip
        return replace(answer, candidates=(best, *answer.candidates[1:]))

    def _ties(self, mention: Mention) -> bool:
        if mention.kind == "place":
            return bool(self.gazetteer.places[mention.ids[0]].area_codes)
        return mention.kind in ("kelurahan", "partial")

    def _names_only(self, found: Sequence[Mention]) -> tuple[tuple[str, ...], Basis]:
        """Places recognised that tie to no kelurahan, for the operator who must ask."""
        named: list[str] = []
        basis: Basis = "none"
        for mention in found:
            if mention.kind == "place":
                place = self.gazetteer.places[mention.ids[0]]
                named.append(place.name)
                if place.kind != "river":
                    basis = "street" if place.kind == "street" else "landmark"
            elif mention.kind == "kecamatan":
                named.append(f"Kec. {self.gazetteer.areas[mention.ids[0]].name}")
            elif mention.kind == "mapped":
                named.append(self.gazetteer.mapped.things(mention.ids[0])[0].name)
                basis = "street"
            elif mention.kind == "city":
                named.append(f"Kota {self.gazetteer.city.name}")
        return tuple(dict.fromkeys(named)), basis

    def _with_gps(self, answer: Located, fix: LonLat | None, accuracy_m: float | None) -> Located:
        if fix is None:
            return answer
        radius = max(GPS_UNCERTAINTY_M, accuracy_m or 0.0)
        at = self.at(fix[0], fix[1], "gps", radius, "posisi GPS pelapor")
        if answer.verdict == "unknown":
            return replace(at, named=answer.named, named_basis=answer.named_basis)
        if answer.verdict == "outside":
            return answer
        here = set(at.kelurahan_codes)
        if answer.verdict == "ambiguous":
            fitting = [c for c in answer.candidates if here.intersection(c.kelurahan_codes)]
            if len(fitting) == 1:
                answer = Located("found", tuple(fitting))
        best = answer.candidates[0]
        fits = bool(here.intersection(best.kelurahan_codes))
        if answer.slight and here and not fits and radius <= ROUGH_FIX_M:
            others = (replace(c, score=round(c.score / 2, 3)) for c in answer.candidates)
            return replace(at, candidates=(*at.candidates, *others))
        if fits:
            best = replace(best, reason=best.reason + "; cocok dengan GPS pelapor")
            if radius < best.uncertainty_m:
                best = replace(best, lon=fix[0], lat=fix[1], uncertainty_m=radius)
            return replace(answer, candidates=(best, *answer.candidates[1:]))
        away = metres((best.lon, best.lat), fix) / 1000
        best = replace(best, reason=best.reason + f"; GPS pelapor {away:.1f} km dari sini")
        own = replace(at.candidates[0], score=round(best.score / 2, 3))
        return replace(answer, candidates=(best, *answer.candidates[1:], own))


def _settled(written: Located, named: Located) -> Located:
    """Coordinates against the names beside them: coordinates win, unless they lie outside the
    city while a kelurahan is named (a digit slipped); the loser stays as a second reading."""
    if named.verdict != "found":
        return written
    if written.verdict == "outside":
        best = named.candidates[0]
        best = replace(best, reason=best.reason + "; koordinat di pesan jatuh di luar kota")
        return replace(named, candidates=(best, *named.candidates[1:], *written.candidates))
    here = set(written.kelurahan_codes)
    others = tuple(c for c in named.candidates if not here.intersection(c.kelurahan_codes))
    return replace(written, candidates=(*written.candidates, *others))
