"""The database's own functions of dispatch (functions.sql), and how they are called.

The migration creates them from here; a change comes with a migration that creates them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from dispatch.queries import NEARBY
from dispatch.raising import RAISE

_FILE = Path(__file__).with_name("functions.sql")

_RAISE_TYPES = ("bigint", "text", "int", "text", "bigint")
_RESERVE_TYPES = (
    "bigint", "text", "int", "bigint[]", "int[]", "int[]", "text", "bool", "bigint", "float8",
    "text", "int",
)  # fmt: skip
_OPEN_TYPES = (
    "bigint", "text", "float8", "float8", "float8", "float8", "float8", "text", "bool", "text",
    "int", "text", "bool", "bool", "text[]", "text", "int", "bool", "int", "text", "bigint", "int",
    "bool", "bigint[]", "jsonb",
)  # fmt: skip


def _call(name: str, types: tuple[str, ...]) -> str:
    return f"{name}({', '.join(f'${n}' for n in range(1, len(types) + 1))})"


def _raise_function() -> str:
    """raising.RAISE as a function: `$1` becomes `p1`, and its count goes INTO the answer."""
    arguments = ", ".join(f"p{n} {kind}" for n, kind in enumerate(_RAISE_TYPES, start=1))
    body = re.sub(r"[$](\d+)", r"p\1", RAISE).replace("count(*) AS n", "count(*) INTO answer")
    return f"""
CREATE OR REPLACE FUNCTION dispatch_raise({arguments}) RETURNS bigint LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE answer bigint;
BEGIN
    {body};
    RETURN answer;
END $f$;
"""


CREATE = _raise_function() + _FILE.read_text("utf-8").replace("NEARBY", str(NEARBY))
DROP = "".join(
    f"DROP FUNCTION {name}({', '.join(types)});\n"
    for name, types in (
        ("dispatch_open", _OPEN_TYPES),
        ("dispatch_reserve", _RESERVE_TYPES),
        ("dispatch_raise", _RAISE_TYPES),
    )
)

OPEN = f"SELECT {_call('dispatch_open', _OPEN_TYPES)}"
RESERVE = f"SELECT * FROM {_call('dispatch_reserve', _RESERVE_TYPES)}"
