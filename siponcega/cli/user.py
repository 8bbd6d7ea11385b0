"""user add | list | link | staff | disable | enable | role | sessions | token"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from siponcega.cli.output import emit, say

if TYPE_CHECKING:
    from core.db import Row, Tx
    from core.settings import Settings

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    help="Accounts: who may sign in, and as what.",
    epilog="Example: siponcega user add budi --name 'Budi' --role operator",
)


def register(root: typer.Typer) -> None:
    root.add_typer(app, name="user")


def run(work: Callable[[Tx, Settings], Awaitable[T]]) -> T:
    """Run `work` in one transaction of the instance; a refusal is one sentence and exit code 1."""
    from core.db import Database
    from core.errors import Problem
    from core.words import t
    from siponcega import instance

    async def once(settings: Settings) -> T:
        db = await Database.open(settings)
        try:
            async with db.tx() as tx:
                return await work(tx, settings)
        finally:
            await db.close()

    with instance.servers() as settings:
        try:
            return asyncio.run(once(settings))
        except Problem as problem:
            say("siponcega: " + t(problem.message, "en", **problem.params))
            raise typer.Exit(1) from problem


async def account_of(tx: Tx, login: str) -> Row:
    """The account row of a login. Raises NotFound."""
    from core.accounts import accounts
    from core.errors import NotFound

    row = await accounts.find(tx, login)
    if row is None:
        raise NotFound("Tidak ada akun bernama {login}.", login=login)
    return row


async def invite(tx: Tx, settings: Settings, account_id: int, purpose: str) -> str:
    """The address of a fresh one-time link."""
    from core.accounts import accounts

    token = await accounts.make_link(tx, account_id, purpose)
    return f"{settings.public_url.rstrip('/')}/tautan/{token}"


@app.command(
    epilog="Example: siponcega user add budi --name 'Budi' --role operator",
    short_help="Make an account; prints its one-time link.",
)
def add(
    login: str,
    name: str = typer.Option(..., help="Name shown on screens."),
    role: str = typer.Option(
        ...,
        help="operator, supervisor, petugas (crews), opd (office staff), admin, auditor, lurah, "
        "kepling, warga, or service (a machine).",
    ),
    agency: str = typer.Option("", help="Code of the agency, e.g. DAMKAR (petugas and opd)."),
    staff: str = typer.Option("", help="Who it is: the code in the agency's staff list."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Make an account and print the one-time link that sets its password (72 hours).

    A crew works on /petugas when its account says who it is (--agency and --staff).
    """
    from core.access import ROLES
    from core.accounts import accounts

    if role not in ROLES:
        raise typer.BadParameter(f"one of: {', '.join(ROLES)}", param_hint="--role")
    if staff and not agency:
        raise typer.BadParameter("needs --agency too", param_hint="--staff")

    async def work(tx: Tx, settings: Settings) -> str:
        agency_id = await agency_named(tx, agency) if agency else None
        account_id = await accounts.add(tx, login, name, role, agency_id=agency_id)
        if staff:
            await name_staff(tx, account_id, agency, staff)
        return "" if role == "service" else await invite(tx, settings, account_id, "invite")

    link = run(work)
    if as_json:
        emit({"login": login, "role": role, "link": link or None})
    elif link:
        typer.echo(link)
        say("Hand this link over privately; it works once.")
    else:
        say(f"made; give it a token with: siponcega user token {login}")


async def agency_named(tx: Tx, code: str) -> int:
    """The id of an agency by its code. Raises NotFound."""
    from core.errors import NotFound

    agency_id: int | None = await tx.fetchval("SELECT id FROM agency WHERE code = $1", code)
    if agency_id is None:
        raise NotFound("Tidak ada OPD dengan kode {code}.", code=code)
    return agency_id


async def name_staff(tx: Tx, account_id: int, agency: str, code: str) -> None:
    """Say that an account is this member of an agency's staff, and nobody else.

    Raises NotFound for an unknown agency or code.
    """
    from core.errors import NotFound

    agency_id = await agency_named(tx, agency)
    await tx.execute("UPDATE staff SET account_id = NULL WHERE account_id = $1", account_id)
    named = await tx.fetchval(
        "UPDATE staff SET account_id = $1 WHERE agency_id = $2 AND code = $3 RETURNING id",
        account_id,
        agency_id,
        code,
    )
    if named is None:
        raise NotFound("Tidak ada petugas {code} di OPD {agency}.", code=code, agency=agency)


