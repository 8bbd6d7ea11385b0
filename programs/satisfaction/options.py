"""What a city may set for the survey."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from programs.satisfaction.formula import ELEMENTS


class Options(BaseModel):
    """min_respondents: below it no figure is shown to anybody outside the office (anonymity).

    quick_*: the survey by SMS after an incident: whether, how many hours after it was closed, the
    least days between two to one number, days an answer is waited for, and whether only people who
    agreed beforehand are asked (otherwise all who did not object).
    stale_after_days: the regulation asks for a survey at least once a year.
    """

    model_config = ConfigDict(extra="forbid")
    element_order: tuple[str, ...] = ELEMENTS
    min_respondents: int = Field(default=10, ge=1)
    stale_after_days: int = Field(default=366, ge=1)
    quick: bool = True
    quick_after_hours: int = Field(default=24, ge=1, le=24 * 14)
    quick_gap_days: int = Field(default=30, ge=30)
    quick_answer_days: int = Field(default=3, ge=1, le=14)
    quick_needs_consent: bool = False
    quick_service: str = "SICETAR"

    @model_validator(mode="after")
    def _all_elements(self) -> Self:
        if sorted(self.element_order) != sorted(ELEMENTS):
            raise ValueError("element_order must name U1 to U9 once each")
        return self
