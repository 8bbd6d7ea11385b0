"""Routing servers that an administrator may name by URL: one file a kind, chosen by setting.

A kind only knows the shape of its requests and answers; outside.py sends them, remembers and falls
back.
"""

from __future__ import annotations

from geo.roads.routers.osrm import Osrm
from geo.roads.routers.valhalla import Valhalla
from geo.roads.routers.wire import Router

KINDS: dict[str, Router] = {"osrm": Osrm(), "valhalla": Valhalla()}
