"""The satisfaction survey as a program of the city."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from core.db import Tx
from core.settings import get_settings
from programs.naming import options
from programs.provenance import Provenance
from programs.satisfaction import api, pages_office, pages_public
from programs.satisfaction.models import (
    SatisfactionAction,
    SatisfactionPeriod,
    SatisfactionPublication,
    SatisfactionQuick,
    SatisfactionResponse,
    SatisfactionService,
    SatisfactionTicket,
)
from programs.satisfaction.options import Options
from programs.satisfaction.quick import CONSUMER, SLUG, TIMER, ask
from programs.satisfaction.results import newest
from programs.satisfaction.seed import seed
from programs.shape import Program

router = APIRouter()
for module in (api, pages_office, pages_public):
    router.include_router(module.router)


async def provenance(tx: Tx) -> Provenance:
    """Of the newest published result of any service."""
    return await newest(tx, await options(tx, SLUG, Options), get_settings().timezone)


PROGRAM = Program(
    slug=SLUG,
    name="SKM",
    expansion="Survei Kepuasan Masyarakat",
    owner="Bagian Organisasi Sekretariat Daerah",
    about="Seberapa puas warga dengan pelayanan kota: indeks tiap layanan, unsur terlemah, dan "
    "rencana tindak lanjutnya.",
    law=("PermenPANRB 14/2017",),
    router=router,
    json="index",
    csv="index.csv",
    emits=("request.message", "satisfaction.published", "satisfaction.quick_answered"),
    consumers=(CONSUMER,),
    timers={TIMER: ask},
    provenance=provenance,
    options=Options,
    tables=(
        SatisfactionService,
        SatisfactionPeriod,
        SatisfactionTicket,
        SatisfactionResponse,
        SatisfactionQuick,
        SatisfactionPublication,
        SatisfactionAction,
    ),
    seed=seed,
    templates=Path(__file__).parent / "templates",
)
