"""The nearest edge, against looking at every one of them."""

from __future__ import annotations

import random

import numpy as np
import pytest
import shapely

from geo.roads.edges import EdgeWriter
from geo.roads.graph import Graph
from geo.roads.grid import MAX_SNAP_M
from tests.geo.roads.nets import degrees, town

PICK = random.Random(7)


@pytest.mark.parametrize("seed", range(3))
def test_nearest_of_all(seed: int) -> None:
    table = town(seed)
    grid = Graph(table).grid
    masks = np.random.default_rng(seed).random((2, table.count)) < 0.7
    asked = [(PICK.uniform(-600, 2000), PICK.uniform(-600, 2000)) for _ in range(200)]
    which = [PICK.randrange(2) for _ in asked]
    found = grid.snap([degrees(p) for p in asked], masks, which)
    lines = [shapely.LineString(table.line(e)) for e in range(table.count)]
    for point, mask, snapped in zip(asked, which, found, strict=True):
        here = shapely.Point(degrees(point))
        best = min(lines[e].distance(here) for e in np.flatnonzero(masks[mask])) * 111_195
        assert snapped is not None and masks[mask][snapped.edge]
        assert snapped.away_m == pytest.approx(best, rel=0.01, abs=0.1)
        at = lines[snapped.edge].interpolate(snapped.fraction, normalized=True)
        assert at.distance(here) * 111_195 == pytest.approx(best, rel=0.02, abs=0.5)


def test_too_far_is_nothing() -> None:
    grid = Graph(town(0)).grid
    masks = np.ones((1, town(0).count), np.bool_)
    far = [degrees((-MAX_SNAP_M - 200, 0)), (0.0, 0.0), (179.0, -80.0), (float("nan"), 3.0)]
    assert grid.snap(far, masks, [0] * len(far)) == [None] * len(far)


def test_a_net_without_edges_snaps_nothing() -> None:
    graph = Graph(EdgeWriter().table())
    assert graph.grid.snap([(99.0, 3.0)], np.ones((1, 0), np.bool_), [0]) == [None]
    assert list(graph.grid.edges_within(99, 3, 100, 4)) == []


def test_edges_within_a_box() -> None:
    table = town(1)
    grid = Graph(table).grid
    box = shapely.box(*degrees((200, 300)), *degrees((500, 700)))
    touching = {e for e in range(table.count) if shapely.LineString(table.line(e)).intersects(box)}
    found = set(grid.edges_within(*box.bounds).tolist())
    assert touching <= found < set(range(table.count))
