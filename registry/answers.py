"""Answers by SMS to a program's message: exactly the digits asked for, once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.db import Tx
from core.events import append
from core.events.kinds import MessageReply

OPEN_QUESTION = """
SELECT recipient.id, request.program, request.answer_digits, request.answer_max
FROM message_recipient AS recipient
JOIN message_request AS request ON request.id = recipient.request_id
WHERE recipient.phone_hash = $1 AND recipient.answered_at IS NULL
  AND request.answer_digits > 0 AND request.expires_at > clock_timestamp()
ORDER BY recipient.claimed_at DESC LIMIT 1
"""
ANSWERED = """
UPDATE message_recipient SET answered_at = clock_timestamp() WHERE id = $1 AND answered_at IS NULL
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An inbound SMS that answers an open question. `digits` without separators, e.g. '443'."""

    program: str
    recipient_id: int
    digits: str


async def mark_answered(tx: Tx, recipient_id: int) -> bool:
    """Take the one answer of a recipient; False when it was given before."""
    return await tx.fetchval(ANSWERED, recipient_id) is not None


async def match_answer(tx: Tx, phone_hash: bytes, text: str) -> Answer | None:
    """Whether an inbound text answers the newest open question to this number.

    Only exactly as many digits as asked, each from 1 to the highest asked, with nothing but spaces,
    commas, dots or dashes between them: words are for people (invariant 13). The first answer
    counts and writes `reply.message`.
    """
    row = await tx.fetchrow(OPEN_QUESTION, phone_hash)
    if row is None:
        return None
    digits = read_digits(text, row["answer_digits"], row["answer_max"])
    if digits is None or not await mark_answered(tx, row["id"]):
        return None
    answer = Answer(row["program"], row["id"], digits)
    await append(
        tx,
        "reply.message",
        MessageReply(program=answer.program, subject_id=answer.recipient_id, answer=digits),
        subject=("message_recipient", answer.recipient_id),
    )
    return answer


def read_digits(text: str, count: int, highest: int) -> str | None:
    """The digits of an answer.

    >>> read_digits(" 4 4,3 ", 3, 4), read_digits("443", 3, 4), read_digits("4 4 5", 3, 4)
    ('443', '443', None)
    """
    if not re.fullmatch(r"[0-9\s.,;/-]{1,40}", text.strip(), flags=re.ASCII):
        return None
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != count or not all(1 <= int(digit) <= highest for digit in digits):
        return None
    return digits
