"""Trying the gateways: do they answer, and does a message arrive?"""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from core.context import Context
from core.errors import BadInput
from core.phone import normalize
from notifier.gateways import open_gateways
from notifier.gateways.base import Accepted, Found, Gateway, GatewayDown, NotNow, Outgoing, Refused
from notifier.templates import render

LOOK_EVERY_S = 1.0
ARRIVED = frozenset({"delivered", "read"})


@dataclass(frozen=True, slots=True)
class Trial:
    """One gateway. `found`: its own words; `sent`: what became of the message, if one was sent."""

    gateway: str
    ok: bool
    found: str
    sent: str | None = None
    unconfirmed: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


async def run(
    ctx: Context, name: str | None, to: str | None, channel: str, wait_s: float
) -> list[Trial]:
    """Try one gateway, or all; the message goes out by the first that is tried.

    Raises BadInput for a number or name that cannot be used, GatewayMisconfigured for missing settings.
    """
    number = normalize(to)
    if to and number is None:
        raise BadInput("Nomor itu tidak bisa dipakai. Contoh: 0811 0000 0001.")
    gateways = open_gateways(ctx)
    if name and name not in gateways:
        raise BadInput(
            "Gateway {name} tidak ada di SIPONCEGA_GATEWAYS ({known}).",
            name=name,
            known=", ".join(gateways),
        )
    chosen = [gateways[name]] if name else list(gateways.values())
    trials = []
    try:
        for gateway in chosen:
            trials.append(await _try(ctx, gateway, number, channel, wait_s))
            number = None
    finally:
        for gateway in gateways.values():
            await gateway.close()
    return trials


async def _try(
    ctx: Context, gateway: Gateway, number: str | None, channel: str, wait_s: float
) -> Trial:
    try:
        found = await gateway.check()
    except GatewayDown as error:
        return Trial(gateway.name, False, str(error))
    if number is None:
        return Trial(gateway.name, True, found)
    if channel not in gateway.channels:
        return Trial(gateway.name, False, found, f"tidak melayani {channel}")
    async with ctx.db.read() as tx:
        # A number of its own, below every real delivery: receipts for it find no row and are counted.
        trial_id = -await tx.fetchval("SELECT nextval('delivery_lease')")
        since = await tx.fetchval("SELECT clock_timestamp()")
    body = render("gateway_test", name=gateway.name)
    message = Outgoing(trial_id, "chat" if channel == "chat" else "sms", number, body, 600)
    match await gateway.send(message):
        case Accepted(provider_id, status, state):
            if state == "delivered":
                return Trial(gateway.name, True, found, f"sampai ({status})")
        case Refused(reason) | NotNow(reason):
            return Trial(gateway.name, False, found, f"ditolak: {reason}")
        case unclear:
            return Trial(gateway.name, True, found, f"tidak jelas: {unclear.reason}", True)
    last: Found | None = None
    deadline = asyncio.get_running_loop().time() + wait_s
    while asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(LOOK_EVERY_S)
        last = await gateway.lookup(message, since, provider_id, frozenset())
        if last and last.state in ARRIVED:
            return Trial(gateway.name, True, found, f"sampai ({last.status})")
        if last and last.state == "failed":
            return Trial(gateway.name, False, found, f"gagal ({last.error_code or last.status})")
    status = last.status if last else status
    return Trial(gateway.name, True, found, f"terkirim, belum ada tanda terima ({status})", True)
