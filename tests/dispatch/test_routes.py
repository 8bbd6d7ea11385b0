"""Over HTTP: whose object it is, what a refusal says, versions, keys, bodies left out."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.actor import Actor
from core.errors import BadInput
from core.web.once import client_key
from tests.dispatch.world import LAT, LON, World
from tests.fixtures.web import Served

API = "/api/v1"
NOT_THERE = 2**40
STEPS = ("accept", "decline", "en-route", "arrive", "transport", "at-facility", "clear", "abort")


def same(problem: Any) -> dict[str, Any]:
    """A problem without what differs from call to call."""
    return {k: v for k, v in problem.json().items() if k != "request_id"}


async def test_a_crew_acts_on_its_own_assignment_alone(served: Served, world: World) -> None:
    mine, other = await world.unit(), await world.unit()
    crew = await world.crew(mine)
    job = await world.assignment(await world.incident(), mine)
    foreign = await world.assignment(await world.incident(), other)
    before = await world.row("assignment", foreign)
    async with served.as_(crew) as client:
        for step in (*STEPS, "seen", "help"):
            strange = await client.post(f"{API}/assignments/{foreign}/{step}", json={})
            nobodys = await client.post(f"{API}/assignments/{NOT_THERE}/{step}", json={})
            assert strange.status_code == nobodys.status_code == 404, step
            assert same(strange) == same(nobodys)
        assert (await client.post(f"{API}/assignments/{job}/recall")).status_code == 403
        assert (await client.post(f"{API}/assignments/{job}/fly")).status_code == 404
        answer = await client.post(f"{API}/assignments/{job}/accept")
    assert answer.status_code == 200 and answer.json()["state"] == "accepted"
    assert await world.row("assignment", foreign) == before
    row = await world.row("assignment", job)
    assert (
        await world.value("SELECT account_id FROM staff WHERE id = $1", row["accepted_by"])
        == crew.account_id
    )


async def test_a_crew_whose_shift_is_over_acts_on_nothing(served: Served, world: World) -> None:
    unit = await world.unit()
    late = await world.crew(unit, on_duty=False)
    job = await world.assignment(await world.incident(), unit)
    fix = {"lat": LAT, "lon": LON, "at": datetime.now(UTC).isoformat()}
    async with served.as_(late) as client:
        for path, body in (
            (f"assignments/{job}/accept", {}),
            (f"units/{unit}/positions", {"positions": [fix]}),
            (f"units/{unit}/duty", {"state": "off_duty"}),
        ):
            assert (await client.post(f"{API}/{path}", json=body)).status_code == 404, path


async def test_an_agency_acts_on_its_own_units_alone(served: Served, world: World) -> None:
    agency = await world.agency()
    mine, other = await world.unit(agency=agency), await world.unit()
    job = await world.assignment(await world.incident(), mine)
    foreign = await world.assignment(await world.incident(), other)
    who = await world.account("opd", agency)
    async with served.as_(who) as client:
        assert (await client.post(f"{API}/assignments/{job}/accept")).status_code == 200
        strange = await client.post(f"{API}/assignments/{foreign}/accept")
        nobodys = await client.post(f"{API}/assignments/{NOT_THERE}/accept")
        assert same(strange) == same(nobodys)
        off = {"state": "off_duty"}
        strange = await client.post(f"{API}/units/{other}/duty", json=off)
        nobodys = await client.post(f"{API}/units/{NOT_THERE}/duty", json=off)
        assert strange.status_code == 404 and same(strange) == same(nobodys)
        units = (await client.get(f"{API}/units")).json()["units"]
        assert [u["id"] for u in units] == [mine]


async def test_a_hidden_incident_exists_for_those_on_it(served: Served, world: World) -> None:
    agency, other = await world.agency(), await world.agency()
    hidden = await world.incident(hidden=True, type_="domestic_violence")
    await world.assignment(hidden, await world.unit(agency=agency), "accepted")
    async with served.as_(await world.account("opd", other)) as client:
        for tail in ("", "/timeline", "/recommendations"):
            strange = await client.get(f"{API}/incidents/{hidden}{tail}")
            nobodys = await client.get(f"{API}/incidents/{NOT_THERE}{tail}")
            assert strange.status_code == nobodys.status_code == 404
            assert same(strange) == same(nobodys)
        listed = (await client.get(f"{API}/incidents?limit=200")).json()["incidents"]
        assert hidden not in [i["id"] for i in listed]
    async with served.as_(await world.account("opd", agency)) as client:
        page = await client.get(f"{API}/incidents/{hidden}")
        assert page.status_code == 200 and "reports" not in page.json()
        listed = (await client.get(f"{API}/incidents?limit=200")).json()["incidents"]
        assert hidden in [i["id"] for i in listed]
    operator = await world.account("operator")
    async with served.as_(operator) as client:
        assert "reports" in (await client.get(f"{API}/incidents/{hidden}")).json()
    read = await world.events(kind="access.read", subject_id=hidden, actor_id=operator.account_id)
    assert len(read) == 1, "who reads it is noted"


async def test_an_agency_is_recommended_its_own_units_alone(served: Served, world: World) -> None:
    mine, other = await world.agency(), await world.agency()
    own = [await world.unit(agency=mine), await world.unit(agency=mine, state="off_duty")]
    foreign = [await world.unit(agency=other), await world.unit(agency=other, state="off_duty")]
    path = f"{API}/incidents/{await world.incident()}/recommendations"

    def named(page: Any) -> set[int]:
        return {u["unit_id"] for n in page["lines"] for u in (*n["units"], *n["left_out"])}

    async with served.as_(await world.account("opd", mine)) as client:
        assert named((await client.get(path)).json()) == set(own)
    async with served.as_(await world.account("operator")) as client:
        assert named((await client.get(path)).json()) >= {*own, *foreign}


async def test_persons_of_another_agency_are_not_named(served: Served, world: World) -> None:
    mine, other = await world.agency(), await world.agency()
    incident = await world.incident()
    for agency in (mine, other):
        unit = await world.unit(agency=agency)
        crew = await world.crew(unit)
        job = await world.assignment(incident, unit)
        async with served.as_(crew) as device:
            assert (await device.post(f"{API}/assignments/{job}/accept")).status_code == 200
    path = f"{API}/incidents/{incident}"
    async with served.as_(await world.account("opd", mine)) as client:
        people = [a["person"] for a in (await client.get(path)).json()["assignments"]]
    assert people == ["Contoh", None]
    async with served.as_(await world.account("auditor")) as client:
        people = [a["person"] for a in (await client.get(path)).json()["assignments"]]
    assert people == ["Contoh", "Contoh"]


async def test_a_crew_finishes_its_job_though_its_shift_has_ended(
    served: Served, world: World
) -> None:
    unit = await world.unit()
    crew = await world.crew(unit)
    job = await world.assignment(await world.incident(), unit)
    async with served.as_(crew) as client:
        assert (await client.post(f"{API}/assignments/{job}/accept")).status_code == 200
        await world.run(
            "UPDATE duty SET ends_at = clock_timestamp() - interval '1 s' WHERE unit_id = $1", unit
        )
        for step in ("en-route", "arrive", "clear"):
            answer = await client.post(f"{API}/assignments/{job}/{step}")
            assert answer.status_code == 200 and answer.json()["changed"], step
        again = await client.post(f"{API}/assignments/{job}/clear")
        assert again.status_code == 200 and not again.json()["changed"], "a repeated one is no news"
        new = await world.assignment(await world.incident(), unit)
        assert (await client.post(f"{API}/assignments/{new}/accept")).status_code == 404


async def test_a_handover_to_another_agency_does_not_exist(served: Served, world: World) -> None:
    mine, other = await world.agency(), await world.agency()
    incident = await world.incident()
    async with served.as_(await world.account("operator")) as desk:
        made = await desk.post(f"{API}/incidents/{incident}/handovers", json={"to_agency_id": mine})
        assert made.status_code == 201
        one = made.json()["id"]
    async with served.as_(await world.account("opd", other)) as client:
        strange = await client.post(f"{API}/handovers/{one}/accept")
        nobodys = await client.post(f"{API}/handovers/{NOT_THERE}/accept")
        assert strange.status_code == 404 and same(strange) == same(nobodys)
    async with served.as_(await world.account("opd", mine)) as client:
        assert (await client.post(f"{API}/handovers/{one}/accept")).json()["state"] == "accepted"


@pytest.mark.parametrize("role", ["petugas", "opd", "auditor", "warga"])
async def test_only_the_desk_decides(served: Served, world: World, role: str) -> None:
    incident, report = await world.incident(), await world.report()
    async with served.as_(await world.account(role, await world.agency())) as client:
        for path in (
            f"incidents/{incident}/close", f"incidents/{incident}/assignments",
            f"incidents/{incident}/take", f"reports/{report}/screen", f"reports/{report}/unmask",
            "incidents", "contacts/phone",
        ):  # fmt: skip
            assert (await client.post(f"{API}/{path}", json={})).status_code == 403, path
        patched = await client.patch(f"{API}/incidents/{incident}", json={})
        assert patched.status_code == 403


async def test_an_illegal_move_is_409_with_the_legal_ones_and_keeps_the_stamp(
    served: Served, world: World
) -> None:
    unit = await world.unit()
    crew = await world.crew(unit)
    job = await world.assignment(await world.incident(), unit, "cleared")
    before = await world.row("assignment", job)
    async with served.as_(crew) as client:
        answer = await client.post(
            f"{API}/assignments/{job}/arrive", json={"device_at": "2026-11-24T03:00:00+07:00"}
        )
        english = await client.post(
            f"{API}/assignments/{job}/arrive", headers={"Accept-Language": "en"}
        )
    assert answer.status_code == 409
    problem = answer.json()
    assert (problem["code"], problem["state"], problem["legal"]) == ("illegal-move", "cleared", [])
    assert english.json()["detail"] != problem["detail"]
    assert await world.row("assignment", job) == before
    kept = await world.rows(
        "SELECT state, device_at FROM assignment_stamp WHERE assignment_id = $1 AND observation "
        "ORDER BY id LIMIT 1",
        job,
    )
    assert kept[0]["state"] == "on_scene" and kept[0]["device_at"] is not None


async def test_repeating_is_200_and_changes_nothing(served: Served, world: World) -> None:
    unit = await world.unit()
    crew = await world.crew(unit)
    job = await world.assignment(await world.incident(), unit)
    async with served.as_(crew) as client:
        first = await client.post(f"{API}/assignments/{job}/accept")
        mark = await world.last_event()
        second = await client.post(f"{API}/assignments/{job}/accept")
    assert (first.json()["changed"], second.json()["changed"]) == (True, False)
    assert second.status_code == 200 and await world.since(mark) == []


async def test_versions_of_an_incident(served: Served, world: World) -> None:
    incident = await world.incident()
    path = f"{API}/incidents/{incident}"
    async with served.as_(await world.account("operator")) as client:
        tag = (await client.get(path)).headers["etag"]
        assert (await client.patch(path, json={"casualties": 1})).status_code == 428
        for nonsense in ("gugus", "v1x", '"v²"'.encode("latin-1"), "v" + "9" * 5_000):
            refused = await client.patch(path, json={}, headers={"If-Match": nonsense})
            assert refused.status_code == 422, nonsense
        done = await client.patch(path, json={"casualties": 1}, headers={"If-Match": tag})
        assert done.status_code == 200 and done.headers["etag"] != tag
    async with served.as_(await world.account("supervisor")) as client:
        late = await client.patch(path, json={"casualties": 9}, headers={"If-Match": tag})
        assert late.status_code == 412 and late.json()["by"] == "Contoh operator"
        closed = await client.post(f"{path}/close", headers={"If-Match": tag})
        assert closed.status_code == 412
        assert (await client.post(f"{path}/close")).json()["state"] == "closed"


async def test_sending_the_recommended_needs_no_body_and_the_key_sends_once(
    served: Served, world: World
) -> None:
    await world.unit(), await world.unit(east_m=300)
    incident = await world.incident()
    path = f"{API}/incidents/{incident}/assignments"
    async with served.as_(await world.account("operator")) as client:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        first = await client.post(path, headers=headers)
        assert first.status_code == 201 and len(first.json()["assignments"]) == 1
        await client.post(
            f"{API}/assignments/{first.json()['assignments'][0]['assignment_id']}/recall"
        )
        again = await client.post(path, headers=headers)
    assert again.json() == first.json()
    assert await world.live(incident) == []


async def test_opening_from_the_desk(served: Served, world: World) -> None:
    await world.card("fire", "P1", fire_engine=1)
    await world.unit()
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"type": "fire", "lat": LAT, "lon": LON, "verified": True}
    async with served.as_(await world.account("operator")) as client:
        made = await client.post(f"{API}/incidents", json=body, headers=headers)
        again = await client.post(f"{API}/incidents", json=body, headers=headers)
        assert made.status_code == 201 and made.json()["recommendation"]["lines"]
        assert again.json()["report_id"] == made.json()["report_id"]
        for wrong in (
            {"type": "dragon", "lat": LAT, "lon": LON},
            {"type": "fire"},
            {"type": "fire", "lat": LAT},
            {"type": "fire", "lat": 91, "lon": LON},
            {"type": "fire", "lat": LAT, "lon": LON, "priority": "P9"},
        ):
            answer = await client.post(f"{API}/incidents", json=wrong)
            assert answer.status_code == 422, wrong
        orphan = {**body, "contact_id": NOT_THERE}
        assert (await client.post(f"{API}/incidents", json=orphan)).status_code == 404
    assert (
        await world.value(
            "SELECT count(*) FROM report WHERE incident_id = $1", made.json()["incident_id"]
        )
        == 1
    )


async def test_a_number_is_unmasked_with_a_reason_that_is_kept(
    served: Served, world: World
) -> None:
    taken = await world.intake.take(world.says("rumah terbakar", phone="+6281100999999"))
    who = await world.account("operator")
    async with served.as_(who) as client:
        page = await client.get(f"{API}/reports/{taken.report_id}")
        assert page.json()["phone_masked"] == "+6281******999"
        path = f"{API}/reports/{taken.report_id}/unmask"
        assert (await client.post(path, json={"reason": "ingin tahu"})).status_code == 422
        said = await client.post(path, json={"reason": "call_back"})
    assert said.json()["phone"] == "+6281100999999"
    event = (await world.rows("SELECT * FROM event ORDER BY id DESC LIMIT 1"))[0]
    assert (event["kind"], event["actor_id"]) == ("access.read", who.account_id)
    assert event["payload"]["reason"] == "call_back"


async def test_asked_and_answered_over_http(served: Served, world: World) -> None:
    first = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    async with served.as_(await world.account("operator")) as client:
        await client.post(f"{API}/incidents/{first.incident_id}/close")
        one = await world.intake.take(world.says("api lagi", declared_type="fire"))
        new = await client.post(f"{API}/reports/{one.report_id}/open")
        assert new.json()["incident_id"] not in (None, first.incident_id)
        await client.post(f"{API}/incidents/{new.json()['incident_id']}/close")
        two = await world.intake.take(world.says("asap lagi", declared_type="fire"))
        old = await client.post(f"{API}/reports/{two.report_id}/reopen")
        assert old.json()["incident_id"] == new.json()["incident_id"]


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "satu", "1.5"])
async def test_ids_that_are_none(served: Served, world: World, number: str) -> None:
    async with served.as_(await world.account("operator")) as client:
        for path in (
            f"incidents/{number}", f"reports/{number}", f"incidents/{number}/timeline",
        ):  # fmt: skip
            answer = await client.get(f"{API}/{path}")
            assert answer.status_code in {404, 422}, (path, answer.status_code)
        for path in (f"assignments/{number}/accept", f"incidents/{number}/close"):
            answer = await client.post(f"{API}/{path}", json={})
            assert answer.status_code in {404, 422}, (path, answer.status_code)
        listed = await client.get(f"{API}/incidents?cursor={number}")
        assert listed.status_code in {200, 422}


async def test_the_exchange_tells_of_a_call(served: Served, world: World) -> None:
    class Anybody:
        protected = True

        async def __call__(self, _conn: object) -> bool:
            return True

    ring = {"event": "ringing", "call_id": "C1", "phone": "081100000077"}
    async with served.as_() as client:
        assert (await client.post(f"{API}/inbound/phone", json=ring)).status_code == 404  # no guard
        served.app.state.guards = {"phone": Anybody()}
        made = await client.post(f"{API}/inbound/phone", json=ring)
        await client.post(f"{API}/inbound/phone", json={**ring, "event": "ended"})
    contact = made.json()["contact_id"]
    assert (await world.row("contact", contact))["outcome"] == "abandoned"
    async with served.as_(await world.account("operator")) as client:
        back = await client.post(f"{API}/contacts/{contact}/called-back")
    assert back.json()["state"] == "called_back"


async def test_positions_and_duty(served: Served, world: World) -> None:
    unit = await world.unit()
    fix = {"lat": LAT, "lon": LON, "at": "2026-11-24T03:00:00Z"}
    async with served.as_(await world.crew(unit)) as client:
        path = f"{API}/units/{unit}/positions"
        for wrong in ([], [{**fix, "lat": 91}], [{**fix, "lat": "x"}], [fix] * 501):
            answer = await client.post(path, json={"positions": wrong})
            assert answer.status_code == 422
        gone = await client.post(f"{API}/units/{unit}/duty", json={"state": "out_of_service"})
        assert gone.status_code == 422
        gone = await client.post(f"{API}/units/{unit}/duty", json={"state": "off_duty"})
        assert gone.json()["state"] == "off_duty"
    tracker = Actor("account", 1, "service")
    now = {**fix, "at": (datetime.now(UTC) + timedelta(seconds=9)).isoformat()}
    async with served.as_(tracker) as client:
        answer = await client.post(path, json={"positions": [fix, now]})
        assert answer.json() == {"moved": True}
        lost = await client.post(f"{API}/units/{NOT_THERE}/positions", json={"positions": [now]})
        assert lost.status_code == 404


def test_a_key_is_a_uuid() -> None:
    key = uuid.uuid4()
    assert client_key(f" {key} ") == key and client_key(None) is client_key("") is None
    with pytest.raises(BadInput):
        client_key("1234")


async def test_the_same_key_and_body_make_one_call_and_one_hand_over(
    served: Served, world: World
) -> None:
    incident = await world.incident()
    posts = [
        ("contacts/phone", {"line": "1"}, {"line": "2"}, "contact_id"),
        (f"incidents/{incident}/handovers", {"to_name": "Kabupaten contoh"}, None, "id"),
    ]
    async with served.as_(await world.account("operator")) as client:
        nowhere = await client.get(f"{API}/incidents/{NOT_THERE}/assignments")
        assert nowhere.status_code == 404
        odd = await client.post(
            f"{API}/incidents/{incident}/assignments", headers={"Idempotency-Key": "x"}
        )
        assert odd.status_code == 422
        for path, body, other, name in posts:
            headers = {"Idempotency-Key": str(uuid.uuid4())}
            first, again = [
                await client.post(f"{API}/{path}", json=body, headers=headers) for _ in range(2)
            ]
            assert first.status_code == again.status_code == 201, again.text
            assert first.json() == again.json()
            if other is not None:
                new = await client.post(f"{API}/{path}", json=other, headers=headers)
                assert new.json()[name] != first.json()[name], "another body is another thing"
            odd = await client.post(f"{API}/{path}", json=body, headers={"Idempotency-Key": "x"})
            assert odd.status_code == 422
