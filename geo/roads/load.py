"""Read the imported net from the database into columns, in parts, off the event loop."""

from __future__ import annotations

import asyncio
import ctypes
import sys
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from core.db import Row, Tx
from geo.roads.edges import SCALE, EdgeTable, Ints

CHUNK = 20_000

EDGES = """
SELECT id, source_node, target_node, class, name, oneway, maxspeed_kmh, width_m, access, length_m,
       ST_AsBinary(geom) AS line
FROM road_edge WHERE id > $1 ORDER BY id LIMIT $2
"""
AREA = """
SELECT ST_AsBinary(ST_Union(geom)) FROM area WHERE level = 'kelurahan' AND geom IS NOT NULL
"""

# What an emergency vehicle may not or cannot use; private ways and gates for residents it does.
NO_ACCESS = frozenset({"no", "agricultural", "forestry", "impassable"})


class _Words:
    """Numbers for words, in order of appearance."""

    def __init__(self, *first: str) -> None:
        self.known: dict[str, int] = {}
        for word in first:
            self.number(word)

    def number(self, word: str) -> int:
        return self.known.setdefault(word, len(self.known))


class _Columns:
    def __init__(self) -> None:
        self.roads, self.names = _Words(), _Words("")
        self.parts: list[dict[str, NDArray[np.generic]]] = []

    def add(self, rows: Sequence[Row]) -> None:
        lines = shapely.from_wkb([row["line"] for row in rows])
        at, owner = shapely.get_coordinates(lines, return_index=True)
        nan = float("nan")

        def real(key: str) -> NDArray[np.float32]:
            values = [nan if row[key] is None else row[key] for row in rows]
            return np.asarray(values, np.float32)

        self.parts.append(
            {
                "source": np.asarray([row["source_node"] for row in rows], np.int64),
                "target": np.asarray([row["target_node"] for row in rows], np.int64),
                "points": np.bincount(owner, minlength=len(rows)).astype(np.int32),
                "at": np.rint(at * SCALE).astype(np.int32),
                "length_m": real("length_m"),
                "road": np.asarray([self.roads.number(row["class"]) for row in rows], np.uint8),
                "oneway": np.asarray([row["oneway"] or 0 for row in rows], np.int8),
                "limit_kmh": real("maxspeed_kmh"),
                "width_m": real("width_m"),
                "closed": np.asarray([row["access"] in NO_ACCESS for row in rows], np.bool_),
                "name": np.asarray(
                    [self.names.number(row["name"] or "") for row in rows], np.int32
                ),
            }
        )

    def table(self) -> EdgeTable:
        def column(key: str) -> NDArray[np.generic]:
            return np.concatenate([part.pop(key) for part in self.parts])

        source, target = column("source"), column("target")
        keys, number = np.unique(np.concatenate([source, target]), return_inverse=True)
        numbers: Ints = number.astype(np.int32)
        offset = np.concatenate([[0], np.cumsum(column("points"))]).astype(np.int32)
        return EdgeTable(
            nodes=len(keys),
            source=numbers[: len(source)],
            target=numbers[len(source) :],
            offset=offset,
            at=column("at"),  # type: ignore[arg-type]
            length_m=column("length_m"),  # type: ignore[arg-type]
            road=column("road"),  # type: ignore[arg-type]
            roads=list(self.roads.known),
            oneway=column("oneway"),  # type: ignore[arg-type]
            limit_kmh=column("limit_kmh"),  # type: ignore[arg-type]
            width_m=column("width_m"),  # type: ignore[arg-type]
            closed=column("closed"),  # type: ignore[arg-type]
            name=column("name"),  # type: ignore[arg-type]
            names=list(self.names.known),
        )


async def imported(tx: Tx) -> EdgeTable | None:
    """Every edge of road_edge; None when there is none."""
    columns, last = _Columns(), -(2**62)
    while rows := await tx.fetch(EDGES, last, CHUNK):
        last = rows[-1]["id"]
        await asyncio.to_thread(columns.add, rows)
    if not columns.parts:
        return None
    return await asyncio.to_thread(columns.table)


async def area(tx: Tx) -> shapely.geometry.base.BaseGeometry:
    """The ground of all kelurahan; empty when there is none."""
    wkb = await tx.fetchval(AREA)
    return shapely.Polygon() if wkb is None else shapely.from_wkb(wkb)


def give_back_memory() -> None:
    """What building took and freed, glibc keeps: twice the size of a province's net. Return it."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
