"""Times by road on small drawn nets: what shuts a way, for whom, and what is said then."""

from __future__ import annotations

import pytest
import shapely

from geo.eta import TURNOUT_S, DistanceEta
from geo.roads.cuts import Obstacle
from geo.roads.edges import EdgeWriter
from geo.roads.graph import Graph
from geo.roads.net import Net
from geo.roads.road_eta import CUT_OFF_S, HORIZON_S, RoadEta
from geo.roads.speeds import RoadFacts
from geo.roads.vehicles import LAUNCH_S, VEHICLES
from tests.geo.roads.nets import EVEN, NOON, Metres, degrees, eta_on, net_of, origin, street

# A river from west to east; a bridge at x = 0, another one far upstream.
BRIDGE = ((0.0, -50.0), (0.0, 50.0))
RIVER_TOWN = [
    BRIDGE,
    ((0.0, 50.0), (0.0, 400.0)),
    ((0.0, -50.0), (0.0, -400.0)),
    ((0.0, 50.0), (1500.0, 50.0)),
    ((0.0, -50.0), (1500.0, -50.0)),
    ((1500.0, -50.0), (1500.0, 50.0)),
    ((-600.0, 50.0), (0.0, 50.0)),
]
SCENE = (0.0, 300.0)
NEAR_SOUTH, FAR_NORTH = (0.0, -100.0), (-550.0, 50.0)


def box(a: Metres, b: Metres) -> shapely.Polygon:
    return shapely.box(*degrees(a), *degrees(b))


def closed(a: Metres, b: Metres, depth_m: float | None = None, number: int = 1) -> Obstacle:
    return Obstacle(number, box(a, b), depth_m)


ON_BRIDGE = closed((-10, -20), (10, 20))


def times(net: Net, scene: Metres, *units: tuple[Metres, str], horizon_s: float = HORIZON_S):  # type: ignore[no-untyped-def]
    origins = [origin(n, at, kind) for n, (at, kind) in enumerate(units)]
    return eta_on(net, horizon_s).to_scene(*degrees(scene), origins)


def test_a_straight_street_takes_its_length_at_its_speed() -> None:
    net = net_of(((0, 0), (1000, 0)))
    car, engine = times(net, (900, 0), ((100, 0), "car"), ((100, 0), "engine"))
    assert car.eta_s == round(TURNOUT_S + 800 / (25 / 3.6))
    assert engine.eta_s == round(TURNOUT_S + 800 / (25 / 3.6) * 35 / 28)
    assert car.distance_m == pytest.approx(800, abs=2) and car.basis == "road"


def test_across_the_river_is_near_while_the_bridge_stands() -> None:
    near, far = times(net_of(*RIVER_TOWN), SCENE, (NEAR_SOUTH, "engine"), (FAR_NORTH, "engine"))
    assert near.eta_s < far.eta_s


def test_across_the_river_is_far_when_the_bridge_is_closed() -> None:
    net = net_of(*RIVER_TOWN, obstacles=[ON_BRIDGE])
    near, far = times(net, SCENE, (NEAR_SOUTH, "engine"), (FAR_NORTH, "engine"))
    assert far.eta_s < near.eta_s
    assert near.distance_m > 3000 and near.basis == "road"


def test_cut_off_is_said_and_stands_after_everybody() -> None:
    streets = [s for s in RIVER_TOWN if s[0] != (1500.0, -50.0)]
    net = net_of(*streets, obstacles=[ON_BRIDGE])
    near, far = times(net, SCENE, (NEAR_SOUTH, "engine"), (FAR_NORTH, "engine"))
    assert near.basis == "cut_off" and near.eta_s > CUT_OFF_S
    assert far.basis == "road"


def test_beyond_the_horizon_is_by_distance_and_no_less_than_the_horizon() -> None:
    net = net_of(((0, 0), (3000, 0)), ((3000, 0), (3000, 100)), ((3000, 100), (0, 100)))
    here, there = times(net, (10, 100), ((20, 100), "car"), ((10, 0), "car"), horizon_s=300)
    assert here.basis == "road"
    assert there.basis == "distance" and there.eta_s == TURNOUT_S + 300
    straight = DistanceEta().to_scene(*degrees((10, 100)), [origin(1, (10, 0))])[0]
    assert straight.eta_s < there.eta_s


