"""The roads as one process holds them: read, kept true to closures, learned speeds and imports, and in
force.

`Roads` is itself the `geo.eta.EtaSource` that `geo.eta.use` puts in force: what it answers with is
exchanged whole, so whoever holds it never needs telling. Without an imported net a demo drives on
the example; a real instance, which must not believe in streets that do not exist, stays with
distance.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.db import Database, Row, Tx
from core.errors import Unavailable
from core.settings import Settings
from core.wake import Bell
from geo.eta import DistanceEta, Eta, Origin, Scene
from geo.roads import hours, learned, load, speeds
from geo.roads.closures import REVISION, in_force
from geo.roads.cuts import Obstacle
from geo.roads.example import example
from geo.roads.graph import Graph
from geo.roads.learned import Factors
from geo.roads.net import Net
from geo.roads.outside import Outside
from geo.roads.road_eta import RoadEta

TOPIC = "roads"  # rung when a closure is drawn or ended
CHECK_EVERY_S = 0.5  # what a lost ring costs, and a closure whose hour has come


class Roads:
    """`net` is None while there is none to drive on."""

    def __init__(self, settings: Settings) -> None:
        self._facts = speeds.load(settings.city)
        self._zone = ZoneInfo(settings.timezone)
        self._may_invent = settings.demo
        self._looking = asyncio.Lock()
        self._net_seen: object = None
        self._closures_seen: object = None
        self._speeds_seen: object = None
        self._learned: Factors = {}
        self._factors: Mapping[str, float] = {}
        self._road = RoadEta(lambda: self._driven, self.now)
        self._distance = DistanceEta()
        self._outside = Outside.configured(settings)
        self._open: Net | None = None
        self._as_if_open = RoadEta(lambda: self._open or self._driven, self.now)
        self.net: Net | None = None

    @classmethod
    async def load(cls, db: Database, settings: Settings) -> Roads:
        """Read the net and the closures. Raises what the database raises, or ValueError for a
        city pack with impossible figures."""
        roads = cls(settings)
        await roads.refresh(db)
        return roads

    @property
    def asks_outside(self) -> bool:
        return self._outside is not None

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        if self._outside is not None:
            await self._outside.prepare(lon, lat, origins)

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        return self.to_scenes([(lon, lat, origins)])[0]

    def to_scenes(self, scenes: Sequence[Scene]) -> list[list[Eta]]:
        source = self._distance if self.net is None else self._road
        found = source.to_scenes(scenes)
        if (outside := self._outside) is None:
            return found
        return [self._with(outside, *scene, own) for scene, own in zip(scenes, found, strict=True)]

    def _with(
        self, outside: Outside, lon: float, lat: float, origins: Sequence[Origin], own: list[Eta]
    ) -> list[Eta]:
        """The outside router's times where it told them, our own where it did not, or where a closure,
        of which it knows nothing, makes the unit late or leaves it no way."""
        told = [outside.known(lon, lat, origin) for origin in origins]
        if self._open is None or not any(told):
            return [there or here for there, here in zip(told, own, strict=True)]
        free = self._as_if_open.to_scene(lon, lat, origins)
        return [
            here if there is None or here.eta_s > as_if_open.eta_s else there
            for there, here, as_if_open in zip(told, own, free, strict=True)
        ]

    def now(self) -> datetime:
        """The city's local time."""
        return datetime.now(self._zone)

    def factor(self) -> float:
        """How much longer this hour takes than an ordinary one."""
        return self._facts.factor(self.now())

    @property
    def _driven(self) -> Net:
        assert self.net is not None
        return self.net

    async def refresh(self, db: Database) -> bool:
        """Look once; True when net or closures were read anew. One tiny read when nothing changed."""
        async with self._looking, db.read() as tx:
            seen = await tx.fetchrow(REVISION)
            assert seen is not None
            closures_now = (seen["closures"], tuple(seen["ids"]))
            if seen["speeds"] != self._speeds_seen:
                self._learned = await learned.factors(tx)
                self._speeds_seen = seen["speeds"]
            factors_now = self._learned.get(hours.band(self.now()), {})
            if self._net_key(seen) != self._net_seen:
                await self._read_net(tx, factors_now)
                # Edges written while we read them make another revision: read at the next look.
                self._net_seen = self._net_key(seen)
            elif closures_now != self._closures_seen or factors_now != self._factors:
                if self.net is not None:
                    await self._put(self.net, await in_force(tx), factors_now)
            else:
                return False
            self._closures_seen, self._factors = closures_now, factors_now
        return True

    def _net_key(self, seen: Row) -> object:
        """The example follows the areas; an imported net does not care."""
        invented = self._may_invent and (self.net is None or self.net.basis == "road_example")
        return (seen["net"], seen["areas"] if invented else None)

    async def _read_net(self, tx: Tx, factors: Mapping[str, float]) -> None:
        table, basis = await load.imported(tx), "road"
        if table is None and self._may_invent:
            table, basis = await asyncio.to_thread(example, await load.area(tx)), "road_example"
        obstacles = await in_force(tx)
        if table is None or not table.count:
            self.net = self._open = None
        else:
            made = table
            net = await asyncio.to_thread(
                lambda: Net(
                    Graph(made), self._facts, basis="road" if basis == "road" else "road_example"
                )
            )
            await self._put(net, obstacles, factors)
            load.give_back_memory()

    async def _put(
        self, net: Net, obstacles: Sequence[Obstacle], factors: Mapping[str, float]
    ) -> None:
        """Drive on this net with these closures, at the speeds learned for this band of hours. Without
        the closures it is kept only to tell what they cost, where an outside router is asked."""
        made = await asyncio.to_thread(net.with_obstacles, obstacles, factors)
        open_ = None
        if self._outside is not None and obstacles:
            open_ = await asyncio.to_thread(made.with_obstacles, ())
        self.net, self._open = made, open_

    async def close(self) -> None:
        if self._outside is not None:
            await self._outside.close()

    async def keep_fresh(
        self, db: Database, bell: Bell, exchanged: Callable[[], None] | None = None
    ) -> None:
        """Refresh for ever; a task of the process that holds this object. exchanged: called after the
        net was replaced, not for a closure."""
        ear = bell.ear(TOPIC)
        while True:
            await ear.wait(CHECK_EVERY_S)
            held = self._net_seen
            try:
                await self.refresh(db)
            except Unavailable:  # the roads in memory serve on until the database is back
                continue
            if exchanged is not None and self._net_seen != held:
                exchanged()
