"""The declarative base of all tables, and the tables of core itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

NOW = text("clock_timestamp()")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: BigInteger,
        bytes: LargeBinary,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[str]: ARRAY(Text),
        list[int]: ARRAY(BigInteger),
    }


def pk() -> Mapped[int]:
    """A bigint identity primary key."""
    return mapped_column(BigInteger, Identity(), primary_key=True)


class EventRow(Base):
    """One row a fact: outbox, timeline and replay in one. See core/events/__init__.py."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "ix_event_unsealed",
            "id",
            postgresql_where=text("position IS NULL"),
        ),
        Index(
            "uq_event_position",
            "position",
            unique=True,
            postgresql_where=text("position IS NOT NULL"),
        ),
        Index(
            "ix_event_incident_id_id",
            "incident_id",
            "id",
            postgresql_where=text("incident_id IS NOT NULL"),
        ),
    )
    id: Mapped[int] = pk()
    position: Mapped[int | None]
    kind: Mapped[str]
    incident_id: Mapped[int | None]
    subject_type: Mapped[str | None]
    subject_id: Mapped[int | None]
    audience: Mapped[str]
    agencies: Mapped[list[int]] = mapped_column(server_default=text("'{}'"))
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    device_at: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    hash: Mapped[bytes | None]


class EventHead(Base):
    """One row: the last position given and the chain's last hash. Locked by the sequencer."""

    __tablename__ = "event_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int]
    hash: Mapped[bytes]


class EventCursor(Base):
    """How far a named consumer has read."""

    __tablename__ = "event_cursor"
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class EventFailure(Base):
    """An event that a consumer could not handle: set aside, shown by `doctor`, replayable."""

    __tablename__ = "event_failure"
    __table_args__ = (UniqueConstraint("consumer", "event_id"),)
    id: Mapped[int] = pk()
    consumer: Mapped[str]
    event_id: Mapped[int]
    error: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    resolved_at: Mapped[datetime | None]


class TimerRow(Base):
    """Something due at a time of the database's clock; survives every restart."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_due", "due_at", postgresql_where=text("done_at IS NULL")),
        Index(
            "uq_timer_open",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("done_at IS NULL"),
        ),
    )
    id: Mapped[int] = pk()
    kind: Mapped[str]
    subject_id: Mapped[int]
    due_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    done_at: Mapped[datetime | None]


class Heartbeat(Base):
    """Last sign of life of a process (worker, sequencer); `/readyz` reads it."""

    __tablename__ = "heartbeat"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class Idempotency(Base):
    """First answer given to a keyed POST other than reports (those key the contact itself)."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("scope", "key", "body_mac"),)
    id: Mapped[int] = pk()
    scope: Mapped[str]
    key: Mapped[str]
    body_mac: Mapped[bytes]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
