"""An SMS that Twilio could not hand over, because the database was down, is fetched afterwards."""

from __future__ import annotations

import time

from tests.faults.carrier import INBOUND, call
from tests.faults.system import Ground, System, until
from tests.notifier.fake_twilio import OURS, FakeTwilio

MISSED = ("+6281100555011", "+6281100555012", "+6281100555013")
TOLD = "+6281100555014"
WITHIN_S = 15.0

HANDLED = """
SELECT count(*) FROM inbound_message WHERE provider_id = $1 AND handled_at IS NOT NULL
"""
CAME_IN = """
SELECT count(*) AS contacts, count(r.incident_id) AS incidents, count(r.id) AS reports
FROM contact_private p LEFT JOIN report r ON r.contact_id = p.contact_id WHERE p.phone_hash = $1
"""


def test_missed_messages_are_fetched_once(
    ground: Ground, sending: System, fake: FakeTwilio
) -> None:
    told = fake.receive(TOLD, "kebakaran di Bandar Sakti Lk 1, contoh")
    assert hand_over(sending, told, TOLD, "kebakaran di Bandar Sakti Lk 1, contoh") == 200
    until(lambda: fake.pages_served, "the first reconciliation is over")
    asked = fake.pages_served

    before = sending.waits("reconcile")
    ground.kill_postgres()
    texts = [f"kebakaran di Bandar Sono Lk {n}, contoh" for n in range(1, len(MISSED) + 1)]
    sids = [fake.receive(number, text) for number, text in zip(MISSED, texts, strict=True)]
    for sid, number, text in zip(sids, MISSED, texts, strict=True):
        assert hand_over(sending, sid, number, text) == 503
    until(lambda: sending.waits("reconcile") > before, "the worker knows that it is down")
    ground.cluster.start_postgres()
    back_at = time.monotonic()
    for sid in sids:
        until(
            lambda sid=sid: sending.value(HANDLED, sid) == 1,
            "it was fetched and understood",
            WITHIN_S,
        )
    sending.facts["missed messages fetched after"] = time.monotonic() - back_at
    assert fake.pages_served > asked

    for sid, number, text in zip(sids, MISSED, texts, strict=True):
        assert hand_over(sending, sid, number, text) == 200, "told after all: known"
    sending.settle()
    vault = sending.vault()
    for number in (*MISSED, TOLD):
        (row,) = sending.sql(CAME_IN, vault.phone_hash(number))
        assert (row["contacts"], row["reports"], row["incidents"]) == (1, 1, 1)


def hand_over(system: System, sid: str, sender: str, text: str) -> int:
    form = {"MessageSid": sid, "From": sender, "To": OURS, "Body": text, "NumMedia": "0"}
    return call(system, INBOUND, form).status_code
