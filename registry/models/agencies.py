"""Tables of agencies, stations, staff and who is on duty."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk

POINT = Geometry("POINT", srid=4326, spatial_index=False)
"""A place, longitude and latitude. Indexed by name in each table, so that migrations see it."""

FALSE = text("false")
TRUE = text("true")
ONE = text("1")
EMPTY_LIST = text("'{}'")


class Agency(Base):
    """An office that answers (DAMKAR, PSC, POLRES, BPBD …). `words` maps our states to its own."""

    __tablename__ = "agency"
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    phone_public: Mapped[str | None]
    words: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_LIST)
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class Station(Base):
    """A place where units stand."""

    __tablename__ = "station"
    __table_args__ = (
        Index("ix_station_geom", "geom", postgresql_using="gist"),
        Index("ix_station_agency_id", "agency_id"),
    )
    id: Mapped[int] = pk()
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str | None]
    geom: Mapped[WKBElement | None] = mapped_column(POINT)
    kelurahan_code: Mapped[str | None]
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class Staff(Base):
    """A person who works for an agency. `code` is the agency's own short number of the person."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)
    id: Mapped[int] = pk()
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    account_id: Mapped[int | None] = mapped_column(unique=True)
    code: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=TRUE)
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class StaffPrivate(Base):
    """Phone and identity number of a staff member, encrypted; hashes for look-up by number."""

    __tablename__ = "staff_private"
    __table_args__ = (
        Index("ix_staff_private_phone_hash", "phone_hash"),
        UniqueConstraint("nik_hash"),
    )
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    phone_enc: Mapped[bytes | None]
    phone_hash: Mapped[bytes | None]
    nik_enc: Mapped[bytes | None]
    nik_hash: Mapped[bytes | None]


DUTY_KINDS = ("crew", "on_call", "desk")


class Duty(Base):
    """A person's shift: crew of a unit, on call, or at the desk. Who is on now is a query.

    One person cannot stand in two shifts of one kind at the same time: the database refuses it.
    """

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("kind IN ('crew', 'on_call', 'desk')", name="kind"),
        CheckConstraint("ends_at > starts_at", name="span"),
        CheckConstraint("(kind = 'crew') = (unit_id IS NOT NULL)", name="unit"),
        ExcludeConstraint(
            ("staff_id", "="),
            ("kind", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            name="ex_duty_one_at_a_time",
            using="gist",
        ),
        Index("ix_duty_unit_id_ends_at", "unit_id", "ends_at"),
        Index("ix_duty_kind_ends_at", "kind", "ends_at"),
    )
    id: Mapped[int] = pk()
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    unit_id: Mapped[int | None]
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    entered_at: Mapped[datetime] = mapped_column(server_default=NOW)


class Shelter(Base):
    """A place that takes people in. `capacity` in persons."""

    __tablename__ = "shelter"
    __table_args__ = (
        CheckConstraint("capacity >= 0", name="capacity"),
        Index("ix_shelter_geom", "geom", postgresql_using="gist"),
    )
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str | None]
    geom: Mapped[WKBElement | None] = mapped_column(POINT)
    kelurahan_code: Mapped[str | None]
    capacity: Mapped[int]
    facilities: Mapped[list[str]] = mapped_column(server_default=EMPTY_LIST)
    open: Mapped[bool] = mapped_column(server_default=FALSE)
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class Hospital(Base):
    """Where a patient can be brought. `capabilities` in codes: er, icu, surgery, childbirth …"""

    __tablename__ = "hospital"
    __table_args__ = (Index("ix_hospital_geom", "geom", postgresql_using="gist"),)
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str | None]
    phone_public: Mapped[str | None]
    geom: Mapped[WKBElement | None] = mapped_column(POINT)
    kelurahan_code: Mapped[str | None]
    capabilities: Mapped[list[str]] = mapped_column(server_default=EMPTY_LIST)
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)
