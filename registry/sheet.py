"""The shape of an import file: its columns, what makes a row the same row, how it is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from core.db import Tx
from core.privacy import Vault
from registry.cells import Reader

Outcome = Literal["created", "updated", "unchanged"]
Values = dict[str, Any]


class BadRow(Exception):
    """A row that cannot be saved; names the column and what to do."""

    def __init__(self, column: str, advice: str) -> None:
        super().__init__(advice)
        self.column = column
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Column:
    """`name` and `aliases` are accepted headers (case, spaces and underscores do not matter).

    The text of a `private` column is never repeated in the report. `cleared` is what `-` means.
    """

    name: str
    read: Reader
    about: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    private: bool = False
    cleared: Any = None


@dataclass(frozen=True, slots=True)
class Saving:
    """What saving a row needs besides its values."""

    tx: Tx
    vault: Vault
    example: bool


Save = Callable[[Saving, Values], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of file. `key` names the columns that make two rows the same thing."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    save: Save

    def column_for(self, header: str) -> Column | None:
        """The column a header means, or None."""
        wanted = _plain(header)
        for column in self.columns:
            if wanted in {_plain(name) for name in (column.name, *column.aliases)}:
                return column
        return None


def combined(*outcomes: Outcome) -> Outcome:
    """Of one row saved in several tables.

    >>> combined("unchanged", "updated"), combined("created", "created"), combined("unchanged")
    ('updated', 'created', 'unchanged')
    """
    if "created" in outcomes[:1]:
        return "created"
    return "unchanged" if all(outcome == "unchanged" for outcome in outcomes) else "updated"


def _plain(header: str) -> str:
    return "".join(letter for letter in header.lower() if letter.isalnum())
