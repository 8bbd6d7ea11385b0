"""All tables of the registry; migrations and Core statements start from here."""

from registry.models.agencies import (
    DUTY_KINDS,
    Agency,
    Duty,
    Hospital,
    Shelter,
    Staff,
    StaffPrivate,
    Station,
)
from registry.models.messages import MessageRecipient, MessageRequest
from registry.models.people import (
    PURPOSES,
    Consent,
    House,
    HousePrivate,
    Resident,
    ResidentPrivate,
)

__all__ = [
    "DUTY_KINDS",
    "PURPOSES",
    "Agency",
    "Consent",
    "Duty",
    "Hospital",
    "House",
    "HousePrivate",
    "MessageRecipient",
    "MessageRequest",
    "Resident",
    "ResidentPrivate",
    "Shelter",
    "Staff",
    "StaffPrivate",
    "Station",
]
