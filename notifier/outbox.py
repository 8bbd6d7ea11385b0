"""The consumer of the event log: rules → deliveries, in the transaction that moves the cursor.

So an event makes its messages exactly once, however often the process dies. The keys of the
deliveries (`dedupe_key`) hold the same against a replay of the whole log.
"""

from __future__ import annotations

from core.context import Context
from core.db import Tx
from core.events import Event
from core.events.consume import Consumer
from notifier import facts as knowledge
from notifier import queue
from notifier.audiences import AUDIENCES, Sources, untold
from notifier.compose import after, entry, values_of
from notifier.facts import Facts
from notifier.requests import messages_of_request
from notifier.rules import CANCELS, RULES, Rule, matching
from notifier.sender import BELL

NAME = "notifier.outbox"
KINDS = tuple(
    sorted({rule.kind for rule in RULES} | set(CANCELS) | {"request.message", "report.linked"})
)

# A receipt may be queued before its report is linked: what is said of it from here on belongs to the
# incident's history. Linked elsewhere later, it stays where it was said.
LINKED = """
UPDATE delivery SET incident_id = $2 WHERE report_id = $1 AND incident_id IS NULL
"""


def consumer(ctx: Context) -> Consumer:
    """The outbox of this process; any number may run, one works at a time."""
    sources = Sources(ctx.vault, ctx.settings.public_url)

    async def handle(tx: Tx, event: Event) -> None:
        if await apply(tx, event, sources):
            tx.after_commit(lambda: ctx.bell.ring(BELL))

    return Consumer(NAME, handle, KINDS)


async def apply(tx: Tx, event: Event, sources: Sources) -> list[int]:
    """Cancel and queue what this event asks for; returns the ids of the new deliveries."""
    if event.kind == "request.message":
        return await messages_of_request(tx, event, sources)
    if event.kind == "report.linked":
        await tx.execute(LINKED, event.payload["report_id"], event.incident_id)
        return []
    facts = await knowledge.load(tx, event)
    if event.kind in CANCELS and facts.assignment_id is not None:
        await queue.cancel(
            tx, facts.assignment_id, CANCELS[event.kind], event.kind.partition(".")[2]
        )
    made: list[int] = []
    for rule, template in matching(facts):
        made += await _queue(tx, event, facts, rule, template, sources)
    return made


async def _queue(
    tx: Tx, event: Event, facts: Facts, rule: Rule, template: str, sources: Sources
) -> list[int]:
    recipients = await AUDIENCES[rule.audience](tx, facts, sources)
    if rule.quiet_s:
        templates = [name for name in (rule.template, rule.covert) if name]
        recipients = await untold(tx, facts, sources, recipients, templates, event.at, rule.quiet_s)
    scope = (
        f"i{facts.incident_id}.{facts.clock_round}" if rule.once == "incident" else f"e{event.id}"
    )
    values = values_of(facts)
    return await queue.put(
        tx,
        [
            entry(
                sources.vault,
                template,
                recipient,
                values,
                lane=rule.lane,
                urgency=rule.urgency,
                channel=_channel(rule, facts, recipient.channel),
                dedupe=f"{scope}:{template}:{recipient.assignment_id or ''}",
                expires_at=after(event.at, rule.expiry_s),
                event_id=event.id,
                incident_id=facts.incident_id,
                report_id=facts.report_id,
            )
            for recipient in recipients
        ],
    )


def _channel(rule: Rule, facts: Facts, contacted: str) -> str:
    match rule.channel:
        case "as_contacted":
            return contacted
        case "of_step":
            return str(facts.payload.get("channel", "sms"))
        case "sms":
            return "sms"
