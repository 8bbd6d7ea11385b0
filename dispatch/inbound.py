"""One inbound thing, as every channel hands it to the intake, and what the intake made of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

TYPES = (
    "fire", "flood", "medical", "labour", "traffic_accident", "drowning", "rescue",
    "building_collapse", "fallen_tree", "utility_hazard", "gas_leak", "animal", "crime",
    "domestic_violence", "mental_health", "missing_person", "other", "none",
)  # fmt: skip
PRIORITIES = ("P1", "P2", "P3", "none")
CHANNELS = ("app", "web", "sms", "chat", "phone", "sensor")


@dataclass(frozen=True, slots=True)
class Inbound:
    """What came in.

    raw: the bytes as received, stored verbatim. lon, lat: the place of the incident as pinned, or
    the phone's own position (WGS 84 degrees); the words decide when they say another place.
    phone: E.164. by_desk: a person of the desk wrote it (type and place then open an incident).
    separate: the operator saw the candidates and says that it is another event.
    contact_id: an existing contact (a call) that this report belongs to.
    """

    channel: str
    raw: bytes
    text: str = ""
    declared_type: str | None = None
    declared_priority: str | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None
    reporter_lon: float | None = None
    reporter_lat: float | None = None
    place_text: str | None = None
    kelurahan_code: str | None = None
    phone: str | None = None
    name: str | None = None
    casualties: int | None = None
    silent: bool = False
    verified: bool = False
    by_desk: bool = False
    separate: bool = False
    gateway: str | None = None
    provider_id: str | None = None
    client_key: uuid.UUID | None = None
    device_at: datetime | None = None
    contact_id: int | None = None
    rate_limited: bool = False
    uploads: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `duplicate`: the same key and body came before; these are its answers.
    `stood`: an earlier attempt of the same call had stored it, with all that follows.

    status: diterima (in the queue) | kejadian (opened or joined an incident) | ditugaskan
    (a unit is reserved) | tak_terbaca.
    """

    contact_id: int
    report_id: int | None
    code: str | None
    token: str | None
    status: str
    class_: str
    incident_id: int | None = None
    unit_codes: tuple[str, ...] = ()
    duplicate: bool = False
    stood: bool = False
