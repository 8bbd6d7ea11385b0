"""Times of 20 units by road, against the bare search on the same graph; what a net weighs; how long
a closure takes to be in force."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import numpy as np
import psutil
import shapely

from bench.figures import Figure, percentile
from bench.road_nets import LAT, LON, STEP_DEG, lattice
from bench.world import World
from geo.eta import Origin
from geo.roads import search
from geo.roads.cuts import Obstacle
from geo.roads.graph import Graph
from geo.roads.load import give_back_memory
from geo.roads.net import Net
from geo.roads.road_eta import HORIZON_S, RoadEta

UNITS = 20
ROUNDS = 300
TOWN, PROVINCE = 5_000, 200_000
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ONE_KIND = ("ambulance",)
MIXED = ("ambulance", "engine", "motorbike", "truck")


async def measure(world: World) -> list[Figure]:
    figures = []
    for name, nodes, target in (("town", TOWN, "≤ 1 ms"), ("province", PROVINCE, "≤ 10 ms")):
        net, megabytes, built_s = _built(nodes)
        for kinds, said in ((ONE_KIND, "one kind"), (MIXED, "three kinds of layer")):
            figures.append(_asked(net, f"ETA of {UNITS} units, {name} ({said})", kinds, target))
        figures.append(_closed(net, f"a flood put in force, {name}"))
        figures.append(
            Figure(
                f"memory of the {name}'s net", megabytes, "MB", target="≤ 150 MB",
                more={
                    "nodes": net.graph.table.nodes, "edges": net.graph.edges,
                    "built_s": round(built_s, 2),
                },
                lower_is_better=True,
            )
        )  # fmt: skip
    return figures


def _built(nodes: int) -> tuple[Net, float, float]:
    """A net with every layer that the measurements use, its resident megabytes (table included) and
    the seconds it took."""
    gc.collect()
    give_back_memory()
    before = psutil.Process().memory_info().rss
    table = lattice(nodes)
    began = time.perf_counter()
    net = Net(Graph(table))
    seconds = time.perf_counter() - began
    gc.collect()
    give_back_memory()
    return net, (psutil.Process().memory_info().rss - before) / 1e6, seconds


def _asked(net: Net, name: str, kinds: tuple[str, ...], target: str) -> Figure:
    chance = np.random.default_rng(7)
    wide = STEP_DEG * net.graph.table.nodes**0.5
    spread = min(wide * 0.25, 0.03)  # units within about 3 km
    source = RoadEta(lambda: net, lambda: NOON)
    ours, cpu, bare, by_road = [], [], [], 0
    limit = HORIZON_S * 1000.0
    for _ in range(ROUNDS):
        x, y = LON + chance.uniform(0.25, 0.75) * wide, LAT + chance.uniform(0.25, 0.75) * wide
        off = chance.uniform(-spread, spread, (UNITS, 2))
        units = [
            Origin(n, x + east, y + north, kinds[n % len(kinds)])
            for n, (east, north) in enumerate(off.tolist())
        ]
        spent = time.process_time()
        ours.append(_ms(partial(source.to_scene, x, y, units)))
        cpu.append((time.process_time() - spent) * 1000)
        by_road += sum(eta.basis == "road" for eta in source.to_scene(x, y, units))
        (scene,) = net.graph.grid.snap([(x, y)], net.allowed, [net.which("ambulance")])
        assert scene is not None
        layer = net.layer("ambulance")
        bare.append(_ms(partial(search.towards, layer, scene, limit)))
    return Figure(
        name, percentile(ours, 0.5), "ms", percentile(bare, 0.5), "one bare search, ms", target,
        {
            "cpu_p50": round(percentile(cpu, 0.5), 2),
            "p99": round(percentile(ours, 0.99), 2),
            "by_road": f"{by_road / (ROUNDS * UNITS):.0%}",
        },
        lower_is_better=True,
    )  # fmt: skip


def _closed(net: Net, name: str) -> Figure:
    """From the closures read to the net that drives around them."""
    middle = STEP_DEG * net.graph.table.nodes**0.5 / 2
    flood = Obstacle(1, shapely.Point(LON + middle, LAT + middle).buffer(0.005), 0.5)
    times = [_ms(lambda: net.with_obstacles([flood])) for _ in range(10)]
    return Figure(name, percentile(times, 0.5), "ms", target="≤ 1 000 ms", lower_is_better=True)


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
