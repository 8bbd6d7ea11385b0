"""Open data of the survey: JSON and CSV of what has been published."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from core.access import public
from core.errors import NotFound
from core.web.deps import Reader, SettingsDep
from programs.naming import options
from programs.provenance import now
from programs.satisfaction import results
from programs.satisfaction.options import Options
from programs.satisfaction.quick import SLUG
from programs.satisfaction.words import BY_CODE
from programs.sheet import Cell, respond

router = APIRouter(prefix=f"/api/v1/programs/{SLUG}", tags=["programs"])

HEADER = (
    "layanan_kode", "layanan", "periode_mulai", "periode_selesai", "responden", "ikm", "mutu",
    "kinerja", "unsur", "unsur_nama", "unsur_jumlah", "unsur_rata_rata", "unsur_konversi",
    "unsur_mutu", "sumber", "metode", "waktu", "revisi", "usang", "contoh",
)  # fmt: skip


@router.get("/index", dependencies=[public()])
async def index(tx: Reader, settings: SettingsDep) -> dict[str, Any]:
    """The newest published result of every service, and the quick index beside it."""
    wanted = await options(tx, SLUG, Options)
    moment = await now(tx)
    quick = await results.quick(tx, wanted)
    newest = await results.newest(tx, wanted, settings.timezone)
    return {
        "services": [
            results.as_dict(found, moment, wanted.element_order)
            for found in await results.latest(tx, wanted, settings.timezone)
        ],
        "quick": {
            "label": results.QUICK_LABEL,
            "index": quick.index,
            "answers": quick.answers,
            "window_days": results.QUICK_DAYS,
            "provenance": quick.provenance.as_dict(moment),
        },
        "provenance": newest.as_dict(moment),
    }


@router.get("/index.csv", dependencies=[public()])
async def index_csv(tx: Reader, settings: SettingsDep) -> Response:
    """One row for each element of each service."""
    wanted = await options(tx, SLUG, Options)
    moment = await now(tx)
    rows: list[dict[str, Cell]] = []
    for found in await results.latest(tx, wanted, settings.timezone):
        elements = {element.code: element for element in found.result.elements}
        for code in wanted.element_order:
            element = elements[code]
            rows.append(
                {
                    "layanan_kode": found.code,
                    "layanan": found.name,
                    "periode_mulai": found.starts_on.isoformat(),
                    "periode_selesai": found.ends_on.isoformat(),
                    "responden": found.result.respondents,
                    "ikm": found.result.ikm,
                    "mutu": found.result.grade.letter,
                    "kinerja": found.result.grade.words,
                    "unsur": code,
                    "unsur_nama": BY_CODE[code].element,
                    "unsur_jumlah": element.total,
                    "unsur_rata_rata": element.average,
                    "unsur_konversi": element.converted,
                    "unsur_mutu": element.grade.letter,
                    **found.provenance.as_cells(moment),
                }
            )
    return respond("skm.csv", HEADER, rows)


@router.get("/services/{code}", dependencies=[public()])
async def one_service(code: str, tx: Reader, settings: SettingsDep) -> dict[str, Any]:
    """One service with its revisions and what will be done about its weakest elements."""
    wanted = await options(tx, SLUG, Options)
    found = await results.latest(tx, wanted, settings.timezone, code)
    if not found:
        raise NotFound
    return {
        **results.as_dict(found[0], await now(tx), wanted.element_order),
        "revisions": [dict(row) for row in await results.history(tx, found[0].service_id)],
        "actions": [
            {
                name: row[name]
                for name in ("element", "action", "owner", "due_on", "done_on", "late")
            }
            for row in await results.actions(tx, found[0].period_id, settings.timezone)
        ],
    }
