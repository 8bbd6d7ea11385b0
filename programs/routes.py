"""The list of programs, as a page and as JSON, and the words and options a city gives them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from core.access import allow, public
from core.db import Tx
from core.errors import NotFound
from core.web.deps import Reader, Transaction
from core.web.templates import render
from programs import PROGRAMS
from programs.naming import Named, configure, named
from programs.provenance import Provenance, now
from programs.shape import Program

router = APIRouter()
for one in PROGRAMS:
    router.include_router(one.router)

BY_SLUG = {program.slug: program for program in PROGRAMS}


class Setting(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(default=None, min_length=1, max_length=60)
    expansion: str | None = Field(default=None, min_length=1, max_length=120)
    owner: str | None = Field(default=None, min_length=1, max_length=120)
    options: dict[str, Any] | None = None


@router.get("/program", dependencies=[public()], include_in_schema=False)
async def page(request: Request, tx: Reader) -> Response:
    return render(request, "program/daftar.html", programs=await _all(tx), now=await now(tx))


@router.get("/api/v1/programs", dependencies=[public()], tags=["programs"])
async def listed(tx: Reader) -> dict[str, Any]:
    """Every program with its addresses, its law, and where its newest number comes from."""
    moment = await now(tx)
    return {
        "programs": [
            {
                "slug": program.slug,
                "name": words.name,
                "expansion": words.expansion,
                "expansion_stated": words.expansion_stated,
                "owner": words.owner,
                "about": program.about,
                "law": program.law,
                "page": program.public_page,
                "json": f"{program.api}/{program.json}",
                "csv": f"{program.api}/{program.csv}",
                "emits": program.emits,
                "hears": program.hears,
                "provenance": provenance.as_dict(moment),
            }
            for program, words, provenance in await _all(tx)
        ]
    }


@router.get("/api/v1/programs/{slug}/settings", dependencies=[allow("admin")], tags=["programs"])
async def settings_of(slug: str, tx: Reader) -> dict[str, Any]:
    """The options as they are in force, and the JSON schema of what may be set."""
    program = _program(slug)
    words = await named(tx, program)
    stored = await tx.fetchval("SELECT options FROM program_setting WHERE slug = $1", slug)
    return {
        "name": words.name,
        "expansion": words.expansion,
        "owner": words.owner,
        "options": program.options.model_validate(stored or {}).model_dump(),
        "schema": program.options.model_json_schema(),
    }


@router.patch("/api/v1/programs/{slug}/settings", dependencies=[allow("admin")], tags=["programs"])
async def set_options(slug: str, body: Setting, tx: Transaction) -> dict[str, Any]:
    """Give a program the city's own words and options."""
    await configure(
        tx,
        _program(slug),
        name=body.name,
        expansion=body.expansion,
        owner=body.owner,
        changes=body.options,
    )
    return await settings_of(slug, tx)


async def _all(tx: Tx) -> list[tuple[Program, Named, Provenance]]:
    return [
        (program, await named(tx, program), await program.provenance(tx)) for program in PROGRAMS
    ]


def _program(slug: str) -> Program:
    program = BY_SLUG.get(slug)
    if program is None:
        raise NotFound
    return program
