"""From a form without a script to a published index, and back by its history."""

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from core.settings import Settings
from programs import TEMPLATE_DIRS
from programs.routes import router
from programs.satisfaction.formula import ELEMENTS
from programs.satisfaction.seed import TOTALS, answers
from tests.fixtures.web import REPO, Served, serving

PAGES = [*TEMPLATE_DIRS, REPO / "console" / "templates"]
FORM = "/program/skm/isi/LOKET"
API = "/api/v1/programs/skm"


@pytest.fixture
async def served(fresh_settings: Settings) -> AsyncIterator[Served]:
    """Two offices; the first has a service LOKET surveyed from yesterday to tomorrow (ids 1)."""
    async with serving(fresh_settings, [router], PAGES) as app:
        async with app.context.db.tx() as tx:
            await tx.execute(
                "INSERT INTO agency (code, name, kind) VALUES ('A', 'Dinas A (contoh)', 'other'),"
                " ('B', 'Dinas B (contoh)', 'other')"
            )
            await tx.execute(
                "INSERT INTO satisfaction_service (code, name, agency_id, population)"
                " VALUES ('LOKET', '=Loket (contoh)', 1, 1000)"
            )
            await tx.execute(
                "INSERT INTO satisfaction_period (service_id, starts_on, ends_on)"
                " VALUES (1, current_date - 1, current_date + 1)"
            )
        yield app


def filled(scores: tuple[int, ...] = (4, 4, 3, 4, 4, 4, 4, 4, 4), **more: str) -> dict[str, str]:
    return {code: str(score) for code, score in zip(ELEMENTS, scores, strict=True)} | more


async def answer_many(served: Served, count: int) -> None:
    """As many people as asked; at most 30, for that is what one address may send in a minute."""
    anybody = served.as_()
    for number in range(count):
        sent = filled(answers(number), client_key=str(uuid4()))
        assert (await anybody.post(FORM, data=sent)).status_code == 303


async def count(served: Served, table: str = "satisfaction_response") -> int:
    async with served.context.db.read() as tx:
        return int(await tx.fetchval(f"SELECT count(*) FROM {table}"))


async def test_the_form_works_without_a_script_and_keeps_what_was_given(served: Served) -> None:
    anybody = served.as_()
    page = await anybody.get(FORM)
    assert page.status_code == 200
    assert page.text.count('type="radio"') == 36
    half = filled()
    del half["U5"], half["U9"]
    again = await anybody.post(FORM, data=half | {"sex": "f", "U1": "9"})
    assert again.status_code == 422
    assert "Masih ada 3 pertanyaan" in again.text
    assert again.text.count(" checked") == 6
    assert await count(served) == 0
    done = await anybody.post(FORM, data=filled(sex="f", age_band="abad"))
    assert (done.status_code, done.headers["location"]) == (303, "/program/skm/terima-kasih")
    async with served.context.db.read() as tx:
        row = await tx.fetchrow("SELECT source, u3, sex, age_band FROM satisfaction_response")
        assert row is not None
        assert tuple(row.values()) == ("counter", 3, "f", None)
    assert (await anybody.get("/program/skm/terima-kasih")).status_code == 200
    assert (await anybody.get("/program/skm/isi/TIDAK-ADA")).status_code == 404


async def test_a_form_sent_twice_is_one_answer(served: Served) -> None:
    page = (await served.as_().get(FORM)).text
    found = re.search(r'name="client_key" value="([^"]+)"', page)
    assert found is not None
    for _ in range(2):
        sent = await served.as_().post(FORM, data=filled(client_key=found[1]))
        assert sent.status_code == 303
    assert await count(served) == 1


async def test_nothing_is_shown_or_published_below_ten_respondents(served: Served) -> None:
    await answer_many(served, 9)
    office = served.role("opd", agency_id=1)
    page = await office.get("/program/skm/kantor/1")
    assert "IKM" not in page.text
    assert "Ditampilkan mulai 10 jawaban" in page.text
    refused = await office.post("/program/skm/kantor/1/terbitkan", data={})
    assert refused.status_code == 409
    assert (await served.as_().get(f"{API}/index")).json()["services"] == []


