"""Where the settings of this installation come from, before any of them is read.

Order: the process's environment, then the instance's file (`SIPONCEGA_ENV_FILE`, else `.env` in
the home folder), then the city that was chosen in the home, then defaults that depend on where the
code lies.
"""

from __future__ import annotations

import os
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


def prepare() -> Path:
    """Fill `os.environ` with what is missing; the home folder, absolute."""
    home = Path(os.environ.get("SIPONCEGA_HOME") or ROOT / ".local").absolute()
    if os.environ.get("PORT"):
        os.environ.setdefault("SIPONCEGA_PORT", os.environ["PORT"])
    file = Path(os.environ.get("SIPONCEGA_ENV_FILE") or home / ".env")
    if file.is_file():
        for name, value in dotenv_values(file, interpolate=False).items():
            if value is not None:
                os.environ.setdefault(name, value)
    current = home / "cities" / "current"  # left by `siponcega city init`
    if "SIPONCEGA_CITY" not in os.environ and current.is_file():
        os.environ["SIPONCEGA_CITY"] = current.read_text().strip()
    os.environ["SIPONCEGA_HOME"] = str(home)
    if "SIPONCEGA_PORT" in os.environ and "SIPONCEGA_PUBLIC_URL" not in os.environ:
        host = os.environ.get("SIPONCEGA_HOST", "127.0.0.1")
        os.environ["SIPONCEGA_PUBLIC_URL"] = f"http://{host}:{os.environ['SIPONCEGA_PORT']}"
    return home
