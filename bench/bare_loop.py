"""The raw limit of the stream: a loop that writes prepared frames to N sockets, and nothing else.

    python -m bench.bare_loop PORT SOCKETS EVENTS FRAME_BYTES

When all sockets are connected it waits for a line on stdin, writes EVENTS frames to each, and prints
when it began (time.monotonic()).
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import cast

import uvloop

MARKER = b'"t":"event"'


class Accepted(asyncio.Protocol):
    transports: list[asyncio.Transport] = []  # noqa: RUF012 (one server a process)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        made = cast(asyncio.Transport, transport)
        made.set_write_buffer_limits(high=64 << 20)
        self.transports.append(made)


async def main(port: int, sockets: int, events: int, size: int) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_server(Accepted, "127.0.0.1", port, backlog=sockets)
    print("listening", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    while len(Accepted.transports) < sockets:
        await asyncio.sleep(0.01)
    frame = b"\x81\x7e" + size.to_bytes(2, "big") + (b"{" + MARKER).ljust(size, b" ")
    print(time.monotonic(), flush=True)
    for _ in range(events):
        for transport in Accepted.transports:
            transport.write(frame)
        await asyncio.sleep(0)
    await loop.run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    uvloop.run(main(*(int(argument) for argument in sys.argv[1:])))
