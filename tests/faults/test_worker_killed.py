"""kill -9 of the worker: between a send and its mark, and while offers are running out."""

from __future__ import annotations

import time

from tests.faults.carrier import NEVER_S, RECEIPTS, call, sent_to
from tests.faults.crowd import Crowd, reports
from tests.faults.system import (
    NOTHING_TO_SEND,
    System,
    dispatching,
    last_assignment,
    open_offer,
    until,
)
from tests.notifier.fake_twilio import FakeTwilio, Fault

TAKEN, LOST = "+6281100555001", "+6281100555002"

DELIVERY = """
SELECT id, state, reason, provider_id, replay_of FROM delivery
WHERE recipient_hash = $1 ORDER BY id
"""
STATES_SAID = """
SELECT split_part(kind, '.', 2) AS state FROM event
WHERE kind LIKE 'delivery.%' AND subject_id = $1 ORDER BY id
"""

LOOKED_UP_ONCE = "SELECT count(*) FROM delivery WHERE state = 'unknown' AND lookups = 1"
LOOK_AGAIN_NOW = "UPDATE delivery SET lookup_at = clock_timestamp() WHERE state = 'unknown'"
STATE = "SELECT state FROM assignment WHERE id = $1"
ENDED = "SELECT count(*) FROM event WHERE kind = 'assignment.expired' AND subject_id = $1"
OTHERS = "SELECT count(*) FROM assignment WHERE incident_id = $1 AND unit_id <> $2"


def test_what_was_sent_is_looked_up_and_what_was_not_is_sent_once(
    sending: System, fake: FakeTwilio
) -> None:
    fake.faults.append(Fault(status=201, accept=True, hang_s=NEVER_S))
    Crowd(sending.base_url, reports(1, phone=TAKEN)).start().finish()
    until(lambda: fake.in_flight == 1, "Twilio has the first message and does not say so")
    fake.faults.append(Fault(status=500, hang_s=NEVER_S))
    Crowd(sending.base_url, reports(1, phone=LOST)).start().finish()
    until(lambda: fake.in_flight == 2, "Twilio has not taken the second yet")
    sending.kill("worker")

    rows = {number: deliveries(sending, number) for number in (TAKEN, LOST)}
    assert [row["state"] for found in rows.values() for row in found] == ["sending", "sending"]
    # The lease is thirty seconds; here it is over at once.
    sending.sql("UPDATE delivery SET lease_until = clock_timestamp() WHERE state = 'sending'")
    began = time.monotonic()
    sending.launch("worker")

    until(lambda: states(sending, TAKEN) == ["sent"], "the first was found at Twilio")
    sending.facts["a sent message is found after a restart in"] = time.monotonic() - began
    (message,) = sent_to(fake, TAKEN)
    (row,) = deliveries(sending, TAKEN)
    assert row["provider_id"] == message["sid"]
    receipt = {"MessageSid": message["sid"], "MessageStatus": "delivered"}
    assert call(sending, f"{RECEIPTS}?d={row['id']}", receipt).status_code == 204
    assert states(sending, TAKEN) == ["delivered"]
    assert said(sending, row["id"]) == ["queued", "sending", "unknown", "sent", "delivered"]

    until(lambda: sending.value(LOOKED_UP_ONCE) == 1, "the second was not found, the first time")
    sending.sql(LOOK_AGAIN_NOW)
    until(lambda: states(sending, LOST) == ["failed", "sent"], "the second was sent after all")
    first, second = deliveries(sending, LOST)
    assert (first["reason"], second["replay_of"]) == ("never_taken", first["id"])
    assert len(sent_to(fake, LOST)) == 1 and len(sent_to(fake, TAKEN)) == 1


def test_an_offer_that_ran_out_while_no_worker_lived_expires_and_passes_on(
    sending: System,
) -> None:
    last = last_assignment(sending)
    with dispatching(sending, veto_s=1, offer_timeout_s=2):
        Crowd(sending.base_url, reports(3)[2:]).start().finish()  # of known type and place
        offer = open_offer(sending, last)
        until(lambda: sending.value(NOTHING_TO_SEND), "its crew has been told")
        sending.kill("worker")
        until(
            lambda: sending.value(
                "SELECT clock_timestamp() > $1::timestamptz", offer["expires_at"]
            ),
            "its time is over",
        )
        assert sending.value(STATE, offer["id"]) == "offered"
        began = time.monotonic()
        sending.launch("worker")
        until(lambda: sending.value(STATE, offer["id"]) == "expired", "the offer expired")
        sending.facts["an overdue offer expires after the restart in"] = time.monotonic() - began
        assert sending.value(ENDED, offer["id"]) == 1
        assert sending.value(OTHERS, offer["incident_id"], offer["unit_id"]) >= 1


def deliveries(system: System, number: str) -> list[dict[str, object]]:
    found = system.sql(DELIVERY, system.vault().phone_hash(number))
    return [dict(row) for row in found]


def states(system: System, number: str) -> list[object]:
    return [row["state"] for row in deliveries(system, number)]


def said(system: System, delivery_id: object) -> list[str]:
    return [row["state"] for row in system.sql(STATES_SAID, delivery_id)]
