"""The table all programs share. Their own stand in their packages, named in `Program.tables`, so that
importing `programs` makes every one known to migrations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base


class ProgramSetting(Base):
    """A city's own words and options for a program; empty columns mean the program's own."""

    __tablename__ = "program_setting"
    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    expansion: Mapped[str | None]
    owner: Mapped[str | None]
    options: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_at: Mapped[datetime] = mapped_column(server_default=NOW)
