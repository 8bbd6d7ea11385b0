"""`/konsol`: the shell of the operator's page. Its data comes over the stream and the API."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from console.hub.visibility import AGENCY_ROLES, view_of
from console.konsol.labels import labels
from console.konsol.words import script_words
from core.access import DESK, SEES_ALL, allow
from core.web.deps import Lang, SettingsDep, Who
from core.web.templates import render
from geo import pack

router = APIRouter(tags=["konsol"])

# Loaded with the page instead of one after the other, each when the one before names it.
MODULES = (
    "lib", "format", "api", "stream", "store", "order", "sound", "age", "actions", "announce",
    "queue", "attention", "units", "fetched", "recommend", "assignments", "details", "history",
    "panel", "placefield", "typeselect", "command", "keys", "newcall", "dialogs", "addname",
    "closures", "drawing", "citytime", "roads", "reach", "mapstyle", "map",
)  # fmt: skip


@router.get("/konsol", dependencies=[allow(*SEES_ALL, *AGENCY_ROLES)])
async def konsol(request: Request, who: Who, lang: Lang, settings: SettingsDep) -> Response:
    """The console. An agency's people see their class of the board and cannot act from here."""
    known = pack.load(settings.city)
    city = known.city
    config = {
        "lang": lang,
        "view": view_of(who),
        "name": who.name,
        "acts": who.role in DESK,
        "demo": settings.demo,
        "centre": city.centre,
        "timezone": settings.timezone,
        "labels": {**labels(lang), "area": {area.code: area.name for area in known.areas}},
        "words": script_words(lang),
    }
    return render(
        request,
        "konsol.html",
        city=city.name,
        modules=MODULES,
        config=script_json(config),
    )


def script_json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")
