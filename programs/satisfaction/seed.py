"""A contoh survey: the 29 respondents of the published calculation, marked as example."""

from __future__ import annotations

from core.db import Tx
from programs.satisfaction import survey
from programs.satisfaction.options import Options

SERVICE = """
INSERT INTO satisfaction_service (code, name, agency_id, population, example)
VALUES ('SICETAR', 'Layanan darurat 112 (contoh)',
        (SELECT id FROM agency WHERE code = 'KOMINFO'), 184064, true)
ON CONFLICT (code) DO NOTHING
RETURNING id
"""
# Last year's survey is over and published; this year's takes answers.
PERIODS = """
INSERT INTO satisfaction_period (service_id, starts_on, ends_on, example)
SELECT $1, make_date(year, 1, 1), make_date(year, 12, 31), true
FROM (SELECT extract(year FROM clock_timestamp())::int - 1 AS year
      UNION ALL SELECT extract(year FROM clock_timestamp())::int) AS years
ORDER BY year
RETURNING id
"""
# Sums of U1-U9 over 29 respondents: the vector the arithmetic is tested against (IKM 91.48, A).
TOTALS = (105, 101, 100, 116, 102, 105, 106, 105, 115)
RESPONDENTS = 29
ANSWER = """
INSERT INTO satisfaction_response (period_id, source, u1, u2, u3, u4, u5, u6, u7, u8, u9,
                                   answered_at, example)
SELECT $1, 'paper', $2, $3, $4, $5, $6, $7, $8, $9, $10, ends_on::timestamptz, true
FROM satisfaction_period WHERE id = $1
"""


async def seed(tx: Tx) -> None:
    """Write the example once; does nothing when its service is there."""
    service_id = await tx.fetchval(SERVICE)
    if service_id is None:
        return
    periods = [row["id"] for row in await tx.fetch(PERIODS, service_id)]
    await tx.executemany(ANSWER, [(periods[0], *answers(number)) for number in range(RESPONDENTS)])
    await survey.publish(tx, periods[0], Options(), None)


def answers(number: int) -> tuple[int, ...]:
    """Respondent `number`'s nine answers: threes, and as many fours as the sums ask for."""
    return tuple(4 if number < total - 3 * RESPONDENTS else 3 for total in TOTALS)
