"""The measuring of the screening, on made-up rows and on the shared development file."""

import csv
import json
from pathlib import Path

import pytest

from dispatch.screening.evaluate import evaluate

DEV_FILE = Path(__file__).parents[4] / "shared/data/tebing_tinggi/messages_dev.csv"


def row(text: str, class_: str, type_: str, priority: str, **more: str) -> dict[str, str]:
    labels = {"expected_class": class_, "expected_type": type_, "expected_priority": priority}
    return {"text": text, "casualties": "", **labels, **more}


def test_figures_confusions_and_soft_labels() -> None:
    table = evaluate(
        [
            row("rumah terbakar", "emergency", "fire", "P1", id="A"),
            row("rumah terbakar", "emergency", "flood", "P2", id="B", note="also defensible"),
            row("wkwkwk", "prank", "none", "none", id="C"),
        ]
    )
    assert table.share("class") == 1.0
    assert table.share("type") == pytest.approx(2 / 3)
    assert table.share("type", strict=True) == 1.0
    assert table.confusion["type"]["flood", "fire"] == 1
    assert "flood -> fire  1  B" in table.as_text()
    assert json.loads(table.as_json())["misses"][0] == {
        "id": "B",
        "field": "type",
        "expected": "flood",
        "got": "fire",
    }


def test_broken_guarantees_are_named() -> None:
    table = evaluate(
        [
            row("rumah terbakar di lk 3", "spam", "none", "none", id="A"),
            row("slot gacor maxwin daftar", "emergency", "fire", "P1", id="B"),
        ]
    )
    assert table.opened_by_noise == ["A"]
    assert table.life_called_noise == ["B"]


def test_no_rows() -> None:
    assert evaluate([]).share("class") == 1.0


@pytest.mark.skipif(not DEV_FILE.exists(), reason="the shared development file is not here")
def test_the_development_file(capsys: pytest.CaptureFixture[str]) -> None:
    with DEV_FILE.open(encoding="utf-8", newline="") as lines:
        table = evaluate(csv.DictReader(lines))
    with capsys.disabled():
        print(f"\n{table.as_text()}")
    assert table.opened_by_noise == []
    assert table.life_called_noise == []
    assert table.share("class") >= 0.90
    assert table.share("type") >= 0.85
    assert table.share("priority") >= 0.75
