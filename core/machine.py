"""The one mechanism that changes a state: a guarded UPDATE and one event, or a refusal.

A machine is a table (`states.py` of its room): which state may follow which. `move` applies one move
to one row under any concurrency: the UPDATE names the states it may leave, so the row lock decides a
race and the loser is told the present state and what would be legal (invariant 4). Repeating the
present state changes nothing and writes nothing. Skipped steps along `chain` are back-filled: one
event each, marked, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from core.db import Row, Tx
from core.errors import IllegalMove, NotFound
from core.events.kinds import KINDS, Audience
from core.events.log import append


@dataclass(frozen=True)
class Machine:
    """States and moves of one kind of row.

    moves: state -> states that may follow. A state with no moves is final.
    chain: the forward order in which skipped steps may be back-filled (empty: none may).
    stamps: state -> column that takes the database's time when the state is entered.
    internal: target states that only the mechanism's own callers set (computed ones), never asked
        for from outside; they are left out of the legal moves named in a refusal.
    id_field: the payload field that carries the row's id.
    """

    name: str
    table: str
    moves: Mapping[str, tuple[str, ...]]
    id_field: str
    column: str = "state"
    chain: tuple[str, ...] = ()
    stamps: Mapping[str, str] = field(default_factory=dict)
    internal: frozenset[str] = frozenset()
    versioned: bool = True

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self.moves)

    def sources(self, to: str) -> tuple[str, ...]:
        """States from which `to` is one legal move away."""
        return tuple(state for state, targets in self.moves.items() if to in targets)

    def legal(self, state: str) -> tuple[str, ...]:
        """What a person may ask for from `state`, back-filled targets included."""
        direct = [to for to in self.moves[state] if to not in self.internal]
        filled = [to for to in self.chain if to not in direct and self.path(state, to)]
        return (*direct, *filled)

    def path(self, state: str, to: str) -> tuple[str, ...]:
        """The steps from `state` to `to`: one direct move, or the fewest forward along the chain.

        Empty when there is no legal way.
        """
        if to in self.moves[state]:
            return (to,)
        if state not in self.chain or to not in self.chain:
            return ()
        order = {name: number for number, name in enumerate(self.chain)}
        ways: list[tuple[str, ...]] = [()]
        for way in ways:  # breadth first: `ways` grows while it is walked
            at = way[-1] if way else state
            for step in self.moves[at]:
                if order[at] < order.get(step, -1) <= order[to]:
                    if step == to:
                        return (*way, to)
                    ways.append((*way, step))
        return ()


@dataclass(frozen=True, slots=True)
class Moved:
    """The row as it stands, whether this call changed it, and the steps it took."""

    row: Row
    changed: bool
    steps: tuple[str, ...] = ()
    was: str = ""


async def move(
    tx: Tx,
    machine: Machine,
    row_id: int,
    to: str,
    *,
    values: Mapping[str, Any] | None = None,
    only_from: Iterable[str] | None = None,
    payload: Mapping[str, Any] | None = None,
    incident_id: int | None = None,
    audience: Audience | None = None,
    agencies: Iterable[int] = (),
    reason: str | None = None,
    source: str | None = None,
    device_at: datetime | None = None,
    kind: str | None = None,
) -> Moved:
    """Bring row `row_id` to state `to`, writing one event `<machine>.<state>` per step.

    values: further columns to set with the move. only_from: narrows the legal sources.
    incident_id: defaults to the row's own `incident_id` column, if it has one.
    kind: another name for the last step's event (e.g. "incident.reopened" for closed -> open).
    Raises NotFound, or IllegalMove naming the state and the legal moves.
    """
    row = await tx.fetchrow(f"SELECT * FROM {machine.table} WHERE id = $1 FOR UPDATE", row_id)
    if row is None:
        raise NotFound
    state: str = row[machine.column]
    if state == to and to not in machine.moves[state]:
        return Moved(row, False, was=state)
    steps = machine.path(state, to)
    if not steps or (only_from is not None and state not in set(only_from)):
        legal = tuple(name for name in machine.legal(state) if name != to)
        raise IllegalMove(machine.name, state, to, legal)
    row = await _write(tx, machine, row_id, state, steps, dict(values or {}))
    at = state
    for step in steps:
        backfilled = step != to
        fields: dict[str, Any] = {machine.id_field: row_id, "from": at, **(payload or {})}
        if reason is not None and not backfilled:
            fields["reason"] = reason
        if source is not None:
            fields["source"] = source
        if backfilled:
            fields["backfilled"] = True
        named = f"{machine.name}.{step}" if backfilled or kind is None else kind
        await append(
            tx,
            named,
            msgspec.convert(_filled(named, fields, row), KINDS[named].payload),
            incident_id=incident_id if incident_id is not None else _get(row, "incident_id"),
            subject=(machine.name, row_id),
            audience=audience,
            agencies=agencies,
            device_at=device_at,
        )
        at = step
    return Moved(row, True, steps, was=state)


async def _write(
    tx: Tx,
    machine: Machine,
    row_id: int,
    state: str,
    steps: tuple[str, ...],
    values: dict[str, Any],
) -> Row:
    sets, args = [f"{machine.column} = $3"], [row_id, state, steps[-1]]
    for step in steps:
        stamp = machine.stamps.get(step)
        if stamp and stamp not in values:
            sets.append(f"{stamp} = clock_timestamp()")
    for column, value in values.items():
        args.append(value)
        sets.append(f"{column} = ${len(args)}")
    if machine.versioned:
        sets.append("version = version + 1")
    row = await tx.fetchrow(
        f"UPDATE {machine.table} SET {', '.join(sets)} "
        f"WHERE id = $1 AND {machine.column} = $2 RETURNING *",
        *args,
    )
    assert row is not None, "the row is locked: nobody else can have moved it"
    return row


def _filled(kind: str, fields: dict[str, Any], row: Row) -> dict[str, Any]:
    """Add the payload's ids that stand on the row itself (incident, unit, code …)."""
    wanted = KINDS[kind].payload.__struct_fields__
    for name in wanted:
        if name not in fields and name.endswith(("_id", "_code", "code", "trip", "round")):
            value = _get(row, name)
            if value is not None:
                fields[name] = value
    return fields


def _get(row: Row, column: str) -> Any:
    return row[column] if column in row else None  # noqa: SIM401 (a Record has no such get)
