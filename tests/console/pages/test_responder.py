"""My assignments: of the unit that I crew now, of nobody else's."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from registry.queries import add_duty
from tests.console import world
from tests.console.pages.conftest import Site
from tests.console.pages.test_pages import RESPONDER_BYTES, weight


async def crew(site: Site, code: str, **unit: object) -> tuple[world.Person, int]:
    """A responder on duty on a new unit."""
    async with site.db.tx() as tx:
        agency = await world.agency(tx, f"D{secrets.token_hex(3)}")
        unit_id = await world.unit(tx, code, agency)
        for name, value in unit.items():
            await tx.execute(f"UPDATE unit SET {name} = $2 WHERE id = $1", unit_id, value)
    who = await world.person(site.db, "petugas", agency)
    now = datetime.now(UTC)
    async with site.db.tx() as tx:
        staff_id = await tx.fetchval(
            """INSERT INTO staff (code, agency_id, account_id, name, role, example)
               VALUES ($1, $2, $3, 'Contoh Awak', 'petugas', true) RETURNING id""",
            secrets.token_hex(4),
            agency,
            who.account_id,
        )
        hour = timedelta(hours=1)
        await add_duty(tx, staff_id, "crew", now - hour, now + hour, unit_id)
    return who, unit_id


async def test_i_see_my_units_assignments_and_no_other(site: Site) -> None:
    me, mine = await crew(site, f"A{secrets.token_hex(2)}")
    _, other = await crew(site, f"B{secrets.token_hex(2)}")
    async with site.db.tx() as tx:
        incident = await world.incident(tx)
        own = await world.assignment(tx, incident, mine)
        await world.assignment(tx, incident, other, "accepted")
    site.sign_in(me)
    answer = await site.web.get("/api/v1/me/assignments")
    assert answer.status_code == 200
    shown = answer.json()
    assert [a["id"] for a in shown["assignments"]] == [own]
    found = shown["assignments"][0]
    assert found["state"] == "offered" and found["transports"] is False
    assert found["incident"]["place"] == world.PLACE
    assert found["incident"]["kelurahan"] == "Bandar Sakti"
    assert found["incident"]["type_label"] == "Kebakaran"
    assert len(found["incident"]["others"]) == 1
    etag = answer.headers["etag"]
    again = await site.web.get("/api/v1/me/assignments", headers={"If-None-Match": etag})
    assert again.status_code == 304
    async with site.db.tx() as tx:
        await tx.execute(
            "UPDATE assignment SET state = 'accepted', accepted_at = now() WHERE id = $1", own
        )
    again = await site.web.get("/api/v1/me/assignments", headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert set(again.json()["assignments"][0]["stamps"]) == {"accepted"}


async def test_ambulances_have_two_steps_more(site: Site) -> None:
    me, mine = await crew(site, f"C{secrets.token_hex(2)}", kind="ambulance")
    async with site.db.tx() as tx:
        await world.assignment(tx, await world.incident(tx, type_="medical"), mine)
    site.sign_in(me)
    shown = (await site.web.get("/api/v1/me/assignments")).json()
    assert shown["assignments"][0]["transports"] is True


async def test_off_duty_there_is_no_unit_and_nothing_to_do(site: Site) -> None:
    me = await world.person(site.db, "petugas")
    site.sign_in(me)
    shown = (await site.web.get("/api/v1/me/assignments")).json()
    assert shown == {"name": "Contoh petugas", "unit": None, "assignments": []}


async def test_a_job_stays_on_the_screen_of_who_accepted_it_when_the_shift_ends(site: Site) -> None:
    me, unit = await crew(site, f"C{secrets.token_hex(2)}")
    async with site.db.tx() as tx:
        job = await world.assignment(tx, await world.incident(tx), unit, "on_scene")
        await tx.execute(
            "UPDATE assignment SET accepted_by = (SELECT id FROM staff WHERE account_id = $2) "
            "WHERE id = $1",
            job,
            me.account_id,
        )
        await tx.execute(
            "UPDATE duty SET ends_at = clock_timestamp() - interval '1 s' WHERE unit_id = $1", unit
        )
    site.sign_in(me)
    shown = (await site.web.get("/api/v1/me/assignments")).json()
    assert [a["id"] for a in shown["assignments"]] == [job]
    async with site.db.tx() as tx:
        await tx.execute("UPDATE assignment SET state = 'cleared' WHERE id = $1", job)
    assert (await site.web.get("/api/v1/me/assignments")).json()["unit"] is None


async def test_the_page_is_for_responders(site: Site) -> None:
    site.sign_in(await world.person(site.db, "operator"))
    assert (await site.web.get("/petugas")).status_code == 403
    assert (await site.web.get("/api/v1/me/assignments")).status_code == 403


async def test_the_responders_page_is_light_enough(site: Site) -> None:
    me, _ = await crew(site, f"E{secrets.token_hex(2)}")
    site.sign_in(me)
    assert await weight(site.web, "/petugas") <= RESPONDER_BYTES
