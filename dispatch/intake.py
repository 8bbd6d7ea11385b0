"""The intake: contact kept → understood → placed → screened → linked or opened → reserved.

Invariant 1. The contact and its report are one statement that commits by itself before anything else
is tried. What follows (link, open, reserve) is a second transaction; when it fails or the process
dies, the report stands in the queue marked pending and the worker's sweep finishes it. The reporter's
answer depends on the first alone.
"""

from __future__ import annotations

from typing import Any

import asyncpg
import structlog

from core.actor import REPORTER, Actor
from core.context import Context
from core.db import Tx
from core.errors import Problem
from dispatch import queries
from dispatch.inbound import Inbound, Taken
from dispatch.linking import (
    ASK_WINDOW_H,
    HIDDEN_TYPES,
    METRES_PER_DEGREE,
    PRECISE_M,
    area_lock_key,
    lock_keys,
    rule_for,
)
from dispatch.placing import NOWHERE, Placed, place
from dispatch.raising import raise_incident
from dispatch.reserve import Reserved, rank, reserve, reserve_best
from dispatch.screening import Screening, screen
from dispatch.tokens import new_code, token_hash, tracking_token
from geo.eta import EtaSource, Origin
from geo.geography import Geography

log = structlog.get_logger(__name__)

CANDIDATES = 8
SWEEP_AFTER_S = 5.0
UNKNOWN = Screening(
    class_="unclear",
    type="none",
    priority="none",
    casualties=None,
    silent=False,
    life_threat=False,
    confidence=0.0,
    reasons=("screening:failed",),
)


