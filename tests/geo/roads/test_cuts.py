"""What a drawn closure covers: whole edges, parts of them, and not the side streets."""

from __future__ import annotations

import pytest
import shapely

from geo.roads.cuts import Obstacle, cuts
from geo.roads.net import Net
from tests.geo.roads.nets import Metres, degrees, net_of

CROSS = net_of(
    ((-500.0, 0.0), (0.0, 0.0)), ((0.0, 0.0), (500.0, 0.0)),
    ((0.0, -300.0), (0.0, 0.0)), ((0.0, 0.0), (0.0, 300.0)),
)  # fmt: skip
WEST, EAST, SOUTH, NORTH = range(4)


def line(*at: Metres) -> shapely.LineString:
    return shapely.LineString([degrees(p) for p in at])


def covered(net: Net, shape: shapely.Geometry) -> dict[int, list[tuple[float, float]]]:
    found: dict[int, list[tuple[float, float]]] = {}
    for cut in cuts(net.graph, [Obstacle(1, shape)]):  # type: ignore[list-item]
        found.setdefault(cut.edge, []).append((round(cut.low, 2), round(cut.high, 2)))
    return found


def test_an_area_covers_parts() -> None:
    area = shapely.box(*degrees((-100, -60)), *degrees((250, 60)))
    assert covered(CROSS, area) == {
        WEST: [(0.8, 1.0)], EAST: [(0.0, 0.5)], SOUTH: [(0.8, 1.0)], NORTH: [(0.0, 0.2)],
    }  # fmt: skip


def test_a_street_that_leaves_and_comes_back_is_covered_twice() -> None:
    ring = shapely.box(*degrees((50, -9)), *degrees((450, 9))) - shapely.box(
        *degrees((200, -20)), *degrees((300, 20))
    )
    assert covered(CROSS, ring) == {EAST: [(0.1, 0.4), (0.6, 0.9)]}


def test_a_line_along_a_street_leaves_its_side_streets_open() -> None:
    assert set(covered(CROSS, line((0, 4), (250, -4), (500, 3)))) == {EAST}


def test_a_line_across_a_street_bars_it_there() -> None:
    found = covered(CROSS, line((200, -40), (200, 40)))
    assert set(found) == {EAST}
    assert found[EAST] == [(pytest.approx(0.38, abs=0.01), pytest.approx(0.42, abs=0.01))]


def test_a_line_through_a_junction_bars_no_street() -> None:
    assert covered(CROSS, line((-30, -30), (30, 30))) == {}


def test_a_line_beside_a_street_does_nothing() -> None:
    assert covered(CROSS, line((20, 60), (480, 60))) == {}


def test_far_away_and_empty_shapes_touch_nothing() -> None:
    assert covered(CROSS, shapely.box(10, 10, 11, 11)) == {}
    assert covered(CROSS, shapely.Polygon()) == {}


def test_two_closures_on_one_edge_are_kept_apart_and_joined_in_the_layer() -> None:
    wet = Obstacle(2, shapely.box(*degrees((240, -9)), *degrees((400, 9))), 1.0)
    dry = Obstacle(1, shapely.box(*degrees((100, -9)), *degrees((250, 9))))
    net = CROSS.with_obstacles([dry, wet])
    assert len(net.cuts) == 2
    ((low, high, is_wet),) = net.layer("car").spans[EAST]
    assert (round(low, 2), round(high, 2), is_wet) == (0.2, 0.8, True)
    ((low, high, is_wet),) = net.layer("boat").spans[EAST]
    assert (round(low, 2), round(high, 2), is_wet) == (0.2, 0.5, False)


def test_vehicles_share_what_is_the_same_for_them() -> None:
    assert CROSS.layer("engine") is CROSS.layer("truck")
    shallow = CROSS.with_obstacles(
        [Obstacle(1, shapely.box(*degrees((100, -9)), *degrees((250, 9))), 0.7)]
    )
    assert shallow.layer("engine") is not shallow.layer("truck")
    assert CROSS.layer("engine").spans == {}  # the net before stays as it was
