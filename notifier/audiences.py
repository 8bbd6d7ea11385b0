"""Whom a rule means: functions from facts to recipients. Numbers are opened here, never stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.db import Tx
from core.privacy import Vault
from dispatch import tracking
from notifier.facts import Facts
from notifier.pointless import OFFERS
from notifier.sealed import opened
from registry import queries as registry
from registry.queries import Person

# A crew that was never told needs no word about what it never heard of.
TOLD = """
SELECT DISTINCT ON (recipient_hash) recipient_enc, staff_id FROM delivery
WHERE assignment_id = $1 AND template = ANY($2::text[]) AND recipient_enc IS NOT NULL
  AND state IN ('sending', 'sent', 'delivered', 'read', 'unknown')
ORDER BY recipient_hash, id
"""

# Who has it on its way or on the phone is not sent the same words again.
REACHED = """
SELECT recipient_hash FROM delivery
WHERE assignment_id = $1 AND template = ANY($2::text[]) AND recipient_hash IS NOT NULL
  AND channel = $3 AND state IN ('queued', 'sending', 'sent', 'unknown', 'delivered', 'read')
"""

# Counted by what happened, so that reading the log again comes to the same. What has failed to
# reach them counts for nothing.
TOLD_LATELY = """
SELECT d.recipient_hash, d.staff_id FROM delivery AS d
JOIN event AS e ON e.id = d.event_id
LEFT JOIN assignment AS a ON a.id = (e.payload ->> 'assignment_id')::bigint
WHERE d.incident_id = $1 AND d.template = ANY($2::text[])
  AND a.capability IS NOT DISTINCT FROM $3
  AND e.at > $4::timestamptz - make_interval(secs => $5) AND e.at <= $4
  AND d.state NOT IN ('failed', 'expired')
"""

ASKED = """
SELECT DISTINCT ON (recipient_hash) recipient_enc, staff_id FROM delivery
WHERE incident_id = $1 AND template IN ('on_call', 'on_call_covert') AND recipient_enc IS NOT NULL
  AND staff_id <> $2 AND state IN ('sending', 'sent', 'delivered', 'read', 'unknown')
  AND queued_at > clock_timestamp() - interval '6 hours'
ORDER BY recipient_hash, id
"""

ADDRESSEE = """
SELECT coalesce(g.name, h.to_name) FROM handover AS h LEFT JOIN agency AS g ON g.id = h.to_agency_id
WHERE h.id = $1
"""

LIVE = """
SELECT a.id, a.code, a.unit_id, u.code AS unit_code FROM assignment AS a
JOIN unit AS u ON u.id = a.unit_id
WHERE a.incident_id = $1
  AND a.state IN ('offered', 'accepted', 'en_route', 'on_scene', 'transporting', 'at_facility')
ORDER BY a.id
"""

# A number that reported silently is never written to, nor for another report of the same incident.
REPORTERS = """
SELECT DISTINCT ON (p.phone_hash) r.id AS report_id, r.code AS report_code, c.channel, p.phone_enc
FROM report AS r
JOIN contact AS c ON c.id = r.contact_id
JOIN contact_private AS p ON p.contact_id = c.id
WHERE r.incident_id = $1 AND p.phone_enc IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM report AS quiet
      JOIN contact_private AS theirs ON theirs.contact_id = quiet.contact_id
      WHERE quiet.incident_id = $1 AND quiet.silent AND theirs.phone_hash = p.phone_hash)
ORDER BY p.phone_hash, r.id
"""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One phone in E.164; None when there is nobody to write to, with the reason why.

    `values` are fields of the template that differ from recipient to recipient. `assignment_id`
    only for the crew itself: what reaches them stamps the assignment, what reaches others must not.
    """

    phone: str | None
    staff_id: int | None = None
    assignment_id: int | None = None
    report_id: int | None = None
    channel: str = "sms"
    reason: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the functions need besides the transaction: keys, and where links point to."""

    vault: Vault
    public_url: str


Audience = Callable[[Tx, Facts, Sources], Awaitable[list[Recipient]]]


async def unit_crew(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Who crews the assigned unit now. Nobody: one recipient without a phone, so that it shows."""
    if facts.unit_id is None:
        return []
    crew = await registry.crew_on_duty(tx, facts.unit_id)
    return _people(crew, sources, empty="no_crew", assignment_id=facts.assignment_id)


