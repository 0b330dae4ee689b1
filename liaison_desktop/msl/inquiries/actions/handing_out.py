"""What leaves the store is written into the journal: a document printed or saved, an evidence pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def note_printed(
    store: Store, record: MedicalInquiry | StandingRequest, how: str, what: str = "medical inquiry"
) -> None:
    """The document of this inquiry or standing request was printed; `how` says on which printer, how many pages."""
    store.note(Act.PRINTED, kind=record.kind, subject=record.id, detail=f"{what}: {how}")


def note_exported(store: Store, record: MedicalInquiry | StandingRequest, what: str = "medical inquiry") -> None:
    """A copy was saved outside the store."""
    store.note(Act.EXPORTED, kind=record.kind, subject=record.id, detail=what)
