"""From what the statements fetch to the rows that frames carry (the desk's whole rows)."""

from __future__ import annotations

from typing import Any

from console.board import attention
from core.db import Row as Record
from core.privacy import Vault, VaultError, mask_phone

Row = dict[str, Any]

SNIPPET = 160
"""Characters of a report's text in its row; the whole text is read from `/reports/{id}`."""


def gone(row_id: int) -> Row:
    """Stands in for a row that is no longer on the board."""
    return {"id": row_id, "gone": True}


def incident(record: Record) -> Row:
    row = dict(record)
    for field in ("needs", "assignments", "handovers"):
        row[field] = row[field] or []
    for need, covered in zip(
        row["needs"], attention.met(row["needs"], row["assignments"]), strict=True
    ):
        need["met"] = covered
    row["attention"] = attention.of_incident(row)
    return row


def report(record: Record, vault: Vault) -> Row:
    row = dict(record)
    text = _decrypt(vault, row.pop("text_enc"))
    row["text"] = text if len(text) <= SNIPPET else text[: SNIPPET - 1].rstrip() + "…"
    row["phone_masked"] = mask_phone(_decrypt(vault, row.pop("phone_enc")))
    return row


def call(record: Record, vault: Vault) -> Row:
    row = dict(record)
    row["phone_masked"] = mask_phone(_decrypt(vault, row.pop("phone_enc")))
    return row


def unit(record: Record) -> Row:
    row = dict(record)
    row["busy"] = row["assignment_id"] is not None
    return row


def _decrypt(vault: Vault, blob: bytes | None) -> str:
    """The text of a blob; a row whose key is not here is still shown, without its text."""
    try:
        return vault.decrypt_text(blob)
    except VaultError:
        return ""
