"""What Prometheus reads of messages. Labels are codes, never numbers or texts."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

SENDS = Counter(
    "siponcega_sends_total", "Messages handed to a gateway", ["gateway", "lane", "outcome"]
)
INBOUND = Counter(
    "siponcega_inbound_total", "Messages that came in", ["gateway", "source", "outcome"]
)
RECEIPTS = Counter(
    "siponcega_receipts_total", "Delivery receipts, by what they brought", ["gateway", "outcome"]
)
BREAKER_OPEN = Gauge(
    "siponcega_cost_breaker_open", "1 while a gateway's daily limit holds messages", ["gateway"]
)
