"""Tables of the roads' state. The edges themselves come with the import of the map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import CheckConstraint, Float, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk


class Closure(Base):
    """A part of the road net that is shut, or under water, for a time. Never deleted: `closed_at`
    ends it. `shape` is an area, or a line along or across streets."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("kind IN ('closed', 'flood')", name="kind"),
        CheckConstraint("(kind = 'flood') = (depth_m IS NOT NULL)", name="flood_has_depth"),
        CheckConstraint("depth_m > 0 AND depth_m <= 20", name="depth"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_closure_standing", "starts_at", postgresql_where=text("closed_at IS NULL")),
    )
    id: Mapped[int] = pk()
    kind: Mapped[str]
    depth_m: Mapped[float | None] = mapped_column(Float)
    shape: Mapped[Any] = mapped_column(Geometry("GEOMETRY", srid=4326, spatial_index=False))
    note: Mapped[str | None]
    starts_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ends_at: Mapped[datetime | None]
    opened_by: Mapped[int | None]
    opened_at: Mapped[datetime] = mapped_column(server_default=NOW)
    closed_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class RoadRevision(Base):
    """One row: `net` grows with every change of road_edge, `closures` of closure, `speeds` of road_speed.
    Kept by triggers; processes compare it with what they hold."""

    __tablename__ = "road_revision"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    net: Mapped[int]
    closures: Mapped[int]
    speeds: Mapped[int] = mapped_column(server_default=text("1"))


class RoadSpeed(Base):
    """How many times as long a class of road takes in a band of hours than our own speeds say, learned
    from n arrivals and put in force by a person."""

    __tablename__ = "road_speed"
    __table_args__ = (
        CheckConstraint("factor BETWEEN 0.2 AND 5", name="factor"),
        CheckConstraint("n > 0", name="n"),
    )
    road: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[str] = mapped_column(primary_key=True)
    factor: Mapped[float] = mapped_column(Float)
    n: Mapped[int] = mapped_column(Integer)
    learned_at: Mapped[datetime] = mapped_column(server_default=NOW)
