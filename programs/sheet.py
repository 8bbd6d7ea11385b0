"""CSV as programs publish it: UTF-8 with BOM, one header, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from starlette.responses import Response

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell beginning with one of these is a formula for a spreadsheet (OWASP, CSV injection)."""

Cell = str | int | Decimal | None


def safe(value: Cell) -> str:
    """A cell's text. Numbers stay numbers; words that a spreadsheet would run get a quote in front.

    >>> safe("=1+1"), safe(" @x"), safe(-3), safe(Decimal("91.48")), safe(None)
    ("'=1+1", "' @x", '-3', '91.48', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = value.replace("\x00", "")
    # Spreadsheets skip spaces, full-width signs are read as ASCII ones by some.
    start = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if start.startswith((*RUNS, "＝", "＋", "－", "＠")) else text


def write(header: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """The file's text. A row without a column of the header leaves it empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    for row in rows:
        writer.writerow([safe(row.get(name)) for name in header])
    return stream.getvalue()


def respond(filename: str, header: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> Response:
    """The file as a download."""
    return Response(
        ("\ufeff" + write(header, rows)).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
