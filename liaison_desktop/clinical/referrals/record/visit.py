"""A visit at the bedside: how the patient was identified, who was in the room, and whether the patient agreed."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.referrals.record.codes import Agreement, HowIdentified
from liaison_desktop.records import Field, Record, Row


class Present(Row, frozen=True, kw_only=True):
    """Somebody in the room beside patient and nurse."""

    who: Annotated[str, Field("Who is in the room", most=200)] = ""
    related: Annotated[uuid.UUID | None, Field("Person around the patient")] = None
    agreed: Annotated[bool, Field("The patient agrees to talk with this person present")] = False


class BedsideVisit(Record, frozen=True, kw_only=True):
    """The start of a visit, pinned: when, where, who. The identifiers themselves are not kept a second time."""

    kind: ClassVar[str] = "bedside_visit"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("episode",))

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    referral: Annotated[uuid.UUID | None, Field("Referral", refers_to="referral")] = None
    at: Annotated[datetime.datetime | None, Field("Begun")] = None
    place: Annotated[str, Field("Place, such as the ward", most=200)] = ""
    identified: Annotated[HowIdentified | None, Field("Identified by")] = None
    present: Annotated[tuple[Present, ...], Field("In the room")] = ()
    alone: Annotated[bool, Field("Nobody else is in the room")] = False
    agreement: Annotated[Agreement | None, Field("Agreement to talk")] = None
    agreed_by: Annotated[str, Field("Representative who agreed", most=200)] = ""
    by: Annotated[str, Field("Visited by", most=200)] = ""

    @property
    def agreed(self) -> bool:
        """Whether the talk may begin."""
        return self.agreement in (Agreement.PATIENT, Agreement.REPRESENTATIVE)

    def title(self) -> str:
        """What it is."""
        return "Visit at the bedside"

    def facts(self) -> str:
        """Where, and whether the patient agreed."""
        return " · ".join(filter(None, (self.place, self.agreement.label if self.agreement else "")))
