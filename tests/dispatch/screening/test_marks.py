"""What is read off the raw text: links, positions, emoji, laughter, length."""

import pytest

from dispatch.screening.marks import MAX_CHARS, laughs, look


def test_a_map_link_is_a_place_and_another_link_is_a_link() -> None:
    assert look("di sini https://maps.app.goo.gl/abc").position
    assert look("geo:3.31,99.14 tolong").position
    assert look("klik http://hadiah.xyz/x").links == 1
    assert look("https://waze.com/ul?ll=3.3%2C99.1").links == 0


def test_coordinates_are_taken_out_of_the_words() -> None:
    marks = look("rumah 3.303063, 99.125103 api")
    assert marks.position
    assert "99" not in marks.text


@pytest.mark.parametrize("text", ["", " ", "???", "...", "🔥🔥", "123 45", "\x00\x00"])
def test_wordless(text: str) -> None:
    assert look(text).wordless


def test_faces() -> None:
    assert look("🆘").plea
    assert look("🤣").laughter
    assert not look("👍").plea


def test_a_long_text_keeps_head_and_tail() -> None:
    marks = look("kebakaran " + "x " * 100_000 + "lk 3")
    assert marks.cut
    assert len(marks.text) <= MAX_CHARS + 1
    assert marks.text.startswith("kebakaran")
    assert marks.text.endswith("lk 3")


@pytest.mark.parametrize("word", ["wkwk", "wkwkwkwk", "kwkwk", "haha", "hahahaha", "xixixi", "lol"])
def test_laughter(word: str) -> None:
    assert laughs(("pak", word))


@pytest.mark.parametrize("word", ["wak", "hehe", "hari", "hai", "kakak", "kaki", "xi"])
def test_no_laughter(word: str) -> None:
    assert not laughs((word,))
