"""Every program has the whole shape: pages, open data with provenance, events in and out, seeds."""

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.events import KINDS
from core.settings import Settings
from programs import PROGRAMS, TEMPLATE_DIRS
from programs.provenance import Provenance
from programs.routes import router
from programs.seed import seed
from programs.shape import Program
from programs.worker import consumers, tasks, timers
from tests.fixtures.web import REPO, Served, serving

PAGES = [*TEMPLATE_DIRS, REPO / "console" / "templates"]
PROVENANCE = {"source", "method", "at", "revision", "stale", "stale_after_s", "example"}
each = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.slug)


@pytest.fixture
async def served(fresh_settings: Settings) -> AsyncIterator[Served]:
    async with serving(fresh_settings, [router], PAGES) as app:
        yield app


@pytest.fixture
async def seeded(served: Served) -> Served:
    async with served.context.db.tx() as tx:
        await seed(tx)
    return served


@each
def test_kinds_are_declared_and_it_speaks_and_hears(program: Program) -> None:
    assert program.emits
    assert program.hears
    assert set(program.emits) <= set(KINDS)
    assert set(program.hears) <= set(KINDS)
    assert program.law
    assert program.owner


async def test_the_worker_runs_what_the_programs_declare(served: Served) -> None:
    context = served.context
    assert tasks(context) == []
    heard = [one.name for one in consumers(context)]
    assert heard == [one.name for program in PROGRAMS for one in program.consumers]
    assert set(timers(context)) == {kind for program in PROGRAMS for kind in program.timers}


def test_slugs_are_unique() -> None:
    assert len({program.slug for program in PROGRAMS}) == len(PROGRAMS)


@each
async def test_pages_and_data_stand_before_there_is_any_data(
    program: Program, served: Served
) -> None:
    anybody = served.as_()
    page = await anybody.get(program.public_page, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "belum ada data" in page.text
    data = await anybody.get(f"{program.api}/{program.json}")
    assert data.json()["provenance"]["stale"] is True
    assert data.json()["provenance"]["at"] is None
    sheet = await anybody.get(f"{program.api}/{program.csv}")
    assert sheet.status_code == 200
    staff = await anybody.get(program.staff_page)
    assert staff.status_code == 401
    assert (await served.role("admin").get(program.staff_page)).status_code == 200


@each
async def test_seeded_numbers_say_that_they_are_examples(program: Program, seeded: Served) -> None:
    anybody = seeded.as_()
    page = await anybody.get(program.public_page)
    assert "contoh, bukan data nyata" in page.text
    answer = await anybody.get(f"{program.api}/{program.json}")
    assert set(answer.json()["provenance"]) == PROVENANCE
    assert answer.json()["provenance"]["example"] is True
    sheet = await anybody.get(f"{program.api}/{program.csv}")
    assert sheet.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert rows
    for row in rows:
        assert all(row[name] for name in ("sumber", "metode", "waktu", "revisi", "usang"))
        assert row["contoh"] == "ya"


@each
async def test_seeding_twice_writes_nothing_new(program: Program, seeded: Served) -> None:
    counts = " UNION ALL ".join(f"SELECT count(*) FROM {t.__tablename__}" for t in program.tables)
    async with seeded.context.db.tx() as tx:
        before = await tx.fetch(counts)
        await program.seed(tx)
        assert await tx.fetch(counts) == before


async def test_the_list_shows_every_program(seeded: Served) -> None:
    listed = (await seeded.as_().get("/api/v1/programs")).json()["programs"]
    assert [one["slug"] for one in listed] == [program.slug for program in PROGRAMS]
    assert all(set(one["provenance"]) == PROVENANCE for one in listed)
    page = await seeded.as_().get("/program")
    for program in PROGRAMS:
        assert program.public_page in page.text
        assert program.expansion in page.text


async def test_the_city_gives_its_own_words_and_options(served: Served) -> None:
    admin, where = served.role("admin"), f"/api/v1/programs/{PROGRAMS[0].slug}/settings"
    assert (await served.role("opd").patch(where, json={"name": "X"})).status_code == 403
    said = {"name": "e-Puas", "options": {"min_respondents": 30}}
    answer = await admin.patch(where, json=said)
    assert answer.json()["options"]["min_respondents"] == 30
    more = await admin.patch(where, json={"owner": "Ortala", "options": {"quick": False}})
    assert (more.json()["name"], more.json()["options"]["min_respondents"]) == ("e-Puas", 30)
    assert "e-Puas" in (await served.as_().get("/program")).text
    wrong = await admin.patch(where, json={"options": {"element_order": ["U1"]}})
    assert wrong.status_code == 422
    assert (await admin.patch(where, json={"options": {"tidak_ada": 1}})).status_code == 422
    assert (await admin.get(where)).json()["options"]["quick"] is False
    assert (await admin.get("/api/v1/programs/tidak-ada/settings")).status_code == 404


def test_staleness() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    fresh = Provenance("s", "m", now - timedelta(days=2), 1, timedelta(days=2))
    old = Provenance("s", "m", now - timedelta(days=2, seconds=1), 1, timedelta(days=2))
    none = Provenance("s", "m", None, 0, timedelta(days=2))
    assert [one.stale(now) for one in (fresh, old, none)] == [False, True, True]
    assert old.as_dict(now)["stale"] is True
    assert old.as_cells(now)["usang"] == "ya"


def test_programs_import_neither_dispatch_nor_each_other() -> None:
    packages = {program.templates.parent.name for program in PROGRAMS}
    for file in (REPO / "programs").rglob("*.py"):
        own = file.relative_to(REPO / "programs").parts[0]
        for line in file.read_text().splitlines():
            if line.startswith(("from ", "import ")):
                module = line.split()[1].split(".")
                assert module[0] not in {"dispatch", "notifier", "console", "siponcega"}, file
                if own in packages and module[0] == "programs" and len(module) > 1:
                    assert module[1] == own or module[1] not in packages, file


def test_templates_hold_no_inline_script_or_style() -> None:
    for folder in TEMPLATE_DIRS:
        for file in Path(folder).rglob("*.html"):
            text = file.read_text()
            assert "<script" not in text, file
            assert "style=" not in text, file
            assert not re.search(r"\son[a-z]+=", text), file
