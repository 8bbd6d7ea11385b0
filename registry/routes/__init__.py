"""`/api/v1/registry`: what staff see and change of agencies, people, places and duty."""

from fastapi import APIRouter

from registry.routes import agencies, duty, houses, places, reach, residents, staff

router = APIRouter(prefix="/api/v1/registry", tags=["registry"])
for module in (agencies, places, reach, staff, duty, houses, residents):
    router.include_router(module.router)
