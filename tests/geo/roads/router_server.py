"""A routing server on the loopback that speaks OSRM's and Valhalla's table, and fails on request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Point = tuple[float, float]
# What is wrong with it: the answer's status and body.
FAULTS: dict[str, tuple[int, str]] = {
    "error": (500, "kaputt"),
    "broken": (200, '{"code": "Ok", "durations": [[12'),
    "html": (200, "<html>welcome</html>"),
    "elsewhere": (302, ""),
    "no_table": (200, '{"code": "NoTable"}'),
    "short": (200, '{"code": "Ok", "durations": [], "distances": [], "sources_to_targets": []}'),
    "negative": (
        200,
        '{"code": "Ok", "durations": [[-5]], "distances": [[1]], "sources": [{}], "destinations": '
        '[{}], "sources_to_targets": [[{"from_index": 0, "to_index": 0, "time": -5, "distance": 1}]]}',
    ),
}


@dataclass
class RouterServer:
    """way: seconds and metres from a start to the scene, None where there is none. Points are lon, lat.

    fault: one of FAULTS, or "slow" (never answers). asked: profile and starts of each question."""

    url: str = ""
    way: Callable[[Point], tuple[float, float] | None] = lambda _start: (100.0, 1_000.0)
    fault: str | None = None
    away_m: tuple[float, float] = (0.0, 0.0)
    asked: list[tuple[str, list[Point]]] = field(default_factory=list)
    watch: Callable[[], None] = lambda: None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def osrm(self, request: web.Request) -> web.StreamResponse:
        profile, places = request.match_info["profile"], request.match_info["places"].split(";")
        points = [(float(lon), float(lat)) for lon, lat in (p.split(",") for p in places)]
        sources = [int(n) for n in request.query["sources"].split(";")]
        assert request.query["destinations"] == str(len(points) - 1)
        assert request.query["annotations"] == "duration,distance"
        starts = [points[n] for n in sources]
        ways = [self.way(start) for start in starts]
        return await self._answer(
            profile,
            starts,
            {
                "code": "Ok",
                "durations": [[way and way[0]] for way in ways],
                "distances": [[way and way[1]] for way in ways],
                "sources": [
                    {"distance": self.away_m[0], "name": "Jalan Uji", "location": list(start)}
                    for start in starts
                ],
                "destinations": [{"distance": self.away_m[1], "name": "", "hint": "x"}],
            },
        )

    async def valhalla(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        assert len(body["targets"]) == 1 and body["units"] == "kilometers"
        starts = [(place["lon"], place["lat"]) for place in body["sources"]]
        ways = [self.way(start) for start in starts]
        rows = [
            [
                {
                    "from_index": n,
                    "to_index": 0,
                    "time": way and way[0],
                    "distance": way and way[1] / 1000.0,
                }
            ]
            for n, way in enumerate(ways)
        ]
        return await self._answer(
            body["costing"], starts, {"sources_to_targets": rows, "units": "kilometers"}
        )

    async def _answer(self, profile: str, starts: list[Point], body: Any) -> web.StreamResponse:
        self.asked.append((profile, starts))
        self.watch()
        if self.fault == "slow":
            await self.over.wait()
        if self.fault is not None:
            status, text = FAULTS[self.fault]
            headers = {"Location": self.url + "/osrm"} if status == 302 else None
            return web.Response(
                status=status, text=text, content_type="application/json", headers=headers
            )
        return web.json_response(body)


@asynccontextmanager
async def router_server() -> AsyncIterator[RouterServer]:
    server = RouterServer()
    app = web.Application()
    app.router.add_get("/osrm/table/v1/{profile}/{places}", server.osrm)
    app.router.add_post("/valhalla/sources_to_targets", server.valhalla)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        server.over.set()
        await runner.cleanup()
