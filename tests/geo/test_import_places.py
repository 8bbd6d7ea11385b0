"""Layers of places: replaced whole, bad rows named, hand-made places kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.db import Database
from core.errors import BadInput
from geo import import_places as importer
from geo import seed
from geo.geography import Geography

CSV = """nama,lat,lng,jenis,alias,sumber
SD Contoh 7,3.32663,99.13750,sekolah,Sekolah Contoh Tujuh;SDC7,survei contoh
,3.3,99.1,x,,
Pos Contoh,91,99.1,pos,,
Kios Contoh,abc,99.1,kios,,
"""


async def count(db: Database) -> int:
    async with db.read() as tx:
        return int(await tx.fetchval("SELECT count(*) FROM place"))


def test_every_bad_row_is_named() -> None:
    rows, refused = importer.read(CSV.encode(), "uji.csv")
    assert [row.name for row in rows] == ["SD Contoh 7"]
    assert [row.number for row in refused] == [2, 3, 4]
    assert "di luar bumi" in refused[1].why


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"\xff\xff", b"{", b'{"features": 3}'])
def test_a_file_that_is_neither_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        importer.read(data, "uji")


async def test_a_layer_is_replaced_and_found_by_name(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
    before = await count(fresh_db)
    rows, refused = importer.read(CSV.encode(), "uji.csv")
    for replaced in (0, 1):
        async with fresh_db.tx() as tx:
            done = await importer.import_places(tx, rows, refused, "sekolah")
        assert (done.added, done.replaced, len(done.refused)) == (1, replaced, 3)
    assert await count(fresh_db) == before + 1
    async with fresh_db.read() as tx:
        geography = await Geography.load(tx, "tebing_tinggi")
    answer = geography.locate("kebakaran dekat sekolah contoh tujuh")
    assert answer.kelurahan_codes[0] == "12.76.04.1003"
    assert answer.basis == "landmark"


async def test_geojson_lines_and_real_places(fresh_db: Database, city_data: Path) -> None:
    line = {
        "type": "Feature",
        "properties": {"name": "Jalan Contoh", "kind": "street"},
        "geometry": {"type": "LineString", "coordinates": [[99.137, 3.326], [99.138, 3.327]]},
    }
    broken = {"type": "Feature", "properties": {"name": "X"}, "geometry": {"type": "Hm"}}
    data = json.dumps({"type": "FeatureCollection", "features": [line, broken]}).encode()
    rows, refused = importer.read(data, "uji")
    assert (len(rows), [row.number for row in refused]) == (1, [2])
    real, wrong = importer.read((city_data / "poi_tebing_tinggi.csv").read_bytes(), "poi")
    assert (len(real), wrong) == (8, [])
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
        await importer.import_places(tx, rows, refused, "jalan")
        await importer.import_places(tx, real, wrong, "poi")
        codes = await tx.fetchval("SELECT area_codes FROM place WHERE name = 'Jalan Contoh'")
    assert codes[0] == "12.76.04.1003"
