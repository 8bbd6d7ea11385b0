"""From a report with a kind and a place to an incident: find the twin or open, then reserve where the run
card says so.

The times of the free units nearby are known before anything is locked; then one call of the database
does the rest in one transaction, under the locks of the kind's neighbourhood: simultaneous reports of
one event make one incident (sql/settle.sql). Here for a report that is stored; `at_once.py` does it for
those that just came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from core.actor import Actor
from core.db import Database
from dispatch.functions import FINISH, NEAR, NEARBY
from dispatch.keeping import Understood
from dispatch.linking import (
    METRES_PER_DEGREE,
    NO_TWIN,
    TwinRule,
    area_lock_key,
    lock_keys,
    rule_for,
)
from dispatch.placing import Placed
from dispatch.reinforcing import reinforce
from dispatch.reserve import Ranked, Reserved, rank_near, reserve_best
from geo.eta import Eta, EtaSource, Origin

Near = dict[str, list[Origin]]
"""Free units by capability, nearest first."""
Timed = dict[str, tuple[list[Origin], list[Eta]]]
"""The same, each with its time to the scene."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The incident that the report joined or opened (None: a person is asked), and units taken."""

    incident_id: int | None
    units: tuple[Reserved, ...] = ()


class Stale(Exception):
    """The report was changed while its incident was being found: read it again."""


class Ranking(NamedTuple):
    """Units by time to the scene, one capability after the other; all None: nobody is to be taken.

    capabilities[n] has ids[ends[n-1]:ends[n]], by bases[n]; etas in seconds.
    """

    capabilities: list[str] | None = None
    ends: list[int] | None = None
    bases: list[str] | None = None
    ids: list[int] | None = None
    etas: list[int] | None = None
    metres: list[int] | None = None


class Scene(NamedTuple):
    """Where units are asked for: a kind, a priority, WGS 84 degrees."""

    type: str
    priority: str
    lon: float
    lat: float


def scene_of(understood: Understood) -> Scene | None:
    """None: without a point, or outside the city, nobody is sent automatically."""
    placed = understood.placed
    if placed.lon is None or placed.lat is None or placed.outside:
        return None
    return Scene(understood.type, understood.priority, placed.lon, placed.lat)


async def near(db: Database, scenes: Sequence[Scene]) -> list[Near | None]:
    """The free units near each scene that its run card would take by itself; None: it takes none."""
    async with db.read() as tx:
        row = await tx.fetchrow(NEAR, *(list(column) for column in zip(*scenes, strict=True)))
    assert row is not None
    points, capabilities, ends, *columns = row
    units = list(map(Origin, *columns))
    found: list[Near | None] = [None] * len(scenes)
    first = 0
    for point, capability, end in zip(points, capabilities, ends, strict=True):
        of_point = found[point - 1] = found[point - 1] or {}
        of_point[capability] = units[first:end]
        first = end
    return found


def timed(
    eta: EtaSource, scenes: Sequence[Scene], found: Sequence[Near | None]
) -> list[Timed | None]:
    """Each with its times to the scene, reckoned for all together, which costs less."""
    times = iter(
        eta.to_scenes(
            [
                (scene.lon, scene.lat, [*chain.from_iterable(one.values())])
                for scene, one in zip(scenes, found, strict=True)
                if one is not None
            ]
        )
    )
    return [None if one is None else _divided(one, next(times)) for one in found]


def _divided(found: Near, times: Sequence[Eta]) -> Timed:
    of_all = iter(times)
    return {
        capability: (units, [next(of_all) for _ in units]) for capability, units in found.items()
    }


async def ranking(db: Database, eta: EtaSource, scene: Scene, found: Timed | None) -> Ranking:
    """By time to the scene; a read only where by road the near ones are late (`rank_near`)."""
    if found is None:
        return Ranking()
    ends: list[int] = []
    bases: list[str] = []
    ranked: list[Ranked] = []
    for capability, (units, times) in found.items():
        order, basis = await rank_near(
            db, eta, capability, scene.lon, scene.lat, units, times, NEARBY
        )
        ranked += order
        ends.append(len(ranked))
        bases.append(basis)
    return Ranking(
        list(found), ends, bases, [r.unit_id for r in ranked], [r.eta_s for r in ranked],
        [r.distance_m for r in ranked],
    )  # fmt: skip


