"""`POST /api/v1/stream/ticket` and the websocket `/api/v1/stream?ticket=&after=<cursor>`."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from fastapi import APIRouter, WebSocket
from starlette.responses import Response

from console import tickets
from console.hub import frames
from console.hub.sinks import Sink
from console.hub.visibility import AGENCY_ROLES
from console.live import Live
from console.tickets import Pass
from console.wire import lent_transport
from core.access import SEES_ALL, allow, ticketed
from core.errors import Forbidden
from core.web.deps import CurrentSession, Transaction

CLIENT_MESSAGES = 20
CLIENT_WINDOW_S = 10.0

router = APIRouter(prefix="/api/v1", tags=["stream"])


@router.post("/stream/ticket", dependencies=[allow(*SEES_ALL, *AGENCY_ROLES)])
async def ticket(tx: Transaction, session: CurrentSession) -> Response:
    """A single-use ticket for the stream, good for 30 s. Needs a session, not a bearer token."""
    if session is None:
        raise Forbidden("Aliran langsung hanya untuk orang yang masuk.")
    body = msgspec.json.encode({"ticket": await tickets.issue(tx, session.id)})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.websocket("/stream", dependencies=[ticketed()])
async def stream(socket: WebSocket) -> None:
    """Frames as JSON text: snapshot, event, pos, beat, bye. What the client sends is ignored."""
    live: Live = socket.app.state.live
    held = await live.redeem(socket.query_params.get("ticket", ""))
    if held is None:
        await socket.close(frames.CLOSE_REVOKED)
        return
    await socket.accept()
    await _serve(socket, live, held, _cursor(socket.query_params.get("after")))


async def _serve(socket: WebSocket, live: Live, held: Pass, after: int | None) -> None:
    transport, stand_in = lent_transport(socket.scope, socket.send)
    sink = Sink(transport)
    work = [asyncio.create_task(live.sit(held, sink, after))]
    ends: list[asyncio.Task[Any]] = [asyncio.create_task(_listen(socket, sink))]
    if stand_in is not None:
        work.append(asyncio.create_task(stand_in.pump()))
        ends.append(asyncio.create_task(stand_in.ended.wait()))
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        live.rise(held, sink)
        for task in (*work, *ends):
            task.cancel()
        await asyncio.gather(*work, *ends, return_exceptions=True)


async def _listen(socket: WebSocket, sink: Sink) -> None:
    """Until the client is gone. It has nothing to say; one that talks a lot is closed."""
    loop = asyncio.get_running_loop()
    since, heard = loop.time(), 0
    while (await socket.receive())["type"] != "websocket.disconnect":
        if loop.time() - since > CLIENT_WINDOW_S:
            since, heard = loop.time(), 0
        heard += 1
        if heard > CLIENT_MESSAGES:
            sink.close(frames.CLOSE_TOO_MUCH, "terlalu banyak pesan")


def _cursor(text: str | None) -> int | None:
    """The client's cursor; anything that is not a number asks for a snapshot."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
