"""Units on incidents: the assignment, its stamps, and the recommendation it came from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Computed, Float, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk
from dispatch.models.contacts import POINT

LIVE_STATES = (
    "reserved",
    "offered",
    "accepted",
    "en_route",
    "on_scene",
    "transporting",
    "at_facility",
)
LIVE = "state IN (" + ", ".join(f"'{s}'" for s in LIVE_STATES) + ")"


class Assignment(Base):
    """One unit on one incident. The partial unique index is the last guard of invariant 3.

    code: two digits that a responder types in an SMS when several are open.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index("uq_assignment_live_unit", "unit_id", unique=True, postgresql_where=text(LIVE)),
        Index("ix_assignment_incident_id", "incident_id"),
        Index("ix_assignment_unit_id", "unit_id", "id"),
    )
    id: Mapped[int] = pk()
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    capability: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'reserved'"))
    code: Mapped[str] = mapped_column(Computed("(10 + id % 90)::text", persisted=True))
    clock_round: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    trip: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    auto: Mapped[bool] = mapped_column(server_default=text("false"))
    eta_s: Mapped[int | None] = mapped_column(Integer)
    distance_m: Mapped[int | None] = mapped_column(Integer)
    eta_basis: Mapped[str | None]
    reason: Mapped[str | None]
    by_account: Mapped[int | None]
    accepted_by: Mapped[int | None]
    reserved_at: Mapped[datetime] = mapped_column(server_default=NOW)
    offered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    en_route_at: Mapped[datetime | None]
    on_scene_at: Mapped[datetime | None]
    transporting_at: Mapped[datetime | None]
    at_facility_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class AssignmentStamp(Base):
    """Every step with both clocks and where it came from (device, operator, sms, geofence, system).

    observation: a late device move that was no longer legal; kept, changes nothing. geom: where the
    unit was when it set out or arrived, by GPS, position_age_s old at that moment.
    """

    __tablename__ = "assignment_stamp"
    __table_args__ = (Index("ix_assignment_stamp_assignment_id", "assignment_id"),)
    id: Mapped[int] = pk()
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    state: Mapped[str]
    trip: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    source: Mapped[str]
    backfilled: Mapped[bool] = mapped_column(server_default=text("false"))
    observation: Mapped[bool] = mapped_column(server_default=text("false"))
    device_at: Mapped[datetime | None]
    server_at: Mapped[datetime] = mapped_column(server_default=NOW)
    geom: Mapped[Any | None] = mapped_column(POINT)
    position_age_s: Mapped[float | None] = mapped_column(Float)


class Recommendation(Base):
    """What was recommended, why, and who was left out, as it stood when somebody decided."""

    __tablename__ = "recommendation"
    __table_args__ = (Index("ix_recommendation_incident_id", "incident_id"),)
    id: Mapped[int] = pk()
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(server_default=NOW)
