"""Where things happen in the demo: kelurahan and landmarks of the city pack, in a caller's words.

Only landmarks and streets that a source ties to one kelurahan are named beside it; what lies where
in the city is not made up. Positions are scattered round a centre, as a phone's would be.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from geo.pack import AreaFact, Pack, PlaceFact

LINGKUNGAN = ("1", "2", "3", "4", "5", "I", "II", "III", "IV")
SCATTER_DEG = 0.0018  # about 200 m: well inside most kelurahan
METRES_TO_DEG = 1 / 111_320
# A name that is the city, a kecamatan and a kelurahan at once: a caller would be asked back.
AMBIGUOUS = frozenset({"Tebing Tinggi"})
NEAR = {
    "station": "dekat {}", "hospital": "dekat {}", "landmark": "dekat {}",
    "hotel": "depan {}", "shop": "dekat {}", "square": "dekat {}", "office": "samping {}",
    "mosque": "belakang {}", "market": "dekat {}", "street": "{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: `said` is how a caller names it; lon, lat where a phone there would be."""

    kelurahan_code: str
    kelurahan: str
    said: str
    lon: float
    lat: float

    def near(self, rng: random.Random, metres: float = 60.0) -> tuple[float, float]:
        """(lon, lat) of another phone that sees the same thing."""
        reach = metres * METRES_TO_DEG
        return (
            round(self.lon + rng.uniform(-reach, reach), 6),
            round(self.lat + rng.uniform(-reach, reach), 6),
        )


class City:
    """The pack's kelurahan and tied places, to choose from."""

    def __init__(self, pack: Pack) -> None:
        self._kelurahan = {
            area.code: area
            for area in pack.areas
            if area.level == "kelurahan" and area.name not in AMBIGUOUS
        }
        self._landmarks: dict[str, list[PlaceFact]] = {}
        for place in pack.places:
            if len(place.area_codes) == 1 and place.kind in NEAR:
                self._landmarks.setdefault(place.area_codes[0], []).append(place)

    @property
    def codes(self) -> list[str]:
        return list(self._kelurahan)

    def centre(self, code: str) -> tuple[float, float]:
        """(lon, lat) of a kelurahan."""
        area = self._kelurahan[code]
        return area.lon, area.lat

    def spot(self, rng: random.Random, code: str | None = None) -> Spot:
        """A place in the kelurahan `code`, or anywhere."""
        area = self._kelurahan[code or rng.choice(self.codes)]
        return Spot(
            area.code,
            area.name,
            self._said(rng, area),
            round(area.lon + rng.uniform(-SCATTER_DEG, SCATTER_DEG), 6),
            round(area.lat + rng.uniform(-SCATTER_DEG, SCATTER_DEG), 6),
        )

    def _said(self, rng: random.Random, area: AreaFact) -> str:
        # A bare name that is also a fruit or a tree would not be taken for a place.
        bare = area.ordinary_meaning is None and rng.random() < 0.3
        name = area.name if bare else f"{rng.choice(('kel', 'kelurahan', 'kel.'))} {area.name}"
        known = self._landmarks.get(area.code, ())
        draw = rng.random()
        if known and draw < 0.45:
            place = rng.choice(known)
            words = rng.choice((place.name, *place.aliases[:2]))
            return f"{NEAR[place.kind].format(words)} {name}"
        if draw < 0.85:
            return f"lk {rng.choice(LINGKUNGAN)} {name}"
        return name
