"""The public function: what callers rely on, and that no text can break it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.screening import screen
from dispatch.screening.kinds import BY_TYPE

CLASSES = {"emergency", "update", "non_emergency", "information", "out_of_city"} | {
    "prank",
    "test",
    "spam",
    "unclear",
}
NOISE = {"prank", "test", "spam", "ghost"}
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            [
                "tolong",
                "kebakaran",
                "rumah",
                "tidak",
                "ada",
                "air",
                "masuk",
                "wkwk",
                "tes",
                "pinjaman",
                "cair",
                "apa",
                "?",
                "!",
                ".",
                ",",
                "lk",
                "2",
                "🔥",
                "anak",
                "hanyut",
                "sudah",
                "padam",
                "makasih",
                "suami",
                "mukul",
                "saya",
                "\x00",
                "jalan",
                "rusak",
                "kalau",
            ]
        ),
        max_size=30,
    ).map(" ".join),
)


@given(
    text=TEXTS,
    declared=st.sampled_from([None, "fire", "medical", "none", "kuda"]),
    position=st.booleans(),
    outside=st.booleans(),
    agency=st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_any_text_gets_one_lawful_answer(
    text: str, declared: str | None, position: bool, outside: bool, agency: bool
) -> None:
    said = screen(
        text,
        declared_type=declared,
        has_position=position,
        out_of_city=outside,
        agency_channel=agency,
    )
    again = screen(
        text,
        declared_type=declared,
        has_position=position,
        out_of_city=outside,
        agency_channel=agency,
    )
    assert said == again
    assert said.class_ in CLASSES
    assert said.type in {*BY_TYPE, "none"}
    assert said.priority in {"P1", "P2", "P3", "none"}
    assert 0.0 <= said.confidence <= 1.0
    assert said.reasons
    if said.class_ in ("emergency", "out_of_city"):
        assert said.type != "none" or said.class_ == "out_of_city"
    if said.class_ in NOISE | {"information", "non_emergency", "update"}:
        assert said.priority == "none"
    if declared in BY_TYPE or agency:
        assert said.class_ not in {"prank", "spam"}


@pytest.mark.parametrize(
    "text",
    [
        "api rumah " * 100_000,
        "\x00" * 1_000_000,
        "🔥" * 250_000,
        "tidak " * 170_000,
        "a" * 1_000_000,
    ],
)
def test_a_megabyte_is_read_in_a_moment(text: str) -> None:
    began = time.process_time()
    screen(text)
    assert time.process_time() - began < 0.5


def test_a_message_takes_under_a_millisecond() -> None:
    text = "tolong pak rumah tetangga kebakaran di lk 3 dekat masjid, neneknya masih di dalam"
    screen(text)
    began = time.process_time()
    for _ in range(200):
        screen(text)
    assert (time.process_time() - began) / 200 < 0.001


@pytest.mark.parametrize("type_", sorted(BY_TYPE))
def test_a_declared_type_alone_is_an_emergency_of_its_default_priority(type_: str) -> None:
    said = screen("", declared_type=type_, has_position=True)
    assert (said.class_, said.type, said.priority) == ("emergency", type_, BY_TYPE[type_].default)


def test_a_declared_type_keeps_vague_words_an_emergency() -> None:
    said = screen("cepat pak", declared_type="medical")
    assert (said.class_, said.type) == ("emergency", "medical")
    assert screen("rumah kami terbakar", declared_type="medical").type == "fire"


def test_a_declared_type_does_not_make_thanks_an_emergency() -> None:
    said = screen("sudah padam pak, terima kasih banyak", declared_type="fire")
    assert (said.class_, said.type) == ("update", "fire")


def test_an_unknown_declared_type_is_noted_and_ignored() -> None:
    said = screen("tolong", declared_type="kuda")
    assert "declared:unknown" in said.reasons
    assert said.class_ == "unclear"


def test_a_panic_press_is_taken_seriously() -> None:
    placed = screen("", has_position=True)
    assert (placed.class_, placed.type, placed.priority) == ("emergency", "other", "P2")
    bare = screen("")
    assert (bare.class_, bare.priority) == ("unclear", "P2")
    assert screen("tolong", has_position=True).class_ == "emergency"


@pytest.mark.parametrize("text", ["P", "???", "...", "ok", "👍", "hmm"])
def test_what_says_nothing_is_unclear(text: str) -> None:
    said = screen(text)
    assert (said.class_, said.type, said.priority) == ("unclear", "none", "none")


@pytest.mark.parametrize("text", ["🆘", "🔥🔥", "tolong", "TOLOOONG", "sos", "help!!"])
def test_a_bare_plea_is_called_back_at_once(text: str) -> None:
    said = screen(text)
    assert (said.class_, said.type, said.priority) == ("unclear", "none", "P2")


def test_the_geocoders_verdict_turns_an_emergency_out_of_city_and_keeps_the_rest() -> None:
    said = screen("rumah terbakar", out_of_city=True)
    assert (said.class_, said.type, said.priority) == ("out_of_city", "fire", "P1")
    assert screen("wkwkwk", out_of_city=True).class_ == "prank"
    assert screen("jam berapa buka kantor lurah?", out_of_city=True).class_ == "information"


def test_an_agency_is_never_called_a_prank() -> None:
    text = "hatiku kebakaran wkwk"
    assert screen(text).class_ == "prank"
    assert screen(text, agency_channel=True).class_ == "unclear"


def test_laughter_beside_an_event_goes_to_a_person() -> None:
    assert screen("kebakaran di rumah wkwk").class_ == "unclear"
    assert screen("kebakaran di lk 3 wkwk").class_ == "emergency"
    assert screen("orang pingsan wkwk").class_ == "emergency"


def test_life_words_are_seen_whatever_the_class() -> None:
    assert screen("tenggelam anak saya").life_threat
    assert screen("kebakaran wkwk").life_threat
    assert not screen("jalan berlubang kapan diaspal").life_threat
    assert not screen("kembang api di lapangan").life_threat


def test_reasons_name_the_words() -> None:
    reasons = screen("gudang kebakaran di pasar").reasons
    assert any(reason.startswith("type:fire:") for reason in reasons)
    assert any(reason.startswith("priority:P1:") for reason in reasons)
    assert any(reason.startswith("class:emergency:") for reason in reasons)
