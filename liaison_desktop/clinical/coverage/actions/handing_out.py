"""An estimate that leaves the screen is written into the journal: printed, or saved as a copy."""

from __future__ import annotations

from liaison_desktop.clinical.coverage.record import CoverageVerification
from liaison_desktop.store import Act, Store


def note_printed(store: Store, said: CoverageVerification, how: str) -> None:
    """The estimate was printed; `how` says on which printer and how many pages."""
    store.note(Act.PRINTED, kind=CoverageVerification.kind, subject=said.id, detail=f"estimate: {how}")


def note_exported(store: Store, said: CoverageVerification) -> None:
    """A copy of the estimate was saved outside the store."""
    store.note(Act.EXPORTED, kind=CoverageVerification.kind, subject=said.id, detail="estimate")
