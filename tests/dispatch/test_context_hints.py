"""Where the words leave several places open: other reports and the caller's address decide."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from dispatch import context_hints, intake
from registry import consents
from registry.models import House, Resident, ResidentPrivate
from registry.upsert import upsert, upsert_private
from tests.dispatch.world import World, phone

BARU, RAYA = "12.76.01.1002", "12.76.01.1012"
AT = {BARU: (99.13452, 3.30898), RAYA: (99.14202, 3.31433)}
TEXT = "lubuk lk 2 kebakaran rumah pak"


def breaks(*_args: Any, **_more: Any) -> NoReturn:
    raise RuntimeError("broken on purpose")


@pytest.fixture(autouse=True)
async def long_ago(world: World) -> None:
    """What earlier tests reported was an hour ago."""
    async with world.db.tx() as tx:
        await tx.execute("UPDATE report SET created_at = created_at - interval '1 hour'")


async def codes(world: World, text: str = TEXT, **more: Any) -> list[str]:
    """The kelurahan of a report without coordinates, the likeliest first."""
    said = world.says(text, lon=None, lat=None, **more)
    taken = await world.intake.take(said)
    row = await world.row("report", taken.report_id or 0)
    return [row["kelurahan_code"], *row["kelurahan_alt"]]


async def lives_in(world: World, code: str, number: str, *, yes: bool) -> None:
    lon, lat = AT[code]
    async with world.db.tx() as tx:
        house_id, _ = await upsert(
            tx, House, ("code",), {"code": f"R-{number}", "kelurahan_code": code}
        )
        await tx.execute(
            "UPDATE house SET geom = ST_SetSRID(ST_MakePoint($2, $3), 4326) WHERE id = $1",
            house_id, lon, lat,
        )  # fmt: skip
        row = {"code": f"W-{number}", "kelurahan_code": code, "house_id": house_id}
        resident_id, _ = await upsert(tx, Resident, ("code",), row)
        private: dict[str, str | None] = {"phone": number}
        await upsert_private(tx, world.vault, ResidentPrivate, "resident_id", resident_id, private)
        if yes:
            await consents.give(tx, resident_id, "caller_lookup", channel="counter")


async def test_a_name_that_fits_two_stays_open_without_hints(world: World) -> None:
    assert await codes(world) == [BARU, RAYA]


@pytest.mark.parametrize("code", [BARU, RAYA])
async def test_other_reports_of_the_same_type_say_which(world: World, code: str) -> None:
    lon, lat = AT[code]
    far = world.says("kebakaran", declared_type="fire", lon=lon, lat=lat, accuracy_m=30)
    await world.intake.take(far)
    assert (await codes(world)) == [code]
    # A flood's reporters say nothing about a fire.
    assert await codes(world, "lubuk lk 2 banjir, air masuk rumah") == [BARU, RAYA]


async def test_the_known_address_of_a_caller_who_agreed_says_which(world: World) -> None:
    agreed, silent = phone(), phone()
    await lives_in(world, RAYA, agreed, yes=True)
    await lives_in(world, RAYA, silent, yes=False)
    assert await codes(world, phone=agreed) == [RAYA]
    assert await codes(world, phone=silent) == [BARU, RAYA]
    async with world.db.tx() as tx:
        stop = world.vault.phone_hash(agreed)
        await consents.refuse_number(tx, stop, "caller_lookup", channel="sms")
    assert await codes(world, phone=agreed) == [BARU, RAYA]


async def test_nothing_is_asked_where_the_place_is_clear(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "hints", breaks)
    await world.intake.take(world.says("kebakaran rumah", declared_type="fire"))
    assert await codes(world, "kebakaran di bulian lk 2") == ["12.76.04.1003"]
    with pytest.raises(RuntimeError):
        await codes(world)


async def test_a_fault_in_the_hints_costs_them_and_not_the_contact(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context_hints, "home_by_phone_hash", breaks)
    assert await codes(world, phone=phone()) == [BARU, RAYA]


async def test_a_good_fix_stands_against_a_misspelt_word(world: World) -> None:
    said = world.says(
        "dapur rumah terbakar di gang kenari lk 3", lon=99.1480, lat=3.3265, accuracy_m=350
    )
    taken = await world.intake.take(said)
    row = await world.row("report", taken.report_id or 0)
    assert (row["place_basis"], row["accuracy_m"]) == ("gps", 350)
