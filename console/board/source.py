"""The hub's source: batches of the log dressed with present rows, and snapshots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from console.board import masks, queries, rows
from console.board.rows import Row
from console.board.touched import Touched, by
from console.hub import frames
from console.hub.visibility import reduced_payload
from core.db import Database, Tx
from core.events import Event, head, read
from core.privacy import Vault
from dispatch.states import INCIDENT_LIVE

ENDS_SESSIONS = ("account.revoked", "account.logout", "account.changed")


class BoardSource:
    """Reads only. `on_accounts` is called when the log says that an account or session changed."""

    def __init__(self, db: Database, vault: Vault, on_accounts: Callable[[], None]) -> None:
        self._db = db
        self._vault = vault
        self._on_accounts = on_accounts

    async def head(self) -> int:
        async with self._db.read() as tx:
            return await head(tx)

    async def read(self, after: int, until: int | None, limit: int) -> BoardBatch | None:
        """Events after `after` up to `until` with the rows they touched; None when none."""
        async with self._db.read() as tx:
            events = await read(tx, after, limit)
            if until is not None:
                events = [event for event in events if (event.position or 0) <= until]
            if not events:
                return None
            if any(event.kind in ENDS_SESSIONS for event in events):
                self._on_accounts()
            board = await self._dress(tx, [e for e in events if e.audience != "internal"])
        return BoardBatch(events, board)

    async def _dress(self, tx: Tx, events: Sequence[Event]) -> Board:
        touched = Touched()
        for event in events:
            touched.add(by(event))
        board = Board()
        if touched.units or touched.assignments:
            await self._units(tx, board, touched)
            # Whether a unit's place may be shown hangs on the incident it is on.
            touched.incidents |= {
                row["incident_id"] for row in board.units.values() if row["incident_id"]
            }
        if touched.incidents:
            for record in await tx.fetch(queries.INCIDENTS_BY_ID, list(touched.incidents)):
                board.incidents[record["id"]] = rows.incident(record)
        if touched.reports:
            for record in await tx.fetch(queries.REPORTS_BY_ID, list(touched.reports)):
                board.reports[record["id"]] = rows.report(record, self._vault)
        if touched.calls:
            for record in await tx.fetch(queries.CALLS_BY_ID, list(touched.calls)):
                board.calls[record["id"]] = rows.call(record, self._vault)
        return board

    async def _units(self, tx: Tx, board: Board, touched: Touched) -> None:
        found = await tx.fetch(queries.UNITS_BY_ID, list(touched.units), list(touched.assignments))
        for record in found:
            board.units[record["id"]] = rows.unit(record)
            board.unit_of.setdefault(record["assignment_id"], record["id"])

    async def snapshot(self, view: str) -> tuple[int, bytes]:
        """(position it is true at, frame). One consistent look: position and rows together."""
        async with (
            self._db.read() as tx,
            tx.conn.transaction(isolation="repeatable_read", readonly=True),
        ):
            cursor = await head(tx)
            incidents = [rows.incident(r) for r in await tx.fetch(queries.INCIDENTS_ON_BOARD)]
            board = {
                "incidents": incidents,
                "units": [rows.unit(r) for r in await tx.fetch(queries.UNITS_ON_BOARD)],
                "reports": [
                    rows.report(r, self._vault) for r in await tx.fetch(queries.REPORTS_ON_BOARD)
                ],
                "calls": [
                    rows.call(r, self._vault) for r in await tx.fetch(queries.CALLS_ON_BOARD)
                ],
            }
        shown = masks.board(view, board, {row["id"]: row for row in incidents})
        shown["incidents"] = [row for row in shown["incidents"] if "gone" not in row]
        shown["attention"] = [entry for row in shown["incidents"] for entry in row["attention"]]
        return cursor, frames.snapshot(cursor, datetime.now(UTC), shown)


class Board:
    """Present rows by kind and id, as the desk sees them."""

    def __init__(self) -> None:
        self.incidents: dict[int, Row] = {}
        self.reports: dict[int, Row] = {}
        self.units: dict[int, Row] = {}
        self.calls: dict[int, Row] = {}
        self.unit_of: dict[int | None, int] = {}


class BoardBatch:
    """Events in order with the rows they touched; `frames` cuts them for a class."""

    def __init__(self, events: Sequence[Event], board: Board) -> None:
        self.events = events
        self._board = board
        self.last = events[-1].position or 0

    def frames(self, view: str) -> list[bytes]:
        """A row touched several times in the batch travels once, with the last event of those."""
        seen = [event for event in self.events if event.visible_to(view)]
        carried: list[Touched] = []
        later = Touched()
        for event in reversed(seen):
            touched = self._named(by(event))
            carried.append(touched.without(later))
            later.add(touched)
        carried.reverse()
        return [self._frame(view, event, rows) for event, rows in zip(seen, carried, strict=True)]

    def _named(self, touched: Touched) -> Touched:
        """Units that an event names only by their assignment."""
        for assignment_id in touched.assignments:
            if assignment_id in self._board.unit_of:
                touched.units.add(self._board.unit_of[assignment_id])
        return touched

    def _frame(self, view: str, event: Event, carried: Touched) -> bytes:
        incident = self._board.incidents.get(
            event.incident_id or event.payload.get("incident_id") or 0
        )
        payload = event.payload
        if masks.conceals(view, incident):
            payload = reduced_payload(payload)
        assert event.position is not None  # sealed, or it would not have been read
        return frames.event(
            cursor=event.position,
            kind=event.kind,
            at=event.at,
            incident_id=event.incident_id,
            subject=(event.subject_type, event.subject_id),
            payload=payload,
            rows=self._rows(view, carried),
        )

    def _rows(self, view: str, carried: Touched) -> dict[str, list[Row]]:
        board = self._board
        shown = masks.board(
            view,
            {
                "incidents": _pick(board.incidents, carried.incidents),
                "reports": _pick(board.reports, carried.reports),
                "units": _pick(board.units, carried.units),
                "calls": _pick(board.calls, carried.calls),
            },
            board.incidents,
        )
        shown["incidents"] = [
            row if row.get("state") in INCIDENT_LIVE else rows.gone(row["id"])
            for row in shown["incidents"]
        ]
        shown["reports"] = [
            row if row["handling"] == "new" else rows.gone(row["id"]) for row in shown["reports"]
        ]
        shown["calls"] = [row if row["waiting"] else rows.gone(row["id"]) for row in shown["calls"]]
        return {kind: some for kind, some in shown.items() if some}


def _pick(known: dict[int, Row], ids: Iterable[int]) -> list[Row]:
    return [known[row_id] for row_id in sorted(ids) if row_id in known]
