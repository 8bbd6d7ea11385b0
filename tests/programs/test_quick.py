"""The quick survey after an incident: asked once, a day later, and never of those it must not ask."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec import structs

from core import timers
from core.actor import REPORTER
from core.db import Database, Tx
from core.events import append, consume, read, sequencer
from core.events.kinds import IncidentRef
from core.privacy import Vault
from core.settings import Settings, get_settings
from programs import TEMPLATE_DIRS
from programs.naming import configure
from programs.routes import router
from programs.satisfaction.formula import ELEMENTS
from programs.satisfaction.options import Options
from programs.satisfaction.program import PROGRAM
from programs.satisfaction.quick import (
    CONSUMER,
    NEVER_ASK,
    NOT_ABOUT,
    NOT_AFTER,
    TIMER,
    link,
    on_event,
)
from programs.satisfaction.results import quick
from registry import answers, requests
from registry.requests import UNLESS
from tests.fixtures.web import REPO, serving

TIMERS = PROGRAM.timers
PHONE = "+6281200000001"


async def tell(tx: Tx, kind: str, incident_id: int, **more: str) -> None:
    payload = IncidentRef(incident_id=incident_id, **more)  # type: ignore[arg-type]
    await append(tx, kind, payload, incident_id=incident_id, subject=("incident", incident_id))


async def hear(db: Database) -> None:
    """Seal what was written and let the program hear all of it."""
    async with db.tx() as tx:
        await sequencer.seal(tx)
    while await consume.step(db, CONSUMER) or await consume.step(db, CONSUMER):
        pass


async def close(
    db: Database, incident_id: int, kind: str = "fire", disposition: str = "handled"
) -> None:
    async with db.tx() as tx:
        await tell(tx, "incident.opened", incident_id, type=kind, priority="P1")
        await tell(tx, "incident.closed", incident_id, disposition=disposition)
    await hear(db)


async def a_day_later(db: Database) -> None:
    async with db.tx() as tx:
        await tx.execute("UPDATE timer SET due_at = due_at - interval '24 hours'")
    while await timers.run_due(db, TIMERS):
        pass


async def asked(db: Database) -> list[int]:
    async with db.read() as tx:
        rows = await tx.fetch("SELECT incident_id FROM event WHERE kind = 'request.message'")
    return [row["incident_id"] for row in rows]


async def test_it_asks_a_day_after_the_end_and_not_before(fresh_db: Database) -> None:
    await close(fresh_db, 1)
    assert await timers.run_due(fresh_db, TIMERS) is False
    async with fresh_db.read() as tx:
        due = await timers.next_due_s(tx, [TIMER])
    assert due is not None
    assert 23.9 * 3600 < due <= 24 * 3600
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == [1]
    async with fresh_db.read() as tx:
        request = await requests.get(tx, 1)
    assert request is not None
    assert request.unless == NEVER_ASK
    assert (request.min_gap_days, request.answer_digits) == (30, 3)
    assert request.template == "survey_quick"


@pytest.mark.parametrize(("days_ago", "due_in_h"), [(0.5, 12), (2, 0), (4, None)])
async def test_the_day_counts_from_the_end_and_old_ends_are_let_be(
    fresh_db: Database, days_ago: float, due_in_h: float | None
) -> None:
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.closed", 1)
        await sequencer.seal(tx)
        (event,) = await read(tx, 0)
        await on_event(tx, structs.replace(event, at=event.at - timedelta(days=days_ago)))
        due = await timers.next_due_s(tx, [TIMER])
    if due_in_h is None:
        assert due is None
    else:
        assert due is not None
        assert abs(due - due_in_h * 3600) < 60


def test_the_law_of_whom_not_to_ask() -> None:
    must = {"domestic_violence", "sexual_violence", "deaths", "anonymous", "minor"}
    assert must <= set(NEVER_ASK) <= set(UNLESS)
    assert "domestic_violence" in NOT_ABOUT


async def test_some_incidents_are_never_asked_about(fresh_db: Database) -> None:
    kinds, ends = sorted(NOT_ABOUT), sorted(NOT_AFTER)
    for incident_id, kind in enumerate(kinds, 1):
        await close(fresh_db, incident_id, kind)
    for incident_id, disposition in enumerate(ends, 101):
        await close(fresh_db, incident_id, disposition=disposition)
    await close(fresh_db, 201)
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == [201]


async def test_a_type_found_out_later_counts(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.opened", 1, type="other")
        await tell(tx, "incident.changed", 1, type="domestic_violence")
        await tell(tx, "incident.closed", 1)
    await hear(fresh_db)
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == []


async def test_an_incident_that_goes_on_is_not_asked_about_yet(fresh_db: Database) -> None:
    await close(fresh_db, 1)
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.reopened", 1)
    await hear(fresh_db)
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == []
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.closed", 1)
    await hear(fresh_db)
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == [1]


async def test_the_reopening_is_seen_even_when_its_event_comes_after_the_timer(
    fresh_db: Database,
) -> None:
    await close(fresh_db, 1)
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.reopened", 1)  # not consumed yet
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == []


async def test_cancelled_and_merged_incidents_are_not_asked_about(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.opened", 1, type="fire")
        await tell(tx, "incident.cancelled", 1)
    await close(fresh_db, 2)
    async with fresh_db.tx() as tx:
        await tell(tx, "incident.merged", 2)
    await hear(fresh_db)
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == []


async def test_a_city_can_switch_it_off_even_while_it_waits(fresh_db: Database) -> None:
    await close(fresh_db, 1)
    async with fresh_db.tx() as tx:
        await configure(tx, PROGRAM, changes={"quick": False})
    await a_day_later(fresh_db)
    assert await asked(fresh_db) == []


async def answer_by_sms(
    db: Database, vault: Vault, incident_id: int, phone: str, text: str
) -> None:
    """What the notifier does: claim the number, later offer its SMS as an answer."""
    async with db.tx(REPORTER) as tx:
        request_id = await tx.fetchval(
            "SELECT id FROM message_request WHERE incident_id = $1", incident_id
        )
        assert (await requests.claim(tx, vault, request_id, vault.phone_hash(phone))).ok
    async with db.tx(REPORTER) as tx:
        assert await answers.match_answer(tx, vault.phone_hash(phone), text) is not None
    await hear(db)


async def test_answers_make_the_quick_index_once_there_are_ten(
    fresh_db: Database, vault: Vault
) -> None:
    for incident_id in range(1, 11):
        await close(fresh_db, incident_id)
    await a_day_later(fresh_db)
    assert sorted(await asked(fresh_db)) == list(range(1, 11))
    for incident_id in range(1, 11):
        async with fresh_db.read() as tx:
            shown = await quick(tx, Options())
        assert (shown.index, shown.answers, shown.provenance.at) == (None, None, None)
        await answer_by_sms(fresh_db, vault, incident_id, f"+62812000000{incident_id:02}", "4 4 3")
    async with fresh_db.read() as tx:
        shown = await quick(tx, Options())
        row = await tx.fetchrow("SELECT wait, manner, result FROM satisfaction_quick LIMIT 1")
        said = await tx.fetch(
            "SELECT payload FROM event WHERE kind = 'satisfaction.quick_answered'"
        )
    assert (shown.index, shown.answers) == ("91.67", 10)
    assert row is not None
    assert tuple(row.values()) == (4, 4, 3)
    assert sorted(one["payload"]["incident_id"] for one in said) == list(range(1, 11))


async def test_another_programs_reply_is_not_ours(fresh_db: Database, vault: Vault) -> None:
    async with fresh_db.tx() as tx:
        await requests.create(
            tx,
            program="lain",
            purpose="survey",
            template="x",
            incident_id=1,
            params={},
            answer_digits=3,
            answer_max=4,
        )
    await answer_by_sms(fresh_db, vault, 1, PHONE, "444")
    async with fresh_db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM satisfaction_quick") == 0
        assert await tx.fetchval("SELECT count(*) FROM event_failure") == 0


@pytest.fixture
async def public_url(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setenv("SIPONCEGA_PUBLIC_URL", "https://siaga112.tebingtinggikota.go.id")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("public_url")
async def test_the_link_in_the_sms_opens_all_nine_questions_once(
    fresh_settings: Settings, vault: Vault
) -> None:
    pages = [*TEMPLATE_DIRS, REPO / "console" / "templates"]
    async with serving(fresh_settings, [router], pages) as app:
        db = app.context.db
        async with db.tx() as tx:
            await PROGRAM.seed(tx)
        await close(db, 1)
        await a_day_later(db)
        async with db.tx() as tx:
            claim = await requests.claim(tx, vault, 1, vault.phone_hash(PHONE))
        assert claim.params is not None
        address = claim.params["link"]
        assert len(address) <= 62  # what the template leaves room for
        path = address.removeprefix("https://siaga112.tebingtinggikota.go.id")
        anybody = app.as_()
        short = await anybody.get(path)
        assert short.status_code == 303
        form = short.headers["location"]
        assert (await anybody.get(form)).text.count('type="radio"') == 36
        scores = dict.fromkeys(ELEMENTS, "4")
        assert (await anybody.post(form, data=scores)).status_code == 303
        await anybody.post(form, data=dict.fromkeys(ELEMENTS, "1"))
        async with db.read() as tx:
            kept = await tx.fetch("SELECT u1 FROM satisfaction_response WHERE source = 'link'")
        assert [row["u1"] for row in kept] == [4]
        assert (await anybody.get("/program/skm/s/karangan")).status_code == 404


def test_a_city_with_a_long_address_sends_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPONCEGA_PUBLIC_URL", "https://" + "panjang." * 6 + "go.id")
    get_settings.cache_clear()
    try:
        assert link() == ""
    finally:
        get_settings.cache_clear()
