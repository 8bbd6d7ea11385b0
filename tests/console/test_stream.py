"""The stream on a real server: tickets, snapshot, replay, kicks, stuck readers, visibility."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from console import live as live_module
from console import tickets
from console.hub import frames
from core import heartbeat
from core.accounts import sessions
from core.privacy import Vault
from core.settings import Settings
from tests.console import world
from tests.console.conftest import Served


async def test_a_ticket_opens_one_socket_once(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    ticket = await served.ticket(operator)
    async with served.open(ticket) as socket_:
        assert json.loads(await socket_.recv())["t"] == "snapshot"
        with pytest.raises(InvalidStatus) as refused:
            await served.open(ticket)
        assert refused.value.response.status_code == 403


async def test_somebody_of_the_desk_at_a_console_is_present(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An auditor and an agency look on; who is at the desk is said at once, and while it is so."""
    monkeypatch.setattr(live_module, "PRESENCE_S", 0.05)

    async def age_s() -> float:
        async with served.db.read() as tx:
            return (await heartbeat.ages(tx)).get("desk", 1e9)

    async def present() -> None:
        async with asyncio.timeout(10):
            while await age_s() > 60:  # noqa: ASYNC110  (nothing rings when it comes true)
                await asyncio.sleep(0.02)

    async with served.db.tx() as tx:
        agency = await world.agency(tx, "LAIN")
    for person in (
        await world.person(served.db, "auditor"),
        await world.person(served.db, "opd", agency),
    ):
        onlooker = await served.sit(person)
        await onlooker.next("snapshot")
        await onlooker.next("beat")
        await onlooker.socket.close()
    assert await age_s() == 1e9
    console = await served.sit(await world.person(served.db, "operator"))
    await present()
    async with served.db.tx() as tx:
        await tx.execute("UPDATE heartbeat SET at = at - interval '1 hour'")
    await present()
    await console.socket.close()


async def test_an_old_ticket_opens_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "LIFE_S", -1)
    operator = await world.person(served.db, "operator")
    with pytest.raises(InvalidStatus):
        await served.open(await served.ticket(operator))


