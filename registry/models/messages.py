"""Tables of messages that a program asks to be sent to people it does not know by name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk
from registry.models.agencies import EMPTY_LIST, FALSE


class MessageRequest(Base):
    """A program's wish to write to people it does not know by name (`request.message`).

    The event carries the id only; `params` (fields of the template, never personal; a
    `{token}` in one becomes the recipient's own) and the limits stand here. `unless` names facts of an incident or of its reporter that forbid the message.
    """

    __tablename__ = "message_request"
    __table_args__ = (
        CheckConstraint("min_gap_days >= 0", name="gap"),
        UniqueConstraint("program", "purpose", "incident_id"),
    )
    id: Mapped[int] = pk()
    program: Mapped[str]
    purpose: Mapped[str]
    incident_id: Mapped[int | None]
    audience: Mapped[str]
    template: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_LIST)
    unless: Mapped[list[str]] = mapped_column(server_default=EMPTY_LIST)
    needs_consent: Mapped[bool] = mapped_column(server_default=FALSE)
    answer_digits: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    answer_max: Mapped[int] = mapped_column(Integer, server_default=text("9"))
    min_gap_days: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    requested_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]


class MessageRecipient(Base):
    """One number that a request may write to, and the answer awaited from it.

    `forgotten` rows only count: their hash belongs to nobody. `token_hash` is the SHA-256 of the recipient's own link; the token itself is never stored.
    """

    __tablename__ = "message_recipient"
    __table_args__ = (
        UniqueConstraint("request_id", "phone_hash"),
        Index("ix_message_recipient_phone_hash_claimed_at", "phone_hash", "claimed_at"),
    )
    id: Mapped[int] = pk()
    request_id: Mapped[int] = mapped_column(ForeignKey("message_request.id", ondelete="CASCADE"))
    phone_hash: Mapped[bytes]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    claimed_at: Mapped[datetime] = mapped_column(server_default=NOW)
    answered_at: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(server_default=FALSE)
