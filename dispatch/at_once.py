"""The quick way of a report that opens an incident: kept and acted on in one call of the database.

Two round trips in all: free units nearby (then their times are reckoned, with nothing locked), and
`dispatch_take` (sql/take.sql), which keeps contact and report and in a savepoint after them joins or
opens and reserves. Reports that come while others are under way go together, which costs each less.

It never stands between a reporter and being kept: whatever goes wrong here, the intake keeps the report
by itself, acts on it after that, and what fails again is the sweep's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog

from core.actor import Actor
from core.db import Database
from core.errors import Unavailable
from core.gathering import Gathering
from core.privacy import Vault
from dispatch.again import first_answer
from dispatch.functions import TAKE
from dispatch.inbound import Inbound, Taken
from dispatch.keeping import Understood, contact_columns, kept, report_columns
from dispatch.opening import Ranking, Scene, Timed, near, ranking, scene_of, terms, timed
from dispatch.tracking import new_code
from geo.eta import EtaSource

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """taken: what to answer; None: not kept here, and `code` may be in use for it.
    answer: of dispatch_settle, where the report was settled. failed_alone: it was not, though nobody else
    was in the call: to try again at once would do no better."""

    taken: Taken | None = None
    answer: dict[str, Any] | None = None
    code: str | None = None
    failed_alone: bool = False


class AtOnce:
    """One per process."""

    def __init__(self, db: Database, vault: Vault, eta: EtaSource) -> None:
        self._db = db
        self._vault = vault
        self._eta = eta
        self._near: Gathering[Scene, Timed | None] = Gathering(self._find)
        self._take: Gathering[tuple[Any, ...], dict[str, Any] | None] = Gathering(self._send)

    async def take(self, inbound: Inbound, actor: Actor, understood: Understood) -> Outcome:
        """Never raises."""
        if inbound.contact_id is not None or not understood.opens or self._eta.asks_outside:
            return Outcome()
        mac, code, used = self._vault.mac(inbound.raw), "", True
        answer: dict[str, Any] | None = None
        try:
            ranked = await self._ranked(understood)
        except Unavailable:
            return Outcome()
        except Exception:
            log.exception("ranking_failed")
            return Outcome()
        try:
            while used:
                code = new_code()
                arrival = self._arrival(inbound, actor, understood, mac, code, ranked)
                answer = await self._together_or_alone(arrival)
                used = answer is not None and "used" in answer
            if answer is None:
                async with self._db.read(actor) as tx:
                    return Outcome(await first_answer(tx, self._vault, inbound, mac))
        except Unavailable:  # its end is unknown: who keeps it tells by the code
            return Outcome(code=code)
        except Exception:
            log.exception("taking_failed")
            return Outcome(code=code)
        taken = kept(self._vault, answer["contact_id"], answer["report_id"], code, understood)
        if "failed" in answer:
            log.error(
                "intake_follow_up_failed", report_id=taken.report_id, sqlstate=answer["failed"]
            )
            return Outcome(taken, failed_alone=answer["alone"])
        return Outcome(taken, answer)

    async def _together_or_alone(self, arrival: tuple[Any, ...]) -> dict[str, Any] | None:
        """With whoever is there. Alone when that cannot be: others are at work in its neighbourhood, or
        one of the crowd is such that the call failed for all."""
        try:
            answer = await self._take(arrival)
        except Unavailable:
            raise
        except Exception:
            log.exception("together_failed")
            return (await self._send([arrival]))[0]
        if answer is not None and answer.get("busy"):
            return (await self._send([arrival]))[0]
        return answer

    async def _ranked(self, understood: Understood) -> Ranking:
        scene = scene_of(understood)
        if scene is None:
            return Ranking()
        return await ranking(self._db, self._eta, scene, await self._near(scene))

    def _arrival(
        self, inbound: Inbound, actor: Actor, understood: Understood, mac: bytes, code: str,
        ranked: Ranking,
    ) -> tuple[Any, ...]:  # fmt: skip
        """One dispatch_arrival."""
        locks, rule = terms(
            understood,
            verified=inbound.verified,
            never_ask=inbound.by_desk,
            separate=inbound.separate,
        )
        return (
            *contact_columns(self._vault, inbound, mac),
            *report_columns(self._vault, inbound, understood, code),
            locks, *rule, *ranked, actor.kind, actor.account_id,
        )  # fmt: skip

    async def _find(self, scenes: list[Scene]) -> list[Timed | None]:
        return timed(self._eta, scenes, await near(self._db, scenes))

    async def _send(self, arrivals: list[tuple[Any, ...]]) -> list[dict[str, Any] | None]:
        async with self._db.read() as tx:
            answers: list[dict[str, Any] | None] = await tx.fetchval(TAKE, arrivals)
            tx.events += 1
        return answers
