"""The measure itself, and the measured quality on the development messages."""

from __future__ import annotations

from pathlib import Path

from geo.evaluate import evaluate, read
from geo.geocoder import Geocoder

ROWS = """id,text,lat,lon,expected_class,expected_kelurahan_code
1,banjir di bulian,,,emergency,12.76.04.1003
2,banjir di bulian,,,emergency,12.76.04.1002|12.76.04.1003
3,banjir di bulian,,,emergency,12.76.04.1002
4,banjir di binjai,,,out_of_city,
5,banjir di bulian,,,out_of_city,
6,tolong,,,unclear,
7,tolong di bulian,,,unclear,
8,tolong,3.32663,99.1375,unclear,12.76.04.1003
"""


def test_what_counts_as_right(geocoder: Geocoder) -> None:
    result = evaluate(geocoder, read(ROWS.encode()))
    assert (result.told.right, result.told.of) == (3, 4)
    assert (result.outside.right, result.outside.of) == (1, 2)
    assert (result.untellable.right, result.untellable.of) == (1, 2)
    assert [miss.id for miss in result.misses] == ["3", "5", "7"]


def test_development_messages(geocoder: Geocoder, city_data: Path) -> None:
    result = evaluate(geocoder, read((city_data / "messages_dev.csv").read_bytes()))
    assert result.told.percent >= 95, result.misses
    assert result.outside.percent >= 95, result.misses
    assert result.untellable.percent >= 90, result.misses
