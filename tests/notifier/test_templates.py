"""Every message is one SMS, whatever fills its fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from notifier import gsm7
from notifier.rules import RULES
from notifier.templates import TEMPLATES, render
from tests.fixtures.msgids import of_room

ANYTHING = st.one_of(st.text(max_size=200), st.integers(), st.sampled_from(["", "€" * 80, "日本"]))
CODE = st.text(alphabet="ABCDEF0123456789", max_size=20)


@given(st.data(), st.sampled_from(sorted(TEMPLATES)))
def test_every_message_is_one_gsm_sms(data: st.DataObject, name: str) -> None:
    template = TEMPLATES[name]
    values: dict[str, object] = {}
    for field in template.fields():
        limit = template.limits[field]
        values[field] = (
            data.draw(CODE)[:limit] if field in template.raw else data.draw(ANYTHING, field)
        )
    message = render(name, **values)
    assert gsm7.fits(message), (gsm7.septets(gsm7.plain(message)), message)


def test_a_link_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="longer"):
        render("receipt", code="L7K3QF", link="https://contoh.example/l/" + "x" * 120)


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("offer", code="A7")


def test_every_rule_names_templates_that_exist() -> None:
    for rule in RULES:
        assert rule.template in TEMPLATES
        assert rule.covert is None or rule.covert in TEMPLATES


@pytest.mark.parametrize("name", [n for n in TEMPLATES if n.endswith("_covert")])
def test_covert_words_name_neither_kind_nor_place(name: str) -> None:
    template = TEMPLATES[name]
    assert not {"type", "place", "link"} & set(template.fields())
    for word in ("112", "darurat", "polisi", "kekerasan", "kdrt"):
        assert word not in template.text.lower()


def test_an_offer_reads_as_it_should() -> None:
    assert render(
        "offer",
        code="A7",
        unit="DMK1",
        type="KEBAKARAN",
        place="Jl. Sudirman dekat masjid, Bandar Sono Lk 4",
        way="2,4 km/6 mnt.",
    ) == (
        "TUGAS (A7) DMK1: KEBAKARAN, Jl. Sudirman dekat masjid, Bandar Sono Lk 4. "
        "2,4 km/6 mnt. Balas 1 terima 2 tolak"
    )


def test_every_sentence_of_the_room_has_its_english() -> None:
    repo = Path(__file__).resolve().parents[2]
    words.load(repo / "notifier" / "locale" / "en.po")
    assert [m for m in sorted(of_room(repo / "notifier")) if words.t(m, "en") == m] == []