class Intake:
    """One per process. `take` never raises for what follows the contact."""

    def __init__(self, context: Context, geography: Geography, eta: EtaSource) -> None:
        self._db = context.db
        self._vault = context.vault
        self._geography = geography
        self._eta = eta

    async def take(self, inbound: Inbound, actor: Actor = REPORTER) -> Taken:
        """Keep it, understand it, act on it. Raises only what keeping it raises (`Unavailable`)."""
        placed, said = self.understand(inbound)
        opens = opens_incident(inbound, placed, said)
        taken = await self._receive(inbound, actor, placed, said, opens)
        if not opens or taken.duplicate or taken.report_id is None:
            return taken
        try:
            incident_id, reserved = await self._act(taken.report_id, inbound, actor, placed, said)
        except (Problem, asyncpg.PostgresError, OSError):
            log.exception("intake_follow_up_failed", report_id=taken.report_id)
            return taken
        return _acted(taken, incident_id, reserved)

    def understand(self, inbound: Inbound) -> tuple[Placed, Screening]:
        """Place and screen. A fault in the rules costs the understanding, never the contact."""
        try:
            placed = place(inbound, self._geography)
        except Exception:
            log.exception("placing_failed", channel=inbound.channel)
            placed = NOWHERE
        try:
            said = screen(
                inbound.text,
                declared_type=inbound.declared_type,
                has_position=placed.known,
                out_of_city=placed.outside,
                agency_channel=inbound.by_desk,
            )
        except Exception:
            log.exception("screening_failed", channel=inbound.channel)
            said = UNKNOWN
        return placed, said

    async def keep_unreadable(
        self, channel: str, raw: bytes, *, gateway: str | None = None, rate_limited: bool = False
    ) -> int | None:
        """Bytes that cannot be parsed, kept verbatim in the queue; the contact's id."""
        async with self._db.read() as tx:
            contact_id: int | None = await tx.fetchval(
                queries.KEEP_UNREADABLE,
                channel,
                gateway,
                None,
                self._vault.mac(raw),
                rate_limited,
                self._vault.encrypt(raw),
            )
            tx.events += 1
        return contact_id

    async def sweep(self, after_s: float = SWEEP_AFTER_S) -> int:
        """Finish reports whose follow-up a dying process left undone; how many."""
        async with self._db.read() as tx:
            ids = [row["id"] for row in await tx.fetch(queries.PENDING, after_s)]
        for report_id in ids:
            await self.finish(report_id)
        return len(ids)

    async def finish(self, report_id: int, actor: Actor = REPORTER) -> Taken | None:
        """Run the follow-up of a stored report again. Raises what the database raises."""
        async with self._db.read() as tx:
            row = await tx.fetchrow(queries.PENDING_REPORT, report_id)
        if row is None:
            return None
        placed = Placed(
            lon=row["lon"],
            lat=row["lat"],
            accuracy_m=row["accuracy_m"],
            kelurahan=tuple(c for c in (row["kelurahan_code"], *row["kelurahan_alt"]) if c),
            lingkungan=row["lingkungan"],
            label=row["place_label"],
            outside=row["out_of_city"],
        )
        said = Screening(
            class_=row["class"],
            type=row["type"],
            priority=row["priority"],
            casualties=row["casualties"],
            silent=row["silent"],
            life_threat=False,
            confidence=1.0,
            reasons=(),
        )
        incident_id, reserved = await self._act(
            report_id, Inbound(channel="sensor", raw=b""), actor, placed, said
        )
        taken = Taken(row["contact_id"], report_id, None, None, "diterima", said.class_)
        return _acted(taken, incident_id, reserved)

    async def _receive(
        self, inbound: Inbound, actor: Actor, placed: Placed, said: Screening, opens: bool
    ) -> Taken:
        vault = self._vault
        mac = vault.mac(inbound.raw)
        token = tracking_token(vault, inbound.client_key, mac)
        priority = inbound.declared_priority or said.priority
        type_ = _type(inbound, said)
        place_words = inbound.place_text if inbound.place_text else None

        def report(code: str) -> tuple[Any, ...]:
            return (
                code, token_hash(token), "pending" if opens else "done", said.class_, type_,
                priority, said.confidence, list(said.reasons), said.casualties,
                said.silent or inbound.silent,
            )  # fmt: skip

        place_args = (
            placed.lon, placed.lat, placed.accuracy_m, placed.reporter_lon, placed.reporter_lat,
            placed.kelurahan_code, list(placed.kelurahan[1:]), placed.lingkungan, placed.label,
            placed.basis, placed.outside, list(placed.candidates), said.life_threat,
            vault.encrypt(inbound.text) if inbound.text else None,
            vault.encrypt(inbound.name) if inbound.name else None,
            vault.encrypt(place_words) if place_words else None,
            actor.kind, actor.account_id,
        )  # fmt: skip
        async with self._db.read(actor) as tx:
            code, row = await self._insert(tx, inbound, mac, report, place_args)
            if row is None:
                return await self._first_answer(tx, inbound, mac)
            tx.events += 1
        return Taken(row["contact_id"], row["report_id"], code, token, "diterima", said.class_)

    async def _insert(
        self, tx: Tx, inbound: Inbound, mac: bytes, report: Any, place_args: tuple[Any, ...]
    ) -> tuple[str, Any]:
        vault, phone = self._vault, inbound.phone
        while True:
            code = new_code()
            try:
                if inbound.contact_id is not None:
                    row = await tx.fetchrow(
                        queries.ADD_REPORT, inbound.contact_id, *report(code), *place_args
                    )
                else:
                    row = await tx.fetchrow(
                        queries.RECEIVE,
                        inbound.channel, inbound.gateway, inbound.provider_id, inbound.client_key,
                        mac, inbound.device_at, inbound.rate_limited, vault.encrypt(inbound.raw),
                        vault.encrypt(phone) if phone else None,
                        vault.phone_hash(phone) if phone else None,
                        *report(code), *place_args,
                    )  # fmt: skip
            except asyncpg.UniqueViolationError as error:
                if error.constraint_name == "uq_report_code":
                    continue
                raise
            return code, row

    async def _first_answer(self, tx: Tx, inbound: Inbound, mac: bytes) -> Taken:
        row = await tx.fetchrow(
            queries.FIRST_ANSWER, inbound.client_key, mac, inbound.gateway, inbound.provider_id
        )
        assert row is not None, "the conflicting contact is committed"
        token = None
        if row["client_key"] is not None:
            token = tracking_token(self._vault, row["client_key"], row["body_mac"])
        status = "diterima"
        if row["incident_id"] is not None:
            status = "ditugaskan" if row["assigned"] else "kejadian"
        return Taken(
            row["contact_id"], row["report_id"], row["code"], token, status,
            row["class"] or "unclear", row["incident_id"], duplicate=True,
        )  # fmt: skip

    async def _act(
        self, report_id: int, inbound: Inbound, actor: Actor, placed: Placed, said: Screening
    ) -> tuple[int | None, list[Reserved]]:
        type_ = _type(inbound, said)
        priority = inbound.declared_priority or said.priority
        rule = rule_for(type_)
        precise = placed.known and (placed.accuracy_m or 0) <= PRECISE_M
        locks: list[int] = []
        if placed.known:
            assert placed.lon is not None and placed.lat is not None
            locks = lock_keys(type_, placed.lon, placed.lat, rule.radius_m)
        if rule.area_s and placed.kelurahan_code:
            locks.append(area_lock_key(type_, placed.kelurahan_code))
        async with self._db.tx(actor, locks) as tx:
            row = await tx.fetchrow(
                queries.LINK_OR_OPEN,
                report_id, type_, placed.lon, placed.lat, rule.radius_m / METRES_PER_DEGREE,
                rule.window_s, rule.area_s, placed.kelurahan_code, precise, placed.lingkungan,
                ASK_WINDOW_H, priority, inbound.verified,
                type_ in HIDDEN_TYPES or said.silent or inbound.silent,
                list(placed.kelurahan[1:]), placed.label, placed.accuracy_m, placed.outside,
                said.casualties, actor.kind, actor.account_id, PRECISE_M, CANDIDATES,
                inbound.by_desk,
            )  # fmt: skip
            tx.events += 1
            if row is None or row["incident_id"] is None:
                return None, []
            incident_id: int = row["incident_id"]
            if row["code"] is None:
                await raise_incident(tx, incident_id, priority, said.casualties)
            reserved: list[Reserved] = []
            if row["auto"] and placed.known and not placed.outside:
                reserved = await self._reserve(tx, incident_id, row, placed)
        return incident_id, reserved

    async def _reserve(self, tx: Tx, incident_id: int, row: Any, placed: Placed) -> list[Reserved]:
        assert placed.lon is not None and placed.lat is not None
        got: list[Reserved] = []
        for need in row["needs"] or ():
            origins = [Origin(*unit) for unit in need["units"]]
            taken = {r.unit_id for r in got}
            ranked, basis = rank(
                self._eta, placed.lon, placed.lat, [o for o in origins if o.unit_id not in taken]
            )
            # The list came with the link; look further only when it may have been too short.
            whole = len(origins) < CANDIDATES
            found = await reserve(
                tx, incident_id=incident_id, capability=need["capability"], count=need["count"],
                ranked=ranked, auto=True, offer_after_s=row["veto_s"], basis=basis,
                wanted=need["count"] if whole else 0,
            )  # fmt: skip
            got += found
            missing = need["count"] - len(found)
            if missing and not whole:
                got += await reserve_best(
                    tx, self._eta, incident_id=incident_id, capability=need["capability"],
                    count=missing, lon=placed.lon, lat=placed.lat,
                    exclude=[r.unit_id for r in got], auto=True, offer_after_s=row["veto_s"],
                )  # fmt: skip
        return got


def opens_incident(inbound: Inbound, placed: Placed, said: Screening) -> bool:
    """DESIGN, "who opens an incident": type and place from the desk, or an emergency with a place.

    A place outside the city counts: the incident is for hand-over.
    """
    if _type(inbound, said) == "none":
        return False
    somewhere = placed.known or placed.outside
    if inbound.by_desk:
        return somewhere
    if said.class_ == "out_of_city":
        return placed.outside and said.priority != "none"
    return said.class_ == "emergency" and somewhere


def _type(inbound: Inbound, said: Screening) -> str:
    """What a person chose stands above what the rules read out of the words."""
    return inbound.declared_type or said.type


def _acted(taken: Taken, incident_id: int | None, reserved: list[Reserved]) -> Taken:
    if incident_id is None:
        return taken
    return Taken(
        taken.contact_id, taken.report_id, taken.code, taken.token,
        "ditugaskan" if reserved else "kejadian", taken.class_, incident_id,
        tuple(r.unit_code for r in reserved),
    )  # fmt: skip
