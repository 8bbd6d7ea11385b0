"""Speeds learned from arrivals: how much longer a way takes, by road class and band of hours. Pure.

A unit tells when it set out and when it was there, not how long it was on which street. So each arrival
is laid over the way that our own net would have driven, with our own speeds, and the classes share the
difference: with y the time taken over the time reckoned, and x_c the share of class c in the time
reckoned (they sum to 1),

    minimise over f ≥ 0:  Σ w (y - Σ_c f_c x_c)²  +  RIDGE Σ_c (f_c - m)²

by non-negative least squares (Lawson and Hanson, Solving Least Squares Problems, 1974, ch. 23;
scipy.optimize.nnls). m is the band's median of y, drawn towards 1 as by `PRIOR_N` arrivals that were
as reckoned; a class that few drove on therefore stays near what its band does. w is Tukey's biweight of
the residual over its median absolute deviation (Beaton and Tukey, Technometrics 16, 1974), found anew
until it stands still: what lies far off has no weight at all. And a short way weighs less, for a thumb
half a minute late is much of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from geo.roads.hours import BANDS

MIN_N = 20
"""Arrivals, each with `MIN_SHARE` of its time on the class, below which nothing is proposed."""
MIN_SHARE = 0.25
PRIOR_N = 10.0
RIDGE = 1.0
THUMB_S = 30.0
LEAST, MOST = 0.4, 3.0  # of a factor: beyond, it is the map that is wrong
TUKEY = 4.685  # 95 % as good as least squares where nothing is odd
LEAST_SPREAD = 0.03
ROUNDS = 50

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Driven:
    """An arrival over the way reckoned for it. reckoned_s: by road class, without anything learned."""

    band: str
    took_s: float
    reckoned_s: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """A class in a band. n: arrivals that tell of it; factor: the time over what was reckoned, None
    where they are too few."""

    road: str
    band: str
    n: int
    factor: float | None


def learn(trips: Sequence[Driven], min_n: int = MIN_N) -> list[Learned]:
    """Every class that was driven on, band by band, the oftenest first."""
    found = []
    for name in BANDS:
        mine = [trip for trip in trips if trip.band == name and sum(trip.reckoned_s.values()) > 0]
        if mine:
            found += _band(name, mine, min_n)
    return found


def _band(name: str, trips: Sequence[Driven], min_n: int) -> list[Learned]:
    roads = sorted({road for trip in trips for road in trip.reckoned_s})
    seconds = np.array([[trip.reckoned_s.get(road, 0.0) for road in roads] for trip in trips])
    reckoned = seconds.sum(axis=1)
    share = seconds / reckoned[:, None]
    over = np.array([trip.took_s for trip in trips]) / reckoned
    told = (share >= MIN_SHARE).sum(axis=0)
    factors = _fit(share, over, reckoned**2 / (reckoned**2 + THUMB_S**2))
    rows = [
        Learned(road, name, n, round(float(np.clip(f, LEAST, MOST)), 2) if n >= min_n else None)
        for road, n, f in zip(roads, told.tolist(), factors.tolist(), strict=True)
    ]
    return sorted(rows, key=lambda row: (-row.n, row.road))


def _fit(share: Floats, over: Floats, weight: Floats) -> Floats:
    """A factor a class: the formula above."""
    arrivals, classes = share.shape
    usual = float(np.median(over))
    middle = (arrivals * usual + PRIOR_N) / (arrivals + PRIOR_N)
    ridge = np.sqrt(RIDGE) * np.eye(classes)
    factors = np.full(classes, usual)
    for _ in range(ROUNDS):
        off = over - share @ factors
        spread = max(1.4826 * float(np.median(np.abs(off))), LEAST_SPREAD)
        odd = np.minimum(np.abs(off) / (TUKEY * spread), 1.0)
        root = np.sqrt(weight) * (1.0 - odd**2)
        rows = np.concatenate([share * root[:, None], ridge])
        wanted = np.concatenate([over * root, np.sqrt(RIDGE) * np.full(classes, middle)])
        before, factors = factors, nnls(rows, wanted)[0]
        if np.abs(factors - before).max() < 1e-4:
            break
    return factors
