"""Whatever people, crews and clocks do to incidents and units, in any order: the invariants hold.

A stateful search over the real tables. Each rule acts as a route, a device or the worker would; after
each step the database is looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as search
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core.context import Context, open_context
from core.errors import Problem
from core.settings import Settings
from core.timers import run_due
from dispatch import assignments, incidents, merging, sending, units, worker
from dispatch.intake import Intake
from dispatch.progress import COMPUTED, computed_state
from dispatch.states import ASSIGNMENT, INCIDENT, UNIT
from geo import eta
from geo.geocoder import for_pack
from geo.geography import Geography
from tests.dispatch.world import CLEAN, World, busy_is_true

STEPS: dict[str, Callable[..., Awaitable[Any]]] = {
    "accept": assignments.accept,
    "decline": assignments.decline,
    "en_route": assignments.en_route,
    "arrive": assignments.arrive,
    "transport": assignments.transport,
    "at_facility": assignments.at_facility,
    "clear": assignments.clear,
    "recall": assignments.recall,
    "abort": assignments.abort,
}
FEW = st.integers(0, 3)

SNAPSHOT = """
SELECT 'assignment' AS machine, id, state FROM assignment WHERE incident_id = ANY ($1::bigint[])
UNION ALL SELECT 'incident', id, state FROM incident WHERE id = ANY ($1::bigint[])
UNION ALL SELECT 'unit', id, state FROM unit WHERE id = ANY ($2::bigint[])
"""
# Moves whose event has a name of its own; an undone merge leads to where the incident was.
ANY = "any"
ENTERED = {"incident.reopened": "open", "incident.unmerged": ANY}


class Life(RuleBasedStateMachine):
    """Three units, three incidents, one of them dispatched by itself."""

    def __init__(self, ctx: Context, intake: Intake, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop, self.ctx, self.world = loop, ctx, World(ctx, intake)

    def run(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        async def go() -> None:
            async with self.world.db.tx() as tx:
                await tx.execute(CLEAN)
            await self.world.card("flood", "P1", auto=True, fire_engine=1)
            self.units = [await self.world.unit(east_m=300 * n) for n in range(3)]
            self.incidents = [await self.world.incident() for _ in range(2)]
            taken = await self.world.intake.take(self.world.says("", declared_type="flood"))
            assert taken.incident_id is not None
            self.incidents.append(taken.incident_id)
            self.mark = await self.world.last_event()
            self.states = await self.look()

        self.run(go())

    async def look(self) -> dict[tuple[str, int], str]:
        rows = await self.world.rows(SNAPSHOT, self.incidents, self.units)
        return {(row["machine"], row["id"]): row["state"] for row in rows}

    def act(self, work: Awaitable[Any]) -> None:
        """Business refusals are answers; anything else is a fault."""
        try:
            self.run(work)
        except Problem as refused:
            assert refused.status in {404, 409, 422}, refused

    def job(self, number: int) -> int | None:
        jobs = [i for (machine, i) in self.states if machine == "assignment"]
        return sorted(jobs)[-1 - number % len(jobs)] if jobs else None

    @rule(which=FEW)
    def send(self, which: int) -> None:
        self.act(self.world.do(sending.send_recommended, self.incidents[which % 3]))

    @rule(which=FEW, unit=FEW)
    def send_by_name(self, which: int, unit: int) -> None:
        ids = [self.units[unit % 3]]
        self.act(self.world.do(sending.send_named, self.incidents[which % 3], ids))

    @rule(
        step=st.sampled_from(sorted(STEPS)),
        number=FEW,
        source=st.sampled_from(["device", "operator", "sms"]),
        reason=st.sampled_from([None, "breakdown", "diverted"]),
    )
    def answer(self, step: str, number: int, source: str, reason: str | None) -> None:
        if (job := self.job(number)) is not None:
            self.act(self.world.do(STEPS[step], job, source=source, reason=reason))

    @rule(
        kind=st.sampled_from(["assignment.offer", "assignment.expire", "assignment.nudge"]),
        number=FEW,
    )
    def the_clock_strikes(self, kind: str, number: int) -> None:
        if (job := self.job(number)) is not None:
            self.run(self.world.due(kind, job))
            self.run(run_due(self.world.db, worker.timers(self.ctx)))

    @rule(
        unit=FEW,
        state=st.sampled_from(UNIT.states),
        abort=st.booleans(),
        after=st.booleans(),
    )
    def duty(self, unit: int, state: str, abort: bool, after: bool) -> None:
        self.act(
            self.world.do(
                units.set_duty, self.units[unit % 3], state, reason="fuel", abort_job=abort,
                after_job=after,
            )
        )  # fmt: skip

    @rule(
        which=FEW,
        what=st.sampled_from(["control", "rekindle", "close", "cancel", "reopen"]),
    )
    def decide(self, which: int, what: str) -> None:
        more = {"close": ("handled",), "cancel": (None,)}.get(what, ())
        self.act(self.world.do(getattr(incidents, what), self.incidents[which % 3], *more))

    @rule(which=FEW, into=FEW)
    def merge(self, which: int, into: int) -> None:
        self.act(self.world.do(merging.merge, self.incidents[which % 3], self.incidents[into % 3]))

    @rule(which=FEW)
    def unmerge(self, which: int) -> None:
        self.act(self.world.do(merging.unmerge, self.incidents[which % 3]))

    @invariant()
    def all_holds(self) -> None:
        self.run(self._all_holds())

    async def _all_holds(self) -> None:
        world = self.world
        double = await world.rows(
            "SELECT unit_id FROM assignment WHERE assignment_is_live(state) "
            "GROUP BY unit_id HAVING count(*) > 1"
        )
        assert double == [], "a unit has two live assignments"
        async with world.db.read() as tx:
            assert await busy_is_true(tx) == [], "busy does not fit"
        live = await world.rows(
            "SELECT i.id, i.state, array_agg(a.state) FILTER (WHERE assignment_is_live(a.state)) "
            "AS jobs FROM incident i LEFT JOIN assignment a ON a.incident_id = i.id "
            "WHERE i.id = ANY ($1::bigint[]) GROUP BY i.id", self.incidents,
        )  # fmt: skip
        for row in live:
            jobs = set(row["jobs"] or ())
            if row["state"] in COMPUTED:
                assert row["state"] == computed_state(jobs), f"{row['state']} with {jobs}"
            elif row["state"] != "controlled":
                assert not jobs, f"{row['state']} over {jobs}"
        idle = await world.rows(
            "SELECT id FROM unit WHERE id = ANY ($1::bigint[]) AND state <> 'available' AND busy",
            self.units,
        )
        assert idle == [], "off or out with a job"
        clocks = await world.rows(
            "SELECT t.kind, a.state FROM timer t JOIN assignment a ON a.id = t.subject_id "
            "WHERE t.done_at IS NULL AND ((t.kind = 'assignment.expire' AND a.state <> 'offered') "
            "OR (t.kind = 'assignment.offer' AND a.state <> 'reserved'))"
        )
        assert clocks == [], "a clock of an answered offer runs on"
        silent = await world.rows(
            "SELECT a.id FROM assignment a WHERE a.state = 'offered' AND NOT EXISTS ("
            "SELECT FROM timer t WHERE t.kind = 'assignment.expire' AND t.subject_id = a.id "
            "AND t.done_at IS NULL)"
        )
        assert silent == [], "an offer that nobody will ever take back"
        await self._events_fit()

    async def _events_fit(self) -> None:
        """Each change of a state is told by events that lead from the old one to the new, no more."""
        now = await self.look()
        told: dict[tuple[str, int], list[tuple[str | None, str]]] = {}
        for event in await self.world.since(self.mark):
            machine = event["subject_type"]
            if machine not in {"assignment", "incident", "unit"}:
                continue
            kind = event["kind"]
            to = ENTERED[kind] if kind in ENTERED else kind.split(".")[1]
            states = {"assignment": ASSIGNMENT, "incident": INCIDENT, "unit": UNIT}[machine].states
            if to in states or kind in ENTERED:
                key = (machine, event["subject_id"])
                told.setdefault(key, []).append((event["payload"].get("from"), to))
        for key in self.states.keys() | now.keys() | told.keys():
            before, after, steps = self.states.get(key), now.get(key), told.get(key, [])
            at = before
            for source, to in steps:
                assert {source, at} & {None, ANY} or source == at, f"{key}: {source}, was {at}"
                at = to
            assert at in {after, ANY}, f"{key}: {before} → {after}, told {steps}"
            assert steps or before == after
        self.states, self.mark = now, await self.world.last_event()


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def test_the_invariants_hold_in_any_order(
    settings: Settings, loop: asyncio.AbstractEventLoop
) -> None:
    opened = open_context(settings)
    ctx = loop.run_until_complete(opened.__aenter__())
    intake = Intake(ctx, Geography(for_pack("tebing_tinggi"), "tebing_tinggi"), eta.current())
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            lambda: Life(ctx, intake, loop),
            settings=search(
                max_examples=50,
                stateful_step_count=30,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(opened.__aexit__(None, None, None))
