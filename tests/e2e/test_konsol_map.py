"""The map of the console: every layer in its style, by day and by night, and names given in a call."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from siponcega.layers import LAYERS
from tests.e2e.desk import PELITA, SCREEN, at, go_to, report, sign_in
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

FROM_THE_BOARD = {"incidents", "units", "closures"}
"""Drawn from the stream, never older than the rows beside the map."""


@pytest.fixture
def konsol(page: Page, server: Server) -> Page:
    page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
    sign_in(page, server, "operator")
    expect(page.locator(".stream")).to_contain_text("langsung")
    return page


def style(konsol: Page) -> dict[str, Any]:
    found: dict[str, Any] = konsol.evaluate(
        'async () => (await import("/static/konsol/mapstyle.js")).style()'
    )
    return found


def test_every_layer_of_the_server_is_in_the_style_from_its_zoom_on(konsol: Page) -> None:
    drawn = style(konsol)
    used = {layer["source"] for layer in drawn["layers"] if "source" in layer}
    assert set(LAYERS) <= used
    assert "glyphs" not in drawn  # labels without a file from elsewhere
    for name in set(LAYERS) - FROM_THE_BOARD:
        source = drawn["sources"][name]
        assert source["minzoom"] == LAYERS[name].min_zoom, name
        assert source["tiles"][0].endswith(f"/api/v1/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt")


def test_day_and_night_are_two_styles_of_one_map(konsol: Page) -> None:
    if konsol.locator(".map").count() == 0:  # it opens by itself where there is a graphics card
        konsol.keyboard.press("p")
    expect(konsol.locator(".map canvas")).to_be_visible()
    # The demo has no map: its streets and boundaries say so.
    expect(konsol.locator(".map-line")).to_contain_text("batas perkiraan")
    expect(konsol.locator(".map-line")).to_contain_text("jalan contoh")
    night = style(konsol)
    konsol.get_by_role("button", name="Siang/malam").click()
    day = style(konsol)
    shown = [layer["id"] for layer in night["layers"]]
    assert shown == [layer["id"] for layer in day["layers"]]
    ground = [s["layers"][0]["paint"]["background-color"] for s in (night, day)]
    assert ground[0] != ground[1] and all(ground)
    colourless = [
        (layer["id"], name)
        for one in (night, day)
        for layer in one["layers"]
        for name, value in layer.get("paint", {}).items()
        if value == ""
    ]
    assert colourless == []


def test_the_reach_of_a_station_is_drawn_when_asked_for(konsol: Page) -> None:
    konsol.keyboard.press("w")
    reach = konsol.get_by_label("Pos dan kendaraan")
    expect(reach).to_be_focused()
    # A slow machine draws the map in software: the tile is asked for when the frame is done.
    drawn = konsol.expect_response(lambda a: "/tiles/coverage/" in a.url, timeout=30_000)
    with drawn as first:
        reach.select_option("engine|")
    assert first.value.status in (200, 204)
    # What is drawn on the roads afterwards is in it, too.
    with konsol.expect_response(lambda answer: "/tiles/coverage/" in answer.url):
        konsol.evaluate(
            """async () => {
                const { post } = await import("/static/konsol/api.js");
                await post("/geo/closures", { kind: "closed", radius_m: 50,
                    geometry: { type: "Point", coordinates: [99.1553, 3.324] } });
            }"""
        )
    expect(konsol.locator(".map-line")).to_contain_text("5, 10, 15 menit")
    assert reach.locator("option", has_text="Mako Damkar").count() >= 1
    reach.press("Enter")
    expect(konsol.locator("dialog")).to_have_count(0)


def test_a_name_given_during_a_call_is_found_in_the_next_one(konsol: Page, server: Server) -> None:
    report(server, type="fallen_tree", text="pohon tumbang", **at(PELITA))
    go_to(konsol, "Pohon tumbang")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".panel-head")).to_be_visible()
    konsol.keyboard.press("l")
    name = konsol.get_by_label("Nama yang dipakai orang")
    expect(name).to_be_focused()
    name.fill("Warung Bu Sarinem")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".note-line")).to_contain_text("Warung Bu Sarinem disimpan")
    expect(konsol.locator("dialog")).to_have_count(0)

    # And another name for what is there already.
    konsol.keyboard.press(":")
    konsol.keyboard.type("l kedai wak sarinem")
    konsol.keyboard.press("Enter")
    target = konsol.get_by_label("Itu adalah")
    expect(target.locator("option", has_text="Warung Bu Sarinem")).to_have_count(1)
    target.select_option(label="Warung Bu Sarinem (0 m)")
    konsol.get_by_role("button", name="Simpan nama").press("Enter")
    expect(konsol.locator(".note-line")).to_contain_text("kedai wak sarinem disimpan")

    for said in ("warung bu sarinem", "kedai wak sarinem"):
        konsol.keyboard.press("n")
        konsol.keyboard.type(said)
        found = konsol.locator("#nc-saran li").first
        expect(found).to_contain_text("arinem")
        konsol.keyboard.press("Escape")
        expect(konsol.locator("dialog")).to_have_count(0)
