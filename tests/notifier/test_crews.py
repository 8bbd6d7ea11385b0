"""Digits of a crew on the real tables: every step, a late yes both ways, help, and strangers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from notifier import crews
from notifier.commands import parse
from notifier.crews import Answer
from notifier.templates import render
from tests.notifier.world import Crew, World, phone


async def say(world: World, crew: Crew | str, text: str) -> Answer | None:
    number = crew if isinstance(crew, str) else crew.phone
    command = parse(text)
    assert command is not None
    async with world.db.tx() as tx:
        return await crews.answer(tx, world.vault.phone_hash(number), command, datetime.now(UTC))


async def state(world: World, assignment: int) -> str:
    async with world.db.read() as tx:
        found: str = await tx.fetchval("SELECT state FROM assignment WHERE id = $1", assignment)
    return found


async def test_a_whole_job_by_digits(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident())
    for digit, expected, template in (
        ("1", "accepted", "accepted"),
        ("3", "en_route", "en_route"),
        ("4", "on_scene", "arrived"),
        ("5", "cleared", "cleared"),
    ):
        answer = await say(world, crew, digit)
        assert answer is not None and answer.template == template
        assert await state(world, assignment) == expected
        assert answer.assignment_id == assignment and answer.staff_id == crew.staff_id
        assert render(answer.template, **answer.values)
    async with world.db.read() as tx:
        accepted_by = await tx.fetchval(
            "SELECT accepted_by FROM assignment WHERE id = $1", assignment
        )
    assert accepted_by == crew.staff_id


async def test_2_declines(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident())
    answer = await say(world, crew, "2")
    assert answer is not None and answer.template == "declined"
    assert await state(world, assignment) == "declined"


async def test_9_asks_for_help_and_changes_no_state(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident(), "on_scene")
    answer = await say(world, crew, "9")
    assert answer is not None and answer.template == "help_raised"
    assert await state(world, assignment) == "on_scene"
    assert await world.events("assignment.help", assignment_id=assignment) == 1


async def test_a_late_yes_counts_while_the_need_is_open(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident(), "expired")
    answer = await say(world, crew, "1")
    assert answer is not None and answer.template == "accepted"
    assert await state(world, assignment) == "accepted"


async def test_a_late_yes_after_the_replacement_is_told_so(world: World) -> None:
    late, quick = await world.crew(), await world.crew()
    incident = await world.incident()
    assignment = await world.assignment(late, incident, "expired")
    await world.assignment(quick, incident, "accepted")
    answer = await say(world, late, "1")
    assert answer is not None
    code = await world.code(assignment)
    assert render(answer.template, **answer.values) == (
        f"Sudah digantikan {quick.unit_code}, tetap siaga. ({code})"
    )
    assert await state(world, assignment) == "expired"
    assert await world.events("assignment.late", assignment_id=assignment) == 1


async def test_a_digit_after_a_recall_is_asked_back(world: World) -> None:
    crew = await world.crew()
    recalled = await world.assignment(crew, await world.incident(), "recalled")
    offered = await world.assignment(crew, await world.incident())
    answer = await say(world, crew, "1")
    assert answer is not None and answer.template == "which"
    assert await world.code(offered) in render(answer.template, **answer.values)
    assert await state(world, offered) == "offered"
    answer = await say(world, crew, f"1 {await world.code(recalled)}")
    assert answer is not None and answer.template == "no_longer"
    answer = await say(world, crew, f"1{await world.code(offered)}")
    assert answer is not None and answer.template == "accepted"
    assert await state(world, offered) == "accepted"


async def test_a_digit_out_of_sequence_is_answered_and_kept(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident(), "on_scene")
    answer = await say(world, crew, "2")
    assert answer is not None and answer.template == "not_now"
    assert "di lokasi" in render(answer.template, **answer.values)
    assert await state(world, assignment) == "on_scene"


async def test_an_unknown_digit_explains_the_digits(world: World) -> None:
    crew = await world.crew()
    await world.assignment(crew, await world.incident())
    answer = await say(world, crew, "7")
    assert answer is not None and answer.template == "digits"


async def test_on_duty_without_a_job(world: World) -> None:
    answer = await say(world, await world.crew(), "1")
    assert answer is not None and answer.template == "no_assignment"


async def test_who_was_told_may_answer_though_the_shift_has_ended(world: World) -> None:
    crew = await world.crew()
    incident = await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    await world.run("UPDATE duty SET ends_at = now() WHERE staff_id = $1", crew.staff_id)
    answer = await say(world, crew, "1")
    assert answer is not None and await state(world, assignment) == "accepted"


@pytest.mark.parametrize("text", ["1", "123", "terima"])
async def test_a_stranger_commands_nothing(world: World, text: str) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident())
    assert await say(world, phone(), text) is None
    assert await state(world, assignment) == "offered"
    other = await world.crew()
    answer = await say(world, other, "1")
    assert answer is not None and answer.template == "no_assignment"


async def test_three_digits_are_a_command_only_with_a_known_code(world: World) -> None:
    crew = await world.crew()
    assignment = await world.assignment(crew, await world.incident())
    wrong = 10 + (int(await world.code(assignment)) - 10 + 1) % 90
    assert await say(world, crew, f"1{wrong}") is None
    assert await say(world, crew, f"1{await world.code(assignment)}") is not None
