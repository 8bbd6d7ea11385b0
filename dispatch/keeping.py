"""Keep what came in: contact, report and their private parts, before anything is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import asyncpg

from core.actor import Actor
from core.db import Database, Row, Tx
from core.moment import moment
from core.privacy import Vault
from dispatch import queries
from dispatch.again import answer_of, first_answer
from dispatch.inbound import Inbound, Taken
from dispatch.placing import Placed
from dispatch.screening import Screening
from dispatch.tracking import new_code, token, token_hash


@dataclass(frozen=True, slots=True)
class Understood:
    """What the rules made of an inbound thing. type, priority: a person's choice stands above."""

    placed: Placed
    said: Screening
    type: str
    priority: str
    hidden: bool
    opens: bool


async def keep(
    db: Database,
    vault: Vault,
    inbound: Inbound,
    actor: Actor,
    understood: Understood,
    tried: str | None = None,
) -> Taken:
    """Store it in one statement that commits alone. A repeated key and body gets the first answer.

    tried: the code under which an attempt of unknown end may have stored it. Raises `Unavailable`, or
    NotFound for a contact_id that is not there; nothing was acknowledged.
    """
    mac = vault.mac(inbound.raw)
    code = tried or new_code()
    async with db.read(actor) as tx:
        while True:
            try:
                row = await _insert(
                    tx, vault, inbound, mac, report_columns(vault, inbound, understood, code),
                    "pending" if understood.opens else "done",
                )  # fmt: skip
                break
            except asyncpg.UniqueViolationError as error:
                if error.constraint_name != "uq_report_code":
                    raise
                if code == tried:
                    stored = await answer_of(tx, vault, code, mac)
                    if stored is not None:
                        return stored
                code = new_code()
        if row is None:
            stored = await answer_of(tx, vault, tried, mac) if tried else None
            return stored or await first_answer(tx, vault, inbound, mac)
        tx.events += 1
    return kept(vault, row["contact_id"], row["report_id"], code, understood)


def kept(vault: Vault, contact_id: int, report_id: int, code: str, understood: Understood) -> Taken:
    """What is answered for a report that is stored, whatever comes of it."""
    return Taken(
        contact_id, report_id, code, token(vault, code), "diterima", understood.said.class_
    )


async def keep_unreadable(
    db: Database, vault: Vault, channel: str, raw: bytes, gateway: str | None, rate_limited: bool
) -> int | None:
    """Bytes that cannot be parsed, verbatim in the queue; the contact's id."""
    async with db.read() as tx:
        contact_id: int | None = await tx.fetchval(
            queries.KEEP_UNREADABLE, channel, gateway, None, vault.mac(raw), rate_limited,
            vault.encrypt(raw),
        )  # fmt: skip
        tx.events += 1
    return contact_id


async def _insert(
    tx: Tx, vault: Vault, inbound: Inbound, mac: bytes, report: tuple[Any, ...], intake: str
) -> Row | None:
    by = (tx.actor.kind, tx.actor.account_id)
    if inbound.contact_id is not None:
        key = str(inbound.client_key) if inbound.client_key else None
        return await tx.fetchrow(
            queries.ADD_REPORT, inbound.contact_id, *report, intake, *by, key, mac
        )
    contact = contact_columns(vault, inbound, mac)
    return await tx.fetchrow(queries.RECEIVE, *contact, *report, intake, *by)


def contact_columns(vault: Vault, inbound: Inbound, mac: bytes) -> tuple[Any, ...]:
    """channel, gateway, provider_id, client_key, body_mac, device_at, rate_limited; sealed: raw, phone;
    phone_hash."""
    phone = inbound.phone
    return (
        inbound.channel, inbound.gateway, inbound.provider_id, inbound.client_key, mac,
        moment(inbound.device_at), inbound.rate_limited, vault.encrypt(inbound.raw),
        vault.encrypt(phone) if phone else None, vault.phone_hash(phone) if phone else None,
    )  # fmt: skip


def report_columns(
    vault: Vault, inbound: Inbound, understood: Understood, code: str
) -> tuple[Any, ...]:
    """code, track_hash, class, type, priority, confidence, reasons, casualties, silent, lon, lat,
    accuracy_m, reporter lon and lat, kelurahan, alternatives, lingkungan, label, basis, out_of_city,
    candidates, life_threat; sealed: text, name, place_text."""
    said, placed = understood.said, understood.placed

    def sealed(value: str | None) -> bytes | None:
        return vault.encrypt(value) if value else None

    return (
        code, token_hash(token(vault, code)), said.class_, understood.type, understood.priority,
        said.confidence, list(said.reasons), said.casualties, understood.hidden,
        placed.lon, placed.lat, placed.accuracy_m, placed.reporter_lon, placed.reporter_lat,
        placed.kelurahan_code, list(placed.kelurahan[1:]), placed.lingkungan, placed.label,
        placed.basis, placed.outside, list(placed.candidates), said.life_threat,
        sealed(inbound.text), sealed(inbound.name), sealed(inbound.place_text),
    )  # fmt: skip
