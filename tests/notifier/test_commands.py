"""A crew's one digit: what it says, and which job it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.commands import DOUBT_AFTER_RECALL, LIVE, STEPS, Command, Job, choose, parse

NOW = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("1", Command(1)),
        (" 2 ", Command(2)),
        ("9!", Command(9)),
        ("7", Command(7)),
        ("10", Command(10)),
        ("1 23", Command(1, "23")),
        ("1-23", Command(1, "23")),
        ("1 (23)", Command(1, "23")),
        ("1A7", Command(1, "A7")),
        ("a7 1", Command(1, "A7")),
        ("123", Command(1, "23", glued=True)),
        ("terima", Command(1)),
        ("TOLAK 23", Command(2, "23")),
        ("Berangkat.", Command(3)),
        ("butuh bantuan", Command(9)),
    ],
)
def test_commands_are_understood(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sudah aman",
        "1 rumah terbakar",
        "4 4 3",
        "1234",
        "081100000001",
        "siap 1",
        "ada 2 korban",
    ],
)
def test_other_words_are_no_command(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    command = parse(text)
    assert command is None or 0 <= command.digit <= 99


def job(n: int, state: str, minutes_ago: float = 5) -> Job:
    ended = None if state in LIVE else NOW - timedelta(minutes=minutes_ago)
    return Job(n, str(10 + n), state, f"U{n}", ended)


@pytest.mark.parametrize("digit", sorted(STEPS))
def test_one_open_job_needs_no_code(digit: int) -> None:
    choice = choose(Command(digit), [job(2, "offered"), job(1, "cleared")], NOW)
    assert (choice.verdict, choice.job) == ("job", job(2, "offered"))


def test_two_open_jobs_are_asked_back() -> None:
    choice = choose(Command(1), [job(2, "offered"), job(1, "on_scene")], NOW)
    assert (choice.verdict, choice.open_codes) == ("which", ("12", "11"))


@pytest.mark.parametrize("state", ["recalled", "aborted"])
def test_after_a_recall_the_code_is_needed(state: str) -> None:
    jobs = [job(2, "offered"), job(1, state)]
    assert choose(Command(1), jobs, NOW).verdict == "which"
    assert choose(Command(1, "12"), jobs, NOW).job == jobs[0]
    over = choose(Command(1, "11"), jobs, NOW)
    assert (over.verdict, over.job) == ("over", jobs[1])


def test_a_recall_of_long_ago_is_no_doubt() -> None:
    long_ago = DOUBT_AFTER_RECALL.total_seconds() / 60 + 1
    assert choose(Command(1), [job(2, "offered"), job(1, "recalled", long_ago)], NOW).job == job(
        2, "offered"
    )


def test_a_late_yes_goes_to_dispatch_and_a_late_no_does_not() -> None:
    jobs = [job(1, "expired")]
    assert choose(Command(1), jobs, NOW).verdict == "job"
    assert choose(Command(2), jobs, NOW).verdict == "over"


def test_a_wrong_code_is_asked_back_and_nothing_open_is_said() -> None:
    assert choose(Command(1, "99"), [job(2, "offered")], NOW).verdict == "which"
    assert choose(Command(1, "99"), [job(1, "cleared")], NOW).verdict == "none"
    assert choose(Command(1), [], NOW).verdict == "none"


def test_a_code_may_be_typed_with_or_without_its_letter() -> None:
    jobs = [Job(1, "A7", "offered", "U1"), Job(2, "A8", "en_route", "U2")]
    for typed in ("A7", "7", "07"):
        assert choose(Command(1, typed), jobs, NOW).job == jobs[0]
