"""A hand-over as it was given. It is signed by who gives it, and later perhaps by who takes it; nothing else changes."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.communication.record import Sbar
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Seal
from liaison_desktop.signing import Role, Signature


class HandoverWay(Code):
    """How it was given."""

    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"


_LATER = frozenset({"signatures", "version"})


class Handover(Record, frozen=True, kw_only=True):
    """What one nurse told another, to whom, how, and that it was read back. `given_at` is set by the act itself."""

    kind: ClassVar[str] = "handover"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("episode",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(field="given_at", may_change=("signatures",)),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    to_place: Annotated[str, Field("To which unit", required=True, most=200)] = ""
    receiver: Annotated[str, Field("Who takes over", required=True, most=200)] = ""
    receiver_role: Annotated[str, Field("As what", most=120)] = ""
    receiver_contact: Annotated[str, Field("Call back at", most=120)] = ""
    way: Annotated[HandoverWay | None, Field("How", required=True)] = None
    sbar: Annotated[Sbar, Field("SBAR")] = msgspec.field(default_factory=Sbar)
    goes_along: Annotated[str, Field("What goes with the patient", lines=2, most=1000)] = ""
    read_back: Annotated[bool | None, Field("Read back")] = None
    read_back_words: Annotated[str, Field("What was said back, and what was put right", lines=2, most=1000)] = ""
    open_medicines: Annotated[int, Field("Differences of medicines still open")] = 0
    open_concerns: Annotated[int, Field("Concerns of the patient still open")] = 0
    given_at: Annotated[datetime.datetime | None, Field("Given at")] = None
    given_by: Annotated[str, Field("Given by", most=200)] = ""
    given_by_id: Annotated[uuid.UUID | None, Field("Given by, id")] = None
    signatures: Annotated[tuple[Signature, ...], Field("Signatures")] = ()
    policy_version: Annotated[str, Field("Policy it was checked with", most=50)] = ""

    def title(self) -> str:
        """To whom."""
        return f"Hand-over to {self.to_place}" if self.to_place else "Hand-over"

    def facts(self) -> str:
        """Who takes over, and how."""
        return " · ".join(filter(None, (self.receiver, self.way.label if self.way is not None else "")))

    @property
    def done(self) -> bool:
        """Whether it was given, read back and signed by who gave it."""
        signed = any(one.role is Role.GIVER for one in self.signatures)
        return self.given_at is not None and bool(self.read_back) and signed

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Once it is given only a further signature may be added."""
        if previous.given_at is None:
            return ()
        same = all(
            getattr(self, name) == getattr(previous, name) for name in self.__struct_fields__ if name not in _LATER
        )
        if same and self.signatures[: len(previous.signatures)] == previous.signatures:
            return ()
        words = "This hand-over was given. Write another one if something has changed."
        return (Fault(field="", message=words, rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """It stays."""
        return (Fault(field="", message="A hand-over that was given stays in the record.", rule="SEAL"),)
