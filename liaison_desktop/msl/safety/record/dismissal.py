"""Why a text that the radar marked is not a safety report. Saved, so it is a line of the journal with who and when."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.record.codes import NoReport
from liaison_desktop.records import Field, Merging, Record


class SafetyDismissal(Record, frozen=True, kw_only=True):
    """One marked span of one text of one record, and the reason of AE-4."""

    kind: ClassVar[str] = "safety_dismissal"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("about_id",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    about_kind: Annotated[str, Field("Kind of record", most=60)] = ""
    about_id: Annotated[uuid.UUID | None, Field("Record")] = None
    field: Annotated[str, Field("Field", most=120)] = ""
    words: Annotated[str, Field("Marked words", most=400)] = ""
    sentence: Annotated[str, Field("The sentence", most=4000)] = ""
    rule: Annotated[str, Field("Rule", most=80)] = ""
    reason: Annotated[NoReport | None, Field("Why this is not a safety report", required=True)] = None
    report_number: Annotated[str, Field("Number of the report", most=60)] = ""
    note: Annotated[str, Field("What it is instead", most=400, free=True)] = ""
    dismissed_at: Annotated[datetime.datetime | None, Field("Dismissed at")] = None
    dismissed_by: Annotated[str, Field("By", most=200)] = ""
    lexicon_version: Annotated[str, Field("Word list", most=40)] = ""

    def title(self) -> str:
        """What it says."""
        return "Not a safety report"

    def facts(self) -> str:
        """The reason."""
        return self.reason.label if self.reason else ""

    def faults(self) -> tuple[Fault, ...]:
        """A number for what was reported already, a note for something else."""
        found = list(super().faults())
        if self.reason is NoReport.ALREADY_REPORTED and not self.report_number.strip():
            found.append(Fault(field="report_number", message="Give the number of that report."))
        if self.reason is NoReport.OTHER and not self.note.strip():
            found.append(Fault(field="note", message="Say what it is."))
        return tuple(found)
