"""`siponcega triage eval`: made-up rows, each guarantee broken once."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import BadInput
from dispatch import measure
from geo.geocoder import for_pack
from geo.geography import Geography
from siponcega.cli import app

GOOD = {
    "id": "A1",
    "text": "rumah terbakar di bulian lk 2",
    "expected_class": "emergency",
    "expected_type": "fire",
    "expected_priority": "P1",
    "expected_kelurahan_code": "12.76.04.1003",
    "location_basis": "kelurahan_name",
}


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography(for_pack("tebing_tinggi"), "tebing_tinggi")


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, None),
        ({"expected_class": "prank"}, "opens an incident and must not"),
        ({"expected_kelurahan_code": "12.76.05.1001"}, "names its kelurahan and opens elsewhere"),
        ({"text": "apa kabar bulian"}, "names its kelurahan and opens nothing"),
        ({"location_basis": "landmark", "expected_kelurahan_code": "12.76.05.1001"}, None),
    ],
)
def test_a_broken_guarantee_is_named(
    geography: Geography, change: dict[str, str], broken: str | None
) -> None:
    (judged,) = measure.judge([{**GOOD, **change}], geography)
    assert judged.broken == broken
    assert (f"A1 {broken}" in measure.as_text([judged])) is bool(broken)
    assert bool(measure.as_builtins([judged])["broken"]) is bool(broken)


def test_shares_count_places_that_must_be_asked(geography: Geography) -> None:
    asks = {**GOOD, "text": "tolong rumah terbakar", "expected_kelurahan_code": ""}
    judged = measure.judge([GOOD, asks, {**asks, "text": GOOD["text"]}], geography)
    assert measure.shares(judged)["place"] == (2, 3)
    assert "(ask)" in measure.as_text(judged)


def test_a_file_without_its_columns() -> None:
    with pytest.raises(BadInput) as refused:
        measure.read(b"text,expected_class\nx,y\n")
    assert "expected_kelurahan_code" in refused.value.params["columns"]
    with pytest.raises(BadInput):
        measure.read(b"\xff\xfe\x00")


def write(path: Path, row: dict[str, str]) -> str:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    return str(path)


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    good = write(tmp_path / "good.csv", GOOD)
    bad = write(tmp_path / "bad.csv", {**GOOD, "expected_class": "spam"})
    assert run(app, ["triage", "eval", good]).exit_code == 0
    broken = run(app, ["triage", "eval", bad, "--json"])
    assert broken.exit_code == 3
    assert json.loads(broken.stdout)["broken"] == {"A1": "opens an incident and must not"}
    missing = run(app, ["triage", "eval", str(tmp_path / "none.csv")])
    assert missing.exit_code == 1 and "none.csv" in missing.output
