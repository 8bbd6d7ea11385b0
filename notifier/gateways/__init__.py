"""The ways out. Which are used, and in which order, is `SIPONCEGA_GATEWAYS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.access import Guard
from core.context import Context
from core.settings import Settings
from notifier.gateways.base import Gateway, GatewayMisconfigured
from notifier.gateways.log import LogGateway
from notifier.gateways.simulator import Simulator
from notifier.gateways.twilio import Twilio
from notifier.gateways.twilio_webhook import TwilioSignature

FACTORIES: Mapping[str, Callable[[Context], Gateway]] = {
    "simulator": Simulator,
    "twilio": Twilio,
    "log": LogGateway,
}


def open_gateways(ctx: Context) -> dict[str, Gateway]:
    """The configured gateways by name, in order of preference.

    Raises GatewayMisconfigured for an unknown name, for the simulator outside demo mode, and for a gateway
    that lacks its settings.
    """
    names = ctx.settings.gateway_names
    unknown = [name for name in names if name not in FACTORIES]
    if unknown:
        raise GatewayMisconfigured(
            f"SIPONCEGA_GATEWAYS: {', '.join(unknown)}; known: {', '.join(FACTORIES)}"
        )
    if "simulator" in names and not ctx.settings.demo:
        raise GatewayMisconfigured("SIPONCEGA_GATEWAYS: the simulator serves the demo only")
    return {name: FACTORIES[name](ctx) for name in names}


def guards(settings: Settings) -> dict[str, Guard]:
    """Who vouches for each provider that may call us. A gateway that is not used has none: 404."""
    if "twilio" in settings.gateway_names or settings.twilio_auth_token:
        return {"twilio": TwilioSignature(settings)}
    return {}
