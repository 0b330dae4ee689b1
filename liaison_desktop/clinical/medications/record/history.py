"""How the medicines of a stay were found out: the questions, the sources, who takes care of them, and what was handed out."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.medications.record.codes import Keeper, Prompt, Source, Trouble
from liaison_desktop.records import Field, Record, Row


class Asked(Row, frozen=True, kw_only=True):
    """A prompt that was asked, and what was said."""

    prompt: Annotated[Prompt, Field("Prompt")]
    note: Annotated[str, Field("What was said", most=300, free=True)] = ""


class MedicationHistory(Record, frozen=True, kw_only=True):
    """The interview of one stay. The open question comes before the list is shown: None is not asked yet."""

    kind: ClassVar[str] = "medication_history"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("episode",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    open_question: Annotated[bool | None, Field("Open question asked before the list was shown")] = None
    open_words: Annotated[str, Field("What the patient named", lines=2, most=1000)] = ""
    asked_by: Annotated[str, Field("Asked by", most=200)] = ""
    asked_at: Annotated[datetime.datetime | None, Field("Asked at")] = None
    not_asked_why: Annotated[str, Field("Why it was not asked first", most=300, free=True)] = ""
    list_reviewed: Annotated[bool | None, Field("List looked at together")] = None
    asked: Annotated[tuple[Asked, ...], Field("Asked about")] = ()
    sources: Annotated[tuple[Source, ...], Field("Sources used")] = ()
    why_one_source: Annotated[str, Field("Why only one source", most=500, free=True)] = ""
    takes_none: Annotated[bool, Field("The patient takes no medicine")] = False
    keepers: Annotated[tuple[Keeper, ...], Field("Who takes care of the medicines")] = ()
    pharmacy: Annotated[str, Field("Pharmacy", most=200)] = ""
    pharmacy_phone: Annotated[str, Field("Pharmacy's phone", most=40)] = ""
    recent_changes: Annotated[str, Field("Changes in the last 30 days", lines=2, most=1000)] = ""
    trouble: Annotated[tuple[Trouble, ...], Field("Trouble with medicines")] = ()
    ran_out: Annotated[bool | None, Field("Ran out, or has none at home")] = None
    pharmacist_note: Annotated[str, Field("Kidney, liver or pregnancy note for the pharmacist", lines=2, most=500)] = ""
    procedure: Annotated[str, Field("Procedure planned", most=200)] = ""
    procedure_on: Annotated[datetime.date | None, Field("Day of the procedure")] = None
    allergies_read: Annotated[bool | None, Field("Allergies read against the list")] = None
    collected_by: Annotated[str, Field("Collected by", most=200)] = ""
    collected_at: Annotated[datetime.datetime | None, Field("Collected at")] = None
    reconciled_by: Annotated[str, Field("Reconciled by", most=200)] = ""
    reconciled_at: Annotated[datetime.datetime | None, Field("Reconciled at")] = None
    given_to: Annotated[str, Field("List given to", most=200)] = ""
    given_language: Annotated[str, Field("Language of the list", most=60)] = ""
    given_by: Annotated[str, Field("Given by", most=200)] = ""
    given_at: Annotated[datetime.datetime | None, Field("List given at")] = None
    given_mark: Annotated[str, Field("Fingerprint of the list given", most=80)] = ""

    def title(self) -> str:
        """What it is."""
        return "Medication history"
