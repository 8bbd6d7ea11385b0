"""An example colleague at the desk, so that a demo nobody attends does not silt up.

Works only on what lies untouched: a visitor has the first word. Takes what nobody took, sends again
where nobody went, closes where every unit has finished, files noise under its class, rings back. An
incident that a person has taken, or sent units to, stays that person's. Its log-in is `rekan`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from core.accounts.demo import DemoAccount
from siponcega.demo.api import Api

ACCOUNT = DemoAccount("rekan", "Rekan meja (contoh)", "operator")

TAKE_AFTER_S = 60.0
CLOSE_AFTER_S = 45.0
SEND_AFTER_S = 150.0
GIVE_UP_AFTER_S = 1_500.0
ASKED_AFTER_S = 90.0
"""A report that fits an incident closed today asks: that one again, or a new one? Then: a new one."""
FELL_THROUGH = frozenset({"declined", "expired", "recalled", "aborted"})
FILE_AFTER_S: Mapping[str, float] = {
    "prank": 420, "spam": 300, "test": 420, "ghost": 420, "information": 600,
    "non_emergency": 720, "update": 720, "unclear": 1_500, "out_of_city": 1_500,
}  # fmt: skip
"""Seconds a report may stand in the queue before it is filed, by its class. Others wait for people."""


@dataclass(slots=True)
class Colleague:
    """`look` every few seconds; at most a few actions each, as a person would."""

    api: Api
    counted: Counter[str] = field(default_factory=Counter)
    _me: int = 0
    _sent_at: dict[int, float] = field(default_factory=dict)

    async def begin(self) -> None:
        """Raises NotADemo when the log-in is not there."""
        await self.api.sign_in(ACCOUNT.login)
        me = await self.api.get("/api/v1/me")
        self._me = int(me["account_id"]) if me else 0

    async def look(self) -> None:
        if await self.api.get("/api/v1/me") is None:  # the session ended
            await self.begin()
        page = await self.api.get(
            "/api/v1/incidents?state=open&state=assigned&state=active&limit=200"
        )
        for incident in (page or {}).get("incidents", ()):
            on_call = incident.get("taken_by_staff") is not None
            if incident["taken_by"] in {None, self._me} and not on_call:
                await self._incident(incident)
        await self._queue()

    async def _incident(self, incident: dict[str, Any]) -> None:
        path = f"/api/v1/incidents/{incident['id']}"
        page = await self.api.get(f"{path}/assignments")
        jobs = (page or {}).get("assignments", [])
        age_s = since(incident["opened_at"])
        if incident["taken_by"] is None:
            if jobs and not all(job["auto"] for job in jobs):
                return  # a person has sent units: it is theirs
            if age_s > TAKE_AFTER_S:
                await self._do("take", f"{path}/take")
                await self._do("verify", f"{path}/verify")
            return
        idle = incident["state"] == "open"
        if idle and any(job["state"] == "cleared" for job in jobs):
            if min(since(job["ended_at"]) for job in jobs if job["ended_at"]) > CLOSE_AFTER_S:
                await self._do("close", f"{path}/close", {"disposition": "handled"})
        elif idle and age_s > GIVE_UP_AFTER_S:
            await self._do("close", f"{path}/close", {"disposition": "no_response_needed"})
        elif unmet(incident["needs"], jobs):
            tried = self._sent_at.get(incident["id"], 0.0)
            if age_s - tried > SEND_AFTER_S:
                self._sent_at[incident["id"]] = age_s
                await self._do("send", f"{path}/assignments")

    async def _queue(self) -> None:
        page = await self.api.get("/api/v1/reports?handling=new&limit=200")
        for report in (page or {}).get("reports", ()):
            if report["asks_incident_id"] and since(report["created_at"]) > ASKED_AFTER_S:
                await self._do("open", f"/api/v1/reports/{report['id']}/open")
                continue
            wait_s = FILE_AFTER_S.get(report["class"])
            if wait_s is not None and not report["silent"] and since(report["created_at"]) > wait_s:
                path = f"/api/v1/reports/{report['id']}/screen"
                await self._do("file", path, {"class": report["class"]})

    async def answer(self, contact_id: int) -> bool:
        """Pick up a ringing telephone; False when somebody else has it."""
        return await self._do("answer", f"/api/v1/contacts/{contact_id}/answer")

    async def hang_up(self, contact_id: int, outcome: str) -> bool:
        return await self._do("end", f"/api/v1/contacts/{contact_id}/end", {"outcome": outcome})

    async def ring_back(self, contact_id: int, outcome: str) -> bool:
        path = f"/api/v1/contacts/{contact_id}/called-back"
        return await self._do("ring_back", path, {"outcome": outcome})

    async def open_incident(self, body: Mapping[str, Any]) -> bool:
        """The call form: type and place open an incident."""
        return await self._do("open", "/api/v1/incidents", body)

    async def _do(self, what: str, path: str, body: Mapping[str, Any] | None = None) -> bool:
        done = await self.api.post(path, body or {}) is not None
        self.counted[what] += done
        return done


def unmet(needs: list[dict[str, Any]], jobs: list[dict[str, Any]]) -> bool:
    """Whether something is wanted that nobody is, was or will be on."""
    there = Counter(job["capability"] for job in jobs if job["state"] not in FELL_THROUGH)
    wanted: Counter[str] = Counter()
    for need in needs:
        if not need["waived"]:
            wanted[need["capability"]] += need["count"]
    return bool(wanted - there)


def since(moment: str) -> float:
    """Seconds since an ISO moment of the API."""
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()
