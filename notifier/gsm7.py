"""The GSM 7-bit alphabet: what fits one SMS, and how to bring words into it.

Source of the tables: 3GPP TS 23.038, 6.2.1 (default alphabet and its extension table). A message in
this alphabet holds 160 septets; one character outside it makes the whole message UCS-2 with 70.
"""

from __future__ import annotations

import re
import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
SINGLE = 160
"""Septets of a message that needs no concatenation."""
CONCATENATED = 153
"""Septets of each part of a longer one (TS 23.040, 9.2.3.24.1)."""

_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
# Links, numbers to call and the like could turn a place's name into a lure for a third phone.
_LURE = re.compile(
    r"(?i)\b(?:https?:|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?|\+?\d[\d .-]{7,}\d"
)


def septets(text: str) -> int:
    """Length on the wire in septets; characters of the extension table count twice.

    Raises ValueError for a character outside the alphabet.
    """
    total = 0
    for char in text:
        if char in BASIC:
            total += 1
        elif char in EXTENDED:
            total += 2
        else:
            raise ValueError(f"not in the GSM alphabet: {char!r}")
    return total


def fits(text: str) -> bool:
    """True when the text is one plain SMS."""
    return all(c in BASIC or c in EXTENDED for c in text) and septets(text) <= SINGLE


def segments(text: str) -> int:
    """Parts that a network bills for the text: 160/153 septets, or 70/67 characters in UCS-2."""
    if all(c in BASIC or c in EXTENDED for c in text):
        length, single, part = septets(text), SINGLE, CONCATENATED
    else:
        length, single, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= single else -(-length // part)


def plain(text: str) -> str:
    """The nearest words in the alphabet, on one line: accents fall away, the unknown becomes a gap."""
    out = []
    for char in text.translate(_TYPOGRAPHY):
        if char.isspace():
            out.append(" ")
        elif char in BASIC:
            out.append(char)
        else:
            base = unicodedata.normalize("NFKD", char)
            out.append("".join(c for c in base if c in BASIC and not c.isspace()) or " ")
    return " ".join("".join(out).split())


def name(text: str) -> str:
    """`plain` for a place or a person in a message to a third phone: no link, no number to call."""
    return " ".join(_LURE.sub(" ", plain(text)).split())


def fit(text: str, limit: int) -> str:
    """At most `limit` septets of an already plain text, cut at a word where one is near."""
    if septets(text) <= limit:
        return text
    cut, used = "", 0
    for char in text:
        used += septets(char)
        if used > limit - 2:
            break
        cut += char
    head, space, _ = cut.rpartition(" ")
    kept = head if space and len(head) * 3 >= len(cut) * 2 else cut
    return kept.rstrip(" ,.-") + ".."
