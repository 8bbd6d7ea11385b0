"""The roads as one process holds them: read, kept true to closures and imports, and in force.

`Roads` is itself the `geo.eta.EtaSource` that `geo.eta.use` puts in force: what it answers with is
exchanged whole, so whoever holds it never needs telling. Without an imported net a demo drives on
the example; a real instance, which must not believe in streets that do not exist, stays with
distance.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.db import Database, Row, Tx
from core.errors import Unavailable
from core.settings import Settings
from core.wake import Bell
from geo.eta import DistanceEta, Eta, Origin
from geo.roads import load, speeds
from geo.roads.closures import REVISION, in_force
from geo.roads.example import example
from geo.roads.graph import Graph
from geo.roads.net import Net
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
        self._road = RoadEta(lambda: self._driven, self.now)
        self._distance = DistanceEta()
        self.net: Net | None = None

    @classmethod
    async def load(cls, db: Database, settings: Settings) -> Roads:
        """Read the net and the closures. Raises what the database raises, or ValueError for a
        city pack with impossible figures."""
        roads = cls(settings)
        await roads.refresh(db)
        return roads

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        source = self._distance if self.net is None else self._road
        return source.to_scene(lon, lat, origins)

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
            if self._net_key(seen) != self._net_seen:
                await self._read_net(tx, closures_now)
                # Edges written while we read them make another revision: read at the next look.
                self._net_seen = self._net_key(seen)
            elif closures_now != self._closures_seen:
                if self.net is not None:
                    self.net = await asyncio.to_thread(self.net.with_obstacles, await in_force(tx))
                self._closures_seen = closures_now
            else:
                return False
        return True

    def _net_key(self, seen: Row) -> object:
        """The example follows the areas; an imported net does not care."""
        invented = self._may_invent and (self.net is None or self.net.basis == "road_example")
        return (seen["net"], seen["areas"] if invented else None)

    async def _read_net(self, tx: Tx, closures_now: object) -> None:
        table, basis = await load.imported(tx), "road"
        if table is None and self._may_invent:
            table, basis = await asyncio.to_thread(example, await load.area(tx)), "road_example"
        obstacles = await in_force(tx)
        if table is None or not table.count:
            self.net = None
        else:
            made = table
            self.net = await asyncio.to_thread(
                lambda: Net(
                    Graph(made), self._facts, obstacles,
                    basis="road" if basis == "road" else "road_example",
                )
            )  # fmt: skip
            load.give_back_memory()
        self._closures_seen = closures_now

    async def keep_fresh(self, db: Database, bell: Bell) -> None:
        """Refresh for ever; a task of the process that holds this object."""
        ear = bell.ear(TOPIC)
        while True:
            await ear.wait(CHECK_EVERY_S)
            try:
                await self.refresh(db)
            except Unavailable:  # the roads in memory serve on until the database is back
                continue
