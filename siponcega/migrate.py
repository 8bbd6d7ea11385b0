"""Bringing a database to the newest shape, by alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from siponcega.environment import ROOT


def config(database_url: str) -> Config:
    chosen = Config(str(ROOT / "alembic.ini"))
    chosen.attributes["database_url"] = database_url
    return chosen


def upgrade(database_url: str, to: str = "head") -> None:
    """Run every missing migration. Not to be called inside a running event loop."""
    command.upgrade(config(database_url), to)
