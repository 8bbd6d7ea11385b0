"""Positions inside links: geo: URIs, Google, OpenStreetMap, Waze, Apple and WhatsApp shares.

A link is decoded (twice, since chats encode again) and read by what its parts mean, the pin
before the view: `!3d…!4d…`, `mlat/mlon`, `q=`/`ll=`/`query=`…, then `@lat,lon` and `#map=`.
Nothing is fetched: a shortened link without coordinates says only that one was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from geo.geocoder.coordinates import Point, on_earth, read_pair

_LINK = re.compile(
    r"(?:https?://|www\.|geo:|maps\.|goo\.gl/|waze\.com/|waze://|comgooglemaps:)\S+", re.IGNORECASE
)
_ACCOUNT = re.compile(r"(?<![\w.])@[\w.]+")
_SHORT = re.compile(
    r"maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs|osm\.org/go|waze\.com/ul/h|bit\.ly|share\.google",
    re.IGNORECASE,
)
_N = r"([-+]?\d{1,3}(?:\.\d+)?)"
_JOIN = r"\s*,\s*\+?"
_PIN = re.compile(rf"!3d{_N}!4d{_N}")
_MARKER = re.compile(rf"[?&]mlat={_N}&(?:amp;)?mlon={_N}", re.IGNORECASE)
_KEYED = re.compile(
    rf"[?&#](?:q|ll|sll|query|daddr|saddr|destination|center|cp|to|viewpoint|point)=(?:loc:|ll\.|geo:)?{_N}{_JOIN}{_N}",
    re.IGNORECASE,
)
_PATH = re.compile(rf"/(?:place|search|dir)/(?:[^@]*?/)?{_N}{_JOIN}{_N}", re.IGNORECASE)
_AT = re.compile(rf"@{_N},{_N}")
_HASH = re.compile(rf"#map=[\d.]+/{_N}/{_N}")
_GEO = re.compile(rf"^geo:{_N},{_N}", re.IGNORECASE)
_GEO_RADIUS = re.compile(r";u=(\d+(?:\.\d+)?)", re.IGNORECASE)
_IN_ORDER = (_PIN, _MARKER, _KEYED, _PATH, _GEO, _AT, _HASH)


def find(text: str, centre: tuple[float, float]) -> Iterator[Point]:
    """The position of every link that carries one, in order."""
    for match in _LINK.finditer(text):
        link = unquote(unquote(match.group())).replace("+", " ").rstrip(").,;>\"'")
        point = _read(link, centre)
        if point is not None:
            yield point


def without(text: str) -> str:
    """The text with its links and @accounts blanked, so that their parts are not read as words."""
    return _ACCOUNT.sub(" , ", _LINK.sub(" ", text))


def is_short(text: str) -> bool:
    """A link was sent that hides its position behind a redirect."""
    return _SHORT.search(text) is not None


def _read(link: str, centre: tuple[float, float]) -> Point | None:
    for pattern in _IN_ORDER:
        match = pattern.search(link)
        if match is None:
            continue
        if not on_earth(float(match[2]), float(match[1])):
            continue
        point = read_pair(match[1], match[2], centre, labelled=True)
        if point is None:
            continue
        radius = _GEO_RADIUS.search(link)
        if radius is not None:
            return Point(point.lon, point.lat, max(point.uncertainty_m, float(radius[1])))
        return point
    return None
