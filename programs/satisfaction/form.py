"""The survey form: what a browser or a clerk sent, read into nine scores and a coarse profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from programs.satisfaction.formula import ELEMENTS
from programs.satisfaction.words import PROFILE

MISSING = "Pilih salah satu jawaban."


@dataclass(slots=True)
class Answers:
    """`errors` names each field that cannot be used; empty means the form is complete."""

    scores: tuple[int, ...] = ()
    profile: dict[str, str | None] = field(default_factory=dict)
    client_key: UUID | None = None
    given: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read(form: Mapping[str, object]) -> Answers:
    """All nine elements are needed; the profile may be left out, in part or whole."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    answers = Answers(given=given)
    scores = []
    for code in ELEMENTS:
        value = given.get(code, "")
        if value in ("1", "2", "3", "4"):
            scores.append(int(value))
        else:
            answers.errors[code] = MISSING
    answers.scores = tuple(scores)
    for name, (_, choices) in PROFILE.items():
        value = given.get(name, "")
        answers.profile[name] = value if value in choices else None
    try:
        answers.client_key = UUID(given["client_key"]) if given.get("client_key") else None
    except ValueError:
        answers.client_key = None
    return answers
