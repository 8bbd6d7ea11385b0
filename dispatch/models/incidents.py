"""The thing that happens, what it needs, merges and hand-overs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk
from dispatch.models.contacts import POINT

# Indexed as a column of its own: moving among the live states then touches no index.
IS_LIVE = "state IN ('open', 'assigned', 'active', 'controlled')"
LIVE = "live"


class Incident(Base):
    """One incident. open, assigned and active are computed from its assignments.

    hidden: address and details only for the desk and the agencies involved.
    live_geom: where it is, while it is live.
    """

    __tablename__ = "incident"
    __table_args__ = (
        # Live rows only, so that a million past incidents cost nothing. Kind and place are in no
        # index together: the planner would read all of a kind instead of the few nearby. And no
        # two indexes serve the same question: a plan made while hardly anything was live would
        # take either, and keep it through the flood. So the place of a live one is a column.
        Index(
            "ix_incident_live_geom",
            "live_geom",
            postgresql_using="gist",
            postgresql_where=text("live_geom IS NOT NULL"),
        ),
        Index("ix_incident_live_area", "kelurahan_code", postgresql_where=text(LIVE)),
        Index("ix_incident_closed_at", "closed_at", postgresql_where=text("closed_at IS NOT NULL")),
    )
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Computed("'K' || id", persisted=True))
    type: Mapped[str]
    priority: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    live: Mapped[bool] = mapped_column(Computed(IS_LIVE, persisted=True))
    live_geom: Mapped[Any | None] = mapped_column(
        POINT, Computed(f"CASE WHEN {IS_LIVE} THEN geom END", persisted=True)
    )
    verified: Mapped[bool] = mapped_column(server_default=text("false"))
    hidden: Mapped[bool] = mapped_column(server_default=text("false"))
    geom: Mapped[Any | None] = mapped_column(POINT)
    kelurahan_code: Mapped[str | None]
    kelurahan_alt: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    lingkungan: Mapped[str | None]
    place_label: Mapped[str | None]
    uncertainty_m: Mapped[int | None] = mapped_column(Integer)
    out_of_city: Mapped[bool] = mapped_column(server_default=text("false"))
    alarm_level: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    casualties: Mapped[int | None] = mapped_column(Integer)
    linked_to: Mapped[int | None] = mapped_column(ForeignKey("incident.id"))
    disposition: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("incident.id"))
    taken_by: Mapped[int | None]
    taken_by_staff: Mapped[int | None]
    taken_at: Mapped[datetime | None]
    clock_round: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    opened_at: Mapped[datetime] = mapped_column(server_default=NOW)
    controlled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class Need(Base):
    """So many units of a capability at an alarm level, from the run card or added by a person.

    Unmet until live assignments of that capability cover it, or waived by name.
    """

    __tablename__ = "need"
    __table_args__ = (
        Index("uq_need_line", "incident_id", "alarm_level", "capability", unique=True),
    )
    id: Mapped[int] = pk()
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    alarm_level: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    capability: Mapped[str]
    count: Mapped[int] = mapped_column(Integer)
    waived_by: Mapped[int | None]
    waived_at: Mapped[datetime | None]
    waive_reason: Mapped[str | None]


class IncidentMerge(Base):
    """What a merge moved, so that it can be undone: ids of reports, assignments and needs."""

    __tablename__ = "incident_merge"
    __table_args__ = (Index("ix_incident_merge_incident_id", "incident_id"),)
    id: Mapped[int] = pk()
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    was_state: Mapped[str]
    moved: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    undone_at: Mapped[datetime | None]


class Handover(Base):
    """An incident offered to another agency or a neighbour. The sender owns it until acceptance."""

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_incident_id", "incident_id"),)
    id: Mapped[int] = pk()
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    from_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    to_name: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default=text("'offered'"))
    attempt: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    reason: Mapped[str | None]
    due_at: Mapped[datetime | None]
    offered_at: Mapped[datetime] = mapped_column(server_default=NOW)
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
