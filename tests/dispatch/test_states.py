"""Every machine, every pair of states, on the real tables: the tables of moves are the truth.

Of each machine four generated tables are gone through whole: direct moves (one event each),
back-filled ones (one event a step, one transaction), refused ones (the legal moves are named, row and
log stay as they were), and repeated ones (nothing is written).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from itertools import product
from typing import Any

import pytest

from core.db import Row
from core.errors import IllegalMove, NotFound
from core.machine import Machine, Moved, move
from dispatch.states import (
    ASSIGNMENT,
    CONTACT,
    HANDOVER,
    INCIDENT,
    MACHINES,
    REPORT,
    REPORT_PLACE,
    UNIT,
)
from notifier.states import DELIVERY
from tests.dispatch.world import World

Maker = Callable[[World, str], Awaitable[int]]


async def contact(world: World, state: str) -> int:
    return int(
        await world.value(
            "INSERT INTO contact (channel, body_mac, state) VALUES ('phone', '\\x01', $1) "
            "RETURNING id",
            state,
        )
    )


async def report_place(world: World, place: str) -> int:
    return await world.report(place=place)


async def report(world: World, handling: str) -> int:
    linked = await world.incident() if handling == "linked" else None
    return await world.report(handling=handling, incident_id=linked)


async def incident(world: World, state: str) -> int:
    if state != "merged":
        return await world.incident(state=state)
    into = await world.incident()
    return int(
        await world.value(
            "INSERT INTO incident (type, priority, state, merged_into) "
            "VALUES ('fire', 'P1', 'merged', $1) RETURNING id",
            into,
        )
    )


async def assignment(world: World, state: str) -> int:
    return await world.assignment(await world.incident(), await world.unit(), state)


async def unit(world: World, state: str) -> int:
    return await world.unit(state=state)


async def handover(world: World, state: str) -> int:
    return int(
        await world.value(
            "INSERT INTO handover (incident_id, to_name, state) VALUES ($1, 'Tetangga', $2) "
            "RETURNING id",
            await world.incident(),
            state,
        )
    )


async def delivery(world: World, state: str) -> int:
    return int(
        await world.value(
            "INSERT INTO delivery (template, channel, lane, urgency, state, dedupe_key, expires_at, "
            "recipient_enc, recipient_hash, body_enc) VALUES ('gateway_test', 'sms', 'normal', 5, $1, "
            "gen_random_uuid()::text, now() + interval '1 hour', '\\x01', '\\x01', '\\x01') "
            "RETURNING id",
            state,
        )
    )


# REPORT_PLACE and REPORT share a name, so machines are told apart by their column too.
MAKERS: dict[tuple[str, str], Maker] = {
    ("contact", "state"): contact,
    ("report", "place"): report_place,
    ("report", "handling"): report,
    ("incident", "state"): incident,
    ("assignment", "state"): assignment,
    ("unit", "state"): unit,
    ("handover", "state"): handover,
    ("delivery", "state"): delivery,
}
ALL = (*MACHINES, DELIVERY)


def maker(machine: Machine) -> Maker:
    return MAKERS[machine.name, machine.column]


async def needed(world: World, machine: Machine, to: str) -> dict[str, Any]:
    """Columns that the database wants with this state."""
    if machine is REPORT:
        return {"incident_id": await world.incident() if to == "linked" else None}
    if machine is INCIDENT:
        return {"merged_into": await world.incident() if to == "merged" else None}
    return {}


def pairs(machine: Machine) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for state, to in product(machine.states, repeat=2):
        yield state, to, machine.path(state, to)


def named(machine: Machine) -> str:
    return f"{machine.name}.{machine.column}"


async def go(world: World, machine: Machine, row_id: int, to: str) -> Moved:
    values = await needed(world, machine, to)
    return await world.do(move, machine, row_id, to, values=values)  # type: ignore[no-any-return]


async def said(world: World, machine: Machine, row_id: int) -> list[Row]:
    return await world.rows(
        "SELECT kind, payload, xmin::text AS tx FROM event "
        "WHERE subject_type = $1 AND subject_id = $2 ORDER BY id",
        machine.name,
        row_id,
    )


def test_every_machine_is_in_the_tables() -> None:
    assert set(MAKERS) == {(m.name, m.column) for m in ALL}
    assert CONTACT in ALL and HANDOVER in ALL and UNIT in ALL and ASSIGNMENT in ALL
    assert sum(1 for m in ALL for _ in pairs(m)) == sum(len(m.states) ** 2 for m in ALL)


@pytest.mark.parametrize("machine", ALL, ids=named)
async def test_a_direct_move_writes_one_event(world: World, machine: Machine) -> None:
    done = 0
    for state, to, steps in pairs(machine):
        if steps != (to,):
            continue
        row_id = await maker(machine)(world, state)
        moved = await go(world, machine, row_id, to)
        assert moved.changed and moved.was == state, (state, to)
        row = await world.row(machine.table, row_id)
        assert row[machine.column] == to
        events = await said(world, machine, row_id)
        assert [e["kind"] for e in events] == [f"{machine.name}.{to}"], (state, to)
        assert events[0]["payload"][machine.id_field] == row_id
        assert events[0]["payload"]["from"] == state
        stamp = machine.stamps.get(to)
        assert stamp is None or row[stamp] is not None, (to, stamp)
        done += 1
    assert done == sum(len(set(targets)) for targets in machine.moves.values())


@pytest.mark.parametrize("machine", [m for m in ALL if m.chain], ids=named)
async def test_skipped_steps_are_filled_in_one_transaction(world: World, machine: Machine) -> None:
    done = 0
    for state, to, steps in pairs(machine):
        if len(steps) < 2:
            continue
        row_id = await maker(machine)(world, state)
        moved = await go(world, machine, row_id, to)
        assert moved.steps == steps
        events = await said(world, machine, row_id)
        assert [e["kind"] for e in events] == [f"{machine.name}.{s}" for s in steps], (state, to)
        assert len({e["tx"] for e in events}) == 1
        assert [e["payload"].get("backfilled", False) for e in events] == (
            [True] * (len(steps) - 1) + [False]
        )
        assert [e["payload"]["from"] for e in events] == [state, *steps[:-1]]
        row = await world.row(machine.table, row_id)
        assert all(row[machine.stamps[s]] for s in steps if s in machine.stamps)
        done += 1
    assert done > 0


@pytest.mark.parametrize("machine", ALL, ids=named)
async def test_what_is_not_in_the_table_is_refused(world: World, machine: Machine) -> None:
    for state, to, steps in pairs(machine):
        if steps or state == to:
            continue
        row_id = await maker(machine)(world, state)
        before = await world.row(machine.table, row_id)
        with pytest.raises(IllegalMove) as refused:
            await go(world, machine, row_id, to)
        assert refused.value.status == 409
        assert refused.value.state == state and refused.value.extra["wanted"] == to
        assert refused.value.legal == machine.legal(state)
        assert to not in refused.value.legal
        assert await world.row(machine.table, row_id) == before, (state, to)
        assert await said(world, machine, row_id) == []


@pytest.mark.parametrize("machine", ALL, ids=named)
async def test_the_present_state_again_writes_nothing(world: World, machine: Machine) -> None:
    for state in machine.states:
        if state in machine.moves[state]:
            continue  # a change of its own, e.g. another place
        row_id = await maker(machine)(world, state)
        before = await world.row(machine.table, row_id)
        moved = await world.do(move, machine, row_id, state)
        assert not moved.changed and moved.steps == ()
        assert await world.row(machine.table, row_id) == before
        assert await said(world, machine, row_id) == []


async def test_only_from_narrows_what_is_legal(world: World) -> None:
    row_id = await unit(world, "available")
    with pytest.raises(IllegalMove):
        await world.do(move, UNIT, row_id, "off_duty", only_from=("out_of_service",))
    assert (await world.row("unit", row_id))["state"] == "available"


async def test_a_row_that_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        await world.do(move, REPORT_PLACE, 2**40, "located")
