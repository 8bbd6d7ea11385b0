"""Free units near each of several scenes, in one call."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.db import Database
from dispatch import at_once
from dispatch.functions import NEARBY
from dispatch.opening import Near, Scene, near
from tests.dispatch.kept import fire
from tests.dispatch.world import LAT, LON, World


def scene(kind: str, priority: str = "P2", east_m: float = 0.0) -> Scene:
    return Scene(kind, priority, LON + east_m / 111_000, LAT)


async def test_each_scene_gets_its_own_card_and_its_own_nearest(world: World) -> None:
    await world.card("fire", "P2", tanker=1, fire_engine=2, auto=True)
    await world.card("medical", "P2", ambulance=1, auto=True)
    await world.card("crime", "P2", police=1, auto=False)
    engines = [await world.unit("fire_engine", east_m=100 * n) for n in range(NEARBY + 2)]
    both = await world.unit("fire_engine", "tanker", east_m=5_000)
    await world.unit("fire_engine", placed=False)
    await world.unit("tanker", state="out_of_service")

    west, crime, medical, east, unknown = await near(
        world.db,
        [scene("fire"), scene("crime"), scene("medical"), scene("fire", east_m=5_000),
         scene("fire", "P1")],
    )  # fmt: skip

    assert crime is None and unknown is None  # the card waits for a person; there is no card
    assert medical == {"ambulance": []}
    assert west is not None and east is not None
    assert [o.unit_id for o in west["fire_engine"]] == engines[:NEARBY]
    assert [o.unit_id for o in east["fire_engine"]] == [both, *engines[:-NEARBY:-1]]
    assert [o.unit_id for o in west["tanker"]] == [o.unit_id for o in east["tanker"]] == [both]
    first = west["fire_engine"][1]
    assert (round(first.lon - LON, 6), first.lat) == (round(100 / 111_000, 6), LAT)


async def test_what_a_unit_drives_is_known_to_the_search(world: World) -> None:
    await world.card("fire", "P2", fire_engine=1, auto=True)
    unit = await world.unit("fire_engine")
    for vehicle in ("engine", "boat"):
        await world.run("UPDATE unit SET vehicle_class = $2 WHERE id = $1", unit, vehicle)
        (found,) = await near(world.db, [scene("fire")])
        assert found is not None
        assert [o.vehicle_class for o in found["fire_engine"]] == [vehicle]


async def test_what_a_card_asks_for_since_is_looked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card is changed between the ranking and the opening: nothing is missing that stands there."""
    await world.card("fire", "P1", auto=True)
    await world.unit()
    ambulance = await world.unit("ambulance", east_m=50)

    async def then_changed(db: Database, scenes: Sequence[Scene]) -> list[Near | None]:
        found = await near(db, scenes)
        await world.card("fire", "P1", auto=True, ambulance=1)
        return found

    monkeypatch.setattr(at_once, "near", then_changed)
    taken = await world.intake.take(fire(world))
    units = "SELECT unit_id FROM assignment WHERE incident_id = $1 AND capability = 'ambulance'"
    assert await world.value(units, taken.incident_id) == ambulance
    short = "SELECT count(*) FROM event WHERE kind = 'need.shortfall' AND incident_id = $1"
    assert await world.value(short, taken.incident_id) == 0
