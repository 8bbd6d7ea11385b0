"""Tables of messages: what goes out, what became of it, what came in, what gateways last knew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk

# Also made by the migration: sequence delivery_lease, whose numbers fence the senders.

STATES = (
    "queued", "sending", "sent", "delivered", "read", "unknown", "failed",
    "suppressed", "expired", "cancelled",
)  # fmt: skip

_IN_STATES = ", ".join(f"'{state}'" for state in STATES)


class Delivery(Base):
    """One message to one recipient over one channel, with its truth.

    Recipient and text are encrypted and go when retention says so; ids and codes stay. `lease_token`
    fences the sender: a result is written only by who still holds it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(f"state IN ({_IN_STATES})", name="state"),
        CheckConstraint("lane IN ('life', 'normal')", name="lane"),
        CheckConstraint("channel IN ('sms', 'chat')", name="channel"),
        UniqueConstraint("dedupe_key"),
        Index(
            "ix_delivery_due", "lane", "urgency", "id", postgresql_where=text("state = 'queued'")
        ),
        Index("ix_delivery_leased", "lease_until", postgresql_where=text("state = 'sending'")),
        Index("ix_delivery_lookup", "lookup_at", postgresql_where=text("state = 'unknown'")),
        Index("ix_delivery_unconfirmed", "sent_at", postgresql_where=text("state = 'sent'")),
        Index(
            "uq_delivery_provider",
            "gateway",
            "provider_id",
            unique=True,
            postgresql_where=text("provider_id IS NOT NULL"),
        ),
        Index("ix_delivery_assignment_id", "assignment_id"),
        Index("ix_delivery_incident_id", "incident_id"),
        Index("ix_delivery_report_id", "report_id"),
        Index("ix_delivery_recipient_hash_queued_at", "recipient_hash", "queued_at"),
        Index("ix_delivery_gateway_sending_at", "gateway", "sending_at"),
    )
    id: Mapped[int] = pk()
    state: Mapped[str] = mapped_column(server_default=text("'queued'"))
    template: Mapped[str]
    channel: Mapped[str]
    lane: Mapped[str]
    urgency: Mapped[int] = mapped_column(SmallInteger, server_default=text("5"))
    recipient_enc: Mapped[bytes | None]
    recipient_hash: Mapped[bytes | None]
    body_enc: Mapped[bytes | None]
    segments: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    dedupe_key: Mapped[str]
    # What it is about.
    event_id: Mapped[int | None]
    request_event_id: Mapped[int | None]
    inbound_id: Mapped[int | None]
    incident_id: Mapped[int | None]
    assignment_id: Mapped[int | None]
    report_id: Mapped[int | None]
    staff_id: Mapped[int | None]
    replay_of: Mapped[int | None] = mapped_column(ForeignKey("delivery.id", ondelete="SET NULL"))
    # What became of it.
    gateway: Mapped[str | None]
    provider_id: Mapped[str | None]
    provider_status: Mapped[str | None]
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    lookups: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    lease_token: Mapped[int | None]
    lease_until: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=NOW)
    lookup_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    queued_at: Mapped[datetime] = mapped_column(server_default=NOW)
    sending_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class DeliveryReceipt(Base):
    """What a provider said about a message, each thing once, also when it came late or twice."""

    __tablename__ = "delivery_receipt"
    __table_args__ = (
        UniqueConstraint("gateway", "provider_id", "status"),
        Index("ix_delivery_receipt_delivery_id", "delivery_id"),
    )
    id: Mapped[int] = pk()
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    gateway: Mapped[str]
    provider_id: Mapped[str]
    status: Mapped[str]
    error_code: Mapped[str | None]
    applied: Mapped[bool]
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class InboundMessage(Base):
    """A message that a gateway brought, its bytes verbatim, kept before anybody reads it.

    `outcome`: assignment, request, update, report, stop; null until handled. Once a contact holds
    the same bytes, ours are dropped.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("gateway", "provider_id"),
        Index("ix_inbound_message_waiting", "id", postgresql_where=text("handled_at IS NULL")),
        Index("ix_inbound_message_sender_hash_received_at", "sender_hash", "received_at"),
    )
    id: Mapped[int] = pk()
    gateway: Mapped[str]
    provider_id: Mapped[str]
    channel: Mapped[str]
    source: Mapped[str] = mapped_column(server_default=text("'webhook'"))
    raw_enc: Mapped[bytes | None]
    sender_hash: Mapped[bytes | None]
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    retry_at: Mapped[datetime] = mapped_column(server_default=NOW)
    error: Mapped[str | None]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    contact_id: Mapped[int | None]
    assignment_id: Mapped[int | None]
    report_id: Mapped[int | None]


class GatewayState(Base):
    """What a gateway last knew: up to when its inbound list was read, since when it fails."""

    __tablename__ = "gateway_state"
    gateway: Mapped[str] = mapped_column(primary_key=True)
    inbound_seen_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    last_error: Mapped[str | None]


class SimulatorMessage(Base):
    """A message of the demo's handsets, either way. `delivery_id` makes sending idempotent."""

    __tablename__ = "simulator_message"
    __table_args__ = (
        CheckConstraint("direction IN ('to_handset', 'from_handset')", name="direction"),
        UniqueConstraint("delivery_id"),
        Index("ix_simulator_message_number_hash_id", "number_hash", "id"),
    )
    id: Mapped[int] = pk()
    direction: Mapped[str]
    channel: Mapped[str]
    number_enc: Mapped[bytes]
    number_hash: Mapped[bytes]
    body_enc: Mapped[bytes]
    delivery_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    seen_at: Mapped[datetime | None]
