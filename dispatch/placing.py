"""Where is it? The words decide; the phone's own position is evidence, not truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dispatch.inbound import Inbound
from geo.geocoder import Located
from geo.geocoder.hints import NO_HINTS, Hints
from geo.geography import Geography

GPS_ACCURACY_M = 50
OPERATOR_ACCURACY_M = 30


@dataclass(frozen=True, slots=True)
class Placed:
    """A place, or none (lon is None). accuracy_m: the uncertainty radius in metres.

    kelurahan: likeliest first; more than one near an edge or when a name fits several.
    undecided: the words name a place that may be several; hints may tell which.
    """

    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None
    kelurahan: tuple[str, ...] = ()
    lingkungan: str | None = None
    label: str | None = None
    basis: str | None = None
    outside: bool = False
    reporter_lon: float | None = None
    reporter_lat: float | None = None
    candidates: tuple[dict[str, Any], ...] = ()
    undecided: bool = False

    @property
    def known(self) -> bool:
        return self.lon is not None

    @property
    def kelurahan_code(self) -> str | None:
        return self.kelurahan[0] if self.kelurahan else None


NOWHERE = Placed()


def place(inbound: Inbound, geography: Geography, hints: Hints = NO_HINTS) -> Placed:
    """The place of the incident by what was said, chosen, pinned or measured, in that order.

    `hints` choose where the words leave several places open (`dispatch.context_hints`).
    """
    gps = None if inbound.lon is None or inbound.lat is None else (inbound.lon, inbound.lat)
    if inbound.by_desk and gps:
        return _at(gps, inbound.accuracy_m or OPERATOR_ACCURACY_M, "operator", inbound, geography)
    words = " ".join(part for part in (inbound.place_text, inbound.text) if part)
    if words:
        said = geography.locate(words, gps=gps, gps_accuracy_m=inbound.accuracy_m, hints=hints)
        open_ = gps is None and not inbound.kelurahan_code and _undecided(said)
        if said.verdict == "outside":
            first = said.candidates[0] if said.candidates else None
            return Placed(
                lon=first.lon if first else None,
                lat=first.lat if first else None,
                accuracy_m=round(first.uncertainty_m) if first else None,
                label=said.outside or (first.label if first else None),
                basis="outside",
                outside=True,
            )
        if said.candidates and said.verdict in {"found", "ambiguous"}:
            best = said.candidates[0]
            if not inbound.kelurahan_code or inbound.kelurahan_code in best.kelurahan_codes:
                # "found": later candidates are second readings and say nothing about this place.
                several = said.verdict == "ambiguous"
                found = _from(said.candidates if several else said.candidates[:1], gps)
                return replace(found, undecided=open_)
        if open_:
            return Placed(undecided=True)
    if inbound.kelurahan_code:
        chosen = _chosen(inbound.kelurahan_code, gps, inbound, geography)
        if chosen:
            return chosen
    if gps:
        return _at(gps, inbound.accuracy_m or GPS_ACCURACY_M, "gps", inbound, geography)
    return NOWHERE


def _undecided(said: Located) -> bool:
    """Several places fit, or a street is named that the words do not tie to one place."""
    return said.verdict == "ambiguous" or (
        said.verdict == "unknown" and said.named_basis in {"street", "landmark"}
    )


def _from(candidates: Any, gps: tuple[float, float] | None) -> Placed:
    best = candidates[0]
    codes = list(best.kelurahan_codes)
    for other in candidates[1:]:
        codes += [code for code in other.kelurahan_codes if code not in codes]
    moved = gps is not None and best.basis not in {"gps", "coordinates"}
    return Placed(
        lon=best.lon,
        lat=best.lat,
        accuracy_m=round(best.uncertainty_m),
        kelurahan=tuple(codes),
        lingkungan=best.lingkungan,
        label=best.label,
        basis=best.basis,
        reporter_lon=gps[0] if moved and gps else None,
        reporter_lat=gps[1] if moved and gps else None,
        candidates=tuple(
            {
                "label": c.label,
                "lon": c.lon,
                "lat": c.lat,
                "uncertainty_m": c.uncertainty_m,
                "kelurahan": list(c.kelurahan_codes),
                "score": round(c.score, 3),
                "reason": c.reason,
            }
            for c in candidates[:5]
        ),
    )


def _chosen(
    code: str, gps: tuple[float, float] | None, inbound: Inbound, geography: Geography
) -> Placed | None:
    """A kelurahan picked from the list: the phone's position refines it when it lies inside."""
    centre = geography.centroid(code)
    if centre is None:
        return None
    if gps and code in geography.at(*gps).codes:
        return _at(gps, inbound.accuracy_m or GPS_ACCURACY_M, "gps", inbound, geography)
    lon, lat, uncertainty_m = centre
    return Placed(
        lon=lon,
        lat=lat,
        accuracy_m=uncertainty_m,
        kelurahan=(code,),
        label=geography.name(code),
        basis="chosen",
        reporter_lon=gps[0] if gps else None,
        reporter_lat=gps[1] if gps else None,
    )


def _at(
    point: tuple[float, float],
    accuracy_m: int,
    basis: str,
    inbound: Inbound,
    geography: Geography,
) -> Placed:
    areas = geography.at(*point)
    return Placed(
        lon=point[0],
        lat=point[1],
        accuracy_m=accuracy_m,
        kelurahan=areas.codes,
        # What people typed stays encrypted; the label is made of our own names.
        label=geography.name(areas.kelurahan_code) if areas.kelurahan_code else None,
        basis=basis,
        outside=not areas.inside,
        reporter_lon=inbound.reporter_lon,
        reporter_lat=inbound.reporter_lat,
    )
