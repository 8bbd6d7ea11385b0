"""The HTTP side of dispatch; one file a noun."""

from fastapi import APIRouter

from dispatch.routes import intake

MODULES = (intake,)

router = APIRouter()
for module in MODULES:
    router.include_router(module.router)
