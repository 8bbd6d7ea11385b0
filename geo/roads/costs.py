"""A cost is milliseconds + decimetres / 2^26, added up without loss in a float64.

The fraction holds 6 700 km, the whole part 2^26 ms (18 h): 52 bits. Sums of whole milliseconds and
whole decimetres are exact, so a search on these costs compares by time first and by length second,
and both can be read from its result.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNIT = float(2**26)
MAX_MS = float(2**25)  # 9 h: no search looks further


def cost(ms: Any, metres: Any) -> Any:
    """Cost of so many milliseconds and metres, scalars or arrays; infinite stays infinite."""
    return np.rint(ms) + np.rint(np.asarray(metres) * 10.0) / UNIT


def time_s(value: float) -> float:
    """Seconds in a finite cost."""
    return int(value) / 1000.0


def length_m(value: float) -> float:
    """Metres in a finite cost."""
    return (value - int(value)) * UNIT / 10.0
