"""Reports for the tests of the quick way, and what it means that one stands."""

from __future__ import annotations

from typing import Any

from dispatch.inbound import Inbound, Taken
from tests.dispatch.world import LON, World


def fire(world: World, n: int = 0, **more: Any) -> Inbound:
    """Every one another place, far from the others."""
    return world.says("rumah terbakar", declared_type="fire", lon=LON + 0.01 * n, **more)


async def stands_once(world: World, taken: Taken, said: Inbound) -> Any:
    """The report's row; its contact is there, verbatim, and there is one."""
    report = await world.row("report", taken.report_id or 0)
    assert (report["contact_id"], report["code"]) == (taken.contact_id, taken.code)
    mac = world.vault.mac(said.raw)
    assert await world.value("SELECT count(*) FROM contact WHERE body_mac = $1", mac) == 1
    blob = await world.value(
        "SELECT raw_enc FROM contact_private WHERE contact_id = $1", taken.contact_id
    )
    assert world.vault.decrypt(blob) == said.raw
    return report
