"""The made-up day: what it says is understood as meant, it is like FIELD's days, and nobody's words."""

from __future__ import annotations

import csv
import random
from collections import Counter

import pytest

from dispatch.screening import screen
from geo import pack
from geo.geocoder import Geocoder, for_pack
from siponcega.demo import day, flood, flood_words
from siponcega.demo.compose import Composer, Told
from siponcega.demo.shift import example_phone
from siponcega.demo.spots import City
from tests.fixtures.server import ROOT

MESSAGES = ROOT.parent / "shared/data/tebing_tinggi/messages_dev.csv"
MANY = 400


@pytest.fixture(scope="module")
def city() -> City:
    return City(pack.load("tebing_tinggi"))


@pytest.fixture(scope="module")
def geocoder() -> Geocoder:
    return for_pack("tebing_tinggi")


def heard_as(told: Told) -> tuple[str, str]:
    said = screen(
        told.text,
        declared_type=told.type if told.declared else None,
        has_position=told.pinned is not None,
        out_of_city=False,
        agency_channel=told.way == "call",
    )
    return said.class_, said.type


def test_what_happened_is_heard_as_that_and_where_it_is(city: City, geocoder: Geocoder) -> None:
    composer = Composer(city, random.Random(5))
    wrong = []
    for told in (composer.real() for _ in range(MANY)):
        assert told.spot is not None
        found = geocoder.locate(told.text, gps=told.pinned, gps_accuracy_m=30)
        placed = told.pinned or told.later or told.spot.kelurahan_code in found.kelurahan_codes
        if heard_as(told) != ("emergency", told.type) or not placed:
            wrong.append(told.text)
    assert len(wrong) <= MANY // 100, wrong


def test_noise_opens_nothing(city: City) -> None:
    composer = Composer(city, random.Random(6))
    for told in (composer.noise() for _ in range(MANY)):
        if told.text:
            class_, _ = heard_as(told)
            assert class_ in {told.class_, "unclear"}, told.text
        else:
            assert told.way == "call"


def test_every_number_is_an_example(city: City) -> None:
    composer = Composer(city, random.Random(7))
    prefix = example_phone(0)[:8]
    told = [composer.real() for _ in range(50)] + [composer.noise() for _ in range(50)]
    night = [at.told for at in flood.script(city, 1)]
    assert all(one.phone.startswith(prefix) for one in told + night)


def test_no_text_is_taken_from_the_labelled_messages(city: City) -> None:
    if not MESSAGES.exists():
        pytest.skip("needs ../shared/data")
    with MESSAGES.open(newline="", encoding="utf-8") as file:
        known = {" ".join(row["text"].lower().split()) for row in csv.DictReader(file)}
    composer = Composer(city, random.Random(8))
    told = [composer.real() for _ in range(MANY)] + [composer.noise() for _ in range(MANY)]
    told += [at.told for at in flood.script(city, 1)]
    assert not known & {" ".join(one.text.lower().split()) for one in told}


def test_a_real_day_is_noise_twenty_to_one() -> None:
    days = [list(day.played(start_hour=0, hours=24, speed=60, seed=seed)) for seed in range(1, 41)]
    each = sum(map(len, days)) / len(days)
    real = sum(due.real for one in days for due in one)
    assert 90 <= each <= 115
    assert 12 <= (each * len(days) - real) / real <= 30
    assert all(sum(due.after_s for due in one) <= 24 * 3600 / 60 for one in days)


def test_contacts_come_when_people_are_awake() -> None:
    def contacts(hour: int) -> int:
        return sum(
            len(list(day.played(start_hour=hour, hours=3, speed=60, seed=s))) for s in range(40)
        )

    assert contacts(18) > 3 * contacts(2)


def test_the_gentle_flow_starts_soon_and_real() -> None:
    flow = day.gentle(3)
    dues = [next(flow) for _ in range(400)]
    assert dues[0].after_s < 10
    assert dues[0].real
    assert all(30 <= due.after_s <= 40 for due in dues[1:])
    assert 70 <= sum(due.real for due in dues) <= 130


def test_the_same_seed_is_the_same_night(city: City) -> None:
    assert flood.script(city, 4) == flood.script(city, 4)
    assert flood.script(city, 4) != flood.script(city, 5)


def test_a_flood_night_as_it_goes(city: City) -> None:
    night = flood.script(city, 2, 220)
    assert 210 <= len(night) <= 230
    assert [at.phase for at in night[:2]] == ["warning", "warning"]
    phases = Counter(at.phase for at in night)
    assert phases["trapped"] > phases["rising"] > phases["again"] > phases["around"]
    again = [at.told for at in night if at.phase == "again"]
    first = {at.told.phone: at.share for at in night if at.phase == "trapped"}
    assert all(told.phone in first for told in again)
    assert {at.told.phone for at in night} <= set(flood.numbers(220))
    hit = Counter(
        flood_words.NAMED_IN_FLOODS[at.told.spot.kelurahan_code] for at in night if at.told.spot
    )
    assert hit[6] + hit[5] > hit[4] + hit[3] + hit[2]
