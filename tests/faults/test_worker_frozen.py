"""SIGSTOP of a worker in the middle of its work; another takes over; the thawed one writes nothing."""

from __future__ import annotations

import time

from tests.faults.carrier import sent_to
from tests.faults.crowd import Crowd, reports
from tests.faults.system import System, dispatching, holding, last_assignment, open_offer, until
from tests.notifier.fake_twilio import FakeTwilio, Fault

HELD, LATER, LAST = "+6281100555021", "+6281100555022", "+6281100555023"

STATE = "SELECT state FROM delivery WHERE recipient_hash = $1 ORDER BY id"
SAID = """
SELECT split_part(e.kind, '.', 2) AS state FROM event e JOIN delivery d ON d.id = e.subject_id
WHERE e.kind LIKE 'delivery.%' AND d.recipient_hash = $1 ORDER BY e.id
"""
WAITS_FOR_A_LOCK = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ 'incident.*FOR UPDATE'
"""
ENDED = "SELECT count(*) FROM event WHERE kind = 'assignment.expired' AND subject_id = $1"

EXPIRED = "SELECT state = 'expired' FROM assignment WHERE id = $1"


def receipt_goes_out(system: System, fake: FakeTwilio, number: str) -> None:
    Crowd(system.base_url, reports(1, phone=number)).start().finish()
    until(lambda: sent_to(fake, number), f"the receipt for {number} went out")


def test_a_sender_thawed_after_its_lease_cannot_write(sending: System, fake: FakeTwilio) -> None:
    """Twilio took the message, then answered with a refusal that the frozen sender wakes up to."""
    fake.faults.append(Fault(status=400, code=21211, accept=True, hang_s=0.5))
    Crowd(sending.base_url, reports(1, phone=HELD)).start().finish()
    until(lambda: fake.in_flight, "the message is at Twilio, unanswered")
    sending.freeze("worker")
    until(lambda: not fake.in_flight, "the refusal has been written to the frozen worker")
    sending.sql("UPDATE delivery SET lease_until = clock_timestamp() WHERE state = 'sending'")
    began = time.monotonic()
    sending.launch("worker", known_as="second")
    held = sending.vault().phone_hash(HELD)
    until(lambda: sending.value(STATE, held) == "sent", "the second worker found it at Twilio")
    sending.facts["a frozen sender's message is found in"] = time.monotonic() - began
    sending.kill("second")
    sending.thaw("worker")
    receipt_goes_out(sending, fake, LATER)  # so the first has written whatever it had to write
    assert [row["state"] for row in sending.sql(STATE, held)] == ["sent"]
    said = [row["state"] for row in sending.sql(SAID, held)]
    assert said == ["queued", "sending", "unknown", "sent"]
    assert len(sent_to(fake, HELD)) == 1


def test_a_worker_frozen_inside_a_transaction_is_relieved_of_it(
    sending: System, fake: FakeTwilio
) -> None:
    """It holds the timer of an offer and the incident; the server takes both from it."""
    last = last_assignment(sending)
    with dispatching(sending, veto_s=1, offer_timeout_s=2):
        Crowd(sending.base_url, reports(2)[1:]).start().finish()  # of known type and place
        offer = open_offer(sending, last)
        with holding(sending, f"SELECT FROM incident WHERE id = {offer['incident_id']} FOR UPDATE"):
            until(lambda: sending.value(WAITS_FOR_A_LOCK), "the offer's clock is at the incident")
            sending.freeze("worker")
        began = time.monotonic()
        sending.launch("worker", known_as="second")
        until(lambda: sending.value(EXPIRED, offer["id"]), "the second worker let it expire", 25)
        sending.facts["a frozen worker's claim is free after"] = time.monotonic() - began
        sending.kill("second")
        sending.thaw("worker")
        receipt_goes_out(sending, fake, LAST)
    sending.settle()
    assert sending.value(ENDED, offer["id"]) == 1
    assert sending.value("SELECT count(*) FROM event_failure") == 0
    assert sending.audit().ok
