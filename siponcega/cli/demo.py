"""demo traffic, demo flood."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from core.settings import Settings

group = typer.Typer(
    help="Make a demo live: example callers and crews.",
    no_args_is_help=True,
    epilog="Example: siponcega demo traffic --speed 60 --hours 12 --seed 7",
)

WORDS = {
    "contacts": "contacts", "real": "  of them real", "noise": "  of them noise",
    "1": "crews took a job", "2": "crews declined", "3": "crews set out", "4": "crews arrived",
    "5": "crews finished",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="demo")


@group.command(epilog="Example: siponcega demo traffic --speed 60 --hours 12 --seed 7")
def traffic(
    speed: float = typer.Option(60.0, min=1, max=600, help="How many times as fast as life."),
    hours: float = typer.Option(24.0, min=0.1, max=240, help="How much of a day, from now on."),
    seed: int = typer.Option(0, help="The same number plays the same day [default: any]."),
    gentle: bool = typer.Option(
        False, help="For ever, one contact about every 35 s, one in four real (as in make run)."
    ),
    port: int = typer.Option(0, help="Port of the running demo [default: found by its home]."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Play a believable day against the running demo, over its own API, on this machine only.

    About a hundred contacts a day, twenty of noise to one that is real, by app, SMS and telephone.
    Example crews answer on the simulated handsets (DMK1 and AMB1 are left to you); a colleague at
    the desk does what nobody else has done. Everything is made up and marked contoh. Ctrl-C ends it.
    Exit codes: 0 played, 1 nothing to play with (no running demo here).
    """
    import asyncio
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from core import logs
    from siponcega.demo import day, pace
    from siponcega.demo.traffic import play

    settings = running_demo(port)
    logs.configure(settings.log_level, settings.log_file)
    chance = seed or None
    if gentle:
        plan, how = day.gentle(chance), pace.GENTLE
    else:
        hour = datetime.now(ZoneInfo(settings.timezone)).hour
        plan = day.played(start_hour=hour, hours=hours, speed=speed, seed=chance)
        how = pace.at_speed(speed)
        say(f"{hours:g} h of a made-up day in {hours * 60 / speed:.0f} min; Ctrl-C ends it")
    counted = asyncio.run(play(settings, plan, how, chance))
    if as_json:
        emit({WORDS.get(name, name).strip(): count for name, count in counted.items()})
    else:
        table({words: counted[name] for name, words in WORDS.items()})


@group.command(epilog="Example: siponcega demo flood --minutes 3 --json")
def flood(
    minutes: float = typer.Option(5.0, min=0.2, max=120, help="Minutes that the night takes."),
    contacts: int = typer.Option(220, min=150, max=300, help="How many contacts."),
    seed: int = typer.Option(0, help="The same number plays the same night [default: any]."),
    port: int = typer.Option(0, help="Port of the running demo [default: found by its home]."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Let the river come: warnings from upstream, the weir, water in houses, people trapped.

    The kelurahan that reports since 2017 name most often are hit hardest; many report twice. Prints
    what the system made of it. Everything is made up and marked contoh. Ctrl-C ends it early.
    Exit codes: 0 all contacts are kept, 3 some are missing, 1 nothing to play with.
    """
    import asyncio

    import msgspec

    from siponcega import instance
    from siponcega.demo.flood_night import play

    here = running_demo(port)
    settings = instance.find().model_copy(update={"port": here.port})
    say(f"a flood night in {minutes:g} min, {contacts} contacts; watch /konsol")
    found = asyncio.run(play(settings, minutes, contacts, seed or None, say))
    if as_json:
        emit(msgspec.to_builtins(found))
    else:
        table(
            {
                "contacts sent": found.sent,
                "contacts kept": found.contacts,
                "incidents opened": found.incidents,
                "reports that joined one": found.joined,
                "reports still in the queue": found.waiting,
                "units that got an offer": found.units_offered,
                "units that were sent": found.units_sent,
                "jobs taken": found.jobs_taken,
                "units wanted and not to be had": found.unmet,
                **{f"  {name}": n for name, n in found.unmet_by_capability.items()},
            }
        )
    raise typer.Exit(ATTENTION if found.contacts < found.sent else 0)


def running_demo(port: int) -> Settings:
    """Settings that point at the instance of this home which runs now."""
    from core.settings import get_settings
    from siponcega import address

    found = port or (
        address.find(Path(os.environ["SIPONCEGA_HOME"]))
        if "SIPONCEGA_PORT" not in os.environ
        else None
    )
    settings = get_settings()
    return settings.model_copy(update={"port": found}) if found else settings


def table(rows: Mapping[str, object]) -> None:
    width = max(len(name) for name in rows)
    for name, value in rows.items():
        typer.echo(f"{name:<{width}}  {value!s:>6}")
