"""A checklist that leaves the screen on paper or as a file: each time is a line of the journal."""

from __future__ import annotations

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.store import Act, Store


def note_printed(store: Store, checklist: Checklist, how: str) -> None:
    """It was printed; `how` says on which printer and how many pages."""
    store.note(Act.PRINTED, kind=Checklist.kind, subject=checklist.id, detail=how)


def note_exported(store: Store, checklist: Checklist) -> None:
    """A copy was saved outside the store."""
    store.note(Act.EXPORTED, kind=Checklist.kind, subject=checklist.id)
