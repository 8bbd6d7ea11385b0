"""The 70 labelled messages through the API of the real app: all kept, the right ones open incidents."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.context import open_context
from core.db import Row
from core.settings import Settings
from dispatch import measure
from dispatch.screening.evaluate import OPENS_NOTHING
from geo import seed
from geo.geocoder import for_pack
from geo.geography import Geography
from siponcega.app import build
from tests.dispatch.world import phone

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT.parent / "shared" / "data" / "tebing_tinggi" / "messages_dev.csv"
CHANNELS = {"wa": "chat", "sms": "sms", "app": "app"}

needs_messages = pytest.mark.skipif(
    not MESSAGES.exists(), reason=f"the labelled messages are not here: {MESSAGES.name}"
)


@dataclass(frozen=True, slots=True)
class Posted:
    """One row, the bytes that were sent for it, and what stands in the database now."""

    label: dict[str, str]
    raw: bytes
    answer: dict[str, Any]
    kept: Row


@pytest.fixture
async def posted(fresh_settings: Settings) -> AsyncIterator[list[Posted]]:
    from_file = measure.read(MESSAGES.read_bytes())
    async with open_context(fresh_settings) as context, context.db.tx() as tx:
        await seed.seed(tx)
    app = build(fresh_settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://kota.example") as web:
            done = []
            for label in from_file:
                raw = json.dumps(_body(label), ensure_ascii=False).encode()
                answer = await web.post("/api/v1/reports", content=raw)
                assert answer.status_code == 201, (label["id"], answer.text)
                done.append((label, raw, answer.json()))
        async with app.state.context.db.read() as tx:
            rows = await tx.fetch(
                """SELECT r.code, r.class, r.type, r.priority, r.incident_id, r.handling,
                          r.kelurahan_code, i.kelurahan_code AS incident_kelurahan,
                          i.kelurahan_alt AS incident_alt, c.state, p.raw_enc
                   FROM report r JOIN contact c ON c.id = r.contact_id
                   JOIN contact_private p ON p.contact_id = c.id
                   LEFT JOIN incident i ON i.id = r.incident_id"""
            )
            assert await tx.fetchval("SELECT count(*) FROM contact") == len(from_file) == 70
        kept = {row["code"]: row for row in rows}
        vault = app.state.context.vault
        for _, raw, answer in done:
            assert vault.decrypt(kept[answer["code"]]["raw_enc"]) == raw
        yield [Posted(label, raw, said, kept[said["code"]]) for label, raw, said in done]


def _body(label: dict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"text": label["text"], "channel": CHANNELS[label["channel"]]}
    if label["lat"] and label["lon"]:
        body |= {"lat": float(label["lat"]), "lon": float(label["lon"]), "accuracy_m": 20}
    if label["channel"] != "app":
        body["phone"] = phone()
    return body


@needs_messages
async def test_seventy_messages(posted: list[Posted], capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for one in posted:
        label, kept = one.label, one.kept
        accepted = [c for c in label["expected_kelurahan_code"].split("|") if c]
        if label["expected_class"] in OPENS_NOTHING and kept["incident_id"] is not None:
            wrong.append(f"{label['id']} is {label['expected_class']} and opened an incident")
        named = label["location_basis"] == "kelurahan_name" and accepted
        if label["expected_class"] == "emergency" and named:
            if kept["incident_id"] is None:
                wrong.append(f"{label['id']} names {accepted} and opened nothing")
            elif kept["incident_kelurahan"] not in accepted:
                wrong.append(f"{label['id']}: {kept['incident_kelurahan']} is not {accepted}")
        assert kept["handling"] == ("linked" if kept["incident_id"] else "new")
    with capsys.disabled():
        print(f"\n{table(posted)}")
    assert wrong == []
    assert sum(p.kept["incident_id"] is not None for p in posted) >= 40


def table(posted: list[Posted]) -> str:
    """Class, type, priority and place as stored, with the label in brackets where it differs."""
    lines = []
    for one in posted:
        cells = [one.label["id"]]
        for name in ("class", "type", "priority"):
            got, wanted = one.kept[name], one.label[f"expected_{name}"]
            cells.append(got if got == wanted else f"{got} ({wanted})")
        got, wanted = one.kept["kelurahan_code"] or "-", one.label["expected_kelurahan_code"]
        right = got in wanted.split("|") or (got == "-" and not wanted)
        cells.append(got if right else f"{got} ({wanted or 'ask'})")
        cells.append(f"K{one.kept['incident_id']}" if one.kept["incident_id"] else "-")
        lines.append("{:<6}{:<26}{:<30}{:<12}{:<36}{}".format(*cells))
    return "\n".join(lines)


@needs_messages
def test_the_measure_sees_what_the_app_stores() -> None:
    geography = Geography(for_pack("tebing_tinggi"), "tebing_tinggi")
    judged = measure.judge(measure.read(MESSAGES.read_bytes()), geography)
    assert [j.id for j in judged if j.broken] == []
    assert len(measure.as_text(judged).splitlines()) == 70 + 6
