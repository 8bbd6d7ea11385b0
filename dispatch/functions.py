"""The database's own functions of dispatch (sql/), and how they are called.

    dispatch_near     free units near, for what a run card that acts by itself asks for
    dispatch_take     keep contacts and reports, and in a savepoint after each settle it
    dispatch_finish   settle a report that is stored and was left pending
    dispatch_settle   join the twin or open the incident, and take free units of those ranked
    dispatch_reserve  take units for an incident that stands
    dispatch_raise    made here from raising.py

Functions, because each statement in them sees what was committed before it began: the search for a twin
must look after the lock is held. Small statements, because starting one large one costs more than
running it. Migrations create them from here; a change comes with a migration that creates them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from dispatch.linking import ASK_WINDOW_H, PRECISE_M
from dispatch.raising import RAISE

NEARBY = 8
_FOLDER = Path(__file__).with_name("sql")
_FILES = ("near", "reserve", "settle", "take")
_CONSTANTS = {"NEARBY": NEARBY, "PRECISE_M": PRECISE_M, "ASK_HOURS": ASK_WINDOW_H}

_RAISE_TYPES = ("bigint", "text", "int", "text", "bigint")


def _raise_function() -> str:
    """raising.RAISE as a function: `$1` becomes `p1`, and its count goes INTO the answer."""
    arguments = ", ".join(f"p{n} {kind}" for n, kind in enumerate(_RAISE_TYPES, start=1))
    body = re.sub(r"[$](\d+)", r"p\1", RAISE).replace("count(*) AS n", "count(*) INTO answer")
    return f"""
CREATE FUNCTION dispatch_raise({arguments}) RETURNS bigint LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE answer bigint;
BEGIN
    {body};
    RETURN answer;
END $f$;
"""


def _text(name: str) -> str:
    """One file, with the constants of linking.py as literals."""
    sql = (_FOLDER / f"{name}.sql").read_text("utf-8")
    return re.sub(
        rf"\b({'|'.join(_CONSTANTS)})\b", lambda found: str(_CONSTANTS[found.group(1)]), sql
    )


# By name, whatever arguments an earlier version gave them.
DROP = """
DO $d$
DECLARE
    old regprocedure;
BEGIN
    FOR old IN SELECT p.oid FROM pg_proc p
               WHERE p.pronamespace = current_schema()::regnamespace AND p.proname IN
                   ('dispatch_near', 'dispatch_take', 'dispatch_finish', 'dispatch_settle',
                    'dispatch_open', 'dispatch_reserve', 'dispatch_assign', 'dispatch_raise') LOOP
        EXECUTE format('DROP FUNCTION %s', old);
    END LOOP;
    DROP TYPE IF EXISTS dispatch_arrival;
END $d$;
"""
CREATE = DROP + _raise_function() + "\n".join(_text(name) for name in _FILES)

NEAR = "SELECT * FROM dispatch_near($1, $2, $3, $4)"
TAKE = "SELECT dispatch_take($1)"
FINISH = f"SELECT dispatch_finish({', '.join(f'${n}' for n in range(1, 18))})"
RESERVE = f"SELECT dispatch_reserve({', '.join(f'${n}' for n in range(1, 13))})"
