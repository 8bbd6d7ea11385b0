"""/hp: simulated handsets of the demo, on the simulator gateway's own API. Absent in production."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from console.pages import words
from console.pages.page import page
from core.access import public
from core.errors import NotFound
from core.web.deps import Lang, SettingsDep

router = APIRouter(include_in_schema=False)


@router.get("/hp", dependencies=[public()])
async def handsets(request: Request, settings: SettingsDep, lang: Lang) -> Response:
    if not settings.demo:
        raise NotFound
    said: dict[str, Any] = words.script_words(words.HP, lang)
    said["roles"] = words.script_words(words.HP_ROLES, lang)
    said["channels"] = words.script_words(words.HP_CHANNELS, lang)
    said["digits"] = words.script_words(words.HP_DIGITS, lang)
    said["zone"] = settings.timezone
    return page(request, "hp.html", words=said)
