"""The two languages: Bahasa Indonesia in the code, English in gettext catalogues.

A msgid is the Bahasa sentence itself with `{named}` fields, so code reads as the screen does and a
missing translation shows Bahasa, never a key. Each room may ship `<room>/locale/en.po`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Lang = Literal["id", "en"]
DEFAULT: Lang = "id"

_english: dict[str, str] = {}


def load(catalogue: Path) -> int:
    """Add the translated messages of a `.po` file; returns how many. The last one read wins."""
    with catalogue.open("rb") as file:
        read = {
            str(message.id): str(message.string)
            for message in read_po(file, locale="en")
            if isinstance(message.id, str) and message.id and message.string
        }
    _english.update(read)
    return len(read)


def load_all(root: Path) -> int:
    """Every `locale/en.po` of the rooms (and of the programs, one folder deeper) under `root`."""
    found = sorted([*root.glob("*/locale/en.po"), *root.glob("*/*/locale/en.po")])
    return sum(load(path) for path in found if "node_modules" not in path.parts)


def t(msgid: str, lang: str = DEFAULT, /, **params: object) -> str:
    """`msgid` in `lang` ('id' or 'en') with its `{named}` fields filled in."""
    text = _english.get(msgid, msgid) if lang == "en" else msgid
    return text.format(**params) if params else text


@lru_cache(maxsize=512)
def choose(accept_language: str) -> Lang:
    """The better of our two languages for an Accept-Language header; Bahasa when in doubt.

    >>> choose("en-GB,en;q=0.8,id;q=0.5"), choose("fr"), choose("")
    ('en', 'id', 'id')
    """
    best: dict[str, float] = {}
    for part in accept_language.split(","):
        tag, _, rest = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        language = "id" if language in ("in", "ms") else language  # "in" is Android's old code
        try:
            weight = float(rest.partition("=")[2]) if rest else 1.0
        except ValueError:
            weight = 0.0
        best[language] = max(best.get(language, 0.0), weight)
    return "en" if best.get("en", 0.0) > best.get("id", 0.0) else "id"


load(Path(__file__).parent / "locale" / "en.po")
