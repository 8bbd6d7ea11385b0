"""The table of uploaded files. The bytes lie in `settings.uploads_dir`, named by handle."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.models import NOW, Base, pk


class Upload(Base):
    """A photo or voice note. `handle` is random: knowing it is the right to attach it.

    `place_enc` is the position the photo's EXIF named, encrypted: a hint where the reporter stood.
    `contact_id` is set when a contact takes the file (no foreign key: contacts live above); files
    that nobody took are removed after a day.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index(
            "ix_upload_contact_id", "contact_id", postgresql_where=text("contact_id IS NOT NULL")
        ),
    )
    id: Mapped[int] = pk()
    handle: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    place_enc: Mapped[bytes | None]
    contact_id: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
