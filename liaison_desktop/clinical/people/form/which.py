"""Which records the form of people and places edits, and where the draft of one is kept."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from liaison_desktop.clinical.people.record import Facility, Practitioner, StaffMember
from liaison_desktop.records import from_bytes

PersonOrPlace = Facility | Practitioner | StaffMember
P = TypeVar("P", bound=Facility | Practitioner | StaffMember)

WORDS: dict[type[PersonOrPlace], str] = {
    Facility: "facility",
    Practitioner: "practitioner",
    StaffMember: "member of staff",
}


def draft_key(record: PersonOrPlace) -> str:
    """Where the draft of a form is kept."""
    return f"{record.kind}/{record.id if record.version else 'new'}"


def read_draft(kind: type[P], content: bytes | None) -> P | None:
    """A kept form; None if there is none, or another version of the application wrote it."""
    if content is None:
        return None
    try:
        return from_bytes(kind, content)
    except msgspec.MsgspecError:
        return None
