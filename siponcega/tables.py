"""Every table of every room, loaded: what alembic compares a database with."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from core.models import Base
from siponcega.environment import ROOT

ROOMS = ("core", "geo", "registry", "dispatch", "notifier", "console", "programs")


def metadata() -> MetaData:
    """Models lie in files named models.py or in folders named models."""
    for room in ROOMS:
        files = [*(ROOT / room).rglob("models.py"), *(ROOT / room).rglob("models/*.py")]
        for file in files:
            parts = file.relative_to(ROOT).with_suffix("").parts
            import_module(".".join(parts).removesuffix(".__init__"))
    return Base.metadata
