"""The event log: outbox, incident timeline and console replay in one table.

Pattern. Every change of state is one guarded UPDATE and one event in the same transaction (`append`,
mostly through `core.machine.move`). Nobody reads uncommitted or unordered rows: a single sequencer
gives committed events their position and links them into a hash chain; readers go by position.

Concurrency. Any number of writers, no lock among them. One sequencer at a time. Consumers hold their
cursor row while they work, so each event is handled once, in order.

Invariants. Positions have no gap. Per incident, order of positions is causal. Rows are never changed
after sealing nor deleted (a trigger refuses). Payloads hold ids and codes only.
"""

from core.events.kinds import KINDS, Payload, declare
from core.events.log import Event, append, head, read, timeline

__all__ = ["KINDS", "Event", "Payload", "append", "declare", "head", "read", "timeline"]
