"""replay list, replay events, replay delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, TypeVar

import typer

from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from core.context import Context
    from core.db import Row
    from core.settings import Settings
    from siponcega.worker import WorkerContext

T = TypeVar("T")
C = TypeVar("C")

group = typer.Typer(
    help="Do again what failed: events nobody could handle, messages that did not get through.",
    no_args_is_help=True,
    epilog="Example: siponcega replay list --json",
)

JSON = "Answer as JSON."


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="replay", short_help="Do events and messages again that failed.")


@group.command("list", epilog="Example: siponcega replay list --json")
def list_failures(as_json: bool = typer.Option(False, "--json", help=JSON)) -> None:
    """The events that a consumer could not handle, oldest first. Exit code 3 when there are any."""
    from core.context import open_context
    from core.events import failures

    async def work(context: Context) -> list[Row]:
        async with context.db.read() as tx:
            return await failures.unresolved(tx)

    rows = run(work, open_context)
    if as_json:
        emit([dict(row) for row in rows])
    else:
        for row in rows:
            typer.echo(
                f"event {row['event_id']:<8} {row['kind']:<26} {row['consumer']:<20} "
                f"{row['error']:<20} {row['at']:%Y-%m-%d %H:%M:%S}"
            )
        say(f"{len(rows)} event(s) set aside" if rows else "nothing is set aside")
    raise typer.Exit(ATTENTION if rows else 0)


@group.command(
    epilog="Example: siponcega replay events --consumer notifier.outbox",
    short_help="Hand events that were set aside over again.",
)
def events(
    consumer: str = typer.Option("", help="Only this consumer's."),
    event: int = typer.Option(0, help="Only this event (its id)."),
    as_json: bool = typer.Option(False, "--json", help=JSON),
) -> None:
    """Hand the events that were set aside to their consumer again; what succeeds is resolved.

    Mend the cause first (the worker's log names it). Old messages do not go out late: each keeps its
    expiry. Exit codes: 0 all resolved or none there, 3 some failed again.
    """
    from core.events import failures
    from siponcega import worker

    async def work(context: WorkerContext) -> list[dict[str, object]]:
        known = {one.name: one for one in worker.consumers_of(context)}
        async with context.db.read() as tx:
            rows = await failures.unresolved(tx, consumer or None, event or None)
        done = []
        for row in rows:
            one = known.get(row["consumer"])
            error = (
                await failures.handle_again(context.db, one, row["id"])
                if one is not None
                else "no such consumer any more"
            )
            done.append(
                {
                    "event_id": row["event_id"], "kind": row["kind"],
                    "consumer": row["consumer"], "resolved": error is None, "error": error,
                }
            )  # fmt: skip
        return done

    found = run(work, worker.opened)
    failed = [one for one in found if not one["resolved"]]
    if as_json:
        emit(found)
    else:
        for one in found:
            mark = "ok  " if one["resolved"] else "FAIL"
            typer.echo(f"{mark}  event {one['event_id']:<8} {one['kind']:<26} {one['consumer']}")
            if one["error"]:
                typer.echo(f"      {one['error']}")
        say(f"{len(found) - len(failed)} resolved, {len(failed)} failed again")
    raise typer.Exit(ATTENTION if failed else 0)


@group.command(
    epilog="Example: siponcega replay delivery 1520", short_help="Send a failed message again."
)
def delivery(
    delivery_id: int = typer.Argument(help="Number of a failed, expired or cancelled message."),
    as_json: bool = typer.Option(False, "--json", help=JSON),
) -> None:
    """Send a message that did not get through again, as a new one; the old keeps its truth.

    Exit codes: 0 queued (the worker sends it), 1 it may have got through, is gone, or was sent again.
    """
    from core.context import open_context
    from core.errors import Problem
    from core.words import t
    from notifier import replay
    from notifier.sender import BELL

    async def work(context: Context) -> int:
        async with context.db.tx() as tx:
            made = await replay.by_hand(tx, delivery_id)
            tx.after_commit(lambda: context.bell.ring(BELL))
        return made

    try:
        made = run(work, open_context)
    except Problem as problem:
        say("siponcega: " + t(problem.message, "en", **problem.params))
        raise typer.Exit(1) from problem
    if as_json:
        emit({"delivery_id": made, "replay_of": delivery_id})
    else:
        typer.echo(f"queued as delivery {made}")


def run(
    work: Callable[[C], Awaitable[T]],
    connect: Callable[[Settings], AbstractAsyncContextManager[C]],
) -> T:
    from core import words
    from siponcega import instance
    from siponcega.environment import ROOT

    words.load_all(ROOT)

    async def once(settings: Settings) -> T:
        async with connect(settings) as context:
            return await work(context)

    with instance.servers() as settings:
        return asyncio.run(once(settings))
