"""Tables of houses, residents and what a person agreed to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from geoalchemy2 import WKBElement
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Base, pk
from registry.models.agencies import EMPTY_LIST, FALSE, ONE, POINT


class House(Base):
    """A dwelling and how to get to it: narrowest width in metres, stairs, a gate and who opens."""

    __tablename__ = "house"
    __table_args__ = (
        CheckConstraint("width_m > 0", name="width"),
        Index("ix_house_geom", "geom", postgresql_using="gist"),
        Index("ix_house_kelurahan_code_lingkungan", "kelurahan_code", "lingkungan"),
    )
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    kelurahan_code: Mapped[str]
    lingkungan: Mapped[str | None]
    geom: Mapped[WKBElement | None] = mapped_column(POINT)
    width_m: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    stairs: Mapped[bool] = mapped_column(server_default=FALSE)
    gate: Mapped[bool] = mapped_column(server_default=FALSE)
    floods: Mapped[bool] = mapped_column(server_default=FALSE)
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class HousePrivate(Base):
    """Address and the free words on access ("kunci di warung depan"), encrypted."""

    __tablename__ = "house_private"
    house_id: Mapped[int] = mapped_column(
        ForeignKey("house.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    address_enc: Mapped[bytes | None]
    access_enc: Mapped[bytes | None]


class Resident(Base):
    """A person who lives in the city, without a name: that stands in the side table.

    `vulnerability` in codes (bedridden, infant, pregnant, dialysis, oxygen, disabled, elderly),
    kept only under the consent `rescue_register`.
    """

    __tablename__ = "resident"
    __table_args__ = (
        Index("ix_resident_house_id", "house_id"),
        Index("ix_resident_kelurahan_code_lingkungan", "kelurahan_code", "lingkungan"),
    )
    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(unique=True)
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id", ondelete="SET NULL"))
    kelurahan_code: Mapped[str]
    lingkungan: Mapped[str | None]
    vulnerability: Mapped[list[str]] = mapped_column(server_default=EMPTY_LIST)
    erased_at: Mapped[datetime | None]
    example: Mapped[bool] = mapped_column(server_default=FALSE)
    version: Mapped[int] = mapped_column(server_default=ONE)


class ResidentPrivate(Base):
    """Name, phone, identity number and birth date of a resident, encrypted."""

    __tablename__ = "resident_private"
    __table_args__ = (
        Index("ix_resident_private_phone_hash", "phone_hash"),
        UniqueConstraint("nik_hash"),
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name_enc: Mapped[bytes | None]
    phone_enc: Mapped[bytes | None]
    phone_hash: Mapped[bytes | None]
    nik_enc: Mapped[bytes | None]
    nik_hash: Mapped[bytes | None]
    birth_date_enc: Mapped[bytes | None]


PURPOSES = ("alert", "survey", "rescue_register", "caller_lookup")


class Consent(Base):
    """A person's yes to one purpose, of a resident or of a bare phone number; withdrawn, not erased.

    A withdrawal without a yes before it (an SMS `STOP`) is a row with `given_at` empty.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("(resident_id IS NULL) <> (phone_hash IS NULL)", name="one_subject"),
        CheckConstraint("coalesce(given_at, withdrawn_at) IS NOT NULL", name="said"),
        CheckConstraint(
            "purpose IN ('alert', 'survey', 'rescue_register', 'caller_lookup')", name="purpose"
        ),
        Index(
            "uq_consent_resident_live",
            "resident_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_consent_phone_hash_purpose", "phone_hash", "purpose"),
        Index("ix_consent_resident_id_purpose", "resident_id", "purpose"),
    )
    id: Mapped[int] = pk()
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id", ondelete="CASCADE"))
    phone_hash: Mapped[bytes | None]
    purpose: Mapped[str]
    channel: Mapped[str]
    given_at: Mapped[datetime | None]
    given_by: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None]