async def test_the_published_vector_comes_out_of_the_real_form(served: Served) -> None:
    await answer_many(served, 29)
    office = served.role("opd", agency_id=1)
    live = await office.get("/program/skm/kantor/1")
    assert "IKM 91.48" in live.text
    assert "dari 278 yang dibutuhkan" in live.text
    assert (await office.post("/program/skm/kantor/1/terbitkan", data={})).status_code == 303

    answer = (await served.as_().get(f"{API}/index")).json()["services"][0]
    assert (answer["ikm"], answer["grade"], answer["index"]) == ("91.48", "A", "3.6590")
    assert [element["total"] for element in answer["elements"]] == list(TOTALS)
    assert answer["weakest"] == ["U3", "U2", "U5"]
    assert answer["provenance"]["revision"] == 1
    assert answer["provenance"]["stale"] is False
    assert answer["provenance"]["example"] is False
    async with served.context.db.read() as tx:
        payload = await tx.fetchval(
            "SELECT payload FROM event WHERE kind = 'satisfaction.published'"
        )
    assert payload == {
        "publication_id": 1,
        "service_code": "LOKET",
        "period_id": 1,
        "revision": 1,
        "ikm_hundredths": 9148,
        "grade": "A",
    }
    sheet = (await served.as_().get(f"{API}/index.csv")).content.decode("utf-8-sig")
    assert sheet.count("LOKET,'=Loket (contoh),") == 9  # no formula for whoever opens it
    assert (await served.as_().get("/program/skm")).text.count("91.48") == 1


async def test_a_correction_is_a_new_revision_with_its_reason(served: Served) -> None:
    await answer_many(served, 12)
    office = served.role("opd", agency_id=1)
    publish = "/program/skm/kantor/1/terbitkan"
    assert (await office.post(publish, data={})).status_code == 303
    assert (await office.post(publish, data={"reason": "iseng"})).status_code == 409
    await served.as_().post(FORM, data=filled((1,) * 9))
    assert (await office.post(publish, data={})).status_code == 422
    said = {"reason": "Formulir kertas tertinggal"}
    assert (await office.post(publish, data=said)).status_code == 303
    one = (await served.as_().get(f"{API}/services/LOKET")).json()
    assert [row["revision"] for row in one["revisions"]] == [2, 1]
    assert (one["correction"], one["respondents"]) == ("Formulir kertas tertinggal", 13)
    page = await served.as_().get("/program/skm/hasil/LOKET")
    assert "Formulir kertas tertinggal" in page.text


async def test_old_results_are_shown_as_old(served: Served) -> None:
    await answer_many(served, 10)
    await served.role("admin").post("/program/skm/kantor/1/terbitkan", data={})
    async with served.context.db.tx() as tx:
        await tx.execute(
            "UPDATE satisfaction_period SET starts_on = starts_on - 400, ends_on = ends_on - 400"
        )
    answer = (await served.as_().get(f"{API}/index")).json()
    assert answer["services"][0]["provenance"]["stale"] is True
    assert "sudah lama" in (await served.as_().get("/program/skm")).text


def links(page: httpx.Response) -> list[str]:
    return re.findall(r"/program/skm/t/[\w-]+", page.text)


async def test_a_ticket_answers_once_and_only_its_hash_is_kept(served: Served) -> None:
    office = served.role("opd", agency_id=1)
    page = await office.post("/program/skm/kantor/1/tiket", data={"count": "3"})
    made = links(page)
    assert len(set(made)) == 3
    assert page.text.count("data:image/svg+xml") == 3
    anybody = served.as_()
    assert (await anybody.get(made[0])).status_code == 200
    assert (await anybody.post(made[0], data=filled())).status_code == 303
    again = await anybody.post(made[0], data=filled((1,) * 9))
    assert again.status_code == 410
    assert "sudah dipakai" in (await anybody.get(made[0])).text
    assert await count(served) == 1
    await asyncio.gather(*(anybody.post(made[1], data=filled()) for _ in range(4)))
    assert await count(served) == 2
    assert (await anybody.get("/program/skm/t/karangan")).status_code == 404
    async with served.context.db.read() as tx:
        stored = await tx.fetchval("SELECT string_agg(t::text, ' ') FROM satisfaction_ticket AS t")
    assert made[0].rsplit("/", 1)[1] not in stored
    assert (
        await office.post("/program/skm/kantor/1/tiket", data={"count": "51"})
    ).status_code == 422


