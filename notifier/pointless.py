"""Which unsent messages an assignment's end makes pointless. One table, for the event and the queue.

The event of the end cancels what is queued at that moment. A message that was with a gateway then, or
whose sender was faster than the reader of the log, is held back by the same table where it is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping

OFFERS = ("offer", "offer_covert")
ABOUT_THE_JOB = (*OFFERS, "moved", "moved_covert")

ENDS: Mapping[str, tuple[str, ...]] = {
    "recalled": ABOUT_THE_JOB,
    "aborted": ABOUT_THE_JOB,
    "cleared": ABOUT_THE_JOB,
    "declined": OFFERS,
    "expired": OFFERS,
}
"""State of an assignment → templates that need not be sent any more."""

_PAIRS = ", ".join(
    f"('{state}', '{template}')" for state, templates in ENDS.items() for template in templates
)
IS_POINTLESS = f"""EXISTS (
    SELECT FROM assignment AS a
    WHERE a.id = delivery.assignment_id AND (a.state, delivery.template) IN ({_PAIRS}))"""
"""Of a row of `delivery`."""
