"""A document that leaves the screen is written into the journal: printed, or saved as a copy."""

from __future__ import annotations

from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.store import Act, Store


def note_printed(store: Store, consent: Consent) -> None:
    """The summary of this consent was printed."""
    store.note(Act.PRINTED, kind=Consent.kind, subject=consent.id, detail="consent summary")


def note_exported(store: Store, consent: Consent) -> None:
    """A copy of the summary of this consent was saved outside the store."""
    store.note(Act.EXPORTED, kind=Consent.kind, subject=consent.id, detail="consent summary")
