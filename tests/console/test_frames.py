"""Frames on the wire: what `wrap` makes, any websocket library reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from console.hub import frames


def read_by_a_library(data: bytes) -> list[Frame]:
    client = ClientProtocol(parse_uri("ws://x/"), max_size=None)
    client.state = type(client.state).OPEN
    client.parser = client.parse()
    next(client.parser)
    client.receive_data(data)
    return [event for event in client.events_received() if isinstance(event, Frame)]


@given(st.lists(st.sampled_from([0, 1, 125, 126, 127, 65_535, 65_536, 70_000]), max_size=4))
def test_messages_of_any_size_are_read_back(sizes: list[int]) -> None:
    bodies = [b"x" * size for size in sizes]
    data = b"".join(map(frames.wrap, bodies))
    assert [bytes(frame.data) for frame in read_by_a_library(data)] == bodies
    assert [body for _, body in frames.unwrap(data)] == bodies


def test_a_long_reason_still_fits_a_closing_message() -> None:
    (frame,) = read_by_a_library(frames.close_message(frames.CLOSE_SLOW, "lambat " * 40))
    assert frame.opcode is Opcode.CLOSE
    assert len(frame.data) <= 125
