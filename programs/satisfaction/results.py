"""What the survey found: live sums for the office, published revisions for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.db import Row, Tx
from programs.provenance import Provenance
from programs.satisfaction.formula import Result, evaluate, quick_index
from programs.satisfaction.options import Options

METHOD = (
    "PermenPANRB 14/2017: sembilan unsur, bobot 1/9, dikali 25; pecahan tepat, dibulatkan sekali "
    "(setengah ke atas, 2 desimal); mutu dibaca dari nilai konversi"
)
QUICK_LABEL = "Indeks cepat setelah kejadian (bukan IKM)"
QUICK_METHOD = (
    "Rata-rata tiga pertanyaan SMS (waktu U3, sikap U7, hasil U5) dikali 25, 90 hari terakhir; "
    "hanya yang menjawab; bukan IKM"
)
QUICK_DAYS = 90

SUMS = """
SELECT count(*) AS respondents,
       ARRAY[sum(u1), sum(u2), sum(u3), sum(u4), sum(u5), sum(u6), sum(u7), sum(u8), sum(u9)]
           ::bigint[] AS totals,
       coalesce(bool_or(example), false) AS example, max(answered_at) AS last_at
FROM satisfaction_response WHERE period_id = $1
"""
BY_SOURCE = """
SELECT source, count(*) AS respondents FROM satisfaction_response
WHERE period_id = $1 GROUP BY source ORDER BY source
"""
PROFILE = """
SELECT name, value, count(*) AS respondents
FROM satisfaction_response,
     LATERAL (VALUES ('sex', sex), ('age_band', age_band), ('education', education), ('job', job))
         AS profile(name, value)
WHERE period_id = $1 AND value IS NOT NULL
GROUP BY name, value ORDER BY name, value
"""
# The end of the survey is what a result speaks of; one published before it speaks of its own day.
LATEST = """
SELECT DISTINCT ON (service.id)
       service.id AS service_id, service.code, service.name, period.id AS period_id,
       period.starts_on, period.ends_on, pub.revision, pub.respondents, pub.totals, pub.reason,
       pub.published_at, pub.example,
       least(pub.published_at, (period.ends_on + 1)::timestamp AT TIME ZONE $2) AS speaks_of
FROM satisfaction_publication AS pub
JOIN satisfaction_period AS period ON period.id = pub.period_id
JOIN satisfaction_service AS service ON service.id = period.service_id
WHERE $1::text IS NULL OR service.code = $1
ORDER BY service.id, period.ends_on DESC, pub.revision DESC
"""
HISTORY = """
SELECT period.starts_on, period.ends_on, pub.revision, pub.respondents, pub.ikm_hundredths,
       pub.grade, pub.reason, pub.published_at, pub.example
FROM satisfaction_publication AS pub
JOIN satisfaction_period AS period ON period.id = pub.period_id
WHERE period.service_id = $1
ORDER BY period.ends_on DESC, pub.revision DESC LIMIT 200
"""
ACTIONS = """
SELECT id, element, action, owner, due_on, done_on,
       done_on IS NULL AND due_on < (clock_timestamp() AT TIME ZONE $2)::date AS late
FROM satisfaction_action WHERE period_id = $1 ORDER BY element
"""
QUICK = """
SELECT count(*) AS answers, ARRAY[sum(wait), sum(manner), sum(result)]::bigint[] AS totals,
       max(answered_at) AS last_at, coalesce(bool_or(example), false) AS example
