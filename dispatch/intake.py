"""The intake: contact kept → understood → placed → screened → linked or opened → reserved.

Invariant 1. What opens an incident is kept and acted on in one call of the database, the acting in a
savepoint after the keeping (at_once.py). Everything else, and whatever that call could not do, is kept
by one statement that commits by itself (keeping.py) and acted on after it. When the acting fails or
the process dies, the report stands in the queue marked pending and the worker's sweep finishes it: the
reporter's answer depends on the keeping alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import asyncpg
import structlog

from core.actor import REPORTER, Actor
from core.context import Context
from core.errors import Problem, Unavailable
from dispatch import adding, keeping, queries
from dispatch.at_once import AtOnce
from dispatch.context_hints import hints
from dispatch.inbound import Inbound, Taken
from dispatch.keeping import Understood
from dispatch.linking import HIDDEN_TYPES
from dispatch.opening import Opened, Stale, follow_up, link_or_open
from dispatch.placing import NOWHERE, Placed, place
from dispatch.screening import Screening, screen
from geo.eta import EtaSource
from geo.geocoder.hints import NO_HINTS, Hints
from geo.geography import Geography

log = structlog.get_logger(__name__)

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
    """One per process. `take` never fails for what follows the contact."""

    def __init__(self, context: Context, geography: Geography, eta: EtaSource) -> None:
        self._db = context.db
        self._vault = context.vault
        self._geography = geography
        self._eta = eta
        self._at_once = AtOnce(context.db, context.vault, eta)

    async def take(self, inbound: Inbound, actor: Actor = REPORTER) -> Taken:
        """Keep it, understand it, act on it. Raises only what keeping it raises (`Unavailable`)."""
        understood = understand(inbound, self._geography)
        if understood.placed.undecided:
            known = await hints(self._db, self._vault, inbound, understood.type)
            understood = understand(inbound, self._geography, known)
        once = await self._at_once.take(inbound, actor, understood)
        taken = once.taken
        if taken is None:
            taken = await keeping.keep(self._db, self._vault, inbound, actor, understood, once.code)
        if taken.duplicate:
            return taken
        if inbound.uploads:
            await self._attach(taken.contact_id, inbound.uploads)
        if not understood.opens or taken.report_id is None or taken.stood:
            return taken
        if once.failed_alone and not inbound.by_desk:  # mostly for a lock: the sweep tries again
            return taken
        try:
            if once.answer is not None:
                opened = await follow_up(self._db, self._eta, actor, understood, once.answer)
            else:  # the sweep knows nothing of what the desk decided: here and now
                opened = await self._act(taken.report_id, understood, actor, inbound)
        except Exception:  # whatever it is: the report is kept, and the sweep tries again
            log.exception("intake_follow_up_failed", report_id=taken.report_id)
            return taken
        return _acted(taken, opened)

    async def keep_unreadable(
        self, channel: str, raw: bytes, *, gateway: str | None = None, rate_limited: bool = False
    ) -> int | None:
        """Bytes that cannot be parsed, kept verbatim in the queue; the contact's id."""
        return await keeping.keep_unreadable(
            self._db, self._vault, channel, raw, gateway, rate_limited
        )

    async def add(self, report_id: int, inbound: Inbound, actor: Actor = REPORTER) -> int:
        """What the reporter adds later; its contact's id. A place given now may open the incident.

        It never calls help off (invariant 13): people read it. Raises `Unavailable`.
        """
        placed = _placed(inbound, self._geography) if _says_place(inbound) else NOWHERE
        contact_id = await adding.add(self._db, self._vault, report_id, inbound, actor)
        if inbound.uploads:
            await self._attach(contact_id, inbound.uploads)
        if not placed.known:
            return contact_id
        try:
            if await adding.locate(self._db, report_id, placed, actor):
                await self.finish(report_id, actor)
        except Exception:  # as in `take`
            log.exception("intake_follow_up_failed", report_id=report_id)
        return contact_id

    async def sweep(self, after_s: float = SWEEP_AFTER_S) -> int:
        """Finish reports whose follow-up a dying process left undone; how many were.

        One that fails again is left for the next sweep and keeps nobody else waiting. Raises
        `Unavailable` when the database is down.
        """
        async with self._db.read() as tx:
            ids = [row["id"] for row in await tx.fetch(queries.PENDING, after_s)]
        done = 0
        for report_id in ids:
            try:
                await self.finish(report_id)
                done += 1
            except Unavailable:
                raise
            except Exception:
                log.exception("intake_sweep_failed", report_id=report_id)
        return done

    async def finish(
        self,
        report_id: int,
        actor: Actor = REPORTER,
        *,
        never_ask: bool = False,
        separate: bool = False,
    ) -> Opened:
        """Link or open for a stored, unlinked report, as it stands. Raises what the database raises."""
        while True:
            try:
                return await self._finish(report_id, actor, never_ask, separate)
            except Stale:  # somebody changed it meanwhile
                continue

    async def _finish(
        self, report_id: int, actor: Actor, never_ask: bool, separate: bool
    ) -> Opened:
        async with self._db.read() as tx:
            row = await tx.fetchrow(queries.PENDING_REPORT, report_id)
        if row is None:
            return Opened(None)
        placed = Placed(
            lon=row["lon"],
            lat=row["lat"],
            accuracy_m=row["accuracy_m"],
            kelurahan=tuple(c for c in (row["kelurahan_code"], *row["kelurahan_alt"]) if c),
            lingkungan=row["lingkungan"],
            label=row["place_label"],
            outside=row["out_of_city"],
        )
        said = replace(UNKNOWN, class_=row["class"], casualties=row["casualties"])
        understood = Understood(
            placed, said, row["type"], row["priority"],
            row["silent"] or row["type"] in HIDDEN_TYPES, True,
        )  # fmt: skip
        return await link_or_open(
            self._db,
            self._eta,
            report_id,
            understood,
            actor,
            never_ask=never_ask,
            separate=separate,
            version=row["version"],
        )

    async def _attach(self, contact_id: int, handles: Sequence[str]) -> None:
        try:
            await adding.attach_uploads(self._db, contact_id, handles)
        except (Problem, asyncpg.PostgresError):
            log.exception("attaching_failed", contact_id=contact_id)

    async def _act(
        self, report_id: int, understood: Understood, actor: Actor, inbound: Inbound
    ) -> Opened:
        return await link_or_open(
            self._db,
            self._eta,
            report_id,
            understood,
            actor,
            verified=inbound.verified,
            never_ask=inbound.by_desk,
            separate=inbound.separate,
        )


