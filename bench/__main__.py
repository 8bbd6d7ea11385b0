"""`python -m bench [part …] [--json FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bench import eta, geocoder, intake, reserve, startup, stream
from bench.figures import Figure, table
from bench.world import World, temporary_world

Part = Callable[[World], Coroutine[Any, Any, list[Figure]]]

PARTS: dict[str, Part] = {
    "intake": intake.measure,
    "reserve": reserve.measure,
    "stream": stream.measure,
    "startup": startup.measure,
    "eta": eta.measure,
    "geocoder": geocoder.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--json", type=Path, default=Path(".local/bench.json"))
    chosen = parser.parse_args()
    unknown = set(chosen.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part {', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}")
    figures: list[Figure] = []
    for name in chosen.parts or PARTS:
        began = time.perf_counter()
        print(f"{name} …", file=sys.stderr, flush=True)
        with temporary_world() as world:
            figures += asyncio.run(PARTS[name](world))
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(figures))
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    report = {
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "figures": [f.as_json() for f in figures],
    }
    chosen.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), "utf-8")
    print(f"written to {chosen.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
