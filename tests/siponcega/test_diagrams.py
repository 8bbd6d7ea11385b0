"""The diagrams of the architecture page are the tables of the code."""

from __future__ import annotations

from siponcega import diagrams


def test_the_page_shows_the_machines_as_they_are() -> None:
    text = diagrams.PAGE.read_text("utf-8")
    assert diagrams.page_with(text) == text, "run: python -m siponcega.diagrams --write"


def test_every_move_is_drawn() -> None:
    drawn = diagrams.printed()
    for machine in diagrams.machines():
        for state, targets in machine.moves.items():
            for to in targets:
                assert f"{state} --> {to}" in drawn
