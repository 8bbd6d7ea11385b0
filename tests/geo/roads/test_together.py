"""Several scenes at once are answered as each alone is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.eta import TURNOUT_S, Scene
from geo.roads import search
from geo.roads.edges import EdgeWriter
from geo.roads.graph import Graph
from geo.roads.net import Net
from geo.roads.road_eta import HORIZON_S
from geo.roads.vehicles import VEHICLES
from tests.geo.roads.nets import EVEN, degrees, eta_on, origin, street
from tests.geo.roads.test_against_networkx import base, obstacles


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 5),
    chance=st.integers(0, 10**9),
    count=st.integers(0, 40),
    horizon_s=st.sampled_from([60.0, 300.0, 900.0]),
    room=st.sampled_from([1, 500, 2_000_000]),
)
def test_as_each_alone(seed: int, chance: int, count: int, horizon_s: float, room: int) -> None:
    pick = random.Random(chance)
    eta = eta_on(base(seed).with_obstacles(obstacles(pick)), horizon_s)

    def somewhere(wide: float = 1600.0) -> tuple[float, float]:
        return pick.uniform(-300, wide), pick.uniform(-300, wide)

    scenes: list[Scene] = [
        (
            *degrees(somewhere(3500.0)),
            [
                origin(n, somewhere(), pick.choice(list(VEHICLES)))
                for n in range(pick.randint(0, 9))
            ],
        )
        for _ in range(count)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "ROOM", room)
        together = eta.to_scenes(scenes)
    assert together == [eta.to_scene(*scene) for scene in scenes]


def test_what_others_drive_changes_nobodys_time() -> None:
    """A scene up a path, far from any road that a car may use."""
    writer = EdgeWriter()
    street(writer, (0, 0), (2000, 0))
    street(writer, (0, 0), (0, 4000), "path")
    eta = eta_on(Net(Graph(writer.table()), EVEN))
    scene, car = degrees((0, 3900)), origin(1, (1000, 0), "ambulance")
    alone = eta.to_scene(*scene, [car])
    assert eta.to_scene(*scene, [car, origin(2, (500, 0), "motorbike")])[:1] == alone
    assert alone[0].basis == "distance" and alone[0].eta_s >= TURNOUT_S + HORIZON_S
