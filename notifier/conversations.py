"""What a message means: an answer of a crew or of somebody on call, an answer to a question, a word on an open report, or a
new contact. Asked in this order; the first that claims the message has it.

A reporter's words never call help off (invariant 13): a digit or "sudah aman" is added to the report
and shown to people, and the answer says that help is still coming.
"""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from core.actor import Actor
from core.context import Context
from core.db import Row, Tx
from dispatch.inbound import Inbound
from dispatch.intake import Intake
from notifier import commands, crews, on_call, queue
from notifier.audiences import Recipient
from notifier.compose import after, entry
from notifier.gateways.base import Incoming
from notifier.sender import BELL
from registry import answers, consents

# The client key of a message is made from the provider's id, so that a repeated one is the same.
NAMESPACE = uuid.UUID("6f0e1b1c-3b1f-5d57-9d0c-2f5f3c0a9b11")

STOP = re.compile(r"(?:stop|berhenti|henti)[\s.!]*", re.IGNORECASE)
NOT_NEEDED = re.compile(
    r"(?:(?:sudah|sdh|udah|udh)\s+)?(?:aman|selesai|padam|batal)(?:\s+\(?(?P<code>[a-z0-9]{4,10})\)?)?[\s.!]*"
    r"|(?:tidak|tdk|ga|gak|nggak)\s+jadi[\s.!]*",
    re.IGNORECASE,
)

LOCK = "SELECT handled_at, received_at FROM inbound_message WHERE id = $1 FOR UPDATE"

DONE = """
UPDATE inbound_message SET
    handled_at = clock_timestamp(), outcome = $2, contact_id = $3, assignment_id = $4,
    report_id = $5, error = NULL,
    -- A contact that holds the same bytes makes ours one copy too many.
    raw_enc = CASE WHEN $3::bigint IS NULL THEN raw_enc END
WHERE id = $1 AND handled_at IS NULL
"""

OPEN_REPORTS = """
SELECT r.id, r.code, r.silent,
    coalesce(i.hidden, false) OR r.type = 'domestic_violence' AS hidden
FROM report AS r
JOIN contact_private AS p ON p.contact_id = r.contact_id
LEFT JOIN incident AS i ON i.id = r.incident_id
WHERE p.phone_hash = $1 AND r.created_at > clock_timestamp() - interval '24 hours'
  AND (i.id IS NULL AND r.handling = 'new'
       OR i.state IN ('open', 'assigned', 'active', 'controlled'))
ORDER BY r.id DESC
"""


class Conversations:
    """Handles one kept message; everything it changes and its row are one transaction, except a
    new contact, which has its own (and is idempotent)."""

    def __init__(self, ctx: Context, intake: Intake) -> None:
        self._ctx = ctx
        self._intake = intake

    async def handle(self, inbound_id: int, incoming: Incoming) -> None:
        """Raises what the database or a gateway's bytes raise; then nothing is marked handled."""
        actor = Actor("gateway", name=incoming.gateway)
        async with self._ctx.db.tx(actor) as tx:
            row = await tx.fetchrow(LOCK, inbound_id)
            if row is None or row["handled_at"] is not None:
                return
            if await self._claimed(tx, inbound_id, incoming, row["received_at"]):
                tx.after_commit(lambda: self._ctx.bell.ring(BELL))
                return
            report = await self._open_report(tx, incoming)
        said = Inbound(
            channel=incoming.channel,
            raw=incoming.raw,
            text=incoming.text,
            lon=incoming.lon,
            lat=incoming.lat,
            phone=incoming.sender,
            gateway=incoming.gateway,
            provider_id=incoming.provider_id,
            client_key=uuid.uuid5(NAMESPACE, f"{incoming.gateway}:{incoming.provider_id}"),
            device_at=incoming.sent_at,
        )
        if report is not None:
            await self._add(inbound_id, said, report, row["received_at"])
        else:
            taken = await self._intake.take(said)
            async with self._ctx.db.tx(actor) as tx:
                await tx.execute(
                    DONE, inbound_id, "report", taken.contact_id, None, taken.report_id
                )

    async def _claimed(
        self, tx: Tx, inbound_id: int, incoming: Incoming, received_at: datetime
    ) -> bool:
        if incoming.sender is None:
            return False
        number = self._ctx.vault.phone_hash(incoming.sender)
        if (command := commands.parse(incoming.text)) is not None:
            answer = await on_call.answer(tx, number, command)
            if answer is None:
                answer = await crews.answer(tx, number, command, received_at)
            if answer is not None:
                await tx.execute(DONE, inbound_id, "assignment", None, answer.assignment_id, None)
                await self._reply(tx, inbound_id, incoming, answer, received_at)
                return True
        if await answers.match_answer(tx, number, incoming.text) is not None:
            await tx.execute(DONE, inbound_id, "request", None, None, None)
            return True
        if STOP.fullmatch(incoming.text.strip()):
            for purpose in ("survey", "alert"):
                await consents.refuse_number(tx, number, purpose, channel="sms")
            await tx.execute(DONE, inbound_id, "stop", None, None, None)
            answer = crews.Answer("stopped", {})
            await self._reply(tx, inbound_id, incoming, answer, received_at)
            return True
        return False

    async def _reply(
        self,
        tx: Tx,
        inbound_id: int,
        incoming: Incoming,
        answer: crews.Answer,
        received_at: datetime,
    ) -> None:
        await queue.put(
            tx,
            [
                entry(
                    self._ctx.vault,
                    answer.template,
                    Recipient(incoming.sender, staff_id=answer.staff_id),
                    answer.values,
                    lane="life" if answer.staff_id else "normal",
                    urgency=3,
                    channel=incoming.channel,
                    dedupe=f"in{inbound_id}",
                    expires_at=after(received_at, 600),
                    inbound_id=inbound_id,
                    assignment_id=answer.assignment_id,
                    incident_id=answer.incident_id,
                )
            ],
        )

    async def _open_report(self, tx: Tx, incoming: Incoming) -> Row | None:
        """The open report that a short word is about: the one named by its code, else the newest."""
        text = incoming.text.strip()
        worded = NOT_NEEDED.fullmatch(text)
        if incoming.sender is None or not (worded or commands.parse(text)):
            return None
        rows = await tx.fetch(OPEN_REPORTS, self._ctx.vault.phone_hash(incoming.sender))
        code = (worded["code"] or "").upper() if worded else ""
        return next((row for row in rows if row["code"] == code), rows[0] if rows else None)

    async def _add(
        self, inbound_id: int, said: Inbound, report: Row, received_at: datetime
    ) -> None:
        contact_id = await self._intake.add(report["id"], said)
        async with self._ctx.db.tx(Actor("gateway", name=said.gateway or "")) as tx:
            await tx.execute(DONE, inbound_id, "update", contact_id, None, report["id"])
            if report["silent"] or report["hidden"]:
                return  # whoever holds the phone now must not read about help
            await queue.put(
                tx,
                [
                    entry(
                        self._ctx.vault,
                        "noted",
                        Recipient(said.phone),
                        {"code": report["code"]},
                        lane="normal",
                        urgency=1,
                        channel=said.channel,
                        # Once an hour: the same word ten times is not answered ten times.
                        dedupe=f"noted:{report['id']}:{received_at:%Y%m%d%H}",
                        expires_at=after(received_at, 600),
                        inbound_id=inbound_id,
                        report_id=report["id"],
                    )
                ],
            )
            tx.after_commit(lambda: self._ctx.bell.ring(BELL))
