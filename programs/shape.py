"""The one shape of a city program.

A program is a small package with a `Program` value: a public page, JSON and CSV, a staff page, an
event out, an event in from the core, and numbers that say where they come from. It imports `core`,
`geo` and `registry`, never `dispatch` or another program; it meets the rest in the event log.
`programs/__init__.py` lists them; `docs/add-a-program.md` shows how to add one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter
from pydantic import BaseModel

from core.db import Tx
from core.events.consume import Consumer
from core.models import Base
from core.timers import Handler
from programs.provenance import Provenance

NO_TIMERS: Mapping[str, Handler] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Program:
    """What the shell needs to know of a program.

    slug: its name in addresses: /program/<slug>, /api/v1/programs/<slug>.
    name, expansion, owner: the city's words; the city changes them without a release
    (`programs.naming`). expansion_stated: False when no source spells the name out.
    about: one sentence for the list of programs. law: what it rests on.
    json, csv: addresses of the open data, below the API prefix.
    emits: kinds of events it writes. consumers: what it hears; their kinds are declared.
    provenance: of its newest published figure.
    options: what the city may set, with its defaults.
    tables: its tables, so that migrations know them.
    seed: writes contoh rows, all marked; does nothing when there are any.
    """

    slug: str
    name: str
    expansion: str
    owner: str
    about: str
    law: tuple[str, ...]
    router: APIRouter
    json: str
    csv: str
    emits: tuple[str, ...]
    consumers: tuple[Consumer, ...]
    provenance: Callable[[Tx], Awaitable[Provenance]]
    options: type[BaseModel]
    tables: tuple[type[Base], ...]
    seed: Callable[[Tx], Awaitable[None]]
    templates: Path
    expansion_stated: bool = True
    timers: Mapping[str, Handler] = field(default_factory=lambda: NO_TIMERS)

    @property
    def public_page(self) -> str:
        """What anybody sees."""
        return f"/program/{self.slug}"

    @property
    def staff_page(self) -> str:
        """Where the office works."""
        return f"/program/{self.slug}/kantor"

    @property
    def api(self) -> str:
        """Prefix of its JSON and CSV."""
        return f"/api/v1/programs/{self.slug}"

    @property
    def hears(self) -> tuple[str, ...]:
        """Kinds of events it reacts to."""
        return tuple(sorted({kind for consumer in self.consumers for kind in consumer.kinds}))
