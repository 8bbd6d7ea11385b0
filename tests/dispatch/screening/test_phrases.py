"""From words to concepts: longest phrases, closed phrases, negation, suppositions, tables."""

import pytest

from dispatch.screening.phrases import Lexicon, read_table

TABLE = """
FIRE: kebakaran, (ter|di)bakar, api
TRAIN: kereta api
HURT: luka, terluka
UNCON: tidak sadar
AWARE: sadar
WATER: air
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon((TABLE,), closed=frozenset({"TRAIN"}), unions={"BODY": ("HURT", "UNCON")})


def test_rows_unfold_and_continue_on_the_next_line() -> None:
    rows = list(read_table("A: (ter|di|)bakar,\n   x y  # remark\nB: z"))
    assert rows == [("A", "terbakar"), ("A", "dibakar"), ("A", "bakar"), ("A", "x y"), ("B", "z")]


def test_an_item_without_a_concept_is_refused() -> None:
    with pytest.raises(ValueError, match="no concept"):
        list(read_table("api, asap"))


@pytest.mark.parametrize("phrase", ["yang itu", "1", "saat ini"])
def test_a_phrase_that_shrinks_to_too_little_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="too little"):
        Lexicon((f"A: {phrase}",))


def test_closed_phrases_use_up_their_words(lexicon: Lexicon) -> None:
    assert not lexicon.read("dekat stasiun kereta api").has("FIRE")
    assert lexicon.read("kereta terbakar, api besar").has("FIRE")


def test_a_phrase_with_a_negation_is_no_negation(lexicon: Lexicon) -> None:
    reading = lexicon.read("tidak sadar, luka di kepala")
    assert reading.has("UNCON")
    assert reading.has("HURT")
    assert not reading.has("AWARE")


@pytest.mark.parametrize("text", ["tidak ada yang luka", "gak luka", "blm ada yg terluka"])
def test_negation_denies_what_follows_closely(lexicon: Lexicon, text: str) -> None:
    reading = lexicon.read(text)
    assert reading.mentions("HURT")
    assert not reading.has("HURT")
    assert reading.denied("HURT") is not None


@pytest.mark.parametrize("text", ["tidak. luka", "tidak, luka", "tidak bisa masuk rumah luka"])
def test_negation_ends_with_its_clause_and_its_reach(lexicon: Lexicon, text: str) -> None:
    assert lexicon.read(text).has("HURT")


def test_suppositions_are_not_said_of_the_present_case(lexicon: Lexicon) -> None:
    assert not lexicon.read("kalau ada kebakaran telpon siapa").has("FIRE")
    assert lexicon.read("kalau ada kebakaran telpon siapa").mentions("FIRE")
    assert lexicon.read("kebakaran, kalau lambat habis").has("FIRE")


def test_unions_hold_where_a_member_does(lexicon: Lexicon) -> None:
    assert lexicon.read("dia tdk sadar").has("BODY")
    assert not lexicon.read("dia sadar").has("BODY")


def test_short_forms_clitics_and_slips_are_understood(lexicon: Lexicon) -> None:
    for text in ("kbkrn", "kebakran", "kebkaran", "apinya", "apilah", "KEBAKARAAAN"):
        assert lexicon.read(text).has("FIRE"), text


def test_distance_and_order(lexicon: Lexicon) -> None:
    reading = lexicon.read("air masuk dari belakang lalu api")
    assert reading.near("WATER", "FIRE", 4, ordered=True)
    assert not reading.near("WATER", "FIRE", 3, ordered=True)
    assert not reading.near("FIRE", "WATER", 9, ordered=True)
    assert reading.near("FIRE", "WATER", 4, ordered=False)


def test_questions_are_seen_with_and_without_their_mark(lexicon: Lexicon) -> None:
    assert lexicon.read("ada api? tolong").asks == {0}
    assert lexicon.read("hari ini buka gak").asks == {0}
    assert lexicon.read("apakah ada api").asks == {0}
    assert not lexicon.read("ada api").asks
