"""What a research consent says on paper, as plain values between the record and its layout."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.document.content import SummaryContent

KEY = "Key information"
TOLD = "What you are told"
TOLD_COLUMNS = ("About", "In plain words")
AUTHORISATION = "Use of your health information"
AUTHORISATION_COLUMNS = ("What", "In plain words")
NUMBER = "Record number (MRN)"


class Told(msgspec.Struct, frozen=True):
    """A heading and the words under or beside it."""

    heading: str
    words: str


class ResearchContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that one research consent says. `common` holds what it has in common with a consent to a procedure."""

    common: SummaryContent
    participant: tuple[tuple[str, str], ...]
    replaces: str
    lead: str
    key: tuple[Told, ...]
    told: tuple[Told, ...]
    authorisation: tuple[Told, ...]
    footer: str

    @property
    def subject(self) -> str:
        """The first line of the footer."""
        pairs = dict(self.participant)
        return f"{pairs['Participant']} · DOB {pairs['Date of birth']} · MRN {pairs[NUMBER]}"