def test_the_horizon_is_each_vehicles_own_time() -> None:
    net = net_of(((0, 0), (3000, 0)))
    assert net.layer("car") is net.layer("engine")
    units = [((0.0, 0.0), "engine"), ((0.0, 0.0), "car")]
    engine, car = times(net, (1875, 0), *units, horizon_s=300)  # 270 s for a car, 337 for an engine
    assert (car.basis, engine.basis) == ("road", "distance")


def test_off_the_map_is_plain_distance() -> None:
    net = net_of(((0, 0), (1000, 0)))
    far_unit = times(net, (500, 0), ((9000, 0), "car"))[0]
    far_scene = times(net, (9000, 0), ((500, 0), "car"))[0]
    by_distance = DistanceEta().to_scene(*degrees((500, 0)), [origin(0, (9000, 0))])[0]
    assert far_unit == by_distance
    assert far_scene.basis == "distance"


@pytest.mark.parametrize(
    ("depth_m", "arrive"),
    [
        (0.15, {"motorbike", "car", "ambulance", "pickup", "engine", "truck", "boat", "foot"}),
        (0.4, {"pickup", "engine", "truck", "boat", "foot"}),
        (0.75, {"truck", "boat"}),
        (1.6, {"boat"}),
    ],
)
def test_who_gets_through_the_water(depth_m: float, arrive: set[str]) -> None:
    net = net_of(((0, 0), (1000, 0)), obstacles=[closed((400, -50), (600, 50), depth_m)])
    found = times(net, (700, 0), *(((300, 0), kind) for kind in VEHICLES), horizon_s=9_000)
    assert {k for k, eta in zip(VEHICLES, found, strict=True) if eta.basis == "road"} == arrive


def test_water_slows_down_who_can_stand_it() -> None:
    street_ = ((0.0, 0.0), (1000.0, 0.0))
    flood = closed((400, -50), (600, 50), 0.5)
    dry = times(net_of(street_), (700, 0), ((300, 0), "truck"))[0]
    wet = times(net_of(street_, obstacles=[flood]), (700, 0), ((300, 0), "truck"))[0]
    # The delay of 200 m of water counts as spread over the whole edge, of which 400 m are driven.
    more = (200 / (10 / 3.6) - 200 / (25 / 3.6)) * 0.4 * 35 / 25
    assert wet.eta_s - dry.eta_s == pytest.approx(more, abs=2)


def test_a_scene_under_water_is_reached_by_who_can_stand_it() -> None:
    net = net_of(((0, 0), (1000, 0)), obstacles=[closed((400, -50), (600, 50), 1.2)])
    truck, boat = times(net, (500, 0), ((0, 0), "truck"), ((900, 0), "boat"))
    assert truck.basis == "cut_off" and boat.basis == "road"


def test_a_boat_is_launched_where_the_scene_is_wet() -> None:
    net = net_of(((0, 0), (1000, 0)), obstacles=[closed((400, -50), (600, 50), 1.2)])
    wet, dry = (times(net, at, ((0, 0), "boat"))[0] for at in ((590, 0), (610, 0)))
    assert wet.eta_s - dry.eta_s == pytest.approx(LAUNCH_S, abs=8)


def test_a_scene_on_a_closed_stretch_is_walked_to_from_the_barrier() -> None:
    net = net_of(((0, 0), (1000, 0)), obstacles=[closed((400, -50), (600, 50))])
    west, east = times(net, (550, 0), ((300, 0), "car"), ((700, 0), "car"))
    assert west.eta_s == pytest.approx(TURNOUT_S + 100 / (25 / 3.6) + 150 / (5 / 3.6), abs=1)
    assert east.eta_s == pytest.approx(TURNOUT_S + 100 / (25 / 3.6) + 50 / (5 / 3.6), abs=1)


def test_nobody_walks_far_into_a_closed_stretch() -> None:
    net = net_of(((0, 0), (2000, 0)), obstacles=[closed((400, -50), (1600, 50))])
    assert times(net, (1000, 0), ((100, 0), "car"))[0].basis == "cut_off"


