"""Read a CSV as offices save it: Excel's BOM and `sep=` line, semicolons, quoted line breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 64 * 1024 * 1024
DELIMITERS = ";,\t|"


class NotCsv(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the line it begins on (1 = first of the file) and its cells, as they stand."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """Header and records of a file; `delimiter` is the one found."""

    header: list[str]
    lines: list[Line]
    delimiter: str


def read(path: Path) -> CsvFile:
    """The whole file. Raises NotCsv when there is no header or the bytes are no text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NotCsv("Berkas lebih dari 64 MB. Bagi menjadi beberapa berkas.")
        data = path.read_bytes()
    except OSError as error:
        raise NotCsv(
            f"Berkas tidak bisa dibaca: {error.strerror}. Periksa nama dan izinnya."
        ) from error
    return parse(data)


def parse(data: bytes) -> CsvFile:
    """The same from bytes."""
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise NotCsv("Ini berkas Excel. Buka di Excel, lalu Simpan Sebagai > CSV UTF-8.")
    text = _decode(data)
    first_line, delimiter, skipped = _preamble(text)
    if not first_line.strip():
        raise NotCsv("Berkas kosong. Baris pertama harus berisi nama kolom.")
    records = _records(text, delimiter, skipped)
    header = next(records, None)
    if header is None:
        raise NotCsv("Berkas kosong. Baris pertama harus berisi nama kolom.")
    return CsvFile(
        [cell.strip() for cell in header.cells],
        [line for line in records if any(cell.strip() for cell in line.cells)],
        delimiter,
    )


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes as plain "CSV" on Windows.
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise NotCsv("Berkas ini bukan teks. Simpan sebagai CSV UTF-8.")
    return text


def _preamble(text: str) -> tuple[str, str, int]:
    """The header line, its delimiter, and how many lines stand before it (`sep=;`, blank ones)."""
    named = ""
    for skipped, line in enumerate(text.splitlines()):
        if line.lower().startswith("sep=") and len(line) >= 5 and not named:
            named = line[4]
        elif line.strip():
            return line, named or _likeliest(line), skipped
    return "", ",", 0


def _likeliest(header: str) -> str:
    counts = {mark: header.count(mark) for mark in DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Line]:
    stream = io.StringIO(text, newline="")
    for _ in range(skipped):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter)
    begins = skipped + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotCsv(
                f"Baris {skipped + reader.line_num}: bentuk CSV rusak ({error}). "
                "Periksa tanda kutip pada baris itu."
            ) from error
        yield Line(begins, cells)
        begins = skipped + reader.line_num + 1
