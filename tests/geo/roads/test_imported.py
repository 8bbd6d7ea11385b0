"""A real map: imported, and driven on by a process that was running all the time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.db import Database
from core.settings import Settings
from geo import new_city, pack
from geo.eta import Origin
from geo.osm.importing import import_map
from geo.osm.progress import Progress
from geo.roads.live import Roads
from geo.roads.route import route
from tests.geo.conftest import SHARED


@pytest.mark.parametrize(
    ("file", "box"),
    [
        ("monaco.osm.gz", (7.3, 43.6, 7.5, 43.8)),
        ("andorra.osm.pbf", (1.3, 42.3, 1.9, 42.8)),
    ],
)
async def test_another_country_routes(
    db: Database,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    box: tuple[float, float, float, float],
) -> None:
    path = SHARED / "data" / "osm" / file
    if not path.is_file():
        pytest.skip(f"needs ../shared/data/osm/{file}, which is not here")
    monkeypatch.setattr(pack, "home", lambda: tmp_path)
    name = file.partition(".")[0]
    new_city.make(name, box=box)
    settings = settings.model_copy(update={"city": name})
    async with db.tx() as tx:
        await tx.execute("DELETE FROM road_edge; DELETE FROM area")
    roads = await Roads.load(db, settings)
    assert roads.net is None
    await import_map(db, path, name, None, Progress(), skip_broken=True)
    assert await roads.refresh(db)
    net = roads.net
    assert net is not None and net.basis == "road" and net.graph.edges > 1_000
    # Between junctions of the main piece there is a way, and its time is the one that ranks.
    car = net.allowed[net.which("car")]
    starts = net.graph.table.at[net.graph.table.offset[np.flatnonzero(car)]] / 1e7
    chosen = starts[np.random.default_rng(5).integers(0, len(starts), 24)].tolist()
    scene = tuple(chosen[0])
    units = [Origin(n, lon, lat, "ambulance") for n, (lon, lat) in enumerate(chosen[1:])]
    by_road = 0
    for unit, eta in zip(units, roads.to_scene(*scene, units), strict=True):
        way = route(net, (unit.lon, unit.lat), scene, "ambulance", roads.factor())
        assert way is not None
        assert all(box[0] < x < box[2] and box[1] < y < box[3] for x, y in way.line)
        if eta.basis == "road":
            by_road += 1
            assert way.eta_s == pytest.approx(eta.eta_s, abs=1)
    assert by_road >= 5
