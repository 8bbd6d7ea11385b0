"""Joining, replaying and going live, under any interleaving; slow and stuck readers."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.hub import frames, hub, sinks
from console.hub.hub import Hub
from console.hub.sinks import Sink, Stuck

VIEWS = ("desk", "agency:1", "agency:2")
AT = datetime(2026, 1, 1, tzinfo=UTC)


class FakeTransport:
    """Keeps what is written; `taking` False is a reader that never reads."""

    def __init__(self, *, taking: bool = True) -> None:
        self.data = bytearray()
        self.taking = taking
        self.closed = False

    def write(self, data: bytes) -> None:
        self.data += data

    def get_write_buffer_size(self) -> int:
        return 0 if self.taking else len(self.data)

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        self.closed = True

    def messages(self) -> list[dict[str, object]]:
        return [
            json.loads(body)
            for first, body in frames.unwrap(bytes(self.data))
            if first == frames.TEXT_FIN
        ]


class FakeLog:
    """A log of audiences: '' is internal, '*' everybody, else one view. Every await yields."""

    def __init__(self, pauses: list[int]) -> None:
        self.events: list[str] = []
        self._pauses = pauses
        self._asked = 0

    async def _pause(self) -> None:
        self._asked += 1
        for _ in range(self._pauses[self._asked % len(self._pauses)] if self._pauses else 0):
            await asyncio.sleep(0)

    def seen_by(self, view: str, after: int = 0) -> list[int]:
        return [n for n, who in enumerate(self.events, start=1) if n > after and who in ("*", view)]

    async def head(self) -> int:
        await self._pause()
        return len(self.events)

    async def read(self, after: int, until: int | None, limit: int) -> FakeBatch | None:
        await self._pause()
        last = min(after + min(limit, 3), len(self.events) if until is None else until)
        batch = FakeBatch(self, after, last) if last > after else None
        await self._pause()
        return batch

    async def snapshot(self, view: str) -> tuple[int, bytes]:
        await self._pause()
        frame = frames.snapshot(len(self.events), AT, {"seen": self.seen_by(view)})
        cursor = len(self.events)
        await self._pause()
        return cursor, frame


class FakeBatch:
    def __init__(self, log: FakeLog, after: int, last: int) -> None:
        self._log, self._after, self.last = log, after, last

    def frames(self, view: str) -> list[bytes]:
        return [
            frames.event(
                cursor=n, kind="x.y", at=AT, incident_id=None, subject=(None, None),
                payload={}, rows={},
            )
            for n in self._log.seen_by(view, self._after)
            if n <= self.last
        ]  # fmt: skip


def hub_over(log: FakeLog) -> Hub:
    async def wake(_: float) -> None:
        await asyncio.sleep(0)

    return Hub(log, wake, lambda: AT)


def what_it_knows(transport: FakeTransport, after: int | None) -> list[int]:
    """Positions in the order the client learned them; asserts that the first frame fits."""
    messages = [m for m in transport.messages() if m["t"] in ("snapshot", "event")]
    known: list[int] = []
    if after is None:
        first = messages.pop(0)
        assert first["t"] == "snapshot"
        known += first["board"]["seen"]  # type: ignore[index]
    assert all(m["t"] == "event" for m in messages)
    return known + [int(m["cursor"]) for m in messages]  # type: ignore[call-overload]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.sampled_from(["", "*", *VIEWS])),
        st.tuples(st.just("join"), st.sampled_from(VIEWS), st.none() | st.integers(0, 30)),
        st.tuples(st.just("leave"), st.integers(0, 30)),
        st.tuples(st.just("run"), st.integers(0, 12)),
        st.tuples(st.just("beat")),
    ),
    max_size=60,
)


@given(steps=steps, pauses=st.lists(st.integers(0, 4), max_size=7))
@settings(max_examples=250, deadline=None)
def test_any_interleaving_gives_exactly_the_log_of_the_class(
    steps: list[tuple[object, ...]], pauses: list[int]
) -> None:
    asyncio.run(_play(steps, pauses))


async def _play(steps: list[tuple[object, ...]], pauses: list[int]) -> None:
    log = FakeLog(pauses)
    live = hub_over(log)
    await live.start()
    running = asyncio.create_task(live.run())
    sockets: list[tuple[FakeTransport, Sink, str, int | None, asyncio.Task[None]]] = []
    gone: set[int] = set()
    for step in steps:
        match step:
            case ("append", str(who)):
                log.events.append(who)
            case ("join", str(view), after):
                cursor = min(after, len(log.events)) if isinstance(after, int) else None
                transport = FakeTransport()
                sink = Sink(transport)
                task = asyncio.create_task(live.join(sink, view, cursor))
                sockets.append((transport, sink, view, cursor, task))
            case ("leave", int(which)) if which < len(sockets):
                transport, sink, *_ = sockets[which]
                transport.closed = True
                live.leave(sink)
                gone.add(which)
            case ("run", int(times)):
                for _ in range(times):
                    await asyncio.sleep(0)
            case ("beat",):
                await live.beat()
            case _:
                pass
    async with asyncio.timeout(5):
        await asyncio.gather(*(task for *_, task in sockets))
        while live.position < len(log.events):  # noqa: ASYNC110  (fakes yield, nothing to wait on)
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
    running.cancel()
    for number, (transport, _, view, after, _task) in enumerate(sockets):
        if number in gone:
            continue
        known = what_it_knows(transport, after)
        assert known == log.seen_by(view, after or 0), (view, after)
        for beat in (m for m in transport.messages() if m["t"] == "beat"):
            assert int(beat["cursor"]) <= len(log.events)  # type: ignore[call-overload]


async def test_a_beat_never_names_a_position_whose_frames_were_not_written_before_it() -> None:
    log = FakeLog([0])
    live = hub_over(log)
    await live.start()
    transports = [FakeTransport() for _ in range(3 * hub.SLICE)]
    for transport in transports:
        await live.join(Sink(transport), "desk", 0)
    log.events.append("desk")
    await asyncio.gather(live.step(), live.beat(), live.beat())
    for transport in transports:
        known = 0
        for message in transport.messages():
            if message["t"] == "event":
                known = int(message["cursor"])  # type: ignore[call-overload]
            else:
                assert message["cursor"] == known


async def test_a_reader_too_far_behind_is_told_why_and_closed() -> None:
    log = FakeLog([])
    live = hub_over(log)
    await live.start()
    slow, quick = FakeTransport(), FakeTransport()
    for transport in (slow, quick):
        await live.join(Sink(transport), "desk", 0)
    slow.taking = False
    slow.data += bytes(sinks.BUFFER_LIMIT + 1)
    already = len(slow.data)
    log.events.append("desk")
    await live.step()
    said = [m for _, m in frames.unwrap(bytes(slow.data[already:]))]
    assert json.loads(said[0]) == {"t": "bye", "reason": "terlalu lambat"}
    assert int.from_bytes(said[1][:2], "big") == frames.CLOSE_SLOW
    assert [m["cursor"] for m in quick.messages() if m["t"] == "event"] == [1]
    assert (live.live, live.cut) == (1, 1)


async def test_a_reader_that_takes_nothing_is_aborted_within_the_patience() -> None:
    live = hub_over(FakeLog([]))
    await live.start()
    stuck, well = FakeTransport(), FakeTransport()
    for transport in (stuck, well):
        await live.join(Sink(transport), "desk", 0)
    stuck.taking = False
    await live.step()
    await live.beat()
    now = asyncio.get_running_loop().time()
    live.sweep(now)
    live.sweep(now + sinks.PATIENCE_S - 0.1)
    assert not stuck.closed
    live.sweep(now + sinks.PATIENCE_S + 0.1)
    assert stuck.closed
    assert not well.closed
    assert live.live == 1


async def test_a_stuck_reader_that_catches_up_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "PATIENCE_S", 0.1)
    monkeypatch.setattr(sinks, "FEED_HIGH", 10)
    live = hub_over(FakeLog([]))
    await live.start()
    with pytest.raises(Stuck):
        await live.join(Sink(FakeTransport(taking=False)), "desk", None)


async def test_a_beat_is_silent_when_the_log_cannot_be_read() -> None:
    live = hub_over(FakeLog([]))
    await live.start()
    transport = FakeTransport()
    await live.join(Sink(transport), "desk", 0)
    await live.step()
    await live.beat()
    assert [m["t"] for m in transport.messages()] == ["beat"]
    live._read_at -= 10
    await live.beat()
    assert len(transport.messages()) == 1


async def test_a_class_that_nobody_uses_is_dropped_and_comes_back_whole() -> None:
    log = FakeLog([])
    live = hub_over(log)
    await live.start()
    sink = Sink(FakeTransport())
    await live.join(sink, "agency:1", 0)
    live.leave(sink)
    now = asyncio.get_running_loop().time()
    live.sweep(now)
    live.sweep(now + hub.IDLE_DROP_S + 1)
    assert live.views == []
    log.events += ["agency:1", "*"]
    again = FakeTransport()
    joining = asyncio.create_task(live.join(Sink(again), "agency:1", 0))
    while not joining.done():
        await live.step()
        await asyncio.sleep(0)
    assert what_it_knows(again, 0) == [1, 2]


async def test_starting_again_after_an_error_skips_nothing() -> None:
    log = FakeLog([])
    live = hub_over(log)
    await live.start()
    transport = FakeTransport()
    await live.join(Sink(transport), "desk", 0)
    log.events += ["desk", "*"]
    await live.start()
    while await live.step():
        pass
    assert what_it_knows(transport, 0) == [1, 2]


async def test_a_socket_that_came_before_the_start_gets_the_whole_log() -> None:
    log = FakeLog([])
    log.events += ["desk", "*", "agency:1"]
    live = hub_over(log)
    transport = FakeTransport()
    joining = asyncio.create_task(live.join(Sink(transport), "desk", 0))
    for _ in range(5):
        await asyncio.sleep(0)
    await live.start()
    await joining
    while await live.step():
        pass
    assert what_it_knows(transport, 0) == [1, 2]
