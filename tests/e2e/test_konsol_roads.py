"""Closed roads and floods from the console: by mouse, by keyboard alone, seen by every desk, and in
the very next recommendation."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.desk import SCREEN, at, go_to, report, sign_in
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

LAT, LON = 3.3240, 99.1553
M = 1 / 111_195
# A river from west to east 300 m south of the fire, and one bridge over it.
BRIDGE = (LON, LAT - 300 * M)
WAYS = [
    (1, 2, (0, 200), (0, -250), "Jalan Utara"),
    (2, 3, (0, -250), (0, -350), "Jembatan Uji"),
    (3, 4, (0, -350), (0, -800), "Jalan Selatan"),
    (1, 7, (0, 200), (-900, 200), "Jalan Barat"),
]
ADD = """
INSERT INTO road_edge (id, source_node, target_node, way_id, class, name, length_m, bridge, geom)
SELECT (SELECT count(*) FROM road_edge), $1, $2, 1, 'tertiary', $3, ST_Length(line::geography), $3 = 'Jembatan Uji', line
FROM ST_SetSRID(ST_MakeLine(ST_MakePoint($4, $5), ST_MakePoint($6, $7)), 4326) AS line
"""
PARK = """
UPDATE unit SET geom = ST_SetSRID(ST_MakePoint($2, $3), 4326), position_at = now() WHERE code = $1
"""


@pytest.fixture(scope="module", autouse=True)
def a_town_with_one_bridge(server: Server) -> None:
    """DMK1 nearest, across the bridge; DMK2 farther, on this side; no other engine."""

    async def make() -> None:
        connection = await asyncpg.connect(server.settings.database_url)
        try:
            await connection.execute("UPDATE run_card SET auto = false")
            for source, target, (x, y), (x2, y2), name in WAYS:
                await connection.execute(
                    ADD, source, target, name, LON + x * M, LAT + y * M, LON + x2 * M, LAT + y2 * M
                )
            await connection.execute(
                "UPDATE unit SET state = 'off_duty' WHERE 'fire_engine' = ANY(capabilities) "
                "AND code NOT IN ('DMK1', 'DMK2')"
            )
            await connection.execute(PARK, "DMK1", LON, LAT - 450 * M)
            await connection.execute(PARK, "DMK2", LON - 850 * M, LAT + 200 * M)
        finally:
            await connection.close()

    # In a thread of its own: the browser keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, make()).result()
    with server.client() as web:
        signed = web.post(
            "/masuk", data={"login": "operator", "password": server.logins["operator"]}
        )
        assert signed.status_code < 400
        made = web.post(
            "/api/v1/geo/places",
            json={"name": "Jembatan Uji", "kind": "bridge", "lon": BRIDGE[0], "lat": BRIDGE[1]},
        )
        assert made.status_code == 201, made.text
        for one in web.get("/api/v1/geo/closures").json()["closures"]:
            web.delete(f"/api/v1/geo/closures/{one['id']}")


@pytest.fixture(scope="module")
def burning(server: Server) -> str:
    """A fire on this side of the river; its words."""
    report(server, type="fire", text="rumah terbakar di gang mawar", **at((LAT, LON)))
    return "Kebakaran"


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Any]:
    """Consoles, each in a browser of its own that may complain of refused requests."""
    contexts = []

    def opened(login: str = "operator", size: Any = SCREEN) -> Page:
        context = browser.new_context(base_url=server.base_url, locale="id-ID", viewport=size)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, server, login)
        expect(page.locator(".stream")).to_contain_text("langsung")
        return page

    yield opened
    with server.client() as web:
        web.post("/masuk", data={"login": "operator", "password": server.logins["operator"]})
        for one in web.get("/api/v1/geo/closures").json()["closures"]:
            web.delete(f"/api/v1/geo/closures/{one['id']}")
    for context in contexts:
        context.close()


def open_fire(konsol: Page, words: str) -> None:
    go_to(konsol, words)
    konsol.keyboard.press("Enter")
    expect(first(konsol)).to_contain_text("DMK1")


def first(konsol: Page) -> Locator:
    """The engine that is recommended before all others."""
    return konsol.locator(".units-pick li").first


def of(konsol: Page, unit: str) -> Locator:
    return konsol.locator(".units-pick li", has_text=unit)


def show_map(konsol: Page, centre: tuple[float, float], zoom: float = 17) -> dict[str, float]:
    """Open the map and look at a point; the box of the map on the screen."""
    if konsol.locator(".map").count() == 0:
        konsol.keyboard.press("p")
    expect(konsol.locator(".map canvas")).to_be_visible()
    konsol.evaluate(
        """async ([centre, zoom]) => {
            const { look } = await import("/static/konsol/map.js");
            // The board moves the map as well, to the incident that was opened: look until it stays.
            for (let stays = 0, tries = 0; stays < 3 && tries < 30; tries++) {
                let map;
                await new Promise((done) => (map = look(centre, zoom)).once("moveend", done));
                const { lng, lat } = map.getCenter();
                stays = Math.abs(lng - centre[0]) + Math.abs(lat - centre[1]) < 1e-5 ? stays + 1 : 0;
            }
        }""",
        [list(centre), zoom],
    )
    box = konsol.locator(".map .holder").bounding_box()
    assert box is not None
    return dict(box.items())  # type: ignore[arg-type]


def test_a_closed_bridge_drawn_by_mouse_changes_the_recommendation_on_every_console(
    desk: Any, burning: str
) -> None:
    konsol, other = desk(), desk("supervisor")
    for one in (konsol, other):
        open_fire(one, burning)
        expect(first(one)).to_contain_text("waktu lewat jalan")
    konsol.keyboard.press("g")
    expect(konsol.get_by_label("Apa")).to_be_focused()
    box = show_map(konsol, BRIDGE)
    konsol.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(konsol.locator(".roads")).to_contain_text("Titik terpasang.")
    konsol.get_by_label("Alasan").fill("jembatan retak")
    konsol.get_by_role("button", name="Tutup jalan ini").click()

    expect(konsol.locator(".note-line")).to_contain_text("1 ruas jalan kena")
    listed = konsol.locator(".closure")
    expect(listed).to_contain_text("Jalan ditutup")
    expect(listed).to_contain_text("Jembatan Uji")
    expect(listed).to_contain_text("jembatan retak")
    expect(listed).to_contain_text("Operator (contoh)")
    for one in (konsol, other):
        expect(first(one)).to_contain_text("DMK2")
        expect(of(one, "DMK1")).to_contain_text("jalan terputus")
    expect(other.locator(".note-line")).to_contain_text("Jembatan Uji")
    other.keyboard.press("g")
    expect(other.locator(".closure")).to_contain_text("jembatan retak")
    drawn = other.evaluate(
        """async () => (await import("/static/konsol/closures.js")).closureFeatures().features
            .map((one) => one.properties.full).filter(Boolean)"""
    )
    assert drawn == ["✕ Jalan ditutup\njembatan retak"]

    other.get_by_role("button", name=re.compile("^Akhiri")).click()
    for one in (konsol, other):
        expect(one.locator(".closure")).to_have_count(0)
        expect(first(one)).to_contain_text("DMK1")
    expect(konsol.locator(".note-line")).to_contain_text("Terbuka lagi")


def test_the_same_by_keyboard_alone_and_without_a_map(desk: Any, burning: str) -> None:
    konsol = desk()
    open_fire(konsol, burning)
    konsol.keyboard.press(":")
    konsol.keyboard.type("g jembatan uji")
    expect(konsol.locator("#perintah-arti")).to_contain_text("Gangguan jalan di jembatan uji")
    konsol.keyboard.press("Enter")
    expect(konsol.locator("#gj-tempat")).to_be_focused()
    expect(konsol.locator("#gj-saran li").first).to_contain_text("Jembatan Uji")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".roads")).to_contain_text("Titik terpasang.")
    konsol.keyboard.press("Enter")
    expect(first(konsol)).to_contain_text("DMK2")
    expect(of(konsol, "DMK1")).to_contain_text("jalan terputus")

    end = konsol.locator(".closure .link", has_text="Akhiri")
    for _ in range(20):
        konsol.keyboard.press("Tab")
        if end.evaluate("(one) => one === document.activeElement"):
            break
    expect(end).to_be_focused()
    konsol.keyboard.press("Enter")
    expect(first(konsol)).to_contain_text("DMK1")
    konsol.keyboard.press("g")
    expect(konsol.locator(".roads")).to_have_count(0)


def test_water_of_a_depth_stops_the_engine_and_its_end_is_in_the_list(
    desk: Any, burning: str
) -> None:
    konsol = desk()
    open_fire(konsol, burning)
    konsol.keyboard.press("g")
    konsol.get_by_label("Apa").select_option("flood")
    place = konsol.locator("#gj-tempat")
    place.fill("jembatan uji")
    expect(konsol.locator("#gj-saran li").first).to_contain_text("Jembatan Uji")
    place.press("Enter")
    konsol.get_by_role("button", name="Nyatakan banjir").click()
    expect(konsol.locator(".roads .problem")).to_contain_text("sentimeter")
    konsol.get_by_label("Dalam (cm)").fill("80")
    konsol.locator(".closure-form summary").click()
    konsol.get_by_label("Sampai").fill("2099-01-01T06:00")
    konsol.get_by_role("button", name="Nyatakan banjir").click()
    listed = konsol.locator(".closure")
    expect(listed).to_contain_text("Banjir 80 cm")
    expect(listed).to_contain_text(re.compile(r"sampai 1 Jan 06\.00"))  # the city's own clock
    expect(first(konsol)).to_contain_text("DMK2")


def test_a_crossing_outline_is_said_in_place_and_drawn_right_by_the_keys(
    desk: Any, burning: str
) -> None:
    konsol = desk()
    open_fire(konsol, burning)
    konsol.keyboard.press("g")
    show_map(konsol, BRIDGE)
    konsol.get_by_label("Bentuk").select_option("area")
    konsol.get_by_role("button", name="Gambar di peta").click()
    expect(konsol.locator(".map .holder")).to_be_focused()
    moves = ("", "ArrowRight", "ArrowDown ArrowLeft", "ArrowRight")  # a bow tie
    for n, steps in enumerate(moves, start=1):
        for key in steps.split():
            konsol.keyboard.press(key)
        konsol.keyboard.press("Enter")
        expect(konsol.locator(".roads")).to_contain_text(
            f"{n} titik terpasang" if n > 2 else f"perlu {3 - n} titik"
        )
    # What lies under the cross is read out.
    expect(konsol.locator(".map-line")).to_contain_text("Jembatan Uji")
    konsol.keyboard.press("Escape")
    expect(konsol.locator(".roads .primary")).to_be_focused()
    konsol.keyboard.press("Enter")
    problem = konsol.locator(".roads .problem")
    expect(problem).to_contain_text("memotong dirinya sendiri")
    expect(first(konsol)).to_contain_text("DMK1")

    konsol.locator(".map .holder").focus()
    konsol.keyboard.press("Backspace")
    expect(problem).to_have_count(0)
    expect(konsol.locator(".roads")).to_contain_text("3 titik terpasang")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "Enter", "Escape", "Enter"):
        konsol.keyboard.press(key)
    expect(konsol.locator(".closure")).to_contain_text("Jembatan Uji")
    expect(first(konsol)).to_contain_text("DMK2")


def test_a_line_runs_along_the_streets_between_its_points(desk: Any, burning: str) -> None:
    konsol = desk()
    konsol.keyboard.press("g")
    konsol.get_by_label("Bentuk").select_option("line")
    bent = konsol.evaluate(
        """async ([a, b]) => {
            const { addPoint, draft, geometryOf } = await import("/static/konsol/drawing.js");
            const { onEvent, board } = await import("/static/konsol/store.js");
            addPoint(...a);
            addPoint(...b);
            const end = Date.now() + 8000;
            while (geometryOf(draft).coordinates.length < 3 && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
            return geometryOf(draft).coordinates;
        }""",
        [[LON, LAT], [LON - 500 * M, LAT + 200 * M]],
    )
    corner = (LON, LAT + 200 * M)
    assert any(abs(x - corner[0]) < 2e-5 and abs(y - corner[1]) < 2e-5 for x, y in bent), bent
    konsol.get_by_role("button", name="Tutup jalan ini").click()
    listed = konsol.locator(".closure")
    expect(listed).to_contain_text("Jalan Utara")
    expect(listed).to_contain_text("Jalan Barat")


def test_an_agency_sees_what_is_closed_and_cannot_draw(desk: Any, server: Server) -> None:
    with server.client() as web:
        web.post("/masuk", data={"login": "operator", "password": server.logins["operator"]})
        ring = {"type": "Point", "coordinates": list(BRIDGE)}
        drawn = web.post("/api/v1/geo/closures", json={"kind": "closed", "geometry": ring})
        assert drawn.status_code == 201
    agency = desk("damkar")
    agency.keyboard.press("g")
    expect(agency.locator(".closure")).to_contain_text("Jembatan Uji")
    expect(agency.locator(".closure-form")).to_have_count(0)
    expect(agency.locator(".closure .link", has_text="Akhiri")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_the_form_fits_the_screen(desk: Any, width: int, height: int) -> None:
    konsol = desk(size={"width": width, "height": height})
    konsol.keyboard.press("g")
    expect(konsol.get_by_label("Apa")).to_be_focused()
    konsol.get_by_label("Apa").select_option("flood")
    konsol.locator(".closure-form summary").click()
    over = konsol.evaluate(
        """() => [...document.querySelectorAll(".pane, .topbar, .foot-line, .roads *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.className || one.tagName)"""
    )
    assert over == []
