"""A CSV is read as offices save it."""

import codecs

import pytest

from registry.csv_file import NotCsv, parse


@pytest.mark.parametrize(
    "data",
    [
        b"kode,nama\nDMK1,Pos Satu\n",
        codecs.BOM_UTF8 + b"kode;nama\r\nDMK1;Pos Satu\r\n",
        b"sep=;\r\nkode;nama\r\nDMK1;Pos Satu\r\n",
        b"\n\nkode\tnama\nDMK1\tPos Satu\n",
        b'"kode"|"nama"\n"DMK1"|"Pos Satu"\n',
        "kode,nama\nDMK1,Pos Satu\n".encode("utf-16"),
    ],
)
def test_every_spelling_of_one_file_reads_the_same(data: bytes) -> None:
    file = parse(data)
    assert file.header == ["kode", "nama"]
    assert [line.cells for line in file.lines] == [["DMK1", "Pos Satu"]]


def test_quoted_commas_and_line_breaks_keep_their_place_and_the_line_numbers() -> None:
    file = parse(b'kode,nama\nA,"Jl. Damai, Lk 2\nGang Buntu"\n\nB,dua\n')
    assert [(line.number, line.cells) for line in file.lines] == [
        (2, ["A", "Jl. Damai, Lk 2\nGang Buntu"]),
        (5, ["B", "dua"]),
    ]


def test_line_numbers_count_what_stands_before_the_header() -> None:
    file = parse(b"sep=;\n\nkode;nama\nA;satu\n")
    assert [line.number for line in file.lines] == [4]


def test_windows_letters_are_read() -> None:
    assert parse("kode,nama\nA,Café\n".encode("cp1252")).lines[0].cells[1] == "Café"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "kosong"),
        (b"\n \n", "kosong"),
        (b"PK\x03\x04rest", "Excel"),
        (b"kode,nama\nA,\x00\n", "bukan teks"),
    ],
)
def test_what_is_no_csv_says_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(NotCsv, match=word):
        parse(data)
