"""Everything of this folder that the app mounts; `/hp` by itself, in demo mode only."""

from __future__ import annotations

from fastapi import APIRouter

from console.pages import front, report_form, responder, track
from console.pages.handsets import router as handset_router

BODY_LIMITS = track.BODY_LIMITS

router = APIRouter()
for module in (front, report_form, track, responder):
    router.include_router(module.router)

__all__ = ["BODY_LIMITS", "handset_router", "router"]
