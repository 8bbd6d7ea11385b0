"""Rows as JSON for the API. Personal parts are decrypted only where the caller is the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.access import SEES_ALL
from core.actor import Actor
from core.db import Row, Tx
from core.privacy import Vault, mask_phone

INCIDENT = """
SELECT i.*, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat, coalesce(t.name, k.name) AS taken_by_name,
    (SELECT count(*) FROM report r WHERE r.incident_id = i.id)::int AS report_count,
    (SELECT jsonb_agg(jsonb_build_object('id', n.id, 'capability', n.capability, 'count', n.count,
        'alarm_level', n.alarm_level, 'waived', n.waived_at IS NOT NULL, 'waive_reason',
        n.waive_reason) ORDER BY n.id) FROM need n WHERE n.incident_id = i.id) AS needs
FROM incident i LEFT JOIN account t ON t.id = i.taken_by
LEFT JOIN staff k ON k.id = i.taken_by_staff
"""

INCIDENT_BY_ID = INCIDENT + "WHERE i.id = $1"

INCIDENT_LIST = (
    INCIDENT
    + """
WHERE i.id < $1 AND ($2::text[] IS NULL OR i.state = ANY ($2))
  AND ($3::bigint IS NULL OR (NOT i.hidden OR EXISTS (
       SELECT FROM assignment a JOIN unit u ON u.id = a.unit_id
       WHERE a.incident_id = i.id AND a.clock_round = i.clock_round AND u.agency_id = $3)))
ORDER BY i.id DESC LIMIT $4
"""
)

ASSIGNMENTS = """
SELECT a.*, u.code AS unit_code, u.name AS unit_name, u.agency_id, s.name AS person
FROM assignment a JOIN unit u ON u.id = a.unit_id LEFT JOIN staff s ON s.id = a.accepted_by
WHERE a.incident_id = $1 ORDER BY a.id
"""

REPORT = """
SELECT r.*, ST_X(r.geom) AS lon, ST_Y(r.geom) AS lat, c.channel, c.received_at, c.claimed_by,
    c.rate_limited, c.key_reused, p.text_enc, p.name_enc, p.place_text_enc, k.phone_enc
FROM report r JOIN contact c ON c.id = r.contact_id
LEFT JOIN report_private p ON p.report_id = r.id
LEFT JOIN contact_private k ON k.contact_id = c.id
"""

REPORT_BY_ID = REPORT + "WHERE r.id = $1"
REPORTS_OF_INCIDENT = REPORT + "WHERE r.incident_id = $1 ORDER BY r.id"
REPORT_LIST = REPORT + "WHERE r.id < $1 AND r.handling = $2 ORDER BY r.id DESC LIMIT $3"

MESSAGES = """
SELECT id, author, text_enc, at FROM report_message WHERE report_id = ANY ($1::bigint[]) ORDER BY id
"""

UNITS = """
SELECT u.*, ST_X(coalesce(u.geom, u.home)) AS lon, ST_Y(coalesce(u.geom, u.home)) AS lat,
    g.code AS agency_code, g.name AS agency, s.name AS station,
    a.id AS assignment_id, a.incident_id, a.state AS assignment_state
FROM unit u JOIN agency g ON g.id = u.agency_id
LEFT JOIN station s ON s.id = u.station_id
LEFT JOIN assignment a ON a.unit_id = u.id AND assignment_is_live(a.state)
WHERE $1::bigint IS NULL OR u.id = $1
ORDER BY u.code
"""

INCIDENT_FIELDS = (
    "id", "code", "type", "priority", "state", "verified", "hidden", "kelurahan_code",
    "kelurahan_alt", "lingkungan", "place_label", "uncertainty_m", "out_of_city", "alarm_level",
    "casualties", "linked_to", "disposition", "merged_into", "taken_by", "taken_by_staff", "taken_by_name",
    "taken_at", "opened_at", "controlled_at", "closed_at", "clock_round", "version", "lon", "lat",
    "report_count",
)  # fmt: skip
ASSIGNMENT_FIELDS = (
    "id", "incident_id", "unit_id", "unit_code", "unit_name", "capability", "state", "code",
    "trip", "auto", "eta_s", "distance_m", "eta_basis", "reason", "person", "reserved_at",
    "offered_at", "expires_at", "delivered_at", "seen_at", "accepted_at", "en_route_at",
    "on_scene_at", "transporting_at", "at_facility_at", "ended_at", "version",
)  # fmt: skip
REPORT_FIELDS = (
    "id", "contact_id", "code", "channel", "handling", "class", "type", "priority",
    "confidence", "reasons", "casualties", "silent", "life_threat", "accuracy_m", "kelurahan_code",
    "kelurahan_alt", "lingkungan", "place_label", "place_basis", "out_of_city", "candidates",
    "incident_id", "asks_incident_id", "created_at", "received_at", "rate_limited", "key_reused",
    "version", "lon", "lat",
)  # fmt: skip
UNIT_FIELDS = (
    "id", "code", "name", "agency_id", "agency", "agency_code", "station", "kind", "vehicle_class",
    "capabilities", "state", "busy", "pending_state", "out_reason", "posting", "position_at",
    "position_source", "accuracy_m", "assignment_id", "incident_id", "assignment_state", "lon",
    "lat", "example", "version",
)  # fmt: skip


def incident(row: Row) -> dict[str, Any]:
    return {**pick(row, INCIDENT_FIELDS), "needs": row["needs"] or []}


def assignment(row: Row) -> dict[str, Any]:
    return pick(row, ASSIGNMENT_FIELDS)


def unit(row: Row) -> dict[str, Any]:
    return pick(row, UNIT_FIELDS)


def report(row: Row, vault: Vault) -> dict[str, Any]:
    """With the words; the number stays masked (unmasking is a call of its own, with a reason)."""
    phone = vault.decrypt_text(row["phone_enc"])
    return {
        **pick(row, REPORT_FIELDS),
        "place_state": row["place"],
        "text": vault.decrypt_text(row["text_enc"]),
        "name": vault.decrypt_text(row["name_enc"]),
        "place_text": vault.decrypt_text(row["place_text_enc"]),
        "phone_masked": mask_phone(phone),
    }


async def incident_page(tx: Tx, vault: Vault, row: Row, who: Actor) -> dict[str, Any]:
    """An incident with its assignments; for the desk with its reports and what people wrote. Persons
    of other agencies are not named, as on the board."""
    desk = who.role in SEES_ALL
    page = incident(row)
    page["assignments"] = [
        {**assignment(r), **({} if desk or r["agency_id"] == who.agency_id else {"person": None})}
        for r in await tx.fetch(ASSIGNMENTS, row["id"])
    ]
    if desk:
        reports = await tx.fetch(REPORTS_OF_INCIDENT, row["id"])
        page["reports"] = [report(r, vault) for r in reports]
        page["messages"] = await messages(tx, vault, [r["id"] for r in reports])
    return page


async def messages(tx: Tx, vault: Vault, report_ids: Iterable[int]) -> list[dict[str, Any]]:
    return [
        {
            "id": row["id"],
            "author": row["author"],
            "text": vault.decrypt_text(row["text_enc"]),
            "at": row["at"],
        }
        for row in await tx.fetch(MESSAGES, list(report_ids))
    ]


def pick(row: Row, fields: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in fields}
