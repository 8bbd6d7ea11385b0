"""Log-ins of a demo: random passwords per instance, without second factor, refused in production."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.accounts import accounts
from core.db import Tx

FILE_NAME = "demo-logins.json"
# Short words that are easy to type from a screen; five and a number give about 33 bits, enough for
# a demo on loopback.
_WORDS = (
    "air api batu bulan bunga daun gunung hujan ikan jalan kaki kapal kebun kuda laut madu "
    "malam nasi padi pagi pasir pintu pohon rumah sawah siang sungai surya tali tanah teh "
    "tiang topi tugu udang ular umbi wangi warna zaitun"
)
WORDS = _WORDS.split()


@dataclass(frozen=True, slots=True)
class DemoAccount:
    login: str
    name: str
    role: str
    agency_id: int | None = None


DESK_ACCOUNTS = (
    DemoAccount("operator", "Operator (contoh)", "operator"),
    DemoAccount("supervisor", "Supervisor (contoh)", "supervisor"),
    DemoAccount("admin", "Admin (contoh)", "admin"),
    DemoAccount("auditor", "Auditor (contoh)", "auditor"),
)


async def make_demo_accounts(
    tx: Tx, home: Path, wanted: Sequence[DemoAccount] = DESK_ACCOUNTS
) -> list[tuple[str, str, str]]:
    """(login, password, role) of each; made on the first call, read from `home` afterwards.

    Passwords lie in `home`/demo-logins.json, mode 0600. An account that exists without its line in
    the file gets a new password.
    """
    path = home / FILE_NAME
    kept: dict[str, str] = {}
    if path.exists():
        kept = {row["login"]: row["password"] for row in json.loads(path.read_text("utf-8"))}
    made = []
    for person in wanted:
        login = accounts.spell_login(person.login)
        row = await accounts.find(tx, login)
        password = kept.get(login) or new_password()
        if row is None:
            await accounts.add(
                tx,
                login,
                person.name,
                person.role,
                agency_id=person.agency_id,
                password=password,
                demo=True,
            )
        elif login not in kept:
            await accounts.set_password(tx, row["id"], password)
        made.append((login, password, person.role))
    _write(path, [{"login": a, "password": b, "role": c} for a, b, c in made])
    return made


def new_password() -> str:
    """Five random words and a number, e.g. 'padi-tugu-hujan-kuda-teh-47'."""
    words = [secrets.choice(WORDS) for _ in range(5)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(rows, file, indent=1)
    fresh.replace(path)
