"""What came in (contact) and what it says (report); personal parts in side tables."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import ForeignKey, Index, Integer, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk

POINT = Geometry("POINT", srid=4326, spatial_index=False)


class Contact(Base):
    """One raw inbound thing. Kept whatever follows (invariant 1).

    state: received | unreadable, and for calls ringing | answered | ended.
    key_reused: the client's key came before with another body.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index(
            "uq_contact_client_key_body_mac",
            "client_key",
            "body_mac",
            unique=True,
            postgresql_where=text("client_key IS NOT NULL"),
        ),
        Index(
            "uq_contact_gateway_provider_id",
            "gateway",
            "provider_id",
            unique=True,
            postgresql_where=text("provider_id IS NOT NULL"),
        ),
        Index(
            "ix_contact_calls",
            "received_at",
            postgresql_where=text("state IN ('ringing', 'answered')"),
        ),
        Index("ix_contact_unreadable", "id", postgresql_where=text("state = 'unreadable'")),
    )
    id: Mapped[int] = pk()
    channel: Mapped[str]
    gateway: Mapped[str | None]
    provider_id: Mapped[str | None]
    client_key: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    body_mac: Mapped[bytes]
    key_reused: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str] = mapped_column(server_default=text("'received'"))
    line: Mapped[str | None]
    claimed_by: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    rate_limited: Mapped[bool] = mapped_column(server_default=text("false"))
    device_at: Mapped[datetime | None]
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class ContactPrivate(Base):
    """The verbatim bytes and the sender's number, encrypted; the number's keyed hash for look-up."""

    __tablename__ = "contact_private"
    __table_args__ = (
        Index(
            "ix_contact_private_phone_hash",
            "phone_hash",
            postgresql_where=text("phone_hash IS NOT NULL"),
        ),
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    raw_enc: Mapped[bytes | None]
    phone_enc: Mapped[bytes | None]
    phone_hash: Mapped[bytes | None]


class Report(Base):
    """What a contact says. Two machines: `place` and `handling` (dispatch/states.py).

    intake: 'pending' until the automatic part (link, open, reserve) has run; the worker's sweep
    finishes what a dying process left. asks_incident_id: an incident closed lately that fits; a
    person chooses "reopen" or "new, linked".
    """

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "ix_report_incident_id", "incident_id", postgresql_where=text("incident_id IS NOT NULL")
        ),
        Index("ix_report_contact_id", "contact_id"),
        Index("ix_report_new", "id", postgresql_where=text("handling = 'new'")),
        Index("ix_report_pending", "id", postgresql_where=text("intake = 'pending'")),
    )
    id: Mapped[int] = pk()
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    code: Mapped[str] = mapped_column(unique=True)
    track_hash: Mapped[bytes] = mapped_column(unique=True)
    handling: Mapped[str] = mapped_column(server_default=text("'new'"))
    place: Mapped[str] = mapped_column(server_default=text("'unlocated'"))
    intake: Mapped[str] = mapped_column(server_default=text("'done'"))
    class_: Mapped[str] = mapped_column("class")
    type: Mapped[str]
    priority: Mapped[str]
    confidence: Mapped[float]
    reasons: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    casualties: Mapped[int | None] = mapped_column(Integer)
    silent: Mapped[bool] = mapped_column(server_default=text("false"))
    life_threat: Mapped[bool] = mapped_column(server_default=text("false"))
    geom: Mapped[Any | None] = mapped_column(POINT)
    accuracy_m: Mapped[int | None] = mapped_column(Integer)
    reporter_geom: Mapped[Any | None] = mapped_column(POINT)
    kelurahan_code: Mapped[str | None]
    kelurahan_alt: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    lingkungan: Mapped[str | None]
    place_label: Mapped[str | None]
    place_basis: Mapped[str | None]
    out_of_city: Mapped[bool] = mapped_column(server_default=text("false"))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"))
    asks_incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class ReportPrivate(Base):
    """The words and the name, encrypted."""

    __tablename__ = "report_private"
    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    text_enc: Mapped[bytes | None]
    name_enc: Mapped[bytes | None]
    place_text_enc: Mapped[bytes | None]


class ReportMessage(Base):
    """What the reporter (or the desk) added later, encrypted. Never calls help off by itself."""

    __tablename__ = "report_message"
    __table_args__ = (Index("ix_report_message_report_id", "report_id"),)
    id: Mapped[int] = pk()
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    author: Mapped[str]
    text_enc: Mapped[bytes | None]
    seen_by: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
