"""What the geocoder answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["found", "ambiguous", "outside", "unknown"]
Basis = Literal[
    "coordinates", "link", "plus_code", "kelurahan_name", "street", "landmark", "gps", "none"
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that the text may mean.

    `lon`, `lat` (WGS 84) is a label point; the true place lies within `uncertainty_m` of it.
    `kelurahan_codes` the likeliest first, empty outside the city. `score` is 0…1, comparable
    within one answer only. `reason` is one line of Bahasa for the operator.
    """

    label: str
    lon: float
    lat: float
    uncertainty_m: float
    kelurahan_codes: tuple[str, ...]
    lingkungan: str | None
    basis: Basis
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Located:
    """The answer for one text.

    found      the first candidate is meant (others, if any, are second readings)
    ambiguous  the name fits several: one candidate each, ask which
    outside    not in this city; `outside` says where when the text names it
    unknown    cannot tell, ask; `named` holds what was recognised but ties to no kelurahan

    `slight` when all of it is one misspelt word: a good fix elsewhere says more.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    named: tuple[str, ...] = ()
    named_basis: Basis = "none"
    outside: str | None = None
    slight: bool = False

    @property
    def basis(self) -> Basis:
        """The strongest signal in the text, also when it decides nothing."""
        return self.candidates[0].basis if self.candidates else self.named_basis

    @property
    def kelurahan_codes(self) -> tuple[str, ...]:
        """All codes in question, the likeliest first."""
        if self.verdict not in ("found", "ambiguous"):
            return ()
        rows = self.candidates[:1] if self.verdict == "found" else self.candidates
        return tuple(dict.fromkeys(code for row in rows for code in row.kelurahan_codes))
