"""No unit twice, the loser gets the next best in the same call, no incident without an answer."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from core.db import Tx
from core.errors import Conflict, NotFound
from dispatch import assignments
from dispatch.reserve import Reserved, reserve_best
from dispatch.sending import Sent, send_named, send_recommended
from geo import eta
from tests.dispatch.world import LAT, LON, World, busy_is_true

DISPATCHERS, UNITS, ROUNDS = 50, 10, 200


async def best(tx: Tx, incident: int, count: int = 1, **more: Any) -> list[Reserved]:
    return await reserve_best(
        tx, eta.current(), incident_id=incident, capability="fire_engine", count=count, lon=LON,
        lat=LAT, **more,
    )  # fmt: skip


async def test_fifty_dispatchers_on_ten_units(world: World) -> None:
    """Each round, fifty take one engine at once; ten get one, forty are told that there is none.

    Every fifth round by the operator's whole call, the others by the reserve alone.
    """
    units = [await world.unit(east_m=200 * n) for n in range(UNITS)]
    incidents = [await world.incident() for _ in range(DISPATCHERS)]
    in_hand = asyncio.Semaphore(12)  # as many transactions at once as the pool has connections

    async def operator(incident: int) -> list[Reserved]:
        async with in_hand, world.db.tx() as tx:
            sent = await send_recommended(tx, incident)
        assert len(sent.assignments) == 1 or sent.shortfalls == [("fire_engine", 1)]
        return sent.assignments

    async def reserve(incident: int) -> list[Reserved]:
        async with in_hand, world.db.tx() as tx:
            return await best(tx, incident)

    async with asyncio.timeout(240):
        for number in range(ROUNDS):
            mark = await world.last_event()
            dispatcher = reserve if number % 5 else operator
            answers = await asyncio.gather(*(dispatcher(i) for i in incidents))
            got = [r.unit_id for answer in answers for r in answer]
            assert sorted(got) == units, f"round {number}: {sorted(got)}"
            told = await world.rows(
                "SELECT kind, incident_id FROM event WHERE id > $1 "
                "AND kind IN ('need.shortfall', 'assignment.reserved')",
                mark,
            )
            short = {e["incident_id"] for e in told if e["kind"] == "need.shortfall"}
            sent_to = {e["incident_id"] for e in told if e["kind"] == "assignment.reserved"}
            assert short | sent_to == set(incidents) and not short & sent_to
            async with world.db.tx() as tx:
                assert await busy_is_true(tx) == []
                await tx.execute(
                    "UPDATE assignment SET state = 'cleared' WHERE assignment_is_live(state)"
                )
                await tx.execute("UPDATE incident SET state = 'open' WHERE state = 'assigned'")


async def test_the_loser_gets_the_next_best_in_the_same_call(world: World) -> None:
    near, far = await world.unit(), await world.unit(east_m=900)
    one, two = await world.incident(), await world.incident()
    async with world.db.tx() as mine, world.db.tx() as yours:
        (first,) = await best(mine, one)
        (second,) = await best(yours, two)  # does not wait for the other's commit
    assert (first.unit_id, second.unit_id) == (near, far)


async def test_a_unit_that_is_held_for_a_moment_is_not_given_up(world: World) -> None:
    """Its position comes in at this moment: it is passed over once, then tried again."""
    unit = await world.unit()
    incident = await world.incident()
    looks: list[str] = []

    class Slow(Tx):
        async def fetch(self, sql: str, *args: Any) -> list[Any]:
            rows = await super().fetch(sql, *args)
            looks.append(sql)
            if len(looks) == 2:  # the first reserve has passed it over
                await position.conn.execute("COMMIT")
            return rows

    async with world.db.read() as position:
        await position.conn.execute("BEGIN")
        await position.execute("UPDATE unit SET accuracy_m = 5 WHERE id = $1", unit)
        async with world.db.tx() as tx:
            got = await best(Slow(tx.conn), incident)
    assert [r.unit_id for r in got] == [unit]
    assert "need.shortfall" not in await world.events(incident_id=incident)


async def test_further_units_are_found_behind_many_that_are_taken(world: World) -> None:
    """More held ones than the first look brings: the search grows."""
    units = [await world.unit(east_m=50 * n) for n in range(15)]
    one, two = await world.incident(), await world.incident()
    async with world.db.tx() as mine, world.db.tx() as yours:
        assert [r.unit_id for r in await best(mine, one, 13)] == units[:13]
        assert [r.unit_id for r in await best(yours, two, 3)] == units[13:]
    missing = await world.value(
        "SELECT payload FROM event WHERE incident_id = $1 AND kind = 'need.shortfall'", two
    )
    assert (missing["capability"], missing["missing"]) == ("fire_engine", 1)


async def test_a_shortfall_is_said_once(world: World) -> None:
    incident = await world.incident()
    assert await world.do(best, incident, 2) == []
    assert await world.events(incident_id=incident) == ["need.shortfall"]


async def test_the_index_is_the_last_guard(world: World) -> None:
    unit = await world.unit()
    await world.assignment(await world.incident(), unit, "accepted")
    with pytest.raises(asyncpg.UniqueViolationError):
        await world.assignment(await world.incident(), unit, "reserved")
    await world.assignment(await world.incident(), unit, "planned")  # stacked, not live


@pytest.mark.parametrize("state", ["off_duty", "out_of_service"])
async def test_who_is_not_ready_is_not_taken(world: World, state: str) -> None:
    await world.unit(state=state)
    assert await world.do(best, await world.incident()) == []


async def test_the_recommended_of_every_need_go_in_one_call(world: World) -> None:
    engines = [await world.unit("fire_engine", east_m=n * 300) for n in range(3)]
    ambulance = await world.unit("ambulance", east_m=500)
    incident = await world.incident(needs={"fire_engine": 2, "ambulance": 1, "boat": 1})
    sent = await world.do(send_recommended, incident)
    assert sorted(r.unit_id for r in sent.assignments) == [*engines[:2], ambulance]
    assert sent.shortfalls == [("boat", 1)]
    live = await world.live(incident)
    assert {a["state"] for a in live} == {"offered"} and all(a["expires_at"] for a in live)
    again = await world.do(send_recommended, incident)
    assert again.assignments == [] and len(await world.live(incident)) == 3
    kept = await world.value("SELECT lines FROM recommendation WHERE incident_id = $1", incident)
    assert {line["capability"] for line in kept} == {"fire_engine", "ambulance", "boat"}


async def test_those_who_wait_for_a_veto_go_with_the_rest(world: World) -> None:
    await world.card("fire", "P1", auto=True)
    await world.unit()
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    incident = taken.incident_id or 0
    sent = await world.do(send_recommended, incident)
    assert [r.unit_code for r in sent.assignments] == list(taken.unit_codes)
    assert [a["state"] for a in await world.live(incident)] == ["offered"]
    assert not await world.value(
        "SELECT count(*) FROM timer WHERE kind = 'assignment.offer' AND done_at IS NULL"
    )


async def test_a_named_unit_that_is_busy_is_refused_by_the_incidents_name(world: World) -> None:
    busy, free = await world.unit(), await world.unit()
    other = await world.incident()
    await world.assignment(other, busy, "accepted")
    incident = await world.incident()
    mark = await world.last_event()
    with pytest.raises(Conflict) as refused:
        await world.do(send_named, incident, [free, busy])
    assert refused.value.extra["busy_on"] == f"K{other}"
    assert await world.since(mark) == [] and await world.live(incident) == []
    with pytest.raises(NotFound):
        await world.do(send_named, incident, [2**40])
    off = await world.unit(state="off_duty")
    with pytest.raises(Conflict):
        await world.do(send_named, incident, [off])


async def test_a_named_unit_goes_even_where_nobody_asked_for_it(world: World) -> None:
    boat = await world.unit("boat")
    incident = await world.incident()
    sent = await world.do(send_named, incident, [boat, boat])
    assert [r.unit_id for r in sent.assignments] == [boat]
    assert sent.shortfalls == [("fire_engine", 1)]


async def test_two_name_the_same_unit(world: World) -> None:
    unit = await world.unit()
    incidents = [await world.incident() for _ in range(6)]
    answers = await asyncio.gather(
        *(world.do(send_named, i, [unit]) for i in incidents), return_exceptions=True
    )
    assert sum(isinstance(a, Sent) for a in answers) == 1
    assert all(isinstance(a, Sent | Conflict) for a in answers)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
async def test_nothing_is_sent_to_what_is_over(world: World, state: str) -> None:
    await world.unit()
    incident = await world.incident(state=state)
    with pytest.raises(Conflict):
        await world.do(send_recommended, incident)
    with pytest.raises(NotFound):
        await world.do(send_recommended, 2**40)


async def test_a_unit_without_a_position_stands_in_nobodys_way(world: World) -> None:
    await world.unit(placed=False)
    placed = await world.unit(east_m=2_000)
    incident = await world.incident()
    sent = await world.do(send_recommended, incident)
    assert [r.unit_id for r in sent.assignments] == [placed]
    await world.do(assignments.decline, sent.assignments[0].assignment_id, source="device")
    assert await world.live(incident) == []
