"""Tables of this room: areas, the gazetteer, and the revision that tells caches to read again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import CheckConstraint, Float, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk

EMPTY = text("'{}'")


class Area(Base):
    """A kecamatan, kelurahan or lingkungan. `code` is Kemendagri's; a lingkungan's is our own.

    `geom` is null where no shape is known; `approximate` says that it was computed from centres.
    """

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("level IN ('kecamatan', 'kelurahan', 'lingkungan')", name="level"),
        Index("ix_area_geom", "geom", postgresql_using="gist"),
        Index("ix_area_parent_code", "parent_code"),
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
    bps_code: Mapped[str | None]
    name: Mapped[str]
    parent_code: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    ordinary_meaning: Mapped[str | None]
    postcode: Mapped[str | None]
    centroid: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    geom: Mapped[Any | None] = mapped_column(
        Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)
    )
    approximate: Mapped[bool] = mapped_column(server_default=text("true"))
    source: Mapped[str]
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Place(Base):
    """One name of the gazetteer: a street, river or landmark, or an alias made by hand.

    `area_codes` are the kelurahan that a source ties it to, the most trusted first.
    `published` places may be suggested to anybody.
    """

    __tablename__ = "place"
    __table_args__ = (
        Index("uq_place_slug", "slug", unique=True),
        Index("ix_place_geom", "geom", postgresql_using="gist"),
        Index(
            "ix_place_folded",
            "folded",
            postgresql_using="gin",
            postgresql_ops={"folded": "gin_trgm_ops"},
        ),
    )
    id: Mapped[int] = pk()
    slug: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    folded: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    area_codes: Mapped[list[str]] = mapped_column(server_default=EMPTY)
    geom: Mapped[Any | None] = mapped_column(Geometry("GEOMETRY", srid=4326, spatial_index=False))
    uncertainty_m: Mapped[float | None] = mapped_column(Float)
    source: Mapped[str]
    by_hand: Mapped[bool] = mapped_column(server_default=text("false"))
    published: Mapped[bool] = mapped_column(server_default=text("true"))


class GeoRevision(Base):
    """One row; `revision` grows with every change of areas or places."""

    __tablename__ = "geo_revision"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(server_default=NOW)
