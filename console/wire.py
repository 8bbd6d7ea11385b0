"""The websocket protocol of the server, lending its transport to the hub.

uvicorn is started with `ws="console.wire:LiveProtocol"`: its own sans-io protocol, unchanged for
every other use, that puts itself into the scope. The hub then writes prepared messages straight
into the transport (measured: several times the messages a second of one `send` per socket) and can
abort a reader that never reads, which the ASGI interface has no word for. Compression stays off.

Under any other server `lent_transport` stands in `AsgiTransport`, which queues and sends by a task.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from console.hub.frames import CLOSE_FIN, unwrap
from console.hub.sinks import Transport

EXTENSION = "siponcega.wire"
WRITE_HIGH = 8 << 20
"""High-water mark of a lent transport: the hub bounds the buffer itself and never awaits a send."""

KERNEL_BUFFER = 128 << 10
"""Bytes the kernel may hold for one socket. Left alone it takes four megabytes for a reader that
never reads, and the hub would take that socket for a reading one all the while."""

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol; `scope["extensions"]["siponcega.wire"]` holds the protocol itself."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:  # else refused in the handshake, there is no scope
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self


class AsgiTransport:
    """Stands in for a transport under a server that does not lend its own.

    `pump` must run beside the socket's handler, which ends both when `ended` is set.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: deque[bytes] = deque()
        self._size = 0
        self._some = asyncio.Event()
        self._closing = False
        self.ended = asyncio.Event()

    def write(self, data: bytes) -> None:
        self._queue.append(data)
        self._size += len(data)
        self._some.set()

    def get_write_buffer_size(self) -> int:
        return self._size

    def is_closing(self) -> bool:
        return self._closing

    def abort(self) -> None:
        self._closing = True
        self.ended.set()

    async def pump(self) -> None:
        """Send what is queued until cancelled, or until the closing message went out."""
        while True:
            if not self._queue:
                self._some.clear()
                await self._some.wait()
                continue
            data = self._queue.popleft()
            for opcode, body in unwrap(data):
                if opcode == CLOSE_FIN:
                    code, reason = int.from_bytes(body[:2], "big"), body[2:].decode()
                    await self._send({"type": "websocket.close", "code": code, "reason": reason})
                    self.abort()
                    return
                await self._send({"type": "websocket.send", "text": body.decode()})
            self._size -= len(data)


def lent_transport(scope: Scope, send: Send) -> tuple[Transport, AsgiTransport | None]:
    """The socket's transport, and the stand-in that needs pumping when the server lent none."""
    protocol = scope.get("extensions", {}).get(EXTENSION)
    if isinstance(protocol, LiveProtocol):
        protocol.transport.set_write_buffer_limits(high=WRITE_HIGH)
        lent = protocol.transport.get_extra_info("socket")
        lent.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        return protocol.transport, None
    stand_in = AsgiTransport(send)
    return stand_in, stand_in