async def test_a_foreign_page_opens_nothing(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    ticket = await served.ticket(operator)
    for origin in ("https://tempat-lain.example", None):
        with pytest.raises(InvalidStatus):
            await served.open(ticket, origin=origin)


async def test_snapshot_then_live_then_replay_from_the_cursor(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    async with served.db.tx() as tx:
        fire = await world.incident(tx)
    head = await world.sealed(served.db)
    console = await served.sit(operator)
    snapshot = await console.next()
    assert snapshot["cursor"] >= head
    (row,) = snapshot["board"]["incidents"]
    assert (row["id"], row["place"], row["needs"][0]["met"]) == (fire, world.PLACE, 0)
    assert [a["kind"] for a in snapshot["board"]["attention"]] == ["need"]

    await world.changed(served.db, fire, 3)
    live = await console.events(3)
    cursors = [frame["cursor"] for frame in live]
    assert cursors == sorted(set(cursors))
    assert live[-1]["rows"]["incidents"][0]["id"] == fire
    await console.socket.close()

    await world.changed(served.db, fire, 4)
    await world.sealed(served.db)
    again = await served.sit(operator, after=cursors[0])
    replayed = await again.events(6)
    assert [frame["cursor"] for frame in replayed[:2]] == cursors[1:]
    assert len({frame["cursor"] for frame in replayed}) == 6
    await again.socket.close()


async def test_a_closed_incident_leaves_the_board(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    async with served.db.tx() as tx:
        fire = await world.incident(tx)
    console = await served.sit(operator)
    await console.next("snapshot")
    async with served.db.tx() as tx:
        await tx.execute("UPDATE incident SET state = 'closed' WHERE id = $1", fire)
    await world.changed(served.db, fire)
    while True:
        (frame,) = await console.events(1)
        if frame["kind"] == "incident.changed":
            break
    assert frame["rows"]["incidents"] == [{"id": fire, "gone": True}]
    await console.socket.close()


async def test_a_beat_comes_every_two_seconds_with_the_cursor(served: Served) -> None:
    console = await served.sit(await world.person(served.db, "operator"))
    first = await console.next("beat")
    second = await console.next("beat")
    assert second["cursor"] >= first["cursor"]
    await console.socket.close()


async def test_revoking_the_session_ends_the_socket(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    other = await world.person(served.db, "supervisor")
    console, stays = await served.sit(operator), await served.sit(other)
    await console.next("snapshot")
    async with asyncio.timeout(live_module.RECHECK_S + 2):
        async with served.db.tx() as tx:
            await sessions.revoke(tx, operator.account_id, reason="test")
        assert (await console.next("bye"))["reason"] == "sesi berakhir"
        with pytest.raises(ConnectionClosed):
            await console.socket.recv()
    assert console.socket.close_code == frames.CLOSE_REVOKED
    assert (await stays.next("beat"))["t"] == "beat"
    await stays.socket.close()


async def test_another_agency_never_receives_a_hidden_address(served: Served) -> None:
    """Everything sent to the other agency is searched for anything that leads to the address."""
    async with served.db.tx() as tx:
        damkar, polres = await world.agency(tx, "DMK"), await world.agency(tx, "POL")
        engine = await world.unit(tx, "DMK1", damkar)
        patrol = await world.unit(tx, "POL1", polres)
    seated = {
        "desk": await served.sit(await world.person(served.db, "operator")),
        "on it": await served.sit(await world.person(served.db, "opd", damkar)),
        "other": await served.sit(await world.person(served.db, "petugas", polres)),
    }
    for console in seated.values():
        await console.next("snapshot")
    async with served.db.tx() as tx:
        hidden = await world.incident(tx, hidden=True)
        await world.assignment(tx, hidden, engine)
    async with served.db.tx() as tx:
        await tx.execute(
            "UPDATE unit SET geom = ST_SetSRID(ST_MakePoint(99.15194, 3.33194), 4326), "
            "position_at = clock_timestamp() WHERE id = $1",
            engine,
        )
    await world.changed(served.db, hidden)
    heard: dict[str, list[str]] = {}
    for who, console in seated.items():
        heard[who] = []
        while '"incident.changed"' not in (heard[who] or [""])[-1]:
            heard[who].append(str(await console.socket.recv(decode=True)))
    late = await served.sit(await world.person(served.db, "petugas", polres))
    heard["other"].append(json.dumps(await late.next("snapshot")))
    replay = await served.sit(await world.person(served.db, "opd", polres), after=0)
    while '"incident.changed"' not in heard["other"][-1]:
        heard["other"].append(json.dumps(await replay.next("event")))
    for _ in range(2):  # and the lossy lane
        heard["other"].append(json.dumps(await seated["other"].next("pos", "beat")))

    secrets_of_it = (world.PLACE, world.KELURAHAN, "99.15194", "3.33194", "Lk 3", '"eta_s":245')
    for clue in secrets_of_it:
        assert not [text for text in heard["other"] if clue in text.replace('": ', '":')], clue
        assert any(clue in text for text in heard["desk"]), clue
        assert any(clue in text for text in heard["on it"]), clue
    assert any("12.76.04" in text for text in heard["other"])
    assert patrol  # its agency's own units stay visible
    for console in (*seated.values(), late, replay):
        await console.socket.close()


async def test_reports_reach_the_desk_alone_with_the_number_masked(
    served: Served, fresh_settings: Settings
) -> None:
    vault = Vault.open(fresh_settings.keys_dir)
    async with served.db.tx() as tx:
        agency = await world.agency(tx, "DMK")
        words = "Rumah terbakar di belakang pasar, asap tebal. " * 5
        await world.report(tx, vault.encrypt(words), vault.encrypt("+6281100000123"))
    await world.sealed(served.db)
    desk = await served.sit(await world.person(served.db, "operator"))
    (row,) = (await desk.next("snapshot"))["board"]["reports"]
    assert row["text"].startswith("Rumah terbakar")
    assert len(row["text"]) <= 160
    assert row["phone_masked"] == "+6281******123"
    opd = await served.sit(await world.person(served.db, "opd", agency))
    text = json.dumps(await opd.next("snapshot"))
    assert "terbakar" not in text
    assert "123" not in text
    await desk.socket.close()
    await opd.socket.close()


async def test_a_reader_that_never_reads_is_aborted_and_others_keep_pace(served: Served) -> None:
    operator = await world.person(served.db, "operator")
    async with served.db.tx() as tx:
        fire = await world.incident(tx)
    ticket = await served.ticket(operator)
    host, _, port = served.host.partition(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(raw, (host, int(port)))
    await loop.sock_sendall(
        raw,
        f"GET /api/v1/stream?ticket={ticket} HTTP/1.1\r\nHost: {served.host}\r\n"
        f"Origin: http://{served.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode(),
    )
    well = await served.sit(operator)
    await well.next("snapshot")
    await world.until(lambda: served.live.hub.live == 2)
    started = loop.time()
    rounds = 0
    big = frames.wrap(b'{"t":"pos","x":"' + b"x" * 60_000 + b'"}')
    while served.live.hub.live > 1:
        assert loop.time() - started < 6, "the stuck reader is still seated"
        if rounds < 200:
            await served.live.hub.send_lossy("desk", big)
            rounds += 1
        await world.changed(served.db, fire)
        await asyncio.sleep(0.05)
        async with asyncio.timeout(1):
            await well.next("event")
    raw.close()
    await well.socket.close()
