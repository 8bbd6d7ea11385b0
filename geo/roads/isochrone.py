"""Where a station gets to in so many minutes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from geo.eta import EARTH_M_PER_DEGREE, TURNOUT_S
from geo.roads import search
from geo.roads.costs import Floats
from geo.roads.edges import SCALE
from geo.roads.grid import Snapped
from geo.roads.net import Net
from geo.roads.road_eta import YARD_KMH, pace
from geo.roads.vehicles import vehicle

CELL_M = 60.0  # also how far off a reached street counts as reached
STEP_M = 40.0


def isochrones(
    net: Net, lon: float, lat: float, vehicle_class: str, minutes: Sequence[int], factor: float
) -> dict[int, BaseGeometry]:
    """By minutes, a polygon in WGS 84 degrees, empty when no road is near: ground within about
    `CELL_M` of streets that a vehicle from here reaches in an ETA (turn-out included) so long."""
    v = vehicle(vehicle_class)
    layer = net.layer(v.name)
    start = net.snap([(lon, lat)], [net.which(v.name)])[0]
    if start is None:
        return {m: shapely.Polygon() for m in minutes}
    scale = pace(v, factor)
    yard_s = start.away_m / YARD_KMH * 3.6
    limits = {m: (m * 60 - TURNOUT_S - yard_s) / scale * 1000.0 for m in minutes}
    nodes = search.away(layer, start, max(*limits.values(), 1.0))
    return {
        m: _ground(_points(net, vehicle_class, start, nodes, limit)) for m, limit in limits.items()
    }


def _points(
    net: Net, vehicle_class: str, start: Snapped, nodes: Floats, limit: float
) -> NDArray[np.float64]:
    """Points every `STEP_M` along what is reached, (n, 2) lon, lat."""
    table, layer = net.graph.table, net.layer(vehicle(vehicle_class).name)
    at_source, at_target = nodes[table.source], nodes[table.target]
    near = np.flatnonzero((at_source <= limit) | (at_target <= limit)).tolist()
    found = [table.line(start.edge)[:1]] if limit > 0 else []
    for edge in near if limit > 0 else ():
        metres = float(table.length_m[edge])
        shares = np.linspace(0.0, 1.0, max(int(metres / STEP_M) + 1, 2))
        with np.errstate(invalid="ignore"):  # 0 × inf: an edge that is barred is not reached
            on = float(at_source[edge]) + shares * layer.through(edge, along=True)
            back = float(at_target[edge]) + (1.0 - shares) * layer.through(edge, along=False)
        reached = shares[
            (np.nan_to_num(on, nan=np.inf) <= limit) | (np.nan_to_num(back, nan=np.inf) <= limit)
        ]
        if len(reached):
            found.append(_along(table.at[table.offset[edge] : table.offset[edge + 1]], reached))
    return np.concatenate(found) if found else np.zeros((0, 2))


def _along(at: NDArray[np.int32], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    line = at / SCALE
    steps = np.hypot(*np.diff(line, axis=0).T)
    where = np.concatenate([[0.0], np.cumsum(steps)])
    wanted = shares * where[-1]
    return np.stack(
        [np.interp(wanted, where, line[:, 0]), np.interp(wanted, where, line[:, 1])], axis=1
    )


def _ground(points: NDArray[np.float64]) -> BaseGeometry:
    """The cells around the points, holes of a cell or two filled, as one shape."""
    if not len(points):
        return shapely.Polygon()
    south_west, north_east = points.min(axis=0), points.max(axis=0)
    high = CELL_M / EARTH_M_PER_DEGREE
    wide = high / np.cos(np.radians(points[0, 1]))
    margin = 4
    columns, rows = ((north_east - south_west) / [wide, high]).astype(int) + 2 * margin + 1
    cells = np.zeros((rows, columns), np.bool_)
    index = ((points - south_west) / [wide, high]).astype(int) + margin
    cells[index[:, 1], index[:, 0]] = True
    cells = ndimage.binary_closing(ndimage.binary_dilation(cells), iterations=2)
    edges = np.diff(cells.astype(np.int8), axis=1, prepend=0, append=0)
    row, begin = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)
    lon, lat = south_west - np.array([wide, high]) * margin
    boxes = shapely.box(
        lon + begin * wide, lat + row * high, lon + end * wide, lat + (row + 1) * high
    )
    return shapely.union_all(boxes).simplify(high * 0.7)
