"""The quick way of the intake: together and in one call, and whatever breaks in it, kept once."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import pytest

from core.errors import Unavailable
from dispatch import at_once, intake, opening
from dispatch.functions import TAKE
from dispatch.inbound import Inbound, Taken
from tests.dispatch.kept import fire, stands_once
from tests.dispatch.world import LAT, LON, World

BREAK = "ALTER TABLE incident ADD CONSTRAINT broken_on_purpose CHECK (type <> 'fire') NOT VALID"
MEND = "ALTER TABLE incident DROP CONSTRAINT broken_on_purpose"
FAILS = "SELECT 1 / ($1::dispatch_arrival[] IS NULL)::int"


async def test_events_and_rows_are_those_of_the_step_by_step_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One report each way, with everything said: what is stored differs in nothing but ids and times."""
    await world.card("fire", "P1", auto=True, fire_engine=1)
    for n in range(2):
        await world.unit(east_m=n * 1_100)
    told = {"name": "Contoh", "phone": "+6281100000001", "place_text": "gang mawar", "casualties": 2,
            "reporter_lon": LON, "reporter_lat": LAT, "channel": "web", "accuracy_m": 20}  # fmt: skip
    quick = await world.intake.take(fire(world, 0, **told))

    async def declines(*_args: Any) -> at_once.Outcome:
        return at_once.Outcome()

    monkeypatch.setattr(world.intake._at_once, "take", declines)
    slow = await world.intake.take(fire(world, 1, **told))
    assert (quick.status, slow.status) == ("ditugaskan", "ditugaskan")
    rows = []
    for taken in (quick, slow):
        events = await world.rows(
            """SELECT kind, subject_type, audience, actor_kind FROM event
               WHERE incident_id = $1 OR (subject_type, subject_id) IN (('contact', $2), ('report', $3))
               ORDER BY id""",
            taken.incident_id, taken.contact_id, taken.report_id,
        )  # fmt: skip
        report = dict(await world.row("report", taken.report_id or 0))
        incident = dict(await world.row("incident", taken.incident_id or 0))
        private = await world.rows(
            "SELECT name_enc, place_text_enc, text_enc FROM report_private WHERE report_id = $1",
            taken.report_id,
        )
        words = [world.vault.decrypt_text(v) for v in private[0].values()]
        for changing in (
            "id",
            "contact_id",
            "code",
            "track_hash",
            "geom",
            "incident_id",
            "created_at",
            "candidates",
            "kelurahan_code",
            "kelurahan_alt",
            "place_label",
            "version",
        ):
            report.pop(changing)
        for changing in (
            "id",
            "code",
            "geom",
            "live_geom",
            "opened_at",
            "kelurahan_code",
            "kelurahan_alt",
            "place_label",
        ):
            incident.pop(changing)
        rows.append((sorted(tuple(e) for e in events), report, incident, words))
    assert rows[0] == rows[1]
    assert [e[0] for e in rows[0][0]] == [
        "assignment.reserved", "contact.received", "incident.assigned", "incident.opened",
        "report.created", "report.linked",
    ]  # fmt: skip


async def test_many_at_once_get_each_their_own_and_few_calls_are_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    real = at_once.AtOnce._send

    async def counted(self: at_once.AtOnce, arrivals: list[Any]) -> Any:
        sent.append(len(arrivals))
        return await real(self, arrivals)

    monkeypatch.setattr(at_once.AtOnce, "_send", counted)
    door = intake.Intake(world.ctx, world.intake._geography, world.intake._eta)
    key = uuid.uuid4()
    said = [fire(world, n) for n in range(12)]
    said += [fire(world, 20, client_key=key)] * 3
    said += [world.says("suami memukul saya", declared_type="domestic_violence", lon=LON + 0.3)]
    taken = await asyncio.gather(*(door.take(one) for one in said))
    assert sum(sent) >= len(said) and len(sent) < len(said)
    assert len({t.code for t in taken}) == 14 and sum(t.duplicate for t in taken) == 2
    assert len({t.incident_id for t in taken}) == 14 and None not in {t.incident_id for t in taken}
    for one, answer in zip(said[:12], taken[:12], strict=True):
        report = await stands_once(world, answer, one)
        assert report["incident_id"] == answer.incident_id
    hidden = await world.row("incident", taken[-1].incident_id or 0)
    assert hidden["hidden"] and hidden["type"] == "domestic_violence"


async def test_what_fails_after_the_keeping_leaves_that_one_pending_alone(world: World) -> None:
    await world.run(BREAK)
    try:
        flood = world.says("banjir", declared_type="flood", lon=LON + 0.2)
        bad, good = await asyncio.gather(
            world.intake.take(said := fire(world)), world.intake.take(flood)
        )
        report = await stands_once(world, bad, said)
        assert (bad.status, report["intake"], report["handling"]) == ("diterima", "pending", "new")
        assert good.incident_id is not None
        kinds = await world.events(subject_type="report", subject_id=bad.report_id)
        assert kinds == ["report.created"]
        assert await world.intake.sweep(0) == 0
    finally:
        await world.run(MEND)
    assert await world.intake.sweep(0) == 1
    assert (await stands_once(world, bad, said))["handling"] == "linked"


