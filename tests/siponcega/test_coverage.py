"""How far the stations' vehicles get, as the map is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
import shapely

from core.db import Database
from geo.roads.cuts import Obstacle
from geo.roads.live import Roads
from siponcega import coverage
from siponcega.layers import LAYERS
from tests.fixtures.cluster import Servers
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import Seeded

EVERYWHERE = (90.0, -10.0, 110.0, 10.0)


@pytest.fixture
async def state(
    cluster: Servers, seeded: Seeded, seeded_database_url: str, redis_url: str
) -> AsyncIterator[Any]:
    """What of the app's state the layer asks for, with the demo shift on the example's streets."""
    settings = make_settings(seeded_database_url, redis_url, seeded.home)
    db = await Database.open(settings)
    roads = await Roads.load(db, settings)
    yield SimpleNamespace(context=SimpleNamespace(db=db), roads=roads, coverage=coverage.Coverage())
    await db.close()


async def test_every_station_for_the_vehicles_that_stand_there(state: Any) -> None:
    rows = await coverage.given(state, EVERYWHERE)
    kinds = {(row["station"], row["class"]) for row in rows}
    assert ("DMK-PUSAT", "engine") in kinds and ("PSC-PUSAT", "ambulance") in kinds
    assert ("PSC-PUSAT", "engine") not in kinds
    assert {row["basis"] for row in rows} == {"road_example"}
    for kind in kinds:
        ground = {
            row["minutes"]: shapely.from_wkb(row["shape"]).area
            for row in rows
            if (row["station"], row["class"]) == kind
        }
        assert list(ground) == [15, 10, 5]
        assert ground[5] <= ground[10] <= ground[15]


async def test_cut_to_the_tile_and_reckoned_once(
    state: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_rows = await coverage.given(state, EVERYWHERE)
    monkeypatch.setattr(coverage, "isochrones", None)  # would fail if it were asked again
    centre = shapely.from_wkb(all_rows[0]["shape"]).centroid
    small = (centre.x, centre.y, centre.x + 0.002, centre.y + 0.002)
    cut = await coverage.given(state, small)
    assert cut and all(
        shapely.box(*small).buffer(1e-9).covers(shapely.from_wkb(row["shape"])) for row in cut
    )
    assert await coverage.given(state, (0.0, 0.0, 1.0, 1.0)) == []


async def test_a_closure_is_in_the_next_look(state: Any) -> None:
    def ground(rows: Any) -> float:
        shapes = [shapely.from_wkb(row["shape"]) for row in rows if row["station"] == "DMK-PUSAT"]
        return float(sum(shape.area for shape in shapes))

    before = ground(await coverage.given(state, EVERYWHERE))
    net = state.roads.net
    far = Obstacle(1, shapely.box(99.16, 3.2, 99.3, 3.5), None)  # the east of the city
    state.roads.net = net.with_obstacles([far])
    assert ground(await coverage.given(state, EVERYWHERE)) < before
    state.roads.net = None
    assert await coverage.given(state, EVERYWHERE) == []


def test_the_layers_of_the_whole_map() -> None:
    named = {"areas", "roads", "water", "places", "closures", "incidents", "units", "coverage"}
    assert named <= set(LAYERS)
