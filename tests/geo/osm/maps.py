"""Small OpenStreetMap files, written node by node."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

Point = tuple[float, float]


class MapFile:
    """Collects ways, spots and boundaries over lon, lat points; equal points are one node."""

    def __init__(self) -> None:
        self._nodes: dict[Point, int] = {}
        self._spots: list[str] = []
        self._ways: list[str] = []
        self._relations: list[str] = []

    def node(self, at: Point) -> int:
        return self._nodes.setdefault(at, len(self._nodes) + 1)

    def way(self, points: list[Point], **tags: str) -> int:
        number = len(self._ways) + 1
        refs = "".join(f'<nd ref="{self.node(at)}"/>' for at in points)
        self._ways.append(f'<way id="{number}" version="1">{refs}{_tags(tags)}</way>')
        return number

    def spot(self, at: Point, **tags: str) -> None:
        number = 100_000 + len(self._spots)
        self._spots.append(
            f'<node id="{number}" version="1" lat="{at[1]}" lon="{at[0]}">{_tags(tags)}</node>'
        )

    def boundary(self, name: str, points: list[Point], level: int = 7, **tags: str) -> int:
        way = self.way([*points, points[0]])
        number = len(self._relations) + 500
        said = {"type": "boundary", "boundary": "administrative", "admin_level": str(level)}
        self._relations.append(
            f'<relation id="{number}" version="1"><member type="way" ref="{way}" role="outer"/>'
            f"{_tags(said | {'name': name} | tags)}</relation>"
        )
        return number

    def write(self, path: Path) -> Path:
        nodes = "".join(
            f'<node id="{number}" version="1" lat="{lat}" lon="{lon}"/>'
            for (lon, lat), number in self._nodes.items()
        )
        parts = [nodes, *self._spots, *self._ways, *self._relations]
        path.write_text(f'<osm version="0.6" generator="test">{"".join(parts)}</osm>')
        return path


def square(west: float, south: float, side: float = 0.02) -> list[Point]:
    return [
        (west, south), (west + side, south), (west + side, south + side), (west, south + side),
    ]  # fmt: skip


def town(*, renumbered: bool = False) -> MapFile:
    """Two kelurahan side by side; Jalan Anggrek in both, crossing Jalan Melati Raya in the west.

    `renumbered` gives every way another number, as when a mapper drew it anew."""
    made = MapFile()
    if renumbered:
        made.way([(110.001, -6.981), (110.002, -6.981)], highway="footway")
    made.boundary(
        "Kota Barat Contoh", square(110.00, -7.00), **{"is_in:subdistrict": "Kecamatan Uji"}
    )
    made.boundary("Sukacontoh", square(110.02, -7.00), **{"is_in:subdistrict": "Kecamatan Uji"})
    made.way([(110.004, -6.99), (110.008, -6.99), (110.012, -6.99)], highway="residential",
             name="Jalan Anggrek")  # fmt: skip
    made.way([(110.008, -6.995), (110.008, -6.99), (110.008, -6.985)], highway="primary",
             name="Melati Raya", oneway="yes", maxspeed="40")  # fmt: skip
    made.way([(110.030, -6.99), (110.034, -6.99)], highway="residential", name="Anggrek")
    made.way([(110.012, -6.99), (110.030, -6.99)], highway="tertiary", bridge="yes")
    made.spot((110.005, -6.988), amenity="place_of_worship", name="Masjid Al Contoh")
    made.way([(110.001, -6.99), (110.003, -6.985)], waterway="river", name="Sungai Contoh")
    return made


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())
