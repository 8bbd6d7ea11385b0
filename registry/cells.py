"""What a cell of a CSV means: one small reader a kind of value.

A reader takes the trimmed text and returns the value, or raises `BadCell` with what to do. Readers
forgive what spreadsheets do to values (decimal commas, lost zeros) and name what cannot be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from core import phone as phones
from core.settings import get_settings

Reader = Callable[[str], Any]

YES = frozenset({"ya", "y", "yes", "true", "1", "x", "ada", "benar"})
NO = frozenset({"tidak", "t", "no", "n", "false", "0", "-", "tidak ada", "salah"})
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
TIME_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M")
SCIENTIFIC = re.compile(r"^\d+([.,]\d+)?e\+?\d+$", re.IGNORECASE)
CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$")
KELURAHAN = re.compile(r"^\d{2}\.?\d{2}\.?\d{2}\.?\d{4}$")
MAX_TEXT = 500


class BadCell(Exception):
    """The value cannot be used; the message says what to do."""


def words(value: str) -> str:
    """A short text."""
    if len(value) > MAX_TEXT:
        raise BadCell(f"Terlalu panjang; paling banyak {MAX_TEXT} huruf.")
    return re.sub(r"\s+", " ", value)


def code(value: str) -> str:
    """A short code, in capitals."""
    if not CODE.match(value):
        raise BadCell("Tulis kode pendek dari huruf dan angka tanpa spasi, misalnya DMK1.")
    return value.upper()


def kelurahan(value: str) -> str:
    """The ministry's code of a kelurahan with dots, e.g. 12.76.01.1001."""
    if not KELURAHAN.match(value):
        raise BadCell("Tulis kode Kemendagri 10 angka, misalnya 12.76.01.1001 (bukan kode BPS).")
    d = value.replace(".", "")
    return f"{d[:2]}.{d[2:4]}.{d[4:6]}.{d[6:]}"


def phone(value: str) -> str:
    """A telephone number in E.164."""
    if SCIENTIFIC.match(value):
        raise BadCell("Excel memendekkan nomor ini. Ubah format kolom ke Teks, isi ulang nomornya.")
    number = phones.normalize(value)
    if number is None and re.fullmatch(r"8\d{8,11}", value):
        number = phones.normalize("0" + value)  # the zero that a spreadsheet took away
    if number is None:
        raise BadCell("Bukan nomor telepon. Tulis seperti 0812xxxxxxxx atau +62812xxxxxxxx.")
    return number


def public_phone(value: str) -> str:
    """A published number as people dial it; short codes (112, 113) too."""
    if SCIENTIFIC.match(value) or not re.fullmatch(r"\+?[\d ()/.-]{3,30}", value):
        raise BadCell("Bukan nomor telepon. Tulis seperti 112 atau (0621) 21xxx.")
    return value


def nik(value: str) -> str:
    """A population identity number, 16 digits."""
    if SCIENTIFIC.match(value):
        raise BadCell(
            "Excel memendekkan NIK ini. Ubah format kolom ke Teks, isi ulang 16 angkanya."
        )
    digits = re.sub(r"[ .'-]", "", value)
    if not re.fullmatch(r"\d{16}", digits):
        raise BadCell("NIK harus 16 angka.")
    return digits


def yes_no(value: str) -> bool:
    """ya / tidak."""
    word = value.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell("Tulis ya atau tidak.")


def whole(value: str) -> int:
    """A whole number, zero or more."""
    digits = re.sub(r"[ .](?=\d{3}(\D|$))", "", value)
    if not re.fullmatch(r"\d{1,9}", digits):
        raise BadCell("Tulis bilangan bulat, misalnya 120.")
    return int(digits)


def metres(value: str) -> Decimal:
    """A length in metres, to 0.1 m."""
    try:
        length = Decimal(value.lower().removesuffix("m").strip().replace(",", "."))
    except InvalidOperation:
        raise BadCell("Tulis meter dengan angka, misalnya 2,5.") from None
    if not length.is_finite() or not Decimal(0) < length < Decimal(1000):
        raise BadCell("Panjang di luar akal; tulis dalam meter, misalnya 2,5.")
    return length.quantize(Decimal("0.1"))


def latitude(value: str) -> float:
    """Degrees north, WGS84."""
    return _degrees(value, 90, "Lintang harus antara -90 dan 90, misalnya 3.3281")


def longitude(value: str) -> float:
    """Degrees east, WGS84."""
    return _degrees(value, 180, "Bujur harus antara -180 dan 180, misalnya 99.1625")


def _degrees(value: str, most: int, advice: str) -> float:
    try:
        degrees = float(value.replace(",", "."))
    except ValueError:
        raise BadCell(advice + ".") from None
    if not -most <= degrees <= most:
        raise BadCell(advice + "; titik desimal mungkin hilang.")
    return degrees


def day(value: str) -> date:
    """A date; day first when written with slashes."""
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise BadCell("Tulis tanggal seperti 2026-11-24 atau 24/11/2026.")


def moment(value: str) -> datetime:
    """Date and time of day on the city's clocks."""
    zone = ZoneInfo(get_settings().timezone)
    for form in TIME_FORMATS:
        try:
            return datetime.strptime(value, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise BadCell("Tulis waktu seperti 2026-11-24 07:00.")


def one_of(*choices: str, aliases: dict[str, str] | None = None) -> Reader:
    """A reader of one code out of `choices`; `aliases` maps Bahasa words to codes."""
    known = {choice.lower(): choice for choice in choices} | (aliases or {})

    def read(value: str) -> str:
        found = known.get(value.lower().replace(" ", "_")) or known.get(value.lower())
        if found is None:
            raise BadCell("Pilih salah satu: " + ", ".join(sorted(choices)) + ".")
        return found

    return read


def several(*choices: str, aliases: dict[str, str] | None = None) -> Reader:
    """A reader of a list, parted by `|`, `,`, `;` or `/`; without `choices` any code fits."""
    one = one_of(*choices, aliases=aliases) if choices else (lambda value: code(value).lower())

    def read(value: str) -> list[str]:
        parts = [part.strip() for part in re.split(r"[|,;/]", value) if part.strip()]
        return sorted({one(part) for part in parts})

    return read
