"""Kinds of events of the registry: ids and codes only."""

from __future__ import annotations

from core.events.kinds import Payload, declare


class RegistryChange(Payload):
    """A row of the registry was made or changed by hand. `subject` is its table's name."""

    subject: str
    subject_id: int
    fields: list[str] | None = None


class RegistryImport(Payload):
    """One CSV came in: how many rows of which file kind ended how."""

    sheet: str
    created: int
    updated: int
    unchanged: int
    refused: int


class ConsentChange(Payload):
    """A resident, or a number alone, said yes or took it back."""

    consent_id: int
    purpose: str
    resident_id: int | None = None


class DutyChange(Payload):
    """A shift was entered or ended."""

    duty_id: int
    staff_id: int
    unit_id: int | None = None
    duty_kind: str | None = None


declare("desk", RegistryChange, "registry.created", "registry.changed")
declare("desk", RegistryImport, "registry.imported")
declare("internal", ConsentChange, "registry.consent_given", "registry.consent_withdrawn")
declare("desk", DutyChange, "registry.duty_entered", "registry.duty_ended")
