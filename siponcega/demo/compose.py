"""Contacts of a made-up day, composed from parts by rules; the same seed gives the same day.

A text is opening + what happened + where + one or two details + plea, then written as people here
write: short forms of SMS, no capitals, the Medan way, or in panic. Nobody's message is copied.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from siponcega.demo import noise_words, real_words
from siponcega.demo.shift import example_phone
from siponcega.demo.spots import City, Spot

Way = Literal["report", "sms", "call"]

# Residents of the demo: apart from the crews' numbers, few, so that /hp stays readable.
RESIDENTS_FROM, RESIDENTS = 200_000, 60
SMS_SHORT = {
    "yang": "yg", "tidak": "gak", "sudah": "udh", "orang": "org", "dengan": "dgn", "rumah": "rmh",
    "jalan": "jln", "tolong": "tlg", "dekat": "dkt", "banyak": "byk", "belum": "blm",
    "masih": "msh", "sampai": "smp", "tetangga": "ttangga", "dari": "dr", "pakai": "pake",
    "cepat": "cpt", "bapak": "bpk", "besar": "bsr",
}  # fmt: skip
MEDAN = {"tidak": "gak", "sekali": "kali", "kalian": "kelen",
         "cepat": "cepatlah", "bagaimana": "cemana", "saja": "aja"}  # fmt: skip
STYLES = ("plain", "lower", "short", "medan", "panic")


class HasWeight(Protocol):
    @property
    def weight(self) -> int: ...


Weighted = TypeVar("Weighted", bound=HasWeight)


@dataclass(frozen=True, slots=True)
class Told:
    """One contact. `type` is none where nothing has happened. `pinned`: the phone gives a position.

    later: a place that an app user adds only after being asked.
    """

    way: Way
    class_: str
    type: str
    text: str
    phone: str
    spot: Spot | None = None
    pinned: tuple[float, float] | None = None
    declared: bool = False
    later: str | None = None
    channel: str = "app"

    @property
    def real(self) -> bool:
        return self.type != "none"


class Composer:
    """Makes contacts; all chance comes from `rng`."""

    def __init__(self, city: City, rng: random.Random) -> None:
        self._city = city
        self._rng = rng

    def real(self, type_: str | None = None) -> Told:
        """Something has happened."""
        rng = self._rng
        kind = real_words.BY_TYPE[type_] if type_ else _weighted(rng, real_words.KINDS)
        spot = self._city.spot(rng)
        event = rng.choice(kind.told)
        more = rng.sample(kind.more, k=rng.choice((0, 1, 1, 2)))
        way: Way = rng.choices(("report", "sms", "call"), (5, 3, 3))[0]
        pinned = spot.near(rng) if way == "report" and rng.random() < 0.75 else None
        unsaid = way == "report" and pinned is None and rng.random() < 0.3
        words = self._fill(self._order(event, "" if unsaid else f"di {spot.said}", more))
        return Told(
            way, "emergency", kind.type, self._dress(words), self.resident(), spot, pinned,
            declared=way == "call" or (way == "report" and rng.random() < 0.5),
            later=self._fill(f"lokasinya di {spot.said}") if unsaid else None,
            channel=rng.choice(("app", "web")),
        )  # fmt: skip

    def witnesses(self, told: Told) -> list[Told]:
        """What others who see the same thing tell, from nearly the same spot."""
        rng, spot = self._rng, told.spot
        kind = real_words.BY_TYPE[told.type]
        if spot is None or rng.random() >= kind.seen:
            return []
        return [
            Told(
                "report", "emergency", told.type,
                self._dress(f"{rng.choice(real_words.SEEN_TOO[told.type])} di {spot.said}"),
                self.resident(), spot, spot.near(rng, 90), declared=rng.random() < 0.5,
            )
            for _ in range(rng.randint(1, 3))
        ]  # fmt: skip

    def noise(self) -> Told:
        """Nothing has happened: pranks, tests, offers, silence, questions, complaints."""
        rng = self._rng
        one = _weighted(rng, noise_words.CHATTER)
        spoken = rng.random() < one.spoken
        text = ""
        if one.patterns:
            text = self._fill(rng.choice(one.patterns), noise_words.SLOTS)
            if rng.random() < 0.5:
                text = text.lower()
        way: Way = "call" if spoken else rng.choices(("sms", "report"), (3, 1))[0]
        return Told(way, one.class_, "none", text, self.resident(), channel="web")

    def resident(self) -> str:
        """An example number."""
        return example_phone(RESIDENTS_FROM + self._rng.randrange(RESIDENTS))

    def _order(self, event: str, where: str, more: list[str]) -> str:
        rng = self._rng
        opening, plea = rng.choice(real_words.OPENINGS), rng.choice(real_words.PLEAS)
        head = f"{where} {event}" if where and rng.random() < 0.15 else f"{event} {where}"
        parts = [f"{opening} {head}".strip(), *more, plea]
        return ", ".join(part for part in parts if part)

    def _fill(self, pattern: str, slots: Mapping[str, tuple[str, ...]] = real_words.SLOTS) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self._rng.choice(slots[found[1]]), pattern)

    def _dress(self, text: str) -> str:
        rng = self._rng
        style = rng.choice(STYLES)
        if style == "plain":
            return text[0].upper() + text[1:] + rng.choice((".", "", "!"))
        text = text.lower()
        if style == "short":
            return _swap(text, {k: v for k, v in SMS_SHORT.items() if rng.random() < 0.7})
        if style == "medan":
            return _swap(text, MEDAN) + rng.choice((" bah", " ya bang", " woi", ""))
        if style == "panic":
            return text.replace("tolong", "tolooong", 1) + rng.choice(("!!", "!!!", ""))
        return text


def _swap(text: str, table: Mapping[str, str]) -> str:
    return re.sub(r"\b\w+\b", lambda found: table.get(found[0], found[0]), text)


def _weighted(rng: random.Random, rows: tuple[Weighted, ...]) -> Weighted:
    return rng.choices(rows, [row.weight for row in rows])[0]
