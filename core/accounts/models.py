"""Tables of accounts. Secrets are hashed (passwords, tokens) or encrypted (TOTP)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk


class Account(Base):
    """Somebody (or a machine, role `service`) who may sign in. `login` is kept in lower case."""

    __tablename__ = "account"
    id: Mapped[int] = pk()
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    # No foreign key: agencies live in a room above.
    agency_id: Mapped[int | None]
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class AccountTotp(Base):
    """The second factor. `confirmed_at` is set by the first right code; `last_step` stops replay."""

    __tablename__ = "account_totp"
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret_enc: Mapped[bytes]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(server_default=text("0"))


class Session(Base):
    """One signed-in browser. `factors` is 1 after the password, 2 after the second factor."""

    __tablename__ = "session"
    __table_args__ = (
        Index(
            "ix_session_open_account_id",
            "account_id",
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )
    id: Mapped[int] = pk()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    factors: Mapped[int]
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    seen_at: Mapped[datetime] = mapped_column(server_default=NOW)
    idle_s: Mapped[int]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None]


class OneTimeLink(Base):
    """An invitation or a reset: sets a new password (and forgets the old second factor) once."""

    __tablename__ = "one_time_link"
    id: Mapped[int] = pk()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    purpose: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A bearer token of a machine: tracker, Traccar, another system of the city."""

    __tablename__ = "api_token"
    id: Mapped[int] = pk()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    label: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
