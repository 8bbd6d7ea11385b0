"""Import a CSV of the registry: good rows go in, every bad row is named and kept, none is lost.

Bad rows are written beside the file with line, column and advice, in the file's own columns, so that
they can be mended and imported again. Rows are saved by their natural key: running twice is running
once. An empty cell leaves what is known; a single `-` clears it.
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from core.actor import SYSTEM, Actor
from core.db import Database, Tx
from core.events import append
from core.privacy import Vault
from registry.cells import BadCell
from registry.csv_file import CsvFile, Line, NotCsv, read
from registry.events import RegistryImport
from registry.sheet import BadRow, Column, Saving, Sheet, Values

KNOWN_KELURAHAN = "SELECT code FROM area WHERE level = 'kelurahan'"
CONFLICTS = {
    "uq_staff_private_nik_hash": ("nik", "NIK ini sudah tercatat pada petugas lain."),
    "uq_resident_private_nik_hash": ("nik", "NIK ini sudah tercatat pada warga lain."),
    "ex_duty_one_at_a_time": ("starts_at", "Orang ini sudah punya jaga lain pada waktu itu."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of the file, and what to do. `value` is empty when private."""

    line: int
    column: str
    value: str
    advice: str


@dataclass(slots=True)
class Result:
    """How an import ended. `rows` = created + updated + unchanged + refused."""

    sheet: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    dry_run: bool = False
    ignored_columns: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refused_file: str | None = None  # also None when the folder cannot be written


class _DryRun(Exception):
    """Undoes what a trial wrote."""


async def import_file(
    db: Database,
    vault: Vault,
    sheet: Sheet,
    path: Path,
    *,
    actor: Actor = SYSTEM,
    dry_run: bool = False,
    example: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Import `path`; `progress(done, all)` is called after each row.

    Raises NotCsv when the file cannot be read or lacks a required column: nothing is imported then.
    """
    file = read(path)
    result = Result(sheet.name, dry_run=dry_run)
    columns = _columns(sheet, file, result)
    bad: list[Line] = []
    try:
        async with db.tx(actor) as tx:
            work = _Work(Saving(tx, vault, example), sheet, file, columns, result, bad)
            await work.run(progress)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    if bad and not dry_run:
        # The good rows are in, and every fault is told: a folder that cannot be written stops nothing.
        with contextlib.suppress(OSError):
            result.refused_file = str(_write_refused(path, file, bad, result.faults))
    return result


@dataclass(slots=True)
class _Work:
    saving: Saving
    sheet: Sheet
    file: CsvFile
    columns: list[Column | None]
    result: Result
    bad: list[Line]
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    async def run(self, progress: Callable[[int, int], None] | None) -> None:
        kelurahan = await _known_kelurahan(self.saving.tx)
        for done, line in enumerate(self.file.lines, 1):
            self.result.rows += 1
            faults = await self._one(line, kelurahan)
            if faults:
                self.result.refused += 1
                self.result.faults.extend(faults)
                self.bad.append(line)
            if progress:
                progress(done, len(self.file.lines))
        outcome = self.result
        await append(
            self.saving.tx,
            "registry.imported",
            RegistryImport(
                sheet=self.sheet.name,
                created=outcome.created,
                updated=outcome.updated,
                unchanged=outcome.unchanged,
                refused=outcome.refused,
            ),
        )

    async def _one(self, line: Line, kelurahan: Collection[str]) -> list[Fault]:
        if len(line.cells) != len(self.columns):
            return [
                Fault(
                    line.number,
                    "",
                    "",
                    f"Baris ini punya {len(line.cells)} kolom, judulnya {len(self.columns)}. "
                    "Periksa pemisah dan tanda kutip.",
                )
            ]
        values, faults = _read_cells(line, self.columns)
        place = values.get("kelurahan_code")
        if place is not None and kelurahan and place not in kelurahan:
            faults.append(
                Fault(line.number, "kelurahan_code", place, "Kelurahan ini tidak ada di kota ini.")
            )
        if faults:
            return faults
        key = tuple(values[name] for name in self.sheet.key)
        first = self.seen.setdefault(key, line.number)
        if first != line.number:
            return [
                Fault(
                    line.number,
                    self.sheet.key[-1],
                    str(key[-1]),
                    f"Sudah ada di baris {first}. Hapus salah satu.",
                )
            ]
        return await self._save(line, values)

    async def _save(self, line: Line, values: Values) -> list[Fault]:
        try:
            async with self.saving.tx.savepoint():
                outcome = await self.sheet.save(self.saving, values)
        except BadRow as error:
            return [Fault(line.number, error.column, "", error.advice)]
        except asyncpg.IntegrityConstraintViolationError as error:
            column, advice = CONFLICTS.get(
                error.constraint_name or "",
                ("", f"Bertentangan dengan data yang ada ({error.constraint_name})."),
            )
            return [Fault(line.number, column, "", advice)]
        setattr(self.result, outcome, getattr(self.result, outcome) + 1)
        return []


def _columns(sheet: Sheet, file: CsvFile, result: Result) -> list[Column | None]:
    columns = [sheet.column_for(header) for header in file.header]
    given = [column.name for column in columns if column]
    twice = sorted({name for name in given if given.count(name) > 1})
    if twice:
        raise NotCsv(f"Kolom {', '.join(twice)} ada lebih dari sekali. Sisakan satu.")
    missing = [column for column in sheet.columns if column.required and column.name not in given]
    if missing:
        names = ", ".join("/".join((column.name, *column.aliases[:1])) for column in missing)
        raise NotCsv(
            f"Kolom wajib tidak ada: {names}. Judul yang terbaca: {', '.join(file.header)}."
        )
    result.ignored_columns = [
        header for header, column in zip(file.header, columns, strict=True) if column is None
    ]
    return columns


def _read_cells(line: Line, columns: list[Column | None]) -> tuple[Values, list[Fault]]:
    values: Values = {}
    faults: list[Fault] = []
    for text, column in zip((cell.strip() for cell in line.cells), columns, strict=True):
        if column is None:
            continue
        if not text:
            if column.required:
                faults.append(Fault(line.number, column.name, "", "Wajib diisi."))
            continue
        if text == "-" and not column.required:
            values[column.name] = column.cleared
            continue
        try:
            values[column.name] = column.read(text)
        except BadCell as error:
            shown = "" if column.private else text[:60]
            faults.append(Fault(line.number, column.name, shown, str(error)))
    if ("lat" in values) != ("lon" in values):
        faults.append(Fault(line.number, "lat", "", "Isi lintang dan bujur, keduanya."))
    return values, faults


async def _known_kelurahan(tx: Tx) -> frozenset[str]:
    """Codes of the city's kelurahan; empty before the city is loaded, and then nothing is checked."""
    return frozenset(row["code"] for row in await tx.fetch(KNOWN_KELURAHAN))


def _write_refused(path: Path, file: CsvFile, bad: list[Line], faults: list[Fault]) -> Path:
    """The refused rows as they stood, with line and advice in front; readable by the owner only."""
    target = path.with_name(f"{path.stem}.ditolak.csv")
    advice: dict[int, list[str]] = {}
    for fault in faults:
        where = f"{fault.column}: " if fault.column else ""
        advice.setdefault(fault.line, []).append(where + fault.advice)
    target.touch(mode=0o600)
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=file.delimiter)
        writer.writerow(["baris", "masalah", *file.header])
        for line in bad:
            writer.writerow([line.number, " ".join(advice[line.number]), *line.cells])
    return target
