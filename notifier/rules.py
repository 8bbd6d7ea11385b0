"""Who is told of what: the one table, and the conditions it names.

Read a line as: when this happens (and the condition holds), tell these people with this template,
in this lane, while it is worth telling. `covert` is what is sent instead when the incident is
hidden; None: then nothing. A silent reporter is never written to (see `audiences`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from notifier.facts import Facts
from notifier.pointless import ENDS
from notifier.queue import Lane

Channel = Literal["sms", "as_contacted", "of_step"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`audience`: a function of `audiences`. `channel`: sms; the one the reporter used; or the one
    the ladder asks for. `once`: per event, or per incident and recipient (its round of clocks).
    `quiet_s`: who was told this of the same incident and need so recently is not told again."""

    kind: str
    audience: str
    template: str
    covert: str | None
    lane: Lane
    expiry_s: int
    when: str = "always"
    channel: Channel = "sms"
    urgency: int = 5
    once: Literal["event", "incident"] = "event"
    quiet_s: int = 0


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("assignment.offered", "unit_crew", "offer", "offer_covert", "life", 300),
    Rule("ladder.step_due", "unreached_crew", "offer", "offer_covert", "life", 300,
         when="step_to_crew", channel="of_step"),
    Rule("ladder.exhausted", "people_on_call", "on_call", "on_call_covert", "life", 600,
         quiet_s=600),
    Rule("incident.taken", "others_on_call", "on_call_late", "on_call_late", "life", 900,
         when="by_phone"),
    Rule("handover.escalated", "supervisors", "handover_refused", "handover_refused", "life",
         1_800),
    Rule("desk.unattended", "people_on_call", "desk_unattended", None, "life", 600),
    Rule("incident.changed", "live_crews", "moved", "moved_covert", "life", 1_800,
         when="place_changed"),
    Rule("assignment.recalled", "told_crew", "recalled", "recalled", "life", 900),
    Rule("assignment.aborted", "told_crew", "aborted", "aborted", "life", 900,
         when="not_by_crew"),
    Rule("report.created", "reporter", "receipt", "receipt_covert", "normal", 3_600,
         when="receipt_due", channel="as_contacted", urgency=1),
    Rule("assignment.en_route", "reporters", "departed", "departed_covert", "normal", 900,
         when="first_trip", channel="as_contacted", urgency=1, once="incident"),
)
# fmt: on

CANCELS: Mapping[str, tuple[str, ...]] = {
    f"assignment.{state}": templates for state, templates in ENDS.items()
}
"""Events that make an assignment's unsent messages pointless: these templates are cancelled."""

HEARD_CLASSES = frozenset(
    {"emergency", "update", "non_emergency", "information", "out_of_city", "unclear"}
)
"""Classes of contact that get a receipt. Noise gets none: an answer invites more of it."""

MESSAGE_CHANNELS = frozenset({"sms", "chat"})
PLACE_FIELDS = frozenset({"place", "geom", "place_label", "kelurahan_code", "lingkungan"})
BY_CREW = frozenset({"sms", "device"})

CONDITIONS: Mapping[str, Callable[[Facts], bool]] = {
    "always": lambda facts: True,
    "step_to_crew": lambda facts: (
        facts.assignment_id is not None
        and facts.assignment_state == "offered"
        and facts.payload.get("channel", "sms") in MESSAGE_CHANNELS
    ),
    "place_changed": lambda facts: bool(PLACE_FIELDS & set(facts.payload.get("fields") or ())),
    "not_by_crew": lambda facts: facts.payload.get("source") not in BY_CREW,
    "receipt_due": lambda facts: not facts.silent and facts.report_class in HEARD_CLASSES,
    "by_phone": lambda facts: facts.payload.get("staff_id") is not None,
    "first_trip": lambda facts: facts.trip == 1,
}


def matching(facts: Facts) -> list[tuple[Rule, str]]:
    """The rules an event sets off, each with the template to use (covert where it must be)."""
    found = []
    for rule in RULES:
        if rule.kind == facts.kind and CONDITIONS[rule.when](facts):
            template = rule.covert if facts.hidden else rule.template
            if template is not None:
                found.append((rule, template))
    return found
