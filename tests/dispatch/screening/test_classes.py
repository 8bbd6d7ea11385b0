"""What kind of contact a text is, where two kinds lie close together."""

import pytest

from dispatch.screening import screen


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        # resolved, and resolved with something still to do
        ("api sudah padam, terima kasih", "update"),
        ("api sudah padam tapi menyala lagi", "emergency"),
        ("ambulans sudah datang", "update"),
        ("ambulans belum datang juga, mamak pingsan", "emergency"),
        ("mohon bantuannya banjir masuk rumah, terima kasih", "emergency"),
        # asks, and asks because it happens
        ("kalau ada ular di rumah telepon siapa?", "information"),
        ("ada ular di kamar saya gimana ini?", "emergency"),
        ("apa benar ada kebakaran di pasar?", "information"),
        ("tolong ada kebakaran di pasar, bisa cepat?", "emergency"),
        ("nomor ambulans berapa?", "information"),
        # complains, and reports
        ("lampu jalan mati seminggu", "non_emergency"),
        ("tiang lampu roboh menimpa orang", "emergency"),
        ("parit tersumbat tiap hujan pasti banjir", "non_emergency"),
        ("hujan deras air parit masuk rumah", "emergency"),
        ("air pdam mati", "non_emergency"),
        ("jalan berlubang, sering ada yang jatuh", "non_emergency"),
        ("motor jatuh kena lubang, orangnya tidak sadar", "emergency"),
        # noise, and what only looks like it
        ("tes", "test"),
        ("tes cpns besok jam berapa?", "information"),
        ("simulasi kebakaran, harap diabaikan", "test"),
        ("ini bukan latihan, gudang terbakar", "emergency"),
        ("banjir air mata karena mantan wkwk", "prank"),
        ("pinjaman tanpa jaminan hubungi admin", "spam"),
        ("butuh pinjaman perahu, air sudah sedada", "emergency"),
        ("kereta api menabrak mobil", "emergency"),
        ("kereta api jam berapa berangkat?", "information"),
    ],
)
def test_close_pairs(text: str, class_: str) -> None:
    said = screen(text)
    assert said.class_ == class_, said.reasons
