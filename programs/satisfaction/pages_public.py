"""Public pages of the survey: results, their history, and the form. No log-in, no script needed."""

from __future__ import annotations

from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from core.access import public
from core.db import Row, Tx
from core.errors import NotFound
from core.limits import address_key
from core.web.deps import Limits, Reader, SettingsDep, Transaction
from core.web.templates import render
from programs.naming import options
from programs.provenance import now
from programs.satisfaction import form, results, survey
from programs.satisfaction.form import Answers
from programs.satisfaction.options import Options
from programs.satisfaction.quick import SLUG
from programs.satisfaction.survey import Origin
from programs.satisfaction.words import BY_CODE, PROFILE

router = APIRouter(include_in_schema=False)
PAGE = f"/program/{SLUG}"
THANKS = f"{PAGE}/terima-kasih"


@router.get(PAGE, dependencies=[public()])
async def front(request: Request, tx: Reader, settings: SettingsDep) -> Response:
    wanted = await options(tx, SLUG, Options)
    return render(
        request,
        "skm/hasil.html",
        found=await results.latest(tx, wanted, settings.timezone),
        open_surveys=await survey.open_periods(tx, settings.timezone),
        quick=await results.quick(tx, wanted),
        quick_label=results.QUICK_LABEL,
        words=BY_CODE,
        now=await now(tx),
        least=wanted.min_respondents,
    )


@router.get(f"{PAGE}/hasil/{{code}}", dependencies=[public()])
async def one_service(request: Request, code: str, tx: Reader, settings: SettingsDep) -> Response:
    wanted = await options(tx, SLUG, Options)
    found = await results.latest(tx, wanted, settings.timezone, code)
    if not found:
        raise NotFound
    elements = {element.code: element for element in found[0].result.elements}
    return render(
        request,
        "skm/layanan.html",
        one=found[0],
        elements=[elements[name] for name in wanted.element_order],
        weakest=[element.code for element in found[0].result.weakest()],
        history=await results.history(tx, found[0].service_id),
        actions=await results.actions(tx, found[0].period_id, settings.timezone),
        words=BY_CODE,
        now=await now(tx),
    )


@router.get(f"{PAGE}/isi", dependencies=[public()])
async def choose(request: Request, tx: Reader, settings: SettingsDep) -> Response:
    surveys = await survey.open_periods(tx, settings.timezone)
    return render(request, "skm/pilih.html", open_surveys=surveys)


@router.get(f"{PAGE}/isi/{{code}}", dependencies=[public()])
async def open_form(request: Request, code: str, tx: Reader, settings: SettingsDep) -> Response:
    period = await _open_period(tx, settings.timezone, code)
    return await _form(request, tx, period["name"], Answers())


@router.post(f"{PAGE}/isi/{{code}}", dependencies=[public()])
async def take_open_form(
    request: Request, code: str, tx: Transaction, settings: SettingsDep, limits: Limits
) -> Response:
    await limits.hit("program", address_key(request))
    period = await _open_period(tx, settings.timezone, code)
    return await _take(request, tx, period["id"], period["name"], Origin("counter"))


@router.get(f"{PAGE}/t/{{token}}", dependencies=[public()])
async def ticket_form(
    request: Request, token: str, tx: Reader, settings: SettingsDep, limits: Limits
) -> Response:
    await limits.hit("program", address_key(request))
    ticket = await survey.find_ticket(tx, token, settings.timezone)
    if ticket["used_at"] or not ticket["open"]:
        return render(request, "skm/selesai.html", status=410, used=bool(ticket["used_at"]))
    return await _form(request, tx, ticket["name"], Answers())


@router.post(f"{PAGE}/t/{{token}}", dependencies=[public()])
async def take_ticket_form(
    request: Request, token: str, tx: Transaction, settings: SettingsDep, limits: Limits
) -> Response:
    await limits.hit("program", address_key(request))
    ticket = await survey.find_ticket(tx, token, settings.timezone)
    if ticket["used_at"] or not ticket["open"]:
        return render(request, "skm/selesai.html", status=410, used=bool(ticket["used_at"]))
    origin = Origin("ticket", ticket_id=ticket["id"])
    return await _take(request, tx, ticket["period_id"], ticket["name"], origin)


@router.get("/n/{token}", dependencies=[public()])
async def short_link(token: str) -> Response:
    """The address in the SMS: short, because one SMS has 160 letters."""
    return RedirectResponse(f"{PAGE}/s/{token}", 303)


@router.get(f"{PAGE}/s/{{token}}", dependencies=[public()])
async def sms_form(
    request: Request, token: str, tx: Reader, settings: SettingsDep, limits: Limits
) -> Response:
    await limits.hit("program", address_key(request))
    await survey.find_recipient(tx, SLUG, token)
    wanted = await options(tx, SLUG, Options)
    period = await _open_period(tx, settings.timezone, wanted.quick_service)
    return await _form(request, tx, period["name"], Answers())


@router.post(f"{PAGE}/s/{{token}}", dependencies=[public()])
async def take_sms_form(
    request: Request, token: str, tx: Transaction, settings: SettingsDep, limits: Limits
) -> Response:
    await limits.hit("program", address_key(request))
    recipient = await survey.find_recipient(tx, SLUG, token)
    wanted = await options(tx, SLUG, Options)
    period = await _open_period(tx, settings.timezone, wanted.quick_service)
    origin = Origin("link", recipient_id=recipient.id)
    return await _take(request, tx, period["id"], period["name"], origin)


@router.get(THANKS, dependencies=[public()])
async def thanks(request: Request) -> Response:
    return render(request, "skm/terima_kasih.html")


async def _open_period(tx: Tx, timezone: str, code: str) -> Row:
    found = await survey.open_periods(tx, timezone, code)
    if not found:
        raise NotFound("Survei layanan ini tidak sedang dibuka.")
    return found[0]


async def _take(request: Request, tx: Tx, period_id: int, name: str, origin: Origin) -> Response:
    """Keep the answers, or show the form again with what is missing. Sent twice is kept once."""
    async with request.form(max_files=0, max_fields=40) as sent:
        answers = form.read(sent)
    if answers.errors:
        return await _form(request, tx, name, answers)
    await survey.keep(tx, period_id, answers, origin)
    return RedirectResponse(THANKS, 303)


async def _form(request: Request, tx: Tx, name: str, answers: Answers) -> Response:
    wanted = await options(tx, SLUG, Options)
    return render(
        request,
        "skm/isi.html",
        status=422 if answers.errors else 200,
        service=name,
        questions=[BY_CODE[code] for code in wanted.element_order],
        profile=PROFILE,
        given=answers.given,
        errors=answers.errors,
        client_key=answers.client_key or uuid4(),
    )
