"""The demo's handsets: they ring, show, answer, and are not there in production."""

from __future__ import annotations

import pytest

from core.context import Context
from core.settings import Mode
from notifier.gateways import open_gateways
from notifier.gateways.base import GatewayMisconfigured
from notifier.sender import Sender
from tests.fixtures.web import Served
from tests.notifier.world import World, phone

API = "/api/v1/simulator"


async def drain(ctx: Context) -> None:
    ctx.settings.gateways = "simulator"
    gateways = open_gateways(ctx)
    await Sender(ctx, gateways, "life").drain()
    await Sender(ctx, gateways, "normal").drain()


async def test_an_offer_rings_and_a_digit_accepts(
    served: Served, ctx: Context, world: World
) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    await drain(ctx)
    async with served.as_() as client:
        handsets = (await client.get(f"{API}/handsets")).json()["handsets"]
        mine = next(h for h in handsets if h["number"] == crew.phone)
        assert (mine["unit"], mine["unread"], mine["role"]) == (crew.unit_code, 1, "petugas")
        shown = (await client.get(f"{API}/messages", params={"handset": mine["id"]})).json()
        (offer,) = shown["messages"]
        assert offer["direction"] == "to_handset" and offer["text"].startswith("TUGAS (")
        assert offer["state"] == "delivered" and offer["handset"] == mine["id"]
        assert (await client.post(f"{API}/messages/{offer['id']}/seen")).status_code == 204
        sent = await client.post(f"{API}/messages", json={"number": crew.phone, "text": "1"})
        assert sent.status_code == 201
        await drain(ctx)
        after = (await client.get(f"{API}/messages", params={"after": offer["id"]})).json()
    assert [m["direction"] for m in after["messages"]] == ["from_handset", "to_handset"]
    assert after["messages"][1]["text"].startswith("DITERIMA") and after["last"] > offer["id"]
    assert await world.events("assignment.accepted", assignment_id=assignment) == 1
    assert await world.events("delivery.delivered", assignment_id=assignment) >= 1
    assert await world.events("delivery.read", assignment_id=assignment) == 1


async def test_a_resident_reports_and_gets_the_receipt(
    served: Served, ctx: Context, world: World
) -> None:
    number = phone()
    async with served.as_() as client:
        answer = await client.post(
            "/api/v1/inbound/simulator",
            json={"from": number, "text": "kebakaran di Bandar Sono Lk 4"},
        )
        assert answer.status_code == 201
        await world.catch_up()
        await drain(ctx)
        handsets = (await client.get(f"{API}/handsets")).json()["handsets"]
        mine = next(h for h in handsets if h["number"] == number)
        shown = (await client.get(f"{API}/messages", params={"handset": mine["id"]})).json()
    texts = [m["text"] for m in shown["messages"]]
    assert texts[0].startswith("kebakaran") and "diterima. Pantau: http" in texts[1]


async def test_a_message_is_shown_once_however_often_it_is_sent(ctx: Context, world: World) -> None:
    delivery = await world.queued()
    await drain(ctx)
    await world.run(
        "UPDATE delivery SET state = 'queued', provider_id = NULL WHERE id = $1", delivery
    )
    await drain(ctx)
    async with world.db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM simulator_message") == 1


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"number": "112", "text": "x"}',
        b'{"number": "0811", "text": 5}',
        b'{"number": "081100000001", "text": "x", "channel": "telegram"}',
        b'{"a":' * 3_000,
    ],
)
async def test_bad_input_is_a_clear_problem(served: Served, world: World, body: bytes) -> None:
    async with served.as_() as client:
        answer = await client.post(f"{API}/messages", content=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"] and "Traceback" not in answer.text


async def test_production_has_no_handsets(served: Served, ctx: Context, world: World) -> None:
    served.context.settings.mode = Mode.production
    try:
        async with served.as_() as client:
            for path in ("handsets", "messages"):
                assert (await client.get(f"{API}/{path}")).status_code == 404
            sent = await client.post(f"{API}/messages", json={"number": phone(), "text": "1"})
            assert sent.status_code == 404
        with pytest.raises(GatewayMisconfigured, match="simulator"):
            open_gateways(served.context)
    finally:
        served.context.settings.mode = Mode.demo


def test_an_unknown_or_unset_gateway_is_named(ctx: Context) -> None:
    ctx.settings.gateways = "merpati"
    with pytest.raises(GatewayMisconfigured, match="merpati"):
        open_gateways(ctx)
    ctx.settings.gateways = "twilio"
    ctx.settings.twilio_auth_token = ""
    with pytest.raises(GatewayMisconfigured, match="SIPONCEGA_TWILIO_AUTH_TOKEN"):
        open_gateways(ctx)


async def test_who_has_a_log_in_and_who_is_a_resident_is_said(served: Served, world: World) -> None:
    crew, other, number = await world.crew(), await world.crew(), phone()
    await world.run(
        """WITH made AS (INSERT INTO account (login, name, role)
               VALUES ('contoh' || $1::bigint::text, 'Contoh', 'petugas') RETURNING id)
           UPDATE staff SET account_id = made.id FROM made WHERE staff.id = $1::bigint""",
        crew.staff_id,
    )
    async with served.as_() as client:
        sent = await client.post(f"{API}/messages", json={"number": number, "text": "halo"})
        assert sent.status_code == 201
        handsets = (await client.get(f"{API}/handsets")).json()["handsets"]
    by_number = {h["number"]: h for h in handsets}
    assert by_number[crew.phone]["login"] and not by_number[other.phone]["login"]
    resident = by_number[number]
    assert (resident["name"], resident["login"]) == ("Warga (contoh)", False)