def understand(inbound: Inbound, geography: Geography, known: Hints = NO_HINTS) -> Understood:
    """Place and screen. A fault in the rules costs the understanding, never the contact."""
    placed = _placed(inbound, geography, known)
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
    return understanding(inbound, placed, said)


def _placed(inbound: Inbound, geography: Geography, known: Hints = NO_HINTS) -> Placed:
    try:
        return place(inbound, geography, known)
    except Exception:
        log.exception("placing_failed", channel=inbound.channel)
        return NOWHERE


def understanding(inbound: Inbound, placed: Placed, said: Screening) -> Understood:
    """Join what was chosen with what was read; decide whether it opens an incident.

    DESIGN, "who opens an incident": type and place from the desk, or an emergency with a place. A
    place outside the city counts: the incident is for hand-over.
    """
    type_ = inbound.declared_type or said.type
    priority = inbound.declared_priority or said.priority
    hidden = type_ in HIDDEN_TYPES or said.silent or inbound.silent
    if inbound.casualties is not None:
        said = replace(said, casualties=inbound.casualties)
    somewhere = placed.known or placed.outside
    grave = said.class_ == "emergency" or (said.class_ == "out_of_city" and priority != "none")
    opens = type_ != "none" and somewhere and (inbound.by_desk or grave)
    if opens and priority == "none":
        priority = "P2"  # an incident without a run card would get no answer at all
    return Understood(placed, said, type_, priority, hidden, opens)


def _says_place(inbound: Inbound) -> bool:
    return bool(
        inbound.text or inbound.place_text or inbound.kelurahan_code or inbound.lon is not None
    )


def _acted(taken: Taken, opened: Opened) -> Taken:
    if opened.incident_id is None:
        return taken
    return replace(
        taken,
        status="ditugaskan" if opened.units else "kejadian",
        incident_id=opened.incident_id,
        unit_codes=tuple(r.unit_code for r in opened.units),
    )