@app.command(
    epilog="Example: siponcega user staff p01 --agency DAMKAR --code P01",
    short_help="Say which member of the staff an account is.",
)
def staff(
    login: str,
    agency: str = typer.Option(..., help="Code of the agency, e.g. DAMKAR."),
    code: str = typer.Option(..., help="The person's code in that agency's staff list."),
) -> None:
    """Say which member of the staff an account is, so that /petugas knows their unit."""

    async def work(tx: Tx, _settings: Settings) -> None:
        await name_staff(tx, (await account_of(tx, login))["id"], agency, code)

    run(work)
    say(f"{login} is {code} of {agency} now")


@app.command("list", epilog="Example: siponcega user list --json")
def list_users(as_json: bool = typer.Option(False, "--json", help="Answer as JSON.")) -> None:
    """Every account with its role and its second factor."""
    from core.accounts import accounts

    async def work(tx: Tx, _settings: Settings) -> list[dict[str, object]]:
        return [dict(row) for row in await accounts.list_all(tx)]

    rows = run(work)
    if as_json:
        emit(rows)
        return
    for row in rows:
        state = "disabled" if row["disabled_at"] else "demo" if row["demo"] else ""
        factor = "2 factors" if row["second_factor"] else ""
        typer.echo(f"{row['login']!s:<20} {row['role']!s:<12} {factor:<10} {state}".rstrip())


@app.command(
    epilog="Example: siponcega user link budi", short_help="Print a link for a new password."
)
def link(login: str) -> None:
    """Print a one-time link that resets password and second factor (2 hours)."""

    async def work(tx: Tx, settings: Settings) -> str:
        account = await account_of(tx, login)
        return await invite(tx, settings, account["id"], "reset")

    typer.echo(run(work))


@app.command(epilog="Example: siponcega user disable budi")
def disable(login: str) -> None:
    """Shut an account: its sessions and tokens end at once."""
    from core.accounts import accounts

    async def work(tx: Tx, _settings: Settings) -> None:
        await accounts.disable(tx, (await account_of(tx, login))["id"])

    run(work)
    say(f"{login} is disabled")


@app.command(epilog="Example: siponcega user enable budi")
def enable(login: str) -> None:
    """Open a disabled account again."""
    from core.accounts import accounts

    async def work(tx: Tx, _settings: Settings) -> None:
        await accounts.enable(tx, (await account_of(tx, login))["id"])

    run(work)
    say(f"{login} is enabled")


@app.command(epilog="Example: siponcega user role budi supervisor")
def role(
    login: str,
    role: str,
    agency: str = typer.Option("", help="Code of the agency (petugas and opd)."),
) -> None:
    """Change what an account may; it has to sign in again."""
    from core.access import ROLES
    from core.accounts import accounts

    if role not in ROLES:
        raise typer.BadParameter(f"one of: {', '.join(ROLES)}")

    async def work(tx: Tx, _settings: Settings) -> None:
        agency_id = await agency_named(tx, agency) if agency else None
        await accounts.set_role(tx, (await account_of(tx, login))["id"], role, agency_id)

    run(work)
    say(f"{login} is {role} now")


@app.command(epilog="Example: siponcega user sessions budi --end")
def sessions(
    login: str,
    end: bool = typer.Option(False, help="End all of them now."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Where an account is signed in."""
    from core.accounts import sessions as living

    async def work(tx: Tx, _settings: Settings) -> list[dict[str, object]]:
        account = await account_of(tx, login)
        rows = [dict(row) for row in await living.list_sessions(tx, account["id"])]
        if end:
            await living.revoke(tx, account["id"], reason="ended_by_admin")
        return rows

    rows = run(work)
    if as_json:
        emit(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']}  {row['label']}  last seen {row['seen_at']}")
    say(f"{len(rows)} session(s){' ended' if end else ''}")


@app.command(epilog="Example: siponcega user token traccar --label 'GPS armada' --days 365")
def token(
    login: str,
    label: str = typer.Option("", help="What it is for."),
    days: int = typer.Option(365, min=1, max=3650, help="How long it works."),
    revoke: bool = typer.Option(False, help="End all tokens of the account instead."),
) -> None:
    """Make a bearer token for a machine (role service); shown once."""
    from core.accounts import accounts

    async def work(tx: Tx, _settings: Settings) -> str:
        account = await account_of(tx, login)
        if revoke:
            await accounts.revoke_api_tokens(tx, account["id"])
            return ""
        return await accounts.make_api_token(tx, account["id"], label, days=days)

    made = run(work)
    if made:
        typer.echo(made)
    else:
        say("all tokens of the account ended")
