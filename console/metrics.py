"""Figures of the live stream for `/metrics`."""

from __future__ import annotations

from prometheus_client import Gauge

SOCKETS = Gauge("siponcega_stream_sockets", "Consoles connected and up to date, this process.")
CUT = Gauge("siponcega_stream_cut", "Sockets cut off as too slow since start, this process.")
