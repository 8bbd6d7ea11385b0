"""A map goes in whole or not at all, and what people here added outlives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.db import Database
from core.errors import BadInput
from geo import by_hand, new_city, pack, seed
from geo.geography import Geography
from geo.osm.importing import Imported, import_map
from geo.osm.progress import Progress, Step
from tests.geo.osm.maps import MapFile, square, town


async def bring(
    db: Database, city: str, made: MapFile, path: Path, area: str | None = None
) -> Imported:
    return await import_map(db, made.write(path / "kota.osm"), city, area, Progress())


async def counted(db: Database) -> tuple[int, ...]:
    async with db.read() as tx:
        row = await tx.fetchrow(
            "SELECT (SELECT count(*) FROM road_edge), (SELECT count(*) FROM place), "
            "(SELECT count(*) FROM area), (SELECT count(*) FROM water)"
        )
    assert row is not None
    return tuple(row)


async def test_streets_areas_water_and_edges(fresh_db: Database, city: str, tmp_path: Path) -> None:
    done = await bring(fresh_db, city, town(), tmp_path)
    assert (done.streets, done.kelurahan, done.kecamatan, done.water) == (3, 2, 1, 1)
    async with fresh_db.read() as tx:
        edges = await tx.fetch("SELECT * FROM road_edge ORDER BY id")
        streets = await tx.fetch("SELECT name, area_codes FROM place WHERE kind = 'street'")
        geography = await Geography.load(tx, city)
    assert len(edges) == done.edges == 6  # Anggrek and Melati cut each other, the bridge, the east
    melati = [edge for edge in edges if edge["name"] == "Melati Raya"]
    assert {(e["class"], e["oneway"], e["maxspeed_kmh"]) for e in melati} == {("primary", 1, 40.0)}
    assert sum(edge["bridge"] for edge in edges) == 1
    assert sum(e["length_m"] for e in melati) == pytest.approx(0.01 * 111_195, rel=0.01)
    assert sorted(row["name"] for row in streets) == ["Anggrek", "Jalan Anggrek", "Melati Raya"]
    assert all(len(row["area_codes"]) == 1 for row in streets)
    found = geography.locate("banjir di kel sukacontoh")
    assert geography.name(found.kelurahan_codes[0]) == "Sukacontoh"
    assert geography.locate("kebakaran dekat masjid al contoh").verdict == "found"
    assert pack.load(city).city.placed  # it learned where it lies


async def test_names_by_hand_outlive_the_next_map(
    fresh_db: Database, city: str, tmp_path: Path
) -> None:
    await bring(fresh_db, city, town(), tmp_path)
    async with fresh_db.tx() as tx:
        slug = await tx.fetchval("SELECT slug FROM place WHERE name = 'Melati Raya'")
        code = await tx.fetchval("SELECT code FROM area WHERE name = 'Sukacontoh'")
        await by_hand.add_alias(tx, "Jalan Gapura", slug, "uji")
        await by_hand.add_alias(tx, "Kampung Bambu", code, "uji")
        await by_hand.add_place(
            tx, by_hand.NewPlace("Warung Mak Uji", "shop", 110.03, -6.99), "uji"
        )
    changed = town(renumbered=True)
    changed.way([(110.03, -6.985), (110.034, -6.985)], highway="residential", name="Jalan Kenanga")
    done = await bring(fresh_db, city, changed, tmp_path)
    assert (done.streets, done.lost) == (4, ())
    async with fresh_db.read() as tx:
        geography = await Geography.load(tx, city)
        followed = await tx.fetchval(
            "SELECT p.name FROM name_alias n JOIN place p ON p.slug = n.place_slug"
        )
    assert followed == "Melati Raya"
    assert geography.locate("kebakaran di jalan gapura").verdict == "found"
    for text in ("banjir di kampung bambu", "maling di warung mak uji"):
        assert geography.locate(text).kelurahan_codes[:1] == (code,), text


def crossed() -> MapFile:
    made = town()
    bow = [(110.05, -7.0), (110.07, -6.98), (110.07, -7.0), (110.05, -6.98)]
    made.boundary("Pita Contoh", bow)
    return made


def streetless() -> MapFile:
    made = MapFile()
    made.boundary("Sepi", square(110.0, -7.0))
    return made


def elsewhere() -> MapFile:
    made = MapFile()
    made.way([(1.5, 42.5), (1.6, 42.5)], highway="primary", name="Carrer Major")
    return made


REFUSED = [
    (crossed, None, "memotong dirinya sendiri"),
    (streetless, None, "tidak memuat satu jalan pun"),
    (elsewhere, None, "tidak menyentuh kota"),
    (town, "120.0,-8.0,120.1,-7.9", "wilayah yang diminta"),
    (town, "120.1,-8.0,120.0,-7.9", "tidak ada di bumi"),
    (town, "Atlantis", "tidak ada di berkas"),
]
BROKEN = (b"", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18", b"<osm><node")


async def test_a_map_that_will_not_do_leaves_the_old_one(
    fresh_db: Database, city: str, tmp_path: Path
) -> None:
    await bring(fresh_db, city, town(), tmp_path)
    before = await counted(fresh_db)
    for make, area, says in REFUSED:
        with pytest.raises(BadInput, match=says):
            await bring(fresh_db, city, make(), tmp_path, area)
        assert await counted(fresh_db) == before, says
    for content in BROKEN:
        for name in ("rusak.osm.pbf", "rusak.osm", "rusak.txt", "rusak.osm.gz"):
            (tmp_path / name).write_bytes(content)
            with pytest.raises(BadInput):
                await import_map(fresh_db, tmp_path / name, city, None, Progress())
    with pytest.raises(BadInput, match="tidak ada"):
        await import_map(fresh_db, tmp_path / "tiada.osm", city, None, Progress())
    assert await counted(fresh_db) == before


async def test_another_city_in_a_database_that_held_one(
    fresh_db: Database, city: str, tmp_path: Path
) -> None:
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
        await by_hand.add_place(tx, by_hand.NewPlace("Pos Uji", "office", 99.15, 3.33), "uji")
    await bring(fresh_db, city, town(), tmp_path)
    async with fresh_db.read() as tx:
        areas = await tx.fetch("SELECT name FROM area WHERE level = 'kelurahan' ORDER BY name")
        others = await tx.fetch("SELECT name FROM place WHERE NOT starts_with(slug, 'osm/')")
    assert [row["name"] for row in areas] == ["Kota Barat Contoh", "Sukacontoh"]
    assert [row["name"] for row in others] == ["Pos Uji"]


async def test_a_broken_area_may_be_left_out(fresh_db: Database, city: str, tmp_path: Path) -> None:
    file = crossed().write(tmp_path / "kota.osm")
    done = await import_map(fresh_db, file, city, None, Progress(), skip_broken=True)
    assert (done.skipped, done.kelurahan) == (("Pita Contoh",), 2)


async def test_only_the_area_asked_for(fresh_db: Database, city: str, tmp_path: Path) -> None:
    done = await bring(fresh_db, city, town(), tmp_path, "Sukacontoh")
    assert (done.streets, done.kelurahan, done.water) == (1, 1, 0)


async def test_an_official_outline_is_not_redrawn(
    fresh_db: Database, city: str, tmp_path: Path
) -> None:
    await bring(fresh_db, city, town(), tmp_path)
    async with fresh_db.tx() as tx:
        await tx.execute(
            "UPDATE area SET source = 'resmi', geom = ST_Multi(ST_Expand(centroid, 0.001)) "
            "WHERE name = 'Sukacontoh'"
        )
    await bring(fresh_db, city, town(), tmp_path)
    async with fresh_db.read() as tx:
        wide = await tx.fetchval(
            "SELECT ST_XMax(geom) - ST_XMin(geom) FROM area WHERE name = 'Sukacontoh'"
        )
    assert wide == pytest.approx(0.002)


async def test_progress_ends_with_what_is_left(
    fresh_db: Database, city: str, tmp_path: Path
) -> None:
    steps: list[Step] = []
    file = town().write(tmp_path / "kota.osm")
    await import_map(fresh_db, file, city, None, Progress(steps.append))
    shares = [step.share for step in steps if step.share is not None]
    assert shares == sorted(shares) and shares[-1] >= 0.8
    assert len({step.what for step in steps}) == 4
    assert steps[-1].left_s is not None


def test_a_name_that_is_no_name_or_taken(city: str) -> None:
    with pytest.raises(BadInput):
        new_city.make("../..")
    with pytest.raises(Exception, match="sudah ada"):
        new_city.make(city)
    assert not [row for row in new_city.outside(pack.load(city).city) if row["name"] == "Kota Uji"]
