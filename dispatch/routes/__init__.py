"""The HTTP side of dispatch; one file a noun."""

from fastapi import APIRouter

from dispatch.routes import (
    assignments,
    calls,
    desk_reports,
    handovers,
    incident_actions,
    incidents,
    intake,
    units,
)

MODULES = (
    intake,
    incidents,
    incident_actions,
    assignments,
    desk_reports,
    units,
    calls,
    handovers,
)

router = APIRouter()
for module in MODULES:
    router.include_router(module.router)