async def test_a_call_that_fails_as_a_whole_is_kept_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = fire(world)
    with monkeypatch.context() as patch:
        patch.setattr(at_once, "TAKE", FAILS)
        taken = await world.intake.take(said)
    report = await stands_once(world, taken, said)
    assert (report["intake"], report["incident_id"]) == ("done", taken.incident_id)
    assert taken.status == "kejadian" and not taken.duplicate


async def test_an_answer_that_was_lost_does_not_make_a_second_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored and settled, and then the connection went: the fall-back finds it by its code."""
    real = world.intake._at_once._take

    async def lost(item: Any) -> Any:
        await real(item)
        raise Unavailable

    monkeypatch.setattr(world.intake._at_once, "_take", lost)
    for key in (None, uuid.uuid4()):
        said = fire(world, 1 if key else 0, client_key=key)
        taken = await world.intake.take(said)
        report = await stands_once(world, taken, said)
        assert report["handling"] == "linked" and taken.incident_id == report["incident_id"]
        assert taken.token and taken.status == "kejadian" and not taken.duplicate


async def test_a_code_in_use_costs_nobody_their_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = (await world.intake.take(fire(world, 9))).code
    codes = iter([used, used])
    real = at_once.new_code
    monkeypatch.setattr(at_once, "new_code", lambda: next(codes, None) or real())
    monkeypatch.setattr(at_once.log, "exception", lambda *_: pytest.fail("nobody is to pay for it"))
    said = [fire(world, n) for n in range(4)]
    taken = await asyncio.gather(*(world.intake.take(one) for one in said))
    assert len({t.code for t in taken} | {used}) == 5
    assert None not in {t.incident_id for t in taken}
    for one, answer in zip(said, taken, strict=True):
        await stands_once(world, answer, one)


async def test_one_that_cannot_be_stored_costs_the_others_nothing(world: World) -> None:
    poison = fire(world, 5, casualties=2**40)  # more than the column holds: no driver can send it
    said = [fire(world, n) for n in range(3)]
    *taken, bad = await asyncio.gather(
        *(world.intake.take(one) for one in (*said, poison)), return_exceptions=True
    )
    assert isinstance(bad, asyncpg.DataError)
    for one, answer in zip(said, taken, strict=True):
        assert isinstance(answer, Taken) and answer.incident_id is not None
        await stands_once(world, answer, one)


async def test_a_report_changed_meanwhile_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await world.report(intake="pending", type="crime", kelurahan_code="12.76.05.1002")
    real, changed = opening.terms, False

    def changes(*args: Any, **more: Any) -> Any:
        nonlocal changed
        found = real(*args, **more)
        if not changed:
            changed = True
            change = """UPDATE report SET type = 'domestic_violence', version = version + 1
                        WHERE id = $1"""
            with ThreadPoolExecutor(1) as pool:
                pool.submit(asyncio.run, one_statement(world, change, report)).result()
        return found

    monkeypatch.setattr(opening, "terms", changes)
    assert await world.intake.sweep(0) == 1 and changed
    incident = await world.row("incident", (await world.row("report", report))["incident_id"])
    assert (incident["type"], incident["hidden"]) == ("domestic_violence", True)


async def one_statement(world: World, sql: str, *args: Any) -> None:
    conn = await asyncpg.connect(world.ctx.settings.database_url)
    await conn.execute(sql, *args)
    await conn.close()


async def test_a_ranking_that_fails_costs_nobody_the_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.card("fire", "P1", auto=True, fire_engine=1)
    await world.unit()

    def breaks(*_args: Any, **_more: Any) -> Any:
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "rank_near", breaks)
        taken = await world.intake.take(said := fire(world))
        assert (await stands_once(world, taken, said))["intake"] == "pending"
    assert await world.intake.sweep(0) == 1
    report = await stands_once(world, taken, said)
    assert len(await world.live(report["incident_id"])) == 1


FETCHED = (
    "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'incident'"
)
FAR_AWAY = """
INSERT INTO incident (type, priority, geom, uncertainty_m)
SELECT 'fire', 'P1', ST_SetSRID(ST_MakePoint(98.0 + n * 0.0001, 2.0), 4326), 20
FROM generate_series(1, 500) AS n
"""


async def test_the_search_for_a_twin_looks_at_few_though_many_are_live(world: World) -> None:
    """Also by a plan that was made while nothing was live."""
    quiet, flood = await made(world, fire(world)), await made(world, fire(world, 3))
    await world.run("ANALYZE incident")
    async with world.db.read() as conn:  # one connection: plans are its own
        await conn.fetchval(TAKE, [quiet])  # made here
        await conn.execute(FAR_AWAY)
        await conn.execute("BEGIN")
        before = await conn.fetchval(FETCHED)
        await conn.fetchval(TAKE, [flood])
        looked_at = await conn.fetchval(FETCHED) - before
        await conn.execute("COMMIT")
    assert looked_at < 50


async def made(world: World, said: Inbound) -> tuple[Any, ...]:
    """The dispatch_arrival of something said."""
    quick = world.intake._at_once
    understood = intake.understand(said, world.intake._geography)
    ranked = await quick._ranked(understood)
    return quick._arrival(
        said, intake.REPORTER, understood, world.vault.mac(said.raw), at_once.new_code(), ranked
    )
