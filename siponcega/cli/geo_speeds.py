"""geo speeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from siponcega.cli.output import emit, say

if TYPE_CHECKING:
    from core.settings import Settings
    from siponcega.speeds import Study

HOURS = {"pagi": "05–09", "siang": "09–15", "sore": "15–19", "petang": "19–22", "malam": "22–05"}
WHY = {
    "example": "unit contoh",
    "backfilled": "langkah yang diisi kemudian",
    "not_by_device": "bukan dari ponsel awak (meja, suara, SMS)",
    "told_late": "dikirim terlambat",
    "transport": "setelah mengantar, atau perjalanan berikutnya",
    "no_position": "tanpa posisi GPS saat berangkat atau tiba",
    "not_at_scene": "tiba lebih dari 300 m dari kejadian",
    "closure": "ada penutupan jalan di antaranya",
    "not_on_wheels": "perahu atau jalan kaki",
    "too_short_or_long": "kurang dari 500 m atau 1 menit, atau lebih dari 1 jam",
    "not_on_our_streets": "tidak di jalan yang ada di peta",
    "odd": "empat kali lebih lama atau lebih cepat dari perkiraan",
}


def register(geo: typer.Typer) -> None:
    geo.command("speeds", epilog="Example: siponcega geo speeds --days 180 --apply")(learn_speeds)


def learn_speeds(
    days: int = typer.Option(365, min=1, help="Arrivals of so many days."),
    min_n: int = typer.Option(20, min=5, help="Propose nothing for fewer arrivals than this."),
    apply: bool = typer.Option(False, "--apply", help="Put what is proposed in force."),
    forget: bool = typer.Option(False, "--forget", help="Back to the city's own speeds."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """What recorded arrivals say of the speeds by class of road and band of hours. Shows; changes
    nothing without --apply or --forget.

    Exit codes: 0 done, 1 there is no imported road net.
    """
    import asyncio
    from dataclasses import asdict

    from core.db import Database
    from core.errors import Unavailable
    from core.words import t
    from geo.roads import learned
    from siponcega import instance, prepared, speeds

    if apply and forget:
        say("siponcega: pilih satu: --apply atau --forget")
        raise typer.Exit(1)

    async def run(settings: Settings) -> tuple[Study, int]:
        db = await Database.open(settings)
        try:
            if forget:
                async with db.tx() as tx:
                    await learned.forget(tx)
            found = await speeds.study(db, settings, days, min_n)
            if not apply:
                return found, 0
            async with db.tx() as tx:
                return found, await speeds.apply(tx, found)
        finally:
            await db.close()

    try:
        with instance.servers() as settings:
            prepared.migrate(settings.database_url, say)
            found, applied = asyncio.run(run(settings))
    except Unavailable as error:
        say(f"siponcega: {t(error.message, **error.params)}")
        raise typer.Exit(1) from None
    if as_json:
        rows = [asdict(line) for line in found.lines]
        emit({"used": found.used, "left_out": found.left_out, "speeds": rows, "applied": applied})
        return
    _show(found, min_n)
    if apply:
        typer.echo(f"{applied} baris berlaku sekarang.")
    elif any(line.proposed_factor is not None for line in found.lines):
        typer.echo("Belum ada yang diubah. Berlakukan: siponcega geo speeds --apply")


def _show(found: Study, min_n: int) -> None:
    typer.echo(f"{found.used} kedatangan dipakai.")
    for reason, n in found.left_out.items():
        typer.echo(f"  {n:5} tidak dipakai: {WHY[reason]}")
    if not found.lines:
        return
    typer.echo(f"{'jam':14}{'jalan':16}{'n':>5}  {'sekarang':>16}  {'usulan':>16}")
    for line in found.lines:
        now = f"{line.present_kmh:.0f} km/j (×{line.present_factor:.2f})"
        then = f"kurang dari {min_n}"
        if line.proposed_factor is not None:
            then = f"{line.proposed_kmh:.0f} km/j (×{line.proposed_factor:.2f})"
        hours = f"{line.band} {HOURS[line.band]}"
        typer.echo(f"{hours:14}{line.road:16}{line.n:>5}  {now:>16}  {then:>16}")
