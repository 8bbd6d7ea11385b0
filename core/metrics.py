"""What Prometheus reads. Labels are codes and route templates, never a caller's data."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter(
    "siponcega_http_requests_total",
    "HTTP requests answered",
    ["method", "route", "status"],
)
REQUEST_SECONDS = Histogram(
    "siponcega_http_request_seconds",
    "Time to answer, by route",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.08, 0.15, 0.3, 0.6, 1.5, 5),
)
UNHANDLED = Counter("siponcega_unhandled_errors_total", "Requests that ended in a 500", ["route"])
GATEWAY_REFUSED = Counter(
    "siponcega_gateway_refused_total",
    "Gateway calls refused for a wrong signature or secret",
    ["gateway"],
)
RATE_LIMITED = Counter(
    "siponcega_rate_limited_total",
    "Calls over a limit; 'mark' passes them on with a mark, 'refuse' answers 429",
    ["bucket", "outcome"],
)
SIGN_INS = Counter("siponcega_sign_ins_total", "Attempts to sign in", ["outcome"])
DEGRADED = Gauge("siponcega_degraded", "1 while a part is degraded (see /readyz)", ["part"])
