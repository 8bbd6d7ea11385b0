"""From template and recipient to an entry of the queue: the words are rendered and sealed here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.privacy import Vault
from notifier import gsm7
from notifier.audiences import Recipient
from notifier.facts import Facts
from notifier.queue import Entry, Lane
from notifier.templates import render
from notifier.words import type_word, way

WITHOUT_LINK = {"receipt": "receipt_bare"}
"""Templates to use when the link would not fit (a very long public address)."""


def values_of(facts: Facts) -> dict[str, object]:
    """The fields that templates may use of an event's facts."""
    where = way(facts.distance_m, facts.eta_s)
    return {
        "code": facts.assignment_code or facts.incident_code or facts.report_code or "-",
        "unit": facts.unit_code or "",
        "type": type_word(facts.type),
        "place": facts.place,
        "way": f"{where}." if where else "",
        "link": "",
        "waiting": facts.payload.get("waiting", 0),
    }


def entry(
    vault: Vault,
    template: str,
    recipient: Recipient,
    values: Mapping[str, object],
    *,
    lane: Lane,
    urgency: int,
    channel: str,
    dedupe: str,
    expires_at: datetime,
    event_id: int | None = None,
    request_event_id: int | None = None,
    inbound_id: int | None = None,
    incident_id: int | None = None,
    assignment_id: int | None = None,
    report_id: int | None = None,
) -> Entry:
    """One message, rendered. A recipient without phone makes a suppressed one that says why."""
    filled = {**values, **recipient.values}
    if not recipient.phone:
        return Entry(
            template=template, channel=channel, lane=lane, urgency=urgency,
            dedupe_key=f"{dedupe}:{recipient.staff_id or 0}", expires_at=expires_at,
            event_id=event_id, incident_id=incident_id,
            assignment_id=recipient.assignment_id or assignment_id,
            report_id=recipient.report_id or report_id, staff_id=recipient.staff_id,
            reason=recipient.reason or "no_phone",
        )  # fmt: skip
    if template in WITHOUT_LINK and not _link_fits(str(filled["link"])):
        template = WITHOUT_LINK[template]
    body = render(template, **filled)
    number = vault.phone_hash(recipient.phone)
    return Entry(
        template=template, channel=channel, lane=lane, urgency=urgency,
        recipient_enc=vault.encrypt(recipient.phone), recipient_hash=number,
        body_enc=vault.encrypt(body), segments=gsm7.segments(body),
        dedupe_key=f"{dedupe}:{number.hex()[:24]}", expires_at=expires_at,
        event_id=event_id, request_event_id=request_event_id, inbound_id=inbound_id,
        incident_id=incident_id, assignment_id=recipient.assignment_id or assignment_id,
        report_id=recipient.report_id or report_id, staff_id=recipient.staff_id,
    )  # fmt: skip


def after(moment: datetime, seconds: int) -> datetime:
    """Expiry counts from what happened, not from when we got round to it."""
    return moment + timedelta(seconds=seconds)


def _link_fits(link: str) -> bool:
    return (
        bool(link)
        and all(c in gsm7.BASIC or c in gsm7.EXTENDED for c in link)
        and (gsm7.septets(link) <= 100)
    )
