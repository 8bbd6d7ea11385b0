"""Which tagged things of OpenStreetMap matter to an emergency desk, and what they are called here."""

from __future__ import annotations

from collections.abc import Mapping

# Keys that make an object worth looking at; everything else is skipped before Python sees it.
KEYS = (
    "highway", "boundary", "place", "amenity", "shop", "tourism", "leisure", "office", "healthcare",
    "emergency", "railway", "aeroway", "man_made", "historic", "waterway", "natural", "landuse",
    "public_transport", "bridge:name", "building",
)  # fmt: skip

# highway=* that somebody can drive, ride or walk; the router decides who may.
_ROADS = """
    motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary
    tertiary_link unclassified residential living_street service track road busway pedestrian
    footway path cycleway steps bridleway
"""
ROADS = frozenset(_ROADS.split())
ONEWAY_BY_CLASS = frozenset({"motorway", "motorway_link"})

# key → value → kind; "*" stands for any other value.
_KINDS: Mapping[str, Mapping[str, str]] = {
    "amenity": {
        "place_of_worship": "worship", "school": "school", "kindergarten": "school",
        "college": "school", "university": "school", "hospital": "hospital", "clinic": "clinic",
        "doctors": "clinic", "marketplace": "market", "fuel": "fuel", "police": "police",
        "fire_station": "fire_station", "townhall": "office", "community_centre": "hall",
        "bus_station": "terminal", "ferry_terminal": "terminal", "bank": "bank",
        "restaurant": "restaurant", "cafe": "restaurant", "fast_food": "restaurant",
        "pharmacy": "pharmacy", "cinema": "landmark", "theatre": "landmark", "prison": "landmark",
        "grave_yard": "cemetery", "courthouse": "office", "post_office": "office",
        "public_building": "office", "library": "landmark", "parking": "", "toilets": "",
        "bench": "", "atm": "", "waste_basket": "", "*": "landmark",
    },
    "healthcare": {"hospital": "hospital", "*": "clinic"},
    "shop": {"mall": "mall", "supermarket": "mall", "*": "shop"},
    "tourism": {"hotel": "hotel", "guest_house": "hotel", "hostel": "hotel", "motel": "hotel",
                "information": "", "*": "landmark"},
    "leisure": {"park": "park", "stadium": "stadium", "pitch": "park", "sports_centre": "stadium",
                "*": "landmark"},
    "office": {"*": "office"},
    "railway": {"station": "station", "halt": "station", "tram_stop": "station", "*": ""},
    "aeroway": {"aerodrome": "airport", "terminal": "airport", "*": ""},
    "man_made": {"bridge": "bridge", "water_works": "landmark", "tower": "landmark",
                 "reservoir_covered": "landmark", "*": ""},
    "historic": {"*": "landmark"},
    "emergency": {"ambulance_station": "hospital", "*": ""},
    "place": {"square": "square", "suburb": "quarter", "quarter": "quarter", "village": "quarter",
              "neighbourhood": "quarter", "hamlet": "quarter", "isolated_dwelling": "quarter",
              "locality": "quarter", "*": ""},
    "landuse": {"residential": "estate", "cemetery": "cemetery", "industrial": "estate",
                "commercial": "estate", "retail": "mall", "*": ""},
    "natural": {"peak": "landmark", "*": ""},
    "building": {"*": "building"},
}  # fmt: skip
WATERWAYS = frozenset({"river", "stream", "canal", "drain", "ditch"})
WATER_AREAS = (("natural", "water"), ("waterway", "riverbank"), ("landuse", "reservoir"))


def kind(tags: Mapping[str, str]) -> str:
    """The kind of a named thing; empty when it is no landmark."""
    for key, values in _KINDS.items():
        value = tags.get(key)
        if value is None or value == "no":
            continue
        found = values.get(value, values.get("*", ""))
        if found:
            return found
    return ""


def water(tags: Mapping[str, str]) -> str:
    """ "river", "canal" … for a line, "water" for ground under water, else empty."""
    line = tags.get("waterway", "")
    if line in WATERWAYS:
        return line
    return "water" if any(tags.get(key) == value for key, value in WATER_AREAS) else ""