def terms(
    understood: Understood, *, verified: bool, never_ask: bool, separate: bool
) -> tuple[list[int], tuple[Any, ...]]:
    """The locks to hold, and by which rule a twin is one: radius in degrees, window_s, area_s, verified,
    hidden, never_ask, as sql/settle.sql wants them."""
    rule = NO_TWIN if separate else rule_for(understood.type)
    return _locks(understood, rule), (
        rule.radius_m / METRES_PER_DEGREE, float(rule.window_s), float(rule.area_s),
        verified, understood.hidden, never_ask,
    )  # fmt: skip


async def link_or_open(
    db: Database,
    eta: EtaSource,
    report_id: int,
    understood: Understood,
    actor: Actor,
    *,
    verified: bool = False,
    never_ask: bool = False,
    separate: bool = False,
    version: int | None = None,
) -> Opened:
    """never_ask: do not stop at a lately closed incident that fits (the desk decided).
    separate: do not join a live one either. version: of the report that `understood` was read from.

    Raises what the database raises, or `Stale` when the report is another by now; it stays pending.
    """
    ranked, scene = Ranking(), scene_of(understood)
    if scene is not None:
        found = await near(db, [scene])
        if eta.asks_outside and found[0]:  # here, where no connection is held
            await eta.prepare(scene.lon, scene.lat, [*chain.from_iterable(found[0].values())])
        ranked = await ranking(db, eta, scene, timed(eta, [scene], found)[0])
    locks, rule = terms(understood, verified=verified, never_ask=never_ask, separate=separate)
    async with db.read(actor) as tx:
        answer: dict[str, Any] = await tx.fetchval(
            FINISH, report_id, version, locks, *rule, *ranked, actor.kind, actor.account_id
        )
        tx.events += 1
    if answer.get("stale"):
        raise Stale
    return await follow_up(db, eta, actor, understood, answer)


async def follow_up(
    db: Database, eta: EtaSource, actor: Actor, understood: Understood, answer: dict[str, Any]
) -> Opened:
    """What the one call left to do: a graver report calls for more, and units that were held at that
    moment are looked for again."""
    incident_id: int | None = answer["incident_id"]
    if incident_id is None:
        return Opened(None)
    if answer["joined"] and understood.priority < answer["priority"]:
        return Opened(incident_id, tuple(await reinforce(db, eta, actor, incident_id)))
    units = [Reserved(*unit) for unit in answer["units"]]
    if answer["missing"]:
        units += await _look_further(db, eta, actor, incident_id, understood.placed, answer, units)
    return Opened(incident_id, tuple(units))


def _locks(understood: Understood, rule: TwinRule) -> list[int]:
    placed, keys = understood.placed, []
    if placed.lon is not None and placed.lat is not None:
        keys = lock_keys(understood.type, placed.lon, placed.lat, rule.radius_m)
    if rule.area_s and placed.kelurahan_code:
        keys.append(area_lock_key(understood.type, placed.kelurahan_code))
    return keys


async def _look_further(
    db: Database, eta: EtaSource, actor: Actor, incident_id: int, placed: Placed,
    answer: dict[str, Any], units: list[Reserved],
) -> list[Reserved]:  # fmt: skip
    """Near ones were taken or held at that moment: once more, and further away."""
    assert placed.lon is not None and placed.lat is not None
    found: list[Reserved] = []
    async with db.tx(actor) as tx:
        await tx.execute("SELECT FROM incident WHERE id = $1 FOR UPDATE", incident_id)
        for capability, missing in answer["missing"].items():
            found += await reserve_best(
                tx, eta, incident_id=incident_id, capability=capability, count=missing,
                lon=placed.lon, lat=placed.lat, exclude=[r.unit_id for r in (*units, *found)],
                auto=True, offer_after_s=answer["veto_s"],
            )  # fmt: skip
    return found
