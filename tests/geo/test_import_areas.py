"""An official map comes in whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.db import Database
from core.errors import BadInput
from geo import import_areas as importer
from geo import seed
from geo.areas import areas_at
from geo.geography import Geography

CODE = "12.76.01.1001"
SQUARE = [[[99.12, 3.29], [99.13, 3.29], [99.13, 3.3], [99.12, 3.3], [99.12, 3.29]]]
BOW_TIE = [[[99.12, 3.29], [99.13, 3.3], [99.13, 3.29], [99.12, 3.3], [99.12, 3.29]]]


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(code: object = CODE, rings: object = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": rings}
    return {"type": "Feature", "properties": {"kode": code}, "geometry": geometry}


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xff\xfe", "bukan JSON"),
        (b"{}", "tidak memuat"),
        (b"[1]", "tidak memuat"),
        (collection(), "tidak memuat"),
        (collection({"type": "Feature"}), "tidak punya atribut"),
        (collection(feature(code="")), "tidak punya kode"),
        (collection(feature(), feature()), "dua kali"),
        (collection(feature(rings=BOW_TIE)), "memotong dirinya"),
        (collection(feature(rings=[99.1, 3.3], kind="Point")), "bukan poligon"),
        (collection(feature(rings="x")), "tidak terbaca"),
        (collection(feature(rings=[[[514000, 367000], [515000, 367000], [515000, 368000], [514000, 367000]]])), "WGS 84"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_reason(data: bytes, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        importer.read(data)


def test_codes_without_dots_and_other_attributes() -> None:
    shapes = importer.read(collection(feature(code=1276011001)))
    assert list(shapes) == [CODE]
    with pytest.raises(BadInput, match="tidak punya kode"):
        importer.read(collection(feature()), code_property="id_desa")


async def test_unknown_codes_are_reported_and_alone_refused(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
        shapes = importer.read(collection(feature(), feature(code="99.99.99.9999")))
        done = await importer.import_areas(tx, shapes, "uji")
        assert done.updated == (CODE,)
        assert done.unknown == ("99.99.99.9999",)
        assert len(done.missing) == 34
    with pytest.raises(BadInput, match="dikenal"):
        async with fresh_db.tx() as tx:
            foreign = importer.read(collection(feature(code="31.71.01.1001")))
            await importer.import_areas(tx, foreign, "uji")


async def test_the_official_map(fresh_db: Database, city_data: Path) -> None:
    data = (city_data / "tebing_tinggi_kelurahan.geojson").read_bytes()
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
        geography = await Geography.load(tx, "tebing_tinggi")
        assert geography.at(99.1375, 3.32663).approximate
        done = await importer.import_areas(tx, importer.read(data), "peta resmi")
        assert (len(done.updated), done.unknown, done.missing) == (35, (), ())
        assert await geography.refresh(tx, max_age_s=0)
        assert not await geography.refresh(tx, max_age_s=0)
        at = geography.at(99.1375, 3.32663)
        assert (at.kelurahan_code, at.approximate) == ("12.76.04.1003", False)
        assert await areas_at(tx, 99.1375, 3.32663) == at
        kecamatan = await tx.fetch(
            "SELECT approximate, ST_IsValid(geom) AS valid FROM area WHERE level = 'kecamatan'"
        )
        assert [(row["approximate"], row["valid"]) for row in kecamatan] == [(False, True)] * 5
        await seed.seed(tx, "tebing_tinggi")
        assert await tx.fetchval("SELECT count(*) FROM area WHERE approximate") == 0
