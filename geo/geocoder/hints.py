"""What is known beside a text."""

from __future__ import annotations

from dataclasses import dataclass

from geo.geocoder.things import Circle

HINT_M = 1_500.0
HINTED = "dekat laporan lain atau alamat penelepon"
LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the text: where other reports of the last minutes lie, and where the
    caller is known to live (lon, lat). They choose between places, they never make one."""

    recent: tuple[LonLat, ...] = ()
    home: LonLat | None = None

    @property
    def points(self) -> tuple[LonLat, ...]:
        return self.recent if self.home is None else (*self.recent, self.home)

    def near(self, at: Circle) -> bool:
        return any(at.away(Circle(*point, 0.0)) <= at.radius_m + HINT_M for point in self.points)


NO_HINTS = Hints()
