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


POSITIONS = """id,text,truth_lat,truth_lon,expected_class,location_basis
1,banjir di bulian,3.32663,99.1375,,
2,banjir di bulian,3.36,99.1375,,
3,tolong,3.32663,99.1375,,
4,tolong,3.32663,99.1375,,none
5,banjir di binjai,3.6,98.48,out_of_city,
"""


def test_positions_are_judged_by_the_stated_circle(geocoder: Geocoder) -> None:
    result = evaluate(geocoder, read(POSITIONS.encode()))
    found = result.positions
    assert found is not None
    assert (found.texts, found.answered.right, found.contained.right) == (3, 2, 1)
    assert found.within_250_m.right == 1
    assert found.useful.right == found.useful_contained.of
    assert sum(share.of for _, share in found.calibration) == 2
    assert (result.untellable.right, result.untellable.of) == (1, 1)
    assert (result.outside.right, result.outside.of) == (1, 1)
    assert [miss.id for miss in result.misses] == ["2"]
    assert result.rows == 5 and result.answered.right == 2
