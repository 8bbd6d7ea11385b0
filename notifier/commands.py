"""What a member of staff can say by SMS, and which assignment it is about. Pure.

One digit, with the assignment's code when more than one is open or one was just called back. A word
of the same meaning is understood too; anything else is no command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LIVE = frozenset({"offered", "accepted", "en_route", "on_scene", "transporting", "at_facility"})
CALLED_BACK = frozenset({"recalled", "aborted"})
DOUBT_AFTER_RECALL = timedelta(minutes=30)
"""A digit that comes this soon after a recall may have been meant for the recalled job."""

STEPS = frozenset({1, 2, 3, 4, 5, 9})
WORDS = {
    "terima": 1,
    "tolak": 2,
    "berangkat": 3,
    "tiba": 4,
    "selesai": 5,
    "bantuan": 9,
    "butuh bantuan": 9,
}

_DIGIT_FIRST = re.compile(r"(\d)(?:[\s.,:;)#-]+|(?=[A-Z]))\(?([A-Z]{0,3}\d{1,6})\)?[.!]*")
_CODE_FIRST = re.compile(r"\(?([A-Z]{1,3}\d{1,6})\)?[\s.,:;#-]+(\d)[.!]*")
_DIGIT_ALONE = re.compile(r"\(?(\d{1,2})[\s.,!)]*")
_GLUED = re.compile(r"(\d)(\d{2})")
_WORD = re.compile(r"([a-z]+(?: [a-z]+)??)(?:\s+\(?([a-z]{0,3}\d{1,6})\)?)?[.!]*")


@dataclass(frozen=True, slots=True)
class Command:
    """`digit` as typed, also one that means nothing (see STEPS); `code` in capitals, or None.

    `glued`: typed without a space ("123" for "1 23"), so it only counts if 23 is such a code.
    """

    digit: int
    code: str | None = None
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """An assignment that this phone may speak of. `ended_at`: when it stopped being open."""

    id: int
    code: str
    state: str
    unit_code: str
    ended_at: datetime | None = None
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The job a command is about, or why that cannot be said.

    verdict: job · which (ask back, `open_codes` to choose from) · over (the job is no longer open)
    · none (there is no job).
    """

    verdict: Literal["job", "which", "over", "none"]
    job: Job | None = None
    open_codes: tuple[str, ...] = ()


def parse(text: str) -> Command | None:
    """The command in an SMS, or None when it is not one.

    >>> [parse(t) for t in ("1", "1 23", "A23 1", "(1)", "9!")] == [
    ...     Command(1), Command(1, "23"), Command(1, "A23"), Command(1), Command(9)]
    True
    >>> parse("123"), parse(" Terima 23. ")
    (Command(digit=1, code='23', glued=True), Command(digit=1, code='23', glued=False))
    >>> parse("1234"), parse("4 4 3"), parse("ada kebakaran di Lk 4"), parse("sudah aman")
    (None, None, None, None)
    """
    words = " ".join(text.split())
    shout = words.upper()
    if found := _DIGIT_ALONE.fullmatch(shout):
        return Command(int(found[1]))
    if found := _DIGIT_FIRST.fullmatch(shout):
        return Command(int(found[1]), found[2])
    if found := _GLUED.fullmatch(shout):
        return Command(int(found[1]), found[2], glued=True)
    if found := _CODE_FIRST.fullmatch(shout):
        return Command(int(found[2]), found[1])
    if (found := _WORD.fullmatch(words.lower())) and found[1] in WORDS:
        return Command(WORDS[found[1]], found[2].upper() if found[2] else None)
    return None


def choose(command: Command, jobs: Sequence[Job], now: datetime) -> Choice:
    """Which of `jobs` (newest first) the command is about."""
    live = [job for job in jobs if job.state in LIVE]
    codes = tuple(job.code for job in live)
    if command.code is not None:
        named = [job for job in jobs if _number(job.code) == _number(command.code)]
        if not named:
            return Choice("which", open_codes=codes) if live else Choice("none")
        return _about(command, next((job for job in named if job.state in LIVE), named[0]))
    just_called_back = any(
        job.state in CALLED_BACK and job.ended_at and now - job.ended_at < DOUBT_AFTER_RECALL
        for job in jobs
    )
    if len(live) > 1 or (live and just_called_back):
        return Choice("which", open_codes=codes)
    if live:
        return Choice("job", live[0])
    return _about(command, jobs[0]) if jobs else Choice("none")


def names(command: Command, jobs: Sequence[Job]) -> bool:
    """Whether the command's code is one of these jobs'."""
    return any(_number(job.code) == _number(command.code or "") for job in jobs)


def _about(command: Command, job: Job) -> Choice:
    # A late yes to an expired offer may still count: dispatch decides.
    if job.state in LIVE or (job.state == "expired" and command.digit == 1):
        return Choice("job", job)
    return Choice("over", job)


def _number(code: str) -> str:
    """'A7', 'a 7' and '7' are one code: the letter is for reading aloud."""
    return re.sub(r"\D", "", code).lstrip("0") or code.upper()