def test_who_stands_inside_a_closed_stretch_drives_out() -> None:
    net = net_of(((0, 0), (1000, 0)), obstacles=[closed((400, -50), (600, 50))])
    inside, through = times(net, (900, 0), ((500, 0), "car"), ((300, 0), "car"))
    assert inside.eta_s == pytest.approx(TURNOUT_S + 400 / (25 / 3.6), abs=1)
    assert through.basis == "cut_off"


def test_a_narrow_gang_is_for_motorbikes() -> None:
    writer = EdgeWriter()
    for a, b, road in (
        ((0, 0), (500, 0), "residential"),
        ((500, 0), (500, 300), "path"),
        ((0, 0), (0, 300), "residential"),
    ):
        street(writer, a, b, road)
    net = Net(Graph(writer.table()), EVEN)
    bike, engine = times(net, (500, 250), ((250, 0), "motorbike"), ((250, 0), "engine"))
    assert bike.eta_s < engine.eta_s  # the crew of the engine walks in from the street
    assert engine.eta_s == pytest.approx(
        TURNOUT_S + 250 / (28 / 3.6 * 25 / 35) + 250 / (5 / 3.6), abs=2
    )


def test_a_tollway_is_not_for_motorbikes_nor_walkers() -> None:
    writer = EdgeWriter()
    street(writer, (0, 0), (800, 0), "motorway")
    for a, b in (((0, 0), (0, 300)), ((0, 300), (800, 300)), ((800, 300), (800, 0))):
        street(writer, a, b)
    net = Net(Graph(writer.table()), EVEN)
    kinds = ("car", "motorbike", "foot")
    found = times(net, (800, 20), *(((0, 20), kind) for kind in kinds), horizon_s=3_000)
    assert [e.distance_m for e in found] == pytest.approx([840, 1360, 1360], abs=5)


def test_a_one_way_street_is_driven_one_way_and_walked_both() -> None:
    writer = EdgeWriter()
    street(writer, (0, 0), (200, 0), oneway=1)
    street(writer, (200, 0), (200, 200))
    street(writer, (200, 200), (0, 200))
    street(writer, (0, 200), (0, 0))
    net = Net(Graph(writer.table()), EVEN)
    on, against, foot = times(
        net, (150, 0), ((50, 0), "car"), ((190, 0), "car"), ((190, 0), "foot")
    )
    assert on.distance_m == pytest.approx(100, abs=2)
    assert against.distance_m == pytest.approx(10 + 600 + 150, abs=2)
    assert foot.distance_m == pytest.approx(40, abs=2)


def test_the_hour_counts_and_a_motorbike_feels_it_less() -> None:
    rush = RoadFacts(weekday=(1.5,) * 24, weekend=(1.0,) * 24)
    table = net_of(((0, 0), (2000, 0))).graph
    weekday, saturday = (
        RoadEta(lambda: Net(table, rush), lambda day=day: NOON.replace(day=day)) for day in (24, 28)
    )
    units = [origin(1, (0, 0), "car"), origin(2, (0, 0), "motorbike")]
    busy, calm = (s.to_scene(*degrees((1500, 0)), units) for s in (weekday, saturday))
    assert (busy[0].eta_s - TURNOUT_S) / (calm[0].eta_s - TURNOUT_S) == pytest.approx(1.5, 0.01)
    assert (busy[1].eta_s - TURNOUT_S) / (calm[1].eta_s - TURNOUT_S) == pytest.approx(1.2, 0.01)


def test_an_example_is_labelled_and_nobody_asked_is_nobody_answered() -> None:
    net = Net(net_of(((0, 0), (1000, 0))).graph, EVEN, basis="road_example")
    assert times(net, (500, 0), ((100, 0), "car"))[0].basis == "road_example"
    assert times(net, (500, 0)) == []


def test_an_unknown_class_drives_as_a_car() -> None:
    ufo, car = times(net_of(((0, 0), (1000, 0))), (500, 0), ((0, 0), "ufo"), ((0, 0), "car"))
    assert ufo.eta_s == car.eta_s


def test_an_aisle_that_nothing_leads_to_is_not_driven_from() -> None:
    main = [((x * 100.0, 0.0), ((x + 1) * 100.0, 0.0)) for x in range(40)]
    aisle = ((1000.0, 30.0), (1100.0, 30.0))
    found = times(net_of(*main, aisle), (3000, 0), ((1050, 30), "car"))[0]
    assert found.basis == "road"
