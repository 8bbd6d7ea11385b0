"""Units, what they can do, and the run cards that ask for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Base, pk
from dispatch.models.contacts import POINT


class Unit(Base):
    """A dispatchable resource. `busy` is derived from its live assignment by a trigger.

    state: readiness only. pending_state: asked for during a job, applied when it clears.
    position_source: gps | home | sms | operator; anything but gps is shown as "perkiraan".
    """

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_station_id", "station_id"),)
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    kind: Mapped[str]
    vehicle_class: Mapped[str] = mapped_column(server_default=text("'car'"))
    capabilities: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(server_default=text("'off_duty'"))
    busy: Mapped[bool] = mapped_column(server_default=text("false"))
    pending_state: Mapped[str | None]
    out_reason: Mapped[str | None]
    posting: Mapped[str | None]
    home: Mapped[Any | None] = mapped_column(POINT)
    geom: Mapped[Any | None] = mapped_column(POINT)
    position_at: Mapped[datetime | None]
    position_source: Mapped[str | None]
    accuracy_m: Mapped[int | None] = mapped_column(Integer)
    example: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class UnitCapability(Base):
    """One row per unit and capability, kept by a trigger on `unit` for the nearest-neighbour search.

    free: available and without a live assignment; only free rows are in the spatial index, so the
    search does not slow down when the near ones are taken.
    """

    __tablename__ = "unit_capability"
    __table_args__ = (
        Index(
            "ix_unit_capability_free",
            "capability",
            "geom",
            postgresql_using="gist",
            postgresql_where=text("free"),
        ),
    )
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    capability: Mapped[str] = mapped_column(primary_key=True)
    geom: Mapped[Any | None] = mapped_column(POINT)
    free: Mapped[bool]
    vehicle_class: Mapped[str]


class RunCard(Base):
    """What an incident of a type and priority gets. auto: reserve by itself, offer after veto_s."""

    __tablename__ = "run_card"
    __table_args__ = (UniqueConstraint("type", "priority"),)
    id: Mapped[int] = pk()
    type: Mapped[str]
    priority: Mapped[str]
    auto: Mapped[bool] = mapped_column(server_default=text("false"))
    veto_s: Mapped[int] = mapped_column(Integer, server_default=text("20"))
    offer_timeout_s: Mapped[int] = mapped_column(Integer, server_default=text("60"))
    example: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class RunCardLine(Base):
    """Alarm levels are additive: level 2 asks for its lines on top of level 1."""

    __tablename__ = "run_card_line"
    run_card_id: Mapped[int] = mapped_column(
        ForeignKey("run_card.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    alarm_level: Mapped[int] = mapped_column(Integer, primary_key=True)
    capability: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
