"""A crew's digit: found its assignment, done through dispatch, answered in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.db import Tx
from dispatch import assignments
from dispatch.steps import Outcome
from notifier.commands import STEPS, Command, Job, choose, names
from notifier.pointless import OFFERS
from registry.queries import Person, staff_by_phone_hash

# The jobs of the units this person crews, and those this very number was told of.
JOBS = """
SELECT a.id, a.code, a.state, u.code AS unit_code, a.ended_at
FROM assignment AS a
JOIN unit AS u ON u.id = a.unit_id
WHERE (a.unit_id = ANY($1::bigint[]) OR a.id IN (
        SELECT assignment_id FROM delivery
        WHERE recipient_hash = $2 AND template = ANY($3::text[])
          AND queued_at > clock_timestamp() - interval '2 days'))
  AND (a.state IN ('offered', 'accepted', 'en_route', 'on_scene', 'transporting', 'at_facility')
       OR a.state IN ('expired', 'declined', 'recalled', 'aborted', 'cleared')
          AND a.ended_at > clock_timestamp() - interval '2 hours')
ORDER BY a.id DESC LIMIT 20
"""

INCIDENT = "SELECT incident_id FROM assignment WHERE id = $1"

STATE_WORDS: Mapping[str, str] = {
    "offered": "menunggu jawaban",
    "accepted": "diterima",
    "en_route": "berangkat",
    "on_scene": "di lokasi",
    "transporting": "membawa pasien",
    "at_facility": "di fasilitas",
    "cleared": "selesai",
    "declined": "ditolak",
    "expired": "lewat waktu",
    "recalled": "ditarik",
    "aborted": "dihentikan",
}

Step = Callable[..., Awaitable[Outcome]]

STEP: Mapping[int, tuple[Step, str]] = {
    1: (assignments.accept, "accepted"),
    2: (assignments.decline, "declined"),
    3: (assignments.en_route, "en_route"),
    4: (assignments.arrive, "arrived"),
    5: (assignments.clear, "cleared"),
}
"""Digit → the step of dispatch, and the template that confirms it."""

HELP = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say back."""

    template: str
    values: Mapping[str, object]
    assignment_id: int | None = None
    incident_id: int | None = None
    staff_id: int | None = None


async def jobs_of(tx: Tx, number: bytes) -> tuple[list[Person], list[Job]]:
    """The active staff with this number, and the assignments that it may speak of, newest first."""
    people = await staff_by_phone_hash(tx, number)
    units = [one.unit_id for one in people if one.unit_id is not None]
    if not people:
        return [], []
    return people, [Job(**dict(row)) for row in await tx.fetch(JOBS, units, number, list(OFFERS))]


async def answer(tx: Tx, number: bytes, command: Command, now: datetime) -> Answer | None:
    """Do what a crew's digit says. None: the sender is no crew, or has nothing to do with any job.

    A number is no identity: what it can do here is what a crew on duty can do, and every step is
    shown with its source.
    """
    people, jobs = await jobs_of(tx, number)
    if not people:
        return None
    person = next((one for one in people if one.unit_id is not None), people[0])
    if (not jobs and person.unit_id is None) or (command.glued and not names(command, jobs)):
        return None
    said = await _answer(tx, command, jobs, person, now)
    return replace(said, staff_id=person.staff_id)


async def _answer(
    tx: Tx, command: Command, jobs: list[Job], person: Person, now: datetime
) -> Answer:
    choice = choose(command, jobs, now)
    if choice.verdict == "none":
        return Answer("no_assignment", {})
    if command.digit not in STEPS:
        return Answer("digits", {"code": choice.job.code if choice.job else choice.open_codes[0]})
    if choice.verdict == "which" or choice.job is None:
        return Answer(
            "which",
            {
                "digit": command.digit,
                "code": choice.open_codes[0],
                "codes": " ".join(choice.open_codes),
            },
        )
    incident_id = await tx.fetchval(INCIDENT, choice.job.id)
    if choice.verdict == "over":
        said = Answer("no_longer", {"code": choice.job.code})
    else:
        said = await _do(tx, command.digit, choice.job, person)
    return replace(said, assignment_id=choice.job.id, incident_id=incident_id)


async def _do(tx: Tx, digit: int, job: Job, person: Person) -> Answer:
    code = job.code
    if digit == HELP:
        await assignments.help_(tx, job.id, source="sms", staff_id=person.staff_id)
        return Answer("help_raised", {"code": code})
    take, confirmed = STEP[digit]
    outcome = await take(tx, job.id, source="sms", staff_id=person.staff_id)
    match outcome.message_code:
        case "replaced":
            return Answer("replaced", {"code": code, "unit": outcome.replaced_by_code or ""})
        case "not_needed":
            return Answer("no_longer", {"code": code})
        case "refused":
            state = STATE_WORDS.get(outcome.state, outcome.state)
            return Answer("not_now", {"code": code, "state": state})
        case _:  # ok, repeated, late_accepted
            return Answer(confirmed, {"code": code})