async def unreached_crew(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """The crew, without those whom an offer over the ladder's channel has or may have reached."""
    channel = facts.payload.get("channel", "sms")
    rows = await tx.fetch(REACHED, facts.assignment_id, list(OFFERS), channel)
    reached = {row["recipient_hash"] for row in rows}
    return [
        recipient
        for recipient in await unit_crew(tx, facts, sources)
        if recipient.phone and sources.vault.phone_hash(recipient.phone) not in reached
    ]


async def told_crew(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Who was, or may have been, told of this assignment."""
    rows = await tx.fetch(TOLD, facts.assignment_id, list(OFFERS))
    return [
        Recipient(
            opened(sources.vault, row["recipient_enc"]),
            staff_id=row["staff_id"],
            assignment_id=facts.assignment_id,
        )
        for row in rows
    ]


async def live_crews(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """The crews of every unit that is on the incident, each with its own assignment's code.

    Where the event names the assignments that it `moved`: only theirs.
    """
    moved = facts.payload.get("moved")
    assignments = [
        row
        for row in await tx.fetch(LIVE, facts.incident_id)
        if moved is None or row["id"] in moved
    ]
    crews = await registry.crews_on_duty(tx, [row["unit_id"] for row in assignments])
    found = []
    for row in assignments:
        for person in crews.get(row["unit_id"], []):
            phone = opened(sources.vault, person.phone_enc)
            found.append(
                Recipient(
                    phone,
                    staff_id=person.staff_id,
                    assignment_id=row["id"],
                    reason=None if phone else "no_phone",
                    values={"code": row["code"], "unit": row["unit_code"]},
                )
            )
    return found


async def people_on_call(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Everybody on call now, of every agency: by this step somebody has to take it."""
    people = _people(await registry.on_call(tx), sources, empty="nobody_on_call")
    return [replace(one, values={"code": facts.incident_code}) for one in people]


async def supervisors(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Supervisors at the desk or on call now; without one, everybody on call."""
    on_call = await registry.on_call(tx)
    people = {p.staff_id: p for p in (*await registry.at_desk(tx), *on_call)}.values()
    chosen = [person for person in people if person.role == "supervisor"] or on_call
    to = await tx.fetchval(ADDRESSEE, facts.payload.get("handover_id"))
    return [
        replace(one, values={"code": facts.incident_code, "to": to or "-"})
        for one in _people(chosen, sources, empty="nobody_on_call")
    ]


async def others_on_call(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Who was asked about this incident too and need not come any more; by whom it was taken."""
    taker = facts.payload.get("staff_id")
    who = await tx.fetchval("SELECT name FROM staff WHERE id = $1", taker)
    rows = await tx.fetch(ASKED, facts.incident_id, taker)
    return [
        Recipient(
            opened(sources.vault, row["recipient_enc"]),
            staff_id=row["staff_id"],
            values={"code": facts.incident_code, "who": who or "rekan"},
        )
        for row in rows
    ]


async def untold(
    tx: Tx,
    facts: Facts,
    sources: Sources,
    recipients: list[Recipient],
    templates: list[str],
    at: datetime,
    quiet_s: int,
) -> list[Recipient]:
    """Those whom none of these templates told of this incident's same need in `quiet_s` before."""
    rows = await tx.fetch(TOLD_LATELY, facts.incident_id, templates, facts.capability, at, quiet_s)
    phones = {row["recipient_hash"] for row in rows if row["recipient_hash"]}
    phoneless = {row["staff_id"] for row in rows if row["recipient_hash"] is None}
    return [
        one
        for one in recipients
        if (
            sources.vault.phone_hash(one.phone) not in phones
            if one.phone
            else one.staff_id not in phoneless
        )
    ]


async def reporter(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Who sent this report, with the link to follow it."""
    row = facts.report
    if row is None or facts.silent:
        return []
    phone = opened(sources.vault, row["phone_enc"])
    if phone is None:
        return []
    link = f"{sources.public_url.rstrip('/')}/l/{tracking.token(sources.vault, row['report_code'])}"
    return [
        Recipient(
            phone,
            report_id=facts.report_id,
            channel=_channel(row["channel"]),
            values={"code": facts.report_code, "link": link},
        )
    ]


async def reporters(tx: Tx, facts: Facts, sources: Sources) -> list[Recipient]:
    """Everybody who reported this incident and left a number, except silently."""
    rows = await tx.fetch(REPORTERS, facts.incident_id)
    return [
        Recipient(
            opened(sources.vault, row["phone_enc"]),
            report_id=row["report_id"],
            channel=_channel(row["channel"]),
            values={"code": row["report_code"]},
        )
        for row in rows
    ]


AUDIENCES: Mapping[str, Audience] = {
    "unit_crew": unit_crew,
    "unreached_crew": unreached_crew,
    "told_crew": told_crew,
    "live_crews": live_crews,
    "people_on_call": people_on_call,
    "others_on_call": others_on_call,
    "supervisors": supervisors,
    "reporter": reporter,
    "reporters": reporters,
}


def _people(
    people: list[Person], sources: Sources, *, empty: str, assignment_id: int | None = None
) -> list[Recipient]:
    if not people:
        return [Recipient(None, assignment_id=assignment_id, reason=empty)]
    found = []
    for person in people:
        phone = opened(sources.vault, person.phone_enc)
        found.append(
            Recipient(
                phone,
                staff_id=person.staff_id,
                assignment_id=assignment_id,
                reason=None if phone else "no_phone",
            )
        )
    return found


def _channel(contact_channel: str) -> str:
    return "chat" if contact_channel == "chat" else "sms"
