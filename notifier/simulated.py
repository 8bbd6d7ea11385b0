"""Messages that the demo's handsets send: the JSON that `/hp` posts, kept like any other."""

from __future__ import annotations

import json

from core.phone import normalize
from notifier.gateways.base import Channel, Incoming

NAME = "simulator"


def written(sender: str, text: str, channel: Channel, message_id: str) -> Incoming:
    """A handset's message as one that came in. `sender` in any spelling."""
    raw = json.dumps(
        {"id": message_id, "from": sender, "text": text, "channel": channel}, ensure_ascii=False
    )
    return Incoming(NAME, message_id, channel, normalize(sender), text, raw.encode())


def read_simulated(raw: bytes) -> Incoming:
    """The same from the bytes that were kept."""
    said = json.loads(raw)
    return written(said["from"], said["text"], said["channel"], said["id"])