async def test_paper_forms_are_typed_in_by_the_office(served: Served) -> None:
    office = served.role("opd", agency_id=1)
    where = "/program/skm/kantor/1/kertas"
    assert (await office.get(where)).status_code == 200
    assert (await office.post(where, data={"U1": "4"})).status_code == 422
    kept = await office.post(where, data=filled(client_key=str(uuid4())))
    assert "Satu formulir tersimpan" in kept.text
    async with served.context.db.read() as tx:
        row = await tx.fetchrow("SELECT source, entered_by FROM satisfaction_response")
        assert row is not None
        assert tuple(row.values()) == ("paper", 1)


async def test_another_office_sees_nothing(served: Served) -> None:
    other = served.role("opd", agency_id=2)
    assert "Loket" not in (await other.get("/program/skm/kantor")).text
    for method, path in (
        ("GET", "1"),
        ("GET", "1/kertas"),
        ("GET", "1/poster"),
        ("POST", "1/terbitkan"),
    ):
        answer = await other.request(method, f"/program/skm/kantor/{path}")
        assert answer.status_code == 404
        assert (
            await served.as_().request(method, f"/program/skm/kantor/{path}")
        ).status_code == 401
    reader = served.role("auditor")
    assert (await reader.get("/program/skm/kantor/1")).status_code == 200
    assert (await reader.post("/program/skm/kantor/1/terbitkan")).status_code == 403


async def test_plans_for_weak_elements_are_published(served: Served) -> None:
    await answer_many(served, 10)
    office = served.role("opd", agency_id=1)
    await office.post("/program/skm/kantor/1/terbitkan", data={})
    plan = {
        "element": "U3",
        "action": "Tambah loket",
        "owner": "Kepala Bidang",
        "due_on": "2020-01-31",
    }
    where = "/program/skm/kantor/1/rencana"
    assert (await office.post(where, data=plan)).status_code == 303
    assert (await office.post(where, data=plan | {"element": "U0"})).status_code == 422
    assert "lewat tenggat" in (await served.as_().get("/program/skm/hasil/LOKET")).text
    assert (await office.post(f"{where}/U3/selesai")).status_code == 303
    one = (await served.as_().get(f"{API}/services/LOKET")).json()
    assert one["actions"][0]["done_on"] is not None
    assert one["actions"][0]["late"] is False


async def test_an_office_opens_its_own_surveys(served: Served) -> None:
    office = served.role("opd", agency_id=1)
    service = {"code": "ktp-el", "name": "KTP", "agency_id": "1", "population": "500"}
    assert (await office.post("/program/skm/kantor/layanan", data=service)).status_code == 303
    assert (await office.post("/program/skm/kantor/layanan", data=service)).status_code == 409
    strange = service | {"code": "X", "agency_id": "2"}
    assert (await office.post("/program/skm/kantor/layanan", data=strange)).status_code == 404
    period = {"service_id": "2", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    where = "/program/skm/kantor/periode"
    assert (await office.post(where, data=period)).status_code == 303
    assert (await office.post(where, data=period | {"starts_on": "2026-06-01"})).status_code == 409
    backwards = period | {"starts_on": "2028-01-01", "ends_on": "2027-01-01"}
    assert (await office.post(where, data=backwards)).status_code == 422
    front = await office.get("/program/skm/kantor")
    assert "218" in front.text  # the sample a population of 500 needs


async def test_a_flood_of_forms_from_one_address_is_slowed(served: Served) -> None:
    anybody = served.as_()
    codes = [(await anybody.post(FORM, data=filled())).status_code for _ in range(31)]
    assert codes[:30] == [303] * 30
    assert codes[30] == 429


async def test_the_citys_order_of_elements_is_the_order_on_the_page(served: Served) -> None:
    order = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U9", "U8"]
    where = f"{API}/settings"
    answer = await served.role("admin").patch(where, json={"options": {"element_order": order}})
    assert answer.status_code == 200
    page = (await served.as_().get(FORM)).text
    assert page.index('name="U9"') < page.index('name="U8"')
