"""Tables of the satisfaction survey."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk

FALSE = text("false")
ONE = text("1")


class SatisfactionService(Base):
    """A service unit that is surveyed. `population`: how many people it serves in a year."""

    __tablename__ = "satisfaction_service"
    __table_args__ = (CheckConstraint("population > 0", name="population"),)
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    population: Mapped[int | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    example: Mapped[bool] = mapped_column(server_default=FALSE)


class SatisfactionPeriod(Base):
    """The days of one survey of one service, both included; periods of a service never overlap."""

    __tablename__ = "satisfaction_period"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="span"),
        ExcludeConstraint(
            ("service_id", "="),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_satisfaction_period_one_at_a_time",
            using="gist",
        ),
    )
    id: Mapped[int] = pk()
    service_id: Mapped[int] = mapped_column(ForeignKey("satisfaction_service.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    example: Mapped[bool] = mapped_column(server_default=FALSE)


class SatisfactionTicket(Base):
    """Leave to answer once: printed at the counter. Only the hash of its token is kept."""

    __tablename__ = "satisfaction_ticket"
    id: Mapped[int] = pk()
    period_id: Mapped[int] = mapped_column(ForeignKey("satisfaction_period.id"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
    made_by: Mapped[int | None]
    used_at: Mapped[datetime | None]


SCORE = "u{0} BETWEEN 1 AND 4"


class SatisfactionResponse(Base):
    """One respondent's nine answers, without a name. The profile is voluntary and coarse.

    `recipient_id` is set for answers through the link in an SMS: one answer each.
    """

    __tablename__ = "satisfaction_response"
    __table_args__ = (
        CheckConstraint(" AND ".join(SCORE.format(n) for n in range(1, 10)), name="scores"),
        CheckConstraint("source IN ('counter', 'ticket', 'link', 'paper')", name="source"),
        Index("ix_satisfaction_response_period_id", "period_id"),
    )
    id: Mapped[int] = pk()
    period_id: Mapped[int] = mapped_column(ForeignKey("satisfaction_period.id"))
    source: Mapped[str]
    u1: Mapped[int] = mapped_column(SmallInteger)
    u2: Mapped[int] = mapped_column(SmallInteger)
    u3: Mapped[int] = mapped_column(SmallInteger)
    u4: Mapped[int] = mapped_column(SmallInteger)
    u5: Mapped[int] = mapped_column(SmallInteger)
    u6: Mapped[int] = mapped_column(SmallInteger)
    u7: Mapped[int] = mapped_column(SmallInteger)
    u8: Mapped[int] = mapped_column(SmallInteger)
    u9: Mapped[int] = mapped_column(SmallInteger)
    sex: Mapped[str | None]
    age_band: Mapped[str | None]
    education: Mapped[str | None]
    job: Mapped[str | None]
    client_key: Mapped[UUID | None] = mapped_column(Uuid, unique=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("satisfaction_ticket.id"), unique=True)
    recipient_id: Mapped[int | None] = mapped_column(unique=True)
    entered_by: Mapped[int | None]
    answered_at: Mapped[datetime] = mapped_column(server_default=NOW)
    example: Mapped[bool] = mapped_column(server_default=FALSE)


class SatisfactionQuick(Base):
    """Three answers by SMS after an incident: time (U3), manner (U7), result (U5)."""

    __tablename__ = "satisfaction_quick"
    __table_args__ = (
        CheckConstraint(
            "wait BETWEEN 1 AND 4 AND manner BETWEEN 1 AND 4 AND result BETWEEN 1 AND 4",
            name="scores",
        ),
        Index("ix_satisfaction_quick_answered_at", "answered_at"),
    )
    id: Mapped[int] = pk()
    recipient_id: Mapped[int | None] = mapped_column(unique=True)
    wait: Mapped[int] = mapped_column(SmallInteger)
    manner: Mapped[int] = mapped_column(SmallInteger)
    result: Mapped[int] = mapped_column(SmallInteger)
    answered_at: Mapped[datetime] = mapped_column(server_default=NOW)
    example: Mapped[bool] = mapped_column(server_default=FALSE)


class SatisfactionPublication(Base):
    """A published result, never changed: a correction is the next revision, with its reason.

    `totals` are the nine sums in the order U1-U9, so that anybody can check the arithmetic.
    `ikm_hundredths` is the IKM times 100.
    """

    __tablename__ = "satisfaction_publication"
    __table_args__ = (UniqueConstraint("period_id", "revision"),)
    id: Mapped[int] = pk()
    period_id: Mapped[int] = mapped_column(ForeignKey("satisfaction_period.id"))
    revision: Mapped[int]
    respondents: Mapped[int]
    totals: Mapped[list[int]]
    ikm_hundredths: Mapped[int]
    grade: Mapped[str]
    reason: Mapped[str | None]
    published_at: Mapped[datetime] = mapped_column(server_default=NOW)
    published_by: Mapped[int | None]
    example: Mapped[bool] = mapped_column(server_default=FALSE)


class SatisfactionAction(Base):
    """What an office will do about a weak element, by whom (an office, not a name) and by when."""

    __tablename__ = "satisfaction_action"
    __table_args__ = (
        UniqueConstraint("period_id", "element"),
        CheckConstraint("element ~ '^U[1-9]$'", name="element"),
    )
    id: Mapped[int] = pk()
    period_id: Mapped[int] = mapped_column(ForeignKey("satisfaction_period.id"))
    element: Mapped[str]
    action: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(server_default=ONE)
