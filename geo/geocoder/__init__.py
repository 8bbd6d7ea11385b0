"""Free text → place, offline, saying how sure it is.

`Geocoder.locate(text, gps=…)` answers in about a millisecond from memory. A process holds one
through `geo.geography.Geography`, which exchanges it when the names in the database change;
`for_pack(city)` is one over the bare pack, for tools and tests.

Order of thought: links, coordinates and Plus Codes; then names (`names` finds them in any
spelling, `mentions` decides by the words round them which are places); then the reporter's GPS.
"""

from __future__ import annotations

from functools import lru_cache

from geo.geocoder.engine import Geocoder
from geo.geocoder.gazetteer import from_pack
from geo.geocoder.types import Basis, Candidate, Located, Verdict

__all__ = ["Basis", "Candidate", "Geocoder", "Located", "Verdict", "for_pack"]


@lru_cache(maxsize=4)
def for_pack(city: str) -> Geocoder:
    """A geocoder over a city's pack alone, without a database."""
    return Geocoder(from_pack(city))
