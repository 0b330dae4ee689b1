"""What somebody said to a fact that a checklist proposes for the chart."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.records import Field, Merging, Record


class ProposalAnswer(Record, frozen=True, kw_only=True):
    """Taken over or left where it is, by whom and when; so that it is asked once. `topic` names the fact, not its value."""

    kind: ClassVar[str] = "proposal_answer"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    checklist: Annotated[uuid.UUID | None, Field("Checklist", required=True, refers_to="checklist")] = None
    topic: Annotated[str, Field("About", required=True, most=60)] = ""
    taken: Annotated[bool, Field("Taken over")] = False
    at: Annotated[datetime.datetime | None, Field("Answered at")] = None
    by: Annotated[str, Field("Answered by", most=200)] = ""

    def title(self) -> str:
        """What became of it."""
        return "Taken over from a checklist" if self.taken else "Left in the checklist"
