"""What every page must be: light, escaped, private where its address is a key, kind in error."""

from __future__ import annotations

import html
import re
import uuid
from html.parser import HTMLParser

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.console.pages.conftest import Site

RESIDENT_BYTES = 30_000
RESPONDER_BYTES = 80_000
IMPORT = re.compile(r'^import .*?from "\./([\w.]+)";', re.M)


class Loads(HTMLParser):
    """Everything a browser fetches for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("href"):
            self.urls.add(str(given["href"]))
        if given.get("src"):
            self.urls.add(str(given["src"]))


async def weight(web: httpx.AsyncClient, path: str) -> int:
    """Bytes of the page and all it loads, uncompressed."""
    page = await web.get(path)
    assert page.status_code == 200
    loads = Loads()
    loads.feed(page.text)
    total, todo, seen = len(page.content), sorted(loads.urls), set[str]()
    while todo:
        url = todo.pop()
        bare = url.partition("?")[0]
        if bare in seen:
            continue
        seen.add(bare)
        answer = await web.get(url)
        assert answer.status_code == 200, url
        assert url.startswith("/"), f"third party: {url}"
        total += len(answer.content)
        if bare.endswith(".js"):
            todo += [f"{bare.rpartition('/')[0]}/{name}" for name in IMPORT.findall(answer.text)]
    assert any(name.endswith(".css") for name in seen)
    return total


@pytest.mark.parametrize("path", ["/", "/lapor", "/lacak"])
async def test_resident_pages_are_light(site: Site, path: str) -> None:
    assert await weight(site.web, path) <= RESIDENT_BYTES


async def test_the_tracking_page_is_light(site: Site) -> None:
    path = await site.report(text="kebakaran rumah di bulian", client_key=uuid.uuid4())
    assert await weight(site.web, path) <= RESIDENT_BYTES


async def test_pages_carry_the_policy_and_no_inline_script(site: Site) -> None:
    for path in ("/", "/lapor", "/lacak", "/hp", "/luring"):
        answer = await site.web.get(path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", answer.text), path


async def test_a_tracking_page_keeps_its_address_to_itself(site: Site) -> None:
    path = await site.report(text="kabel putus di bulian", client_key=uuid.uuid4())
    for answer in (await site.web.get(path), await site.web.get("/api/v1/track/" + path[3:])):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert (
            "no-store" in answer.headers["cache-control"]
            or "private" in answer.headers["cache-control"]
        )


@pytest.mark.parametrize("path", ["/l/short", "/l/" + "A" * 24, "/tidak-ada", "/l/%00" + "A" * 24])
async def test_errors_are_pages_in_bahasa_without_a_trace(site: Site, path: str) -> None:
    answer = await site.web.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Lapor darurat" in answer.text and "Traceback" not in answer.text


async def test_responders_sign_in_first(site: Site) -> None:
    answer = await site.web.get("/petugas", headers={"Accept": "text/html"})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/masuk?")
    assert (await site.web.get("/api/v1/me/assignments")).status_code == 401


async def test_manifest_and_worker(site: Site) -> None:
    manifest = await site.web.get("/manifest.webmanifest")
    assert manifest.json()["name"].startswith("siponcega")
    worker = await site.web.get("/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "typed", ["{url}/l/{token}", "{url}/l/{token}?baru=1", "{token}", "/l/{token}"]
)
async def test_a_pasted_link_opens_the_report(site: Site, typed: str) -> None:
    token = "Ab-_" + "x" * 20
    text = typed.format(url="http://127.0.0.1:8000", token=token)
    answer = await site.web.post("/lacak", data={"tautan": f" {text} "})
    assert answer.status_code == 303 and answer.headers["location"] == f"/l/{token}"


@pytest.mark.parametrize(
    "typed", ["L7K3QF2", "", "https://example.com/l/", "<script>", "//example.com"]
)
async def test_a_code_alone_opens_nothing(site: Site, typed: str) -> None:
    answer = await site.web.post("/lacak", data={"tautan": typed})
    assert answer.status_code == 422 and "<script>" not in answer.text


markup = st.text(
    alphabet=st.sampled_from("<>\"'&{}%/=abc \u2028\U0001f600"), min_size=1, max_size=40
)


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(words=markup)
async def test_what_people_type_is_never_markup(site: Site, words: str) -> None:
    """The empty-place form comes back with the typed words in it, escaped."""
    hostile = f'<b id=x>{words}</b>"><img src=x>'
    for field in ("phone", "kelurahan_code"):
        answer = await site.web.post("/lapor", data={"type": hostile, field: ""})
        assert answer.status_code == 422 and "<b id=x>" not in answer.text
    answer = await site.web.post("/lacak", data={"tautan": hostile})
    assert "<b id=x>" not in answer.text and "<img" not in answer.text
    shown = re.search(r'name="tautan"[^>]* value="([^"]*)"', answer.text)
    assert shown and html.unescape(shown[1]).strip() == hostile[:300].strip()
