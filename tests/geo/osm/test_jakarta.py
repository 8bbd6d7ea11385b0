"""A real city of 18 574 streets: imported, and asked with real reports."""

from __future__ import annotations

import resource
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.db import Database
from geo import new_city, pack
from geo.evaluate import evaluate, read
from geo.geocoder.things import Thing, circle
from geo.geography import Geography
from geo.osm.importing import import_map
from geo.osm.progress import Progress
from tests.geo.conftest import SHARED

FOLDER = SHARED / "data" / "jakarta"


@pytest.fixture
async def jakarta(
    fresh_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Geography]:
    if not FOLDER.is_dir():
        pytest.skip("needs ../shared/data/jakarta, which is not here")
    monkeypatch.setattr(pack, "home", lambda: tmp_path / "cities")
    new_city.make("jakarta")
    done = await import_map(fresh_db, FOLDER / "jakarta.osm.pbf", "jakarta", None, Progress())
    assert (done.kelurahan, done.kecamatan, done.edges) == (261, 42, 47_868)
    async with fresh_db.read() as tx:
        yield await Geography.load(tx, "jakarta")


def same_names(jakarta: Geography) -> list[tuple[str, list[Thing]]]:
    """Names of several words that two streets have, each in kelurahan of its own, far apart."""
    names: dict[str, list[Thing]] = defaultdict(list)
    for thing in jakarta.geocoder.gazetteer.mapped.all():
        names[thing.name.lower()].append(thing)
    return [
        (name, two) for name, two in sorted(names.items())
        if len(two) == 2 and len(name.split()) > 1 and name.replace(" ", "").isalpha()
        and all(t.area_codes and t.radius_m < 1_000 for t in two)
        and circle(two).radius_m > 3_000
    ][:25]  # fmt: skip


async def test_every_kelurahan_and_the_real_reports(jakarta: Geography) -> None:
    kelurahan = [a for a in jakarta.geocoder.gazetteer.areas.values() if a.level == "kelurahan"]
    assert len(kelurahan) == 261
    for pattern in ("banjir di {}", "{}", "kebakaran kel. {} tolong"):
        lost = [a.name for a in kelurahan
                if jakarta.locate(pattern.format(a.name)).kelurahan_codes[:1] != (a.code,)]  # fmt: skip
        assert lost == [], pattern

    pairs = same_names(jakarta)
    assert len(pairs) > 10
    for name, things in pairs:
        found = jakarta.locate(f"kebakaran di jalan {name}")
        assert found.verdict == "ambiguous", name
        codes = {code for row in found.candidates for code in row.kelurahan_codes}
        assert all(codes.intersection(thing.area_codes) for thing in things), name

    reports = read((FOLDER / "petabencana_2017_dev.csv").read_bytes())
    measured = evaluate(jakarta, reports).positions
    assert measured is not None
    assert measured.useful.percent >= 15
    assert measured.useful_contained.percent >= 85
    assert measured.contained.percent >= 90
    assert measured.median_radius_m is not None and measured.median_radius_m <= 2_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000  # KB
