"""One visibility class: who listens, and the frames it was sent lately."""

from __future__ import annotations

from collections import deque

from console.hub.sinks import Sink

RING_BYTES = 4 << 20
"""Recent frames kept per class, so that a storm of reconnecting consoles does not ask the
database the same question five hundred times."""


class Channel:
    """The live sockets of one class and a ring of its recent frames.

    The ring is complete from `ring_from` (exclusive) up to the hub's position.
    """

    def __init__(self, view: str, position: int) -> None:
        self.view = view
        self.live: set[Sink] = set()
        self.joining = 0
        self.ring_from = position
        self._ring: deque[tuple[int, bytes]] = deque()
        self._ring_size = 0
        self._idle_since: float | None = None
        self.snapshot: tuple[int, float, bytes] | None = None

    def drop_due(self, now: float, after_s: float) -> bool:
        """True when nobody has listened or joined for `after_s`."""
        if self.live or self.joining:
            self._idle_since = None
            return False
        if self._idle_since is None:
            self._idle_since = now
        return now - self._idle_since >= after_s

    def remember(self, position: int, data: bytes) -> None:
        """Keep the joined frames of a batch that ended at `position`."""
        self._ring.append((position, data))
        self._ring_size += len(data)
        while self._ring_size > RING_BYTES:
            dropped, old = self._ring.popleft()
            self._ring_size -= len(old)
            self.ring_from = dropped

    def since(self, cursor: int) -> bytes | None:
        """All frames after `cursor`, or None when the ring does not reach back exactly there.

        Batches are kept whole, so a cursor inside one is answered by the log instead.
        """
        if cursor == self.ring_from:
            return b"".join(data for _, data in self._ring)
        found = False
        parts: list[bytes] = []
        for position, data in self._ring:
            if found:
                parts.append(data)
            elif position == cursor:
                found = True
        return b"".join(parts) if found else None
