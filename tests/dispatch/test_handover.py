"""Hand-over to another agency or a neighbour: ours until somebody accepts."""

from __future__ import annotations

import pytest

from core.context import Context
from core.errors import BadInput, Conflict, IllegalMove, NotFound
from core.timers import Timer, run_due
from dispatch import handover, worker
from tests.dispatch.world import World


async def offered(world: World, incident: int | None = None, **to: object) -> int:
    incident = incident or await world.incident()
    values = {"to_agency_id": None, "to_name": "Tetangga", "from_agency_id": None, **to}
    return int((await world.do(handover.offer, incident, **values))["id"])


async def test_accepted_before_the_clock(world: World, ctx: Context) -> None:
    one = await offered(world)
    moved = await world.do(handover.answer, one, "accepted")
    assert moved.changed and moved.row["answered_at"] is not None
    await world.due("handover.timeout", one)
    assert not await run_due(world.db, worker.timers(ctx))
    assert not (await world.do(handover.answer, one, "accepted")).changed
    with pytest.raises(IllegalMove):
        await world.do(handover.answer, one, "refused", "full")


async def test_nobody_answers(world: World, ctx: Context) -> None:
    one = await offered(world)
    await world.due("handover.timeout", one)
    assert await run_due(world.db, worker.timers(ctx))
    assert (await world.row("handover", one))["state"] == "timed_out"
    # A late yes counts: the sender has owned it all the time.
    assert (await world.do(handover.answer, one, "accepted")).changed


async def test_the_clock_that_was_claimed_before_the_answer_changes_nothing(
    world: World,
) -> None:
    one = await offered(world)
    await world.do(handover.answer, one, "accepted")
    timer = Timer(1, "handover.timeout", one, None, {}, 0)  # type: ignore[arg-type]
    await world.do(worker.on_handover_due, timer)
    assert (await world.row("handover", one))["state"] == "accepted"


async def test_refused_twice_counts_the_attempts(world: World) -> None:
    incident = await world.incident()
    first = await offered(world, incident)
    with pytest.raises(BadInput):
        await world.do(handover.answer, first, "refused")
    await world.do(handover.answer, first, "refused", "full")
    second = await offered(world, incident, to_name="Lain")
    await world.do(handover.answer, second, "refused", "full")
    third = await world.row("handover", await offered(world, incident))
    assert third["attempt"] == 3
    kinds = await world.events(incident_id=incident)
    once = ["handover.offered", "handover.refused"]
    assert kinds == [*once, *once, "handover.escalated", "handover.offered"], "to the supervisor"
    # It is ours all the while.
    assert (await world.row("incident", incident))["state"] == "open"


async def test_one_is_asked_at_a_time(world: World) -> None:
    incident = await world.incident()
    await offered(world, incident, to_name="Serdang Bedagai")
    with pytest.raises(Conflict) as refused:
        await offered(world, incident, to_name="Lain")
    assert refused.value.params["who"] == "Serdang Bedagai"


async def test_to_whom_and_by_whom(world: World) -> None:
    incident, mine, other = await world.incident(), await world.agency(), await world.agency()
    with pytest.raises(BadInput):
        await offered(world, incident, to_name=None)
    with pytest.raises(NotFound):
        await offered(world, incident, to_agency_id=2**40)
    one = await offered(world, incident, to_agency_id=mine)
    with pytest.raises(NotFound):
        await world.do(handover.answer, one, "accepted", agency_id=other)
    assert (await world.do(handover.answer, one, "accepted", agency_id=mine)).changed
