"""The quick survey after an incident: asked by SMS a day later, answered with three digits.

In: `incident.closed` starts the clock, `reply.message` brings the answer. Out: `request.message`.
Whom not to ask is said here once (`NEVER_ASK`, `NOT_ABOUT`); who the reporters are, this program
does not know and never learns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from core import timers
from core.db import Tx
from core.events import Event, append, timeline
from core.events.consume import Consumer
from core.settings import get_settings
from core.timers import Timer
from programs.naming import options
from programs.provenance import now
from programs.satisfaction.events import QuickAnswered
from programs.satisfaction.options import Options
from registry import requests

log = structlog.get_logger(__name__)

SLUG = "skm"
PURPOSE = "survey"
TEMPLATE = "survey_quick"
TIMER = "satisfaction.quick"
TOO_LATE = timedelta(days=2)
LINK_CHARS = 62
TOKEN_CHARS = 16
QUESTIONS = ("U3", "U7", "U5")
"""In the order asked: waktu, sikap, hasil."""

# Source: PROGRAMS 2.12 (violence at home, sexual violence, deaths, anonymous and under-age
# reporters); ours on top: a silent or hidden call may be read over a shoulder, injured people of a
# life-threatening incident may have died since, noise and entries of the desk have nothing to rate.
NEVER_ASK = (
    "anonymous",
    "minor",
    "silent",
    "hidden",
    "domestic_violence",
    "sexual_violence",
    "deaths",
    "casualties_p1",
    "noise",
    "desk_entry",
)
NOT_ABOUT = frozenset({"domestic_violence", "missing_person", "mental_health", "none"})
"""Incident types that are never followed by a survey."""

NOT_AFTER = frozenset({"deaths", "sexual_violence", "false_alarm", "duplicate", "test"})
"""Ends of an incident after which nobody is asked: grief, shame, or nothing that was served."""

STATES = frozenset(
    f"incident.{state}"
    for state in (
        "opened",
        "open",
        "assigned",
        "active",
        "controlled",
        "closed",
        "cancelled",
        "merged",
        "reopened",
    )
)
ANSWER = """
INSERT INTO satisfaction_quick (recipient_id, wait, manner, result) VALUES ($1, $2, $3, $4)
ON CONFLICT (recipient_id) DO NOTHING
RETURNING id
"""
INCIDENT_OF = """
SELECT request.incident_id FROM message_recipient AS recipient
JOIN message_request AS request ON request.id = recipient.request_id WHERE recipient.id = $1
"""


@dataclass(frozen=True, slots=True)
class Fate:
    """What the log says of an incident: codes only."""

    state: str | None = None
    kind: str | None = None
    disposition: str | None = None

    @property
    def may_be_asked_about(self) -> bool:
        return (
            self.state == "incident.closed"
            and self.kind not in NOT_ABOUT
            and self.disposition not in NOT_AFTER
        )


async def on_event(tx: Tx, event: Event) -> None:
    """What the program hears."""
    if event.kind == "reply.message":
        if event.payload["program"] == SLUG:
            await take_answer(tx, event)
    elif event.incident_id is not None:
        wanted = await options(tx, SLUG, Options)
        if event.kind == "incident.closed" and wanted.quick:
            left = timedelta(hours=wanted.quick_after_hours) - (await now(tx) - event.at)
            # A program that is new, or was away, reads the whole log: nobody wants to be asked
            # about last year.
            if left > -TOO_LATE:
                await timers.schedule(tx, TIMER, event.incident_id, max(left.total_seconds(), 0))
        elif event.kind in {"incident.reopened", "incident.merged"}:
            await timers.cancel(tx, TIMER, event.incident_id)


async def ask(tx: Tx, timer: Timer) -> None:
    """A day after the end: ask, unless the incident goes on or is one not to ask about."""
    incident_id = timer.subject_id
    wanted = await options(tx, SLUG, Options)
    fate = await _what_became_of(tx, incident_id)
    if not wanted.quick or not fate.may_be_asked_about:
        log.info("quick_survey_not_asked", incident_id=incident_id, fate=fate)
        return
    await requests.create(
        tx,
        program=SLUG,
        purpose=PURPOSE,
        template=TEMPLATE,
        incident_id=incident_id,
        params={"link": link()},
        unless=NEVER_ASK,
        needs_consent=wanted.quick_needs_consent,
        answer_digits=len(QUESTIONS),
        answer_max=4,
        min_gap_days=wanted.quick_gap_days,
        expires_s=wanted.quick_answer_days * 86_400,
    )


async def take_answer(tx: Tx, event: Event) -> None:
    """Keep the three digits of a `reply.message`; a second answer changes nothing."""
    wait, manner, result = (int(digit) for digit in event.payload["answer"])
    recipient_id = event.payload["subject_id"]
    quick_id = await tx.fetchval(ANSWER, recipient_id, wait, manner, result)
    if quick_id is not None:
        incident_id = await tx.fetchval(INCIDENT_OF, recipient_id)
        await append(
            tx,
            "satisfaction.quick_answered",
            QuickAnswered(quick_id=quick_id, incident_id=incident_id),
            subject=("satisfaction_quick", quick_id),
        )


def link() -> str:
    """The address to all nine questions, for the template; '' when it would not fit one SMS."""
    address = f"{get_settings().public_url.rstrip('/')}/n/{{token}}"
    length = len(address) - len("{token}") + TOKEN_CHARS
    return address if length <= LINK_CHARS else ""


async def _what_became_of(tx: Tx, incident_id: int) -> Fate:
    """The incident's newest state, type and end, as the event log tells them."""
    fate = Fate()
    after = 0
    while events := await timeline(tx, incident_id, after):
        for event in events:
            fate = Fate(
                event.kind if event.kind in STATES else fate.state,
                event.payload.get("type") or fate.kind,
                event.payload.get("disposition") or fate.disposition,
            )
        after = events[-1].id
    return fate


CONSUMER = Consumer(
    "program.skm",
    on_event,
    ("incident.closed", "incident.reopened", "incident.merged", "reply.message"),
)
