"""A city's own words for a program, and its options: in the database, with the code's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from core.db import Tx
from core.errors import BadInput
from programs.shape import Program

Options = TypeVar("Options", bound=BaseModel)

READ = "SELECT name, expansion, owner, options, version FROM program_setting WHERE slug = $1"
WRITE = """
INSERT INTO program_setting (slug, name, expansion, owner, options) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (slug) DO UPDATE SET
    name = coalesce(excluded.name, program_setting.name),
    expansion = coalesce(excluded.expansion, program_setting.expansion),
    owner = coalesce(excluded.owner, program_setting.owner),
    options = program_setting.options || excluded.options,
    version = program_setting.version + 1,
    changed_at = clock_timestamp()
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What the screen calls a program. `expansion_stated`: by a source, or by the city itself."""

    slug: str
    name: str
    expansion: str
    owner: str
    expansion_stated: bool


async def named(tx: Tx, program: Program) -> Named:
    """The city's words where it set some, else the program's own."""
    row = await tx.fetchrow(READ, program.slug)
    said = dict(row) if row else {}
    return Named(
        program.slug,
        said.get("name") or program.name,
        said.get("expansion") or program.expansion,
        said.get("owner") or program.owner,
        bool(said.get("expansion")) or program.expansion_stated,
    )


async def options(tx: Tx, slug: str, shape: type[Options]) -> Options:
    """The options of a program: what the city set, over the defaults.

    An option that a later version no longer accepts falls back to its default as a whole: a
    program must not go down over its settings.
    """
    row = await tx.fetchrow(READ, slug)
    try:
        return shape.model_validate(row["options"] if row else {})
    except ValidationError:
        return shape()


async def configure(
    tx: Tx,
    program: Program,
    *,
    name: str | None = None,
    expansion: str | None = None,
    owner: str | None = None,
    changes: dict[str, Any] | None = None,
) -> None:
    """Set words and options; what is None stays. Raises BadInput naming options that do not fit."""
    row = await tx.fetchrow(READ, program.slug)
    merged = (row["options"] if row else {}) | (changes or {})
    try:
        program.options.model_validate(merged)
    except ValidationError as error:
        wrong = ", ".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        raise BadInput("Pengaturan tidak dapat dipakai: {names}.", names=wrong) from error
    await tx.execute(WRITE, program.slug, name, expansion, owner, changes or {})
