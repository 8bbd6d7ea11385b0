"""Phone numbers in one spelling (E.164), Indonesian when no country is said."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

COUNTRY = "ID"
MAX_CHARS = 40


@lru_cache(maxsize=4_096)
def normalize(raw: str | None) -> str | None:
    """E.164 ('+62812…') or None when it cannot be a number.

    Takes '0812-…', '62812…', '+62 812 …', 'whatsapp:+62…', 'tel:…'. Short codes (112) are None.
    """
    if not raw or len(raw) > MAX_CHARS:
        return None
    text = raw.strip()
    for prefix in ("whatsapp:", "tel:", "sms:"):
        text = text.removeprefix(prefix)
    # Senders write 62812… without the plus; no Indonesian area code starts with 62.
    if text.startswith("62"):
        text = "+" + text
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
