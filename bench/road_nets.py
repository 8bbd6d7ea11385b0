"""Made-up road nets of any size: a crooked lattice with gaps and one-way streets."""

from __future__ import annotations

import numpy as np

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.edges import SCALE, EdgeTable

LON, LAT = 98.0, 2.0
STEP_DEG = 0.0012  # about 133 m between junctions
BENDS = 3  # points between the ends of a street
ROADS = ("residential", "residential", "tertiary", "secondary", "path")
KEPT = 0.88
ONE_WAY = 0.12


def lattice(nodes: int, seed: int = 1) -> EdgeTable:
    """About so many junctions in a square, 1.75 streets each."""
    chance = np.random.default_rng(seed)
    side = round(nodes**0.5)
    number = np.arange(side * side).reshape(side, side)
    ends = np.concatenate(
        [
            np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.stack([number[:-1].ravel(), number[1:].ravel()]),
        ],
        axis=1,
    )
    ends = ends[:, chance.random(ends.shape[1]) < KEPT]
    edges = ends.shape[1]
    at = np.stack(
        [LON + STEP_DEG * (number.ravel() % side), LAT + STEP_DEG * (number.ravel() // side)], 1
    )
    at += chance.normal(0, STEP_DEG * 0.2, at.shape)
    source, target = at[ends[0]], at[ends[1]]
    share = np.linspace(0, 1, BENDS + 2)[None, :, None]
    lines = source[:, None] + (target - source)[:, None] * share
    lines[:, 1:-1] += chance.normal(0, STEP_DEG * 0.04, (edges, BENDS, 2))
    steps = np.diff(lines, axis=1) * EARTH_M_PER_DEGREE
    silent = np.full(edges, np.nan, np.float32)
    return EdgeTable(
        nodes=side * side,
        source=ends[0].astype(np.int32),
        target=ends[1].astype(np.int32),
        offset=(np.arange(edges + 1) * (BENDS + 2)).astype(np.int32),
        at=np.rint(lines.reshape(-1, 2) * SCALE).astype(np.int32),
        length_m=np.hypot(steps[..., 0], steps[..., 1]).sum(axis=1).astype(np.float32),
        road=np.asarray(chance.integers(0, len(ROADS), edges), np.uint8),
        roads=ROADS,
        oneway=np.where(chance.random(edges) < ONE_WAY, 1, 0).astype(np.int8),
        limit_kmh=silent,
        width_m=silent,
        closed=np.zeros(edges, np.bool_),
        name=np.zeros(edges, np.int32),
        names=("",),
    )
