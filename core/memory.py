"""What a process loads once and holds for long stays out of the garbage collector's rounds.

A city's names and roads are a million small objects. Each full round over them stops the process for a
tenth of a second and more, in the middle of somebody's report.
"""

from __future__ import annotations

import gc

# A request makes some thousand objects, nearly all of which go by themselves when it ends: to look for
# circles among them after every 700 is a few per cent of the process.
YOUNG = 20_000


def settle() -> None:
    """Collect once, and leave alone what is alive now. Call it after loading, and again after what was
    loaded has been exchanged: what is then no longer held goes."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
