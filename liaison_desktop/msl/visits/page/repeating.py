"""Ctrl+R: the last visit with somebody once more, as it was, now."""

from __future__ import annotations

import uuid

from liaison_desktop.msl.visits.actions import repeated, save_visit
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.queries import last_visit_with
from liaison_desktop.ui.desk import Desk

_NONE = "There is no visit with this person to repeat yet"


def repeat(desk: Desk, pane: VisitPane) -> uuid.UUID | None:
    """Fill in a draft that says nothing yet, else begin a new visit, whose id is the answer."""
    typed = pane.typed()
    bare = pane.mode is Mode.EDIT and not typed.topics and not typed.notes.strip()
    last = last_visit_with(desk.store, typed.primary_person_id, but=pane.visit.id if bare else None)
    if last is None:
        desk.toast(_NONE)
        return None
    if bare:
        pane.take(repeated(desk.store, last, typed))
        return None
    pane.leave()
    return save_visit(desk.store, repeated(desk.store, last)).id
