"""What the console's scripts say in English: the room's own catalogue, sent with the page.

The scripts call `t("…")` with the Bahasa sentence itself, as Python and templates do.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent / "locale" / "en.po"


def script_words(lang: str) -> dict[str, str]:
    """msgid → sentence for the scripts; empty for Bahasa, whose sentences are the msgids."""
    return english() if lang == "en" else {}


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {
            message.id: message.string
            for message in read_po(file, locale="en")
            if isinstance(message.id, str) and message.id and isinstance(message.string, str)
        }
