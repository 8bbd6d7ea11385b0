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
from geo.roads.edges import SCALE, EdgeTable
from geo.roads.grid import Snapped
from geo.roads.layers import Layer
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
    points, reached = _reached(net, layer, start, nodes, max(limits.values()))
    return {
        m: _ground(points[reached <= limit] if limit > 0 else points[:0])
        for m, limit in limits.items()
    }


def _reached(
    net: Net, layer: Layer, start: Snapped, nodes: Floats, limit: float
) -> tuple[NDArray[np.float64], Floats]:
    """Points at most `STEP_M` apart along what is reached within a limit, (n, 2) lon, lat, and what
    each costs. All edges at once: a map asks for every station."""
    table = net.graph.table
    near = np.flatnonzero((nodes[table.source] <= limit) | (nodes[table.target] <= limit))
    edge, share, points = _samples(table, near)
    along, against = layer.through_all()
    with np.errstate(invalid="ignore"):  # 0 × inf: an edge that is barred is not reached
        on = nodes[table.source[edge]] + share * along[edge]
        back = nodes[table.target[edge]] + (1.0 - share) * against[edge]
    costs = np.fmin(on, back)  # NaN, where neither leads there, is never below a limit
    at_start = table.line(start.edge)[:1]
    return np.concatenate([at_start, points]), np.concatenate([[0.0], costs])


def _samples(
    table: EdgeTable, edges: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Floats, NDArray[np.float64]]:
    """For points along the lines of some edges: their edge, the share of its length that lies
    before them, and (n, 2) lon, lat."""
    counts = (table.offset[edges + 1] - table.offset[edges] - 1).astype(np.intp)
    first = np.cumsum(counts) - counts  # each edge's first segment
    edge = np.repeat(edges, counts)
    at = np.arange(counts.sum()) - np.repeat(first, counts) + table.offset[edge]
    a, b = table.at[at] / SCALE, table.at[at + 1] / SCALE
    length = np.hypot(*(b - a).T)
    before = np.cumsum(length) - length
    whole = np.maximum(np.bincount(edge, length, table.count)[edge], 1e-12)
    low = (before - np.repeat(before[first], counts)) / whole if len(edge) else length
    metres = length / whole * table.length_m[edge]
    pieces = (metres / STEP_M).astype(np.intp) + 1
    segment = np.repeat(np.arange(len(edge)), pieces + 1)
    nth = np.arange(len(segment)) - np.repeat(np.cumsum(pieces + 1) - pieces - 1, pieces + 1)
    t = nth / pieces[segment]
    share = low[segment] + t * (length / whole)[segment]
    points = a[segment] + (b - a)[segment] * t[:, None]
    return edge[segment], share, points


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
