"""Tables of the console. What it shows lives in the rooms below; this is only the stream's door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Base


class StreamTicket(Base):
    """Opens one websocket within 30 s; redeeming deletes the row. In PostgreSQL, not Redis: the
    desk must be able to reconnect while Redis is dead."""

    __tablename__ = "stream_ticket"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