FROM satisfaction_quick WHERE answered_at > clock_timestamp() - make_interval(days => $1)
"""


@dataclass(frozen=True, slots=True)
class Live:
    """The state of a running survey; `result` is None without a respondent."""

    respondents: int
    result: Result | None
    example: bool
    last_at: datetime | None
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """The newest published result of a service, with all that stands beside it."""

    service_id: int
    code: str
    name: str
    period_id: int
    starts_on: date
    ends_on: date
    result: Result
    reason: str | None
    published_at: datetime
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Quick:
    """The quick index; `index` is None while there are too few answers to show any."""

    answers: int | None
    index: str | None
    provenance: Provenance


async def live(tx: Tx, period_id: int) -> Live:
    """The sums as they stand now."""
    row = await tx.fetchrow(SUMS, period_id)
    assert row is not None
    if not row["respondents"]:
        return Live(0, None, False, None)
    totals = tuple(row["totals"])
    result = evaluate(totals, row["respondents"])
    return Live(row["respondents"], result, row["example"], row["last_at"], totals)


async def latest(
    tx: Tx, wanted: Options, timezone: str, code: str | None = None
) -> list[PublishedResult]:
    """The newest published result of each service, or of one."""
    rows = await tx.fetch(LATEST, code, timezone)
    return sorted((_published(row, wanted) for row in rows), key=lambda found: found.code)


async def history(tx: Tx, service_id: int) -> list[Row]:
    """Every revision ever published of a service, the newest first."""
    return await tx.fetch(HISTORY, service_id)


async def actions(tx: Tx, period_id: int, timezone: str) -> list[Row]:
    """What the office will do about weak elements."""
    return await tx.fetch(ACTIONS, period_id, timezone)


async def quick(tx: Tx, wanted: Options) -> Quick:
    """The quick index of the last 90 days; suppressed below `min_respondents` answers."""
    row = await tx.fetchrow(QUICK, QUICK_DAYS)
    assert row is not None
    enough = row["answers"] >= wanted.min_respondents
    return Quick(
        row["answers"] if enough else None,
        str(quick_index(row["totals"], row["answers"])) if enough else None,
        Provenance(
            source="Jawaban SMS pelapor 112",
            method=QUICK_METHOD,
            at=row["last_at"] if enough else None,
            revision=1,
            stale_after=timedelta(days=QUICK_DAYS),
            example=row["example"],
        ),
    )


async def newest(tx: Tx, wanted: Options, timezone: str) -> Provenance:
    """Of the newest figure of the whole program, for the list of programs."""
    found = await latest(tx, wanted, timezone)
    if not found:
        return _provenance("Survei kepuasan masyarakat", None, 0, wanted, example=False)
    return max(found, key=lambda one: one.published_at).provenance


def as_dict(found: PublishedResult, now: datetime, order: tuple[str, ...]) -> dict[str, Any]:
    """A published result for JSON; decimals as text, so that no reader rounds them."""
    result = found.result
    elements = {element.code: element for element in result.elements}
    return {
        "service": {"code": found.code, "name": found.name},
        "period": {"from": found.starts_on.isoformat(), "to": found.ends_on.isoformat()},
        "respondents": result.respondents,
        "ikm": str(result.ikm),
        "index": str(result.index),
        "grade": result.grade.letter,
        "performance": result.grade.words,
        "elements": [
            {
                "code": code,
                "total": elements[code].total,
                "average": str(elements[code].average),
                "converted": str(elements[code].converted),
                "grade": elements[code].grade.letter,
            }
            for code in order
        ],
        "weakest": [element.code for element in result.weakest()],
        "correction": found.reason,
        "provenance": found.provenance.as_dict(now),
    }


def _published(row: Row, wanted: Options) -> PublishedResult:
    return PublishedResult(
        service_id=row["service_id"],
        code=row["code"],
        name=row["name"],
        period_id=row["period_id"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        result=evaluate(row["totals"], row["respondents"]),
        reason=row["reason"],
        published_at=row["published_at"],
        provenance=_provenance(
            f"Survei kepuasan masyarakat: {row['name']}",
            row["speaks_of"],
            row["revision"],
            wanted,
            example=row["example"],
        ),
    )


def _provenance(
    source: str, at: datetime | None, revision: int, wanted: Options, *, example: bool
) -> Provenance:
    stale_after = timedelta(days=wanted.stale_after_days)
    return Provenance(source, METHOD, at, revision, stale_after, example)
