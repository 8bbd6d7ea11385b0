"""Tables filled by the OpenStreetMap import, and the names that people here add to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import REAL, CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk


class RoadEdge(Base):
    """A stretch of road between two junctions, as drawn from `source_node` to `target_node`.

    `oneway` 1: only along the line, -1: only against it, 0: both. Null where the map is silent.
    """

    __tablename__ = "road_edge"
    __table_args__ = (
        CheckConstraint("oneway IN (-1, 0, 1)", name="oneway"),
        Index("ix_road_edge_geom", "geom", postgresql_using="gist"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_node: Mapped[int]
    target_node: Mapped[int]
    way_id: Mapped[int]
    road: Mapped[str] = mapped_column("class")
    name: Mapped[str | None]
    oneway: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    maxspeed_kmh: Mapped[float | None] = mapped_column(REAL)
    width_m: Mapped[float | None] = mapped_column(REAL)
    access: Mapped[str | None]
    bridge: Mapped[bool] = mapped_column(server_default=text("false"))
    surface: Mapped[str | None]
    length_m: Mapped[float] = mapped_column(REAL)
    geom: Mapped[Any] = mapped_column(Geometry("LINESTRING", srid=4326, spatial_index=False))


class Water(Base):
    """A river's line or a lake's ground, for the map."""

    __tablename__ = "water"
    __table_args__ = (Index("ix_water_geom", "geom", postgresql_using="gist"),)
    id: Mapped[int] = pk()
    osm_id: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str | None]
    geom: Mapped[Any] = mapped_column(Geometry("GEOMETRY", srid=4326, spatial_index=False))


class NameAlias(Base):
    """A spelling given by hand to an area or a place; survives every import.

    `place_kind`, `place_name` and `at` find the place again when its row was replaced.
    """

    __tablename__ = "name_alias"
    __table_args__ = (
        CheckConstraint("(area_code IS NULL) <> (place_slug IS NULL)", name="target"),
        Index(
            "uq_name_alias_folded", "folded", text("coalesce(area_code, place_slug)"), unique=True
        ),
    )
    id: Mapped[int] = pk()
    alias: Mapped[str]
    folded: Mapped[str]
    area_code: Mapped[str | None]
    place_slug: Mapped[str | None]
    place_kind: Mapped[str | None]
    place_name: Mapped[str | None]
    at: Mapped[Any | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    source: Mapped[str]
    added_by: Mapped[int | None]
    added_at: Mapped[datetime] = mapped_column(server_default=NOW)


class MapImport(Base):
    """One import that went in: the file, the part of it, and what it brought."""

    __tablename__ = "map_import"
    id: Mapped[int] = pk()
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    file: Mapped[str]
    area: Mapped[str | None]
    counts: Mapped[dict[str, Any]]
    seconds: Mapped[float] = mapped_column(REAL)
