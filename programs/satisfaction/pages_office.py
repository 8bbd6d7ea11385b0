"""Where an office works on its surveys. An office sees its own services, administrators all."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import uuid4

import segno
from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from core.access import SEES_ALL, allow, own_agency
from core.actor import Actor
from core.db import Row, Tx
from core.errors import NotFound
from core.web.deps import Reader, SettingsDep, Transaction, Who
from core.web.templates import render
from programs.naming import options
from programs.provenance import now
from programs.satisfaction import form, results, survey
from programs.satisfaction.form import Answers
from programs.satisfaction.formula import ELEMENTS, Element, sample_size
from programs.satisfaction.options import Options
from programs.satisfaction.quick import SLUG
from programs.satisfaction.results import Live
from programs.satisfaction.survey import Origin
from programs.satisfaction.words import BY_CODE, PROFILE, SOURCES

OFFICE = ("opd", "admin")
READERS = (*OFFICE, "supervisor", "auditor")
PAGE = f"/program/{SLUG}/kantor"

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Form(max_length=500)]


@router.get(PAGE, dependencies=[allow(*READERS)])
async def front(request: Request, tx: Reader, who: Who, settings: SettingsDep) -> Response:
    agency = None if who.role in SEES_ALL else who.agency_id or 0
    agencies = await tx.fetch("SELECT id, name FROM agency ORDER BY name")
    return render(
        request,
        "skm/kantor.html",
        rows=await tx.fetch(survey.ALL_PERIODS, agency),
        agencies=[row for row in agencies if agency in (None, row["id"])],
        sample_size=sample_size,
        may_edit=who.role in OFFICE,
        now=await now(tx),
    )


@router.post(f"{PAGE}/layanan", dependencies=[allow(*OFFICE)])
async def add_service(
    tx: Transaction,
    who: Who,
    code: Annotated[str, Form(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,29}$")],
    name: Annotated[str, Form(min_length=1, max_length=120)],
    agency_id: Annotated[int | None, Form()] = None,
    population: Annotated[int | None, Form(ge=1, le=10_000_000)] = None,
) -> Response:
    own_agency(who, agency_id)
    await survey.add_service(tx, code.upper(), name, agency_id, population)
    return RedirectResponse(PAGE, 303)


@router.post(f"{PAGE}/periode", dependencies=[allow(*OFFICE)])
async def add_period(
    tx: Transaction,
    who: Who,
    service_id: Annotated[int, Form()],
    starts_on: Annotated[date, Form()],
    ends_on: Annotated[date, Form()],
) -> Response:
    service = await tx.fetchrow(
        "SELECT agency_id FROM satisfaction_service WHERE id = $1", service_id
    )
    if service is None:
        raise NotFound
    own_agency(who, service["agency_id"])
    period_id = await survey.add_period(tx, service_id, starts_on, ends_on)
    return RedirectResponse(f"{PAGE}/{period_id}", 303)


@router.get(f"{PAGE}/{{period_id}}", dependencies=[allow(*READERS)])
async def one_period(
    request: Request, period_id: int, tx: Reader, who: Who, settings: SettingsDep
) -> Response:
    period = await _own_period(tx, who, period_id)
    wanted = await options(tx, SLUG, Options)
    live = await results.live(tx, period_id)
    return render(
        request,
        "skm/periode.html",
        period=period,
        live=live,
        elements=_ordered(live, wanted),
        weakest=[element.code for element in live.result.weakest()] if live.result else [],
        all_elements=ELEMENTS,
        sources=await tx.fetch(results.BY_SOURCE, period_id),
        source_words=SOURCES,
        profile=await tx.fetch(results.PROFILE, period_id),
        profile_words=PROFILE,
        actions=await results.actions(tx, period_id, settings.timezone),
        history=await results.history(tx, period["service_id"]),
        needed=sample_size(period["population"]) if period["population"] else None,
        least=wanted.min_respondents,
        words=BY_CODE,
        may_edit=who.role in OFFICE,
        now=await now(tx),
        method=results.METHOD,
    )


@router.post(f"{PAGE}/{{period_id}}/terbitkan", dependencies=[allow(*OFFICE)])
async def publish(period_id: int, tx: Transaction, who: Who, reason: Words = "") -> Response:
    await _own_period(tx, who, period_id)
    wanted = await options(tx, SLUG, Options)
    await survey.publish(tx, period_id, wanted, reason.strip() or None)
    return RedirectResponse(f"{PAGE}/{period_id}", 303)


@router.post(f"{PAGE}/{{period_id}}/rencana", dependencies=[allow(*OFFICE)])
async def plan(
    period_id: int,
    tx: Transaction,
    who: Who,
    element: Annotated[str, Form(max_length=2)],
    action: Words,
    owner: Words,
    due_on: Annotated[date, Form()],
) -> Response:
    await _own_period(tx, who, period_id)
    await survey.plan(tx, period_id, element, action, owner, due_on)
    return RedirectResponse(f"{PAGE}/{period_id}", 303)


@router.post(f"{PAGE}/{{period_id}}/rencana/{{element}}/selesai", dependencies=[allow(*OFFICE)])
async def plan_done(
    period_id: int, element: str, tx: Transaction, who: Who, settings: SettingsDep
) -> Response:
    await _own_period(tx, who, period_id)
    await survey.plan_done(tx, period_id, element, settings.timezone)
    return RedirectResponse(f"{PAGE}/{period_id}", 303)


@router.post(f"{PAGE}/{{period_id}}/tiket", dependencies=[allow(*OFFICE)])
async def tickets(
    request: Request,
    period_id: int,
    tx: Transaction,
    who: Who,
    settings: SettingsDep,
    count: Annotated[int, Form()],
) -> Response:
    """A sheet to print and cut: each ticket answers once. Its link is shown here only."""
    period = await _own_period(tx, who, period_id)
    made = [
        _printed(f"{settings.public_url.rstrip('/')}/program/{SLUG}/t/{token}")
        for token in await survey.make_tickets(tx, period_id, count)
    ]
    return render(request, "skm/tiket.html", period=period, tickets=made)


@router.get(f"{PAGE}/{{period_id}}/poster", dependencies=[allow(*READERS)])
async def poster(
    request: Request, period_id: int, tx: Reader, who: Who, settings: SettingsDep
) -> Response:
    """A page to hang at the counter, with the QR of the open form."""
    period = await _own_period(tx, who, period_id)
    address = f"{settings.public_url.rstrip('/')}/program/{SLUG}/isi/{period['code']}"
    return render(request, "skm/poster.html", period=period, printed=_printed(address))


@router.get(f"{PAGE}/{{period_id}}/kertas", dependencies=[allow(*OFFICE)])
async def paper_form(request: Request, period_id: int, tx: Reader, who: Who) -> Response:
    return await _paper(request, tx, await _own_period(tx, who, period_id), Answers(), kept=False)


@router.post(f"{PAGE}/{{period_id}}/kertas", dependencies=[allow(*OFFICE)])
async def take_paper_form(request: Request, period_id: int, tx: Transaction, who: Who) -> Response:
    """One paper form typed in; the empty form comes back for the next."""
    period = await _own_period(tx, who, period_id)
    async with request.form(max_files=0, max_fields=40) as sent:
        answers = form.read(sent)
    if answers.errors:
        return await _paper(request, tx, period, answers, kept=False)
    await survey.keep(tx, period_id, answers, Origin("paper"))
    return await _paper(request, tx, period, Answers(), kept=True)


def _ordered(live: Live, wanted: Options) -> list[Element]:
    """The elements in the city's order."""
    found = {element.code: element for element in live.result.elements} if live.result else {}
    return [found[code] for code in wanted.element_order if code in found]


async def _own_period(tx: Tx, who: Actor, period_id: int) -> Row:
    period = await survey.period_of(tx, period_id)
    own_agency(who, period["agency_id"])
    return period


async def _paper(
    request: Request, tx: Tx, period: Row, answers: Answers, *, kept: bool
) -> Response:
    wanted = await options(tx, SLUG, Options)
    return render(
        request,
        "skm/kertas.html",
        status=422 if answers.errors else 200,
        period=period,
        questions=[BY_CODE[code] for code in wanted.element_order],
        profile=PROFILE,
        given=answers.given,
        errors=answers.errors,
        client_key=answers.client_key or uuid4(),
        kept=kept,
    )


def _printed(address: str) -> dict[str, str]:
    code = segno.make(address, error="m", micro=False)
    return {"address": address, "qr": code.svg_data_uri(scale=4, border=2)}
