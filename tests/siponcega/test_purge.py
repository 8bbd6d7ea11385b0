"""Forgetting by age and by person: nothing personal is left, everything else is, the chain holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from core.db import Tx
from core.events import sequencer
from core.events.chain import verify
from core.private_columns import private_tables
from core.settings import Settings
from dispatch.inbound import Inbound
from notifier.inbound import receive
from notifier.simulated import written
from siponcega import purge
from siponcega.worker import WorkerContext, opened
from tests.fixtures.canary import Canary
from tests.fixtures.cluster import Servers
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import ROOT, Seeded

PHONE, OTHER = "+6284000770123", "+6284000770456"
HERE = {"lon": 99.15795, "lat": 3.33194}


@pytest.fixture
async def context(
    cluster: Servers, seeded: Seeded, seeded_database_url: str, tmp_path: Path
) -> AsyncIterator[WorkerContext]:
    """A demo instance without its processes."""
    shutil.copytree(seeded.home / "keys", tmp_path / "keys")
    settings = make_settings(seeded_database_url, cluster.redis_url, tmp_path)
    async with opened(settings) as made:
        yield made


async def tell(context: WorkerContext, phone: str, text: str, **more: object) -> int:
    """A report with a phone; its contact's id."""
    taken = await context.intake.take(
        Inbound(
            channel="app", raw=f"{text} {phone}".encode(), text=text, phone=phone,
            name="Warga (contoh)", **more,  # type: ignore[arg-type]
        )
    )  # fmt: skip
    return taken.contact_id


async def age(context: WorkerContext, contact_ids: Sequence[int], days: int) -> None:
    async with context.db.tx() as tx:
        await tx.execute(
            "UPDATE contact SET received_at = received_at - make_interval(days => $2) "
            "WHERE id = ANY($1)",
            list(contact_ids),
            days,
        )


async def private(tx: Tx, context: WorkerContext) -> str:
    """Everything encrypted of the whole database, in clear."""
    found = []
    for table in await private_tables(tx):
        for column in table.encrypted:
            rows = await tx.fetch(f"SELECT {column} AS blob FROM {table.quoted}")
            found += [context.vault.decrypt(row["blob"]) for row in rows if row["blob"]]
    return " ".join(blob.decode("utf-8", "replace") for blob in found if blob)


async def test_what_is_too_old_goes_and_what_is_live_stays(context: WorkerContext) -> None:
    asked = await tell(context, PHONE, "nomor disdukcapil berapa ya")
    fire = await tell(
        context, OTHER, "rumah terbakar", declared_type="fire", reporter_lon=99.158,
        reporter_lat=3.332, **HERE,
    )  # fmt: skip
    young = await tell(context, PHONE, "puskesmas buka jam berapa")
    await age(context, [asked, fire], 366)
    db, settings = context.db, context.settings
    assert (await purge.due(db, settings))["contacts"] == 1, "the fire is still live"
    async with db.read() as tx:
        assert "disdukcapil" in await private(tx, context), "a dry look changes nothing"
    assert (await purge.purge(db, settings))["contacts"] == 1
    assert (await purge.purge(db, settings))["contacts"] == 0
    async with db.read() as tx:
        words = await private(tx, context)
        kept = {row["contact_id"] for row in await tx.fetch("SELECT contact_id FROM report")}
    assert "disdukcapil" not in words
    assert "puskesmas" in words
    assert "rumah terbakar" in words
    assert {asked, fire, young} <= kept, "what happened stays"

    async with db.tx() as tx:
        await tx.execute("UPDATE incident SET state = 'closed', closed_at = clock_timestamp()")
    assert (await purge.purge(db, settings))["contacts"] == 1
    async with db.read() as tx:
        assert "rumah terbakar" not in await private(tx, context)
        row = await tx.fetchrow("SELECT * FROM report WHERE contact_id = $1", fire)
    assert row is not None
    assert row["reporter_geom"] is None
    assert row["geom"] is not None


async def test_one_person_is_forgotten_and_the_chain_stays_whole(context: WorkerContext) -> None:
    settings, canary = context.settings, Canary(PHONE)
    contact = await tell(context, PHONE, "pohon tumbang", declared_type="fallen_tree", **HERE)
    await tell(context, OTHER, "saya juga lihat pohon tumbang", declared_type="fallen_tree", **HERE)
    await receive(
        context, context.intake, written(PHONE, f"hubungi {PHONE}", "sms", "uji-1"), "webhook"
    )
    number_hash = context.vault.phone_hash(PHONE)
    async with context.db.read() as tx:
        assert PHONE in await private(tx, context)
    done = purge_person(settings, "--dry-run")
    assert json.loads(done.stdout)["forgotten"]["contact_private"] >= 2
    async with context.db.read() as tx:
        assert PHONE in await private(tx, context), "a dry run changes nothing"

    done = purge_person(settings, "--yes")
    assert done.returncode == 0, done.stderr
    async with context.db.tx() as tx:
        while await sequencer.seal(tx):
            pass
    async with context.db.read() as tx:
        words = await private(tx, context)
        hashes = [
            await tx.fetchval(
                f"SELECT count(*) FROM {table.quoted} WHERE {column} = $1", number_hash
            )
            for table in await private_tables(tx)
            for column in table.phone_hashes
        ]
        assert canary.in_text(words) == []
        assert not any(hashes)
        assert await canary.scan_database(tx) == []
        assert OTHER in words, "nobody else is touched"
        assert (await verify(tx)).ok
        erased = await tx.fetchval(
            "SELECT count(*) FROM event WHERE kind = 'access.erased' AND subject_id = $1", contact
        )
    assert erased == 1
    assert canary.scan_files(settings.home) == []
    assert purge_person(settings, "--yes").returncode == 3, "a second time there is nothing"


def purge_person(settings: Settings, *options: str) -> subprocess.CompletedProcess[str]:
    """The command as an administrator types it; the number comes on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "siponcega", "purge", "person", "--phone", "-", "--json", *options],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")},
            "SIPONCEGA_HOME": str(settings.home),
            "SIPONCEGA_DATABASE_URL": settings.database_url,
            "SIPONCEGA_REDIS_URL": settings.redis_url,
        },
        input=PHONE + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
