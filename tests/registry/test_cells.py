"""Cells forgive what spreadsheets do, and name what cannot be undone."""

from decimal import Decimal

import pytest

from registry import cells
from registry.cells import BadCell


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (cells.code, "dmk1", "DMK1"),
        (cells.kelurahan, "1276011007", "12.76.01.1007"),
        (cells.kelurahan, "12.76.01.1007", "12.76.01.1007"),
        (cells.phone, "0812-0000-0001", "+6281200000001"),
        (cells.phone, "81200000001", "+6281200000001"),
        (cells.public_phone, "112", "112"),
        (cells.nik, "1276 0112 3456 0001", "1276011234560001"),
        (cells.yes_no, "Ya", True),
        (cells.yes_no, "tidak", False),
        (cells.whole, "1.200", 1200),
        (cells.metres, "2,5 m", Decimal("2.5")),
        (cells.latitude, "3,3281", 3.3281),
        (cells.longitude, "99.16", 99.16),
        (cells.several("er", "icu", aliases={"igd": "er"}), "ICU | IGD;er", ["er", "icu"]),
        (cells.one_of("fire", "medical"), "Fire", "fire"),
    ],
)
def test_good_cells(read: cells.Reader, text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "advice"),
    [
        (cells.phone, "6.281E+12", "format kolom ke Teks"),
        (cells.phone, "telepon", "Bukan nomor"),
        (cells.nik, "1,27601E+15", "format kolom ke Teks"),
        (cells.nik, "12345", "16 angka"),
        (cells.kelurahan, "1276010", "Kemendagri"),
        (cells.latitude, "33281", "titik desimal"),
        (cells.latitude, "nan", "Lintang"),
        (cells.metres, "NaN", "Panjang"),
        (cells.metres, "lebar", "angka"),
        (cells.whole, "-3", "bilangan bulat"),
        (cells.whole, "1.5", "bilangan bulat"),
        (cells.yes_no, "mungkin", "ya atau tidak"),
        (cells.code, "pos satu", "tanpa spasi"),
        (cells.day, "31/31/2020", "tanggal"),
        (cells.words, "x" * 501, "Terlalu panjang"),
    ],
)
def test_bad_cells_say_what_to_do(read: cells.Reader, text: str, advice: str) -> None:
    with pytest.raises(BadCell, match=advice):
        read(text)
