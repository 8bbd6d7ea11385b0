"""When calling back is dangerous."""

import pytest

from dispatch.screening import screen


@pytest.mark.parametrize(
    "text",
    [
        "tolong ke sini, jangan telepon, dia masih di depan",
        "sms aja ya saya tidak bisa ngomong",
        "suami saya mukul saya lagi",
        "saya sembunyi di lemari, ada rampok di dalam rumah",
        "dia ngamuk, pintu kamar sudah kukunci",
        "jgn nelpon balik nanti dia dengar",
    ],
)
def test_covert(text: str) -> None:
    assert screen(text).silent


@pytest.mark.parametrize(
    "text",
    [
        "tetangga dipukul suaminya, cepat datang",
        "rumah terbakar di lk 2",
        "telepon saya kalau sudah sampai",
        "ada maling di rumah tetangga",
        "",
    ],
)
def test_not_covert(text: str) -> None:
    assert not screen(text).silent
