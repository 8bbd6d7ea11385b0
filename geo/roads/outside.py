"""Ways that another routing server knows: asked beforehand, remembered for a minute, never waited for
where something is locked.

`prepare` asks the server's table once for all units, within a short time. A server that fails rests:
nobody asks it for a while, longer each time it fails again, and every time comes from our own net.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import aiohttp
import structlog
from yarl import URL

from core.settings import Settings
from geo.eta import TURNOUT_S, Eta, Origin
from geo.roads.road_eta import YARD_KMH
from geo.roads.routers import KINDS
from geo.roads.routers.wire import Point, Router, Unreadable, Way
from geo.roads.vehicles import WALK_KMH, vehicle

log = structlog.get_logger(__name__)

KEPT_S = 60.0
MOST = 60  # starts in one question; servers refuse tables of more than about a hundred places
REMEMBERED = 20_000
PLACES = 4  # decimals of a degree, 11 m: a unit that moved less has the same way
REST_S, MAX_REST_S = 5.0, 120.0
FAILURES = (aiohttp.ClientError, TimeoutError, OSError, Unreadable)

Key = tuple[str, float, float, float, float]
"""Profile, scene, start."""


class Outside:
    """One per process, on its event loop. Without a running server it costs one look at a clock."""

    def __init__(
        self,
        router: Router,
        url: str,
        timeout_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._router, self._url, self._timeout_s = router, url.rstrip("/"), timeout_s
        self._clock = clock
        self._known: dict[Key, tuple[float, Way | None]] = {}
        self._failed = 0
        self._rests_until = 0.0
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    def configured(cls, settings: Settings) -> Outside | None:
        """None where no server is named: then nothing ever leaves this machine."""
        if not settings.router_url:
            return None
        router = KINDS[settings.router_kind]
        return cls(router, settings.router_url, settings.router_timeout_ms / 1000)

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        """Learn the ways from the first `MOST` of these that are not known. Never raises for a server
        that is down, slow or talks nonsense."""
        now = self._clock()
        if now < self._rests_until:
            return
        wanted: dict[str, dict[Key, Point]] = {}
        for origin in origins[:MOST]:
            key = self._key(lon, lat, origin)
            if key is not None and self._look(key, now) is None:
                wanted.setdefault(key[0], {})[key] = (origin.lon, origin.lat)
        if not wanted:
            return
        if self._failed:  # it has rested: one question tries it, nobody else waits for that
            self._rests_until = now + self._timeout_s
        try:
            async with asyncio.timeout(self._timeout_s), asyncio.TaskGroup() as group:
                for profile, starts in wanted.items():
                    group.create_task(self._ask(profile, starts, (lon, lat)))
        except* FAILURES as errors:
            self._rest(errors.exceptions[0])
        else:
            self._failed, self._rests_until = 0, 0.0

    def known(self, lon: float, lat: float, origin: Origin) -> Eta | None:
        """The unit's time as the server told it in the last minute."""
        key = self._key(lon, lat, origin)
        found = None if key is None else self._look(key, self._clock())
        if found is None or found[1] is None:
            return None
        way, v = found[1], vehicle(origin.vehicle_class)
        off_s = (way.start_away_m / YARD_KMH + way.scene_away_m / WALK_KMH) * 3.6
        eta_s = TURNOUT_S + off_s + way.drive_s * self._router.pace(v)
        metres = way.distance_m + way.start_away_m + way.scene_away_m
        return Eta(origin.unit_id, round(eta_s), round(metres), "router")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, profile: str, starts: dict[Key, Point], scene: Point) -> None:
        request = self._router.table(profile, list(starts.values()), scene)
        method = "GET" if request.json is None else "POST"
        url = URL(self._url + request.path, encoded=True)
        async with self._open().request(
            method, url, json=request.json, allow_redirects=False
        ) as answer:
            answer.raise_for_status()
            ways = self._router.read(await answer.read(), len(starts))
        until = self._clock() + KEPT_S
        self._forget()
        self._known.update(zip(starts, ((until, way) for way in ways), strict=True))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._timeout_s),
                connector=aiohttp.TCPConnector(limit=16),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _rest(self, error: BaseException) -> None:
        self._failed += 1
        rest_s = min(REST_S * 2 ** (self._failed - 1), MAX_REST_S)
        self._rests_until = self._clock() + rest_s
        log.warning("router_failed", error=type(error).__name__, rests_s=rest_s)

    def _key(self, lon: float, lat: float, origin: Origin) -> Key | None:
        profile = self._router.profile(vehicle(origin.vehicle_class))
        if profile is None:
            return None
        scene = round(lon, PLACES), round(lat, PLACES)
        return (profile, *scene, round(origin.lon, PLACES), round(origin.lat, PLACES))

    def _look(self, key: Key, now: float) -> tuple[float, Way | None] | None:
        found = self._known.get(key)
        return found if found is not None and now < found[0] else None

    def _forget(self) -> None:
        if len(self._known) > REMEMBERED:
            now = self._clock()
            self._known = {key: value for key, value in self._known.items() if now < value[0]}
