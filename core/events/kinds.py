"""Every kind of event, with its payload and who may see it. One line a kind.

Payloads carry ids and codes only: never a name, a phone, an address or free text, so that the hash
chain stays valid when a person is erased (invariants 9, 10). Rooms beside the core (registry,
programs) declare theirs with `declare` in their own `events.py`.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Audience = Literal["staff", "agencies", "desk", "internal"]
"""staff: every staff class · agencies: the desk and the listed agencies · desk · internal: nobody."""

NAME = re.compile(r"^[a-z_0-9]+(\.[a-z_0-9]+)+$")


class Payload(msgspec.Struct, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all payloads."""


class ContactRef(Payload):
    contact_id: int
    channel: str | None = None
    gateway: str | None = None
    line: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None


class ReportRef(Payload):
    report_id: int
    contact_id: int | None = None
    code: str | None = None
    class_: str | None = msgspec.field(default=None, name="class")
    type: str | None = None
    priority: str | None = None
    kelurahan_code: str | None = None
    incident_id: int | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None


class IncidentRef(Payload):
    incident_id: int
    code: str | None = None
    type: str | None = None
    priority: str | None = None
    kelurahan_code: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None
    disposition: str | None = None
    merged_into: int | None = None
    fields: list[str] | None = None
    # Assignments whose place is another one now; absent while `fields` names the place: all.
    moved: list[int] | None = None
    clock_round: int | None = None
    # Who did it by phone, without an account.
    staff_id: int | None = None


class AssignmentRef(Payload):
    assignment_id: int
    incident_id: int | None = None
    unit_id: int | None = None
    unit_code: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None
    backfilled: bool = False
    eta_s: int | None = None
    trip: int | None = None
    replaced_by: str | None = None


class NeedRef(Payload):
    incident_id: int
    capability: str
    missing: int | None = None
    need_id: int | None = None
    reason: str | None = None


class UnitRef(Payload):
    unit_id: int
    unit_code: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None


class HandoverRef(Payload):
    handover_id: int
    incident_id: int
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None


class LadderStep(Payload):
    incident_id: int
    assignment_id: int | None = None
    step: int = 0
    channel: str = "sms"


class DeskRef(Payload):
    """Nobody sits at a console although work waits: how much, and for how long nobody (seconds)."""

    waiting: int
    silent_s: int


class DeliveryRef(Payload):
    delivery_id: int
    template: str | None = None
    channel: str | None = None
    gateway: str | None = None
    assignment_id: int | None = None
    report_id: int | None = None
    incident_id: int | None = None
    staff_id: int | None = None
    request_event_id: int | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None
    count: int | None = None
    backfilled: bool = False


class AlertRef(Payload):
    alert_id: int
    from_: str | None = msgspec.field(default=None, name="from")
    reason: str | None = None
    source: str | None = None


class AccountRef(Payload):
    account_id: int | None = None
    session_id: int | None = None
    role: str | None = None
    reason: str | None = None


class Access(Payload):
    subject: str
    subject_id: int
    reason: str | None = None


class KeyRef(Payload):
    key_id: str
    purpose: str | None = None


class ClosureRef(Payload):
    """A part of the road net that was shut, or is open again. kind: closed | flood."""

    closure_id: int
    kind: str


class MessageRequest(Payload):
    """A program asks the notifier to write to the reporter of a report, by template name."""

    program: str
    template: str
    report_id: int | None = None
    incident_id: int | None = None
    subject_id: int | None = None
    expires_s: int = 86_400


class MessageReply(Payload):
    """What came back to a `request.message`: a code or digit only."""

    program: str
    subject_id: int
    answer: str
    report_id: int | None = None


class Kind(msgspec.Struct, frozen=True):
    name: str
    payload: type[Payload]
    audience: Audience


KINDS: dict[str, Kind] = {}


def declare(audience: Audience, payload: type[Payload], *names: str) -> None:
    """Declare event kinds. Raises ValueError on a malformed or doubly declared name."""
    for name in names:
        if not NAME.match(name):
            raise ValueError(f"not an event kind: {name!r}")
        known = KINDS.get(name)
        if known is not None and (known.payload, known.audience) != (payload, audience):
            raise ValueError(f"event kind declared twice: {name}")
        KINDS[name] = Kind(name, payload, audience)


declare("desk", ContactRef, "contact.received", "contact.unreadable", "contact.ringing")
declare("desk", ContactRef, "contact.answered", "contact.ended", "contact.called_back")
declare("desk", ReportRef, "report.created", "report.located", "report.new", "report.linked")
declare("desk", ReportRef, "report.screened", "report.handed_over", "report.changed")
declare("desk", ReportRef, "report.message", "report.asked")
declare("staff", IncidentRef, "incident.opened", "incident.open", "incident.assigned")
declare("staff", IncidentRef, "incident.active", "incident.controlled", "incident.closed")
declare("staff", IncidentRef, "incident.cancelled", "incident.merged", "incident.unmerged")
declare("staff", IncidentRef, "incident.reopened", "incident.verified", "incident.taken")
declare("staff", IncidentRef, "incident.changed", "incident.recommended", "incident.released")
declare("staff", AssignmentRef, "assignment.planned", "assignment.reserved", "assignment.offered")
declare("staff", AssignmentRef, "assignment.accepted", "assignment.en_route")
declare("staff", AssignmentRef, "assignment.on_scene", "assignment.transporting")
declare("staff", AssignmentRef, "assignment.at_facility", "assignment.cleared")
declare("staff", AssignmentRef, "assignment.declined", "assignment.expired", "assignment.recalled")
declare("staff", AssignmentRef, "assignment.aborted", "assignment.delivered", "assignment.seen")
declare("staff", AssignmentRef, "assignment.help", "assignment.observed", "assignment.late")
declare("staff", NeedRef, "need.shortfall", "need.waived", "need.met", "need.added")
declare("staff", UnitRef, "unit.available", "unit.off_duty", "unit.out_of_service")
declare("staff", UnitRef, "unit.created", "unit.changed", "unit.freed")
declare("desk", HandoverRef, "handover.offered", "handover.accepted", "handover.refused")
declare("desk", HandoverRef, "handover.timed_out", "handover.returned")
declare("desk", HandoverRef, "handover.escalated")
declare("desk", LadderStep, "ladder.step_due", "ladder.exhausted")
declare("desk", DeskRef, "desk.unattended")
declare("desk", DeliveryRef, "delivery.queued", "delivery.sending", "delivery.sent")
declare("desk", DeliveryRef, "delivery.delivered", "delivery.read", "delivery.failed")
declare("desk", DeliveryRef, "delivery.unknown", "delivery.suppressed", "delivery.expired")
declare("desk", DeliveryRef, "delivery.cancelled")
declare("desk", AlertRef, "alert.draft", "alert.approved", "alert.rejected", "alert.sending")
declare("desk", AlertRef, "alert.paused", "alert.sent", "alert.updated", "alert.cancelled")
declare("desk", AlertRef, "alert.expired")
declare("staff", ClosureRef, "closure.opened", "closure.closed")
declare("internal", AccountRef, "account.created", "account.changed", "account.login")
declare("internal", AccountRef, "account.logout", "account.revoked", "account.login_failed")
declare("internal", Access, "access.read", "access.erased", "access.exported")
declare("internal", KeyRef, "key.made", "key.rotated")
declare("internal", MessageRequest, "request.message")
declare("internal", MessageReply, "reply.message")
