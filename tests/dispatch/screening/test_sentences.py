"""Over a thousand sentences of our own (``sentences.txt``), as residents might write them."""

from pathlib import Path

import pytest

from dispatch.screening.evaluate import Table, evaluate

SENTENCES = Path(__file__).with_name("sentences.txt")


@pytest.fixture(scope="module")
def table() -> Table:
    rows = []
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        class_, type_, priority, casualties, text = line.split("|", 4)
        rows.append(
            {
                "id": f"L{number}",
                "text": text,
                "expected_class": class_,
                "expected_type": type_,
                "expected_priority": priority,
                "casualties": casualties,
            }
        )
    return evaluate(rows)


def test_nothing_but_an_emergency_opens_an_incident(table: Table) -> None:
    assert table.opened_by_noise == []


def test_no_danger_to_life_is_called_noise(table: Table) -> None:
    assert table.life_called_noise == []


@pytest.mark.parametrize(
    ("field", "least"), [("class", 0.96), ("type", 0.97), ("priority", 0.96), ("casualties", 0.99)]
)
def test_share_right(table: Table, field: str, least: float) -> None:
    assert table.share(field) >= least, table.as_text()


def test_every_type_and_class_occurs(table: Table) -> None:
    assert len({expected for expected, _ in table.confusion["type"]}) == 18
    assert len({expected for expected, _ in table.confusion["class"]}) == 9
