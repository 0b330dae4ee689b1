"""Submitting a visit, or an amendment of one that is locked: what stands in the way is shown, all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.visits.actions import amend_visit, check_visit, submit_visit
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from liaison_desktop.msl.visits.page.visit_pane import VisitPane


class Submitting:
    """Locks the visit a pane shows. The version before an amendment is kept."""

    def __init__(self, desk: Desk, pane: VisitPane) -> None:
        self._desk, self._pane = desk, pane

    def submit(self) -> None:
        """Submit and lock (Ctrl+Shift+Enter), or show everything that stands in the way."""
        pane = self._pane
        if pane.mode not in (Mode.EDIT, Mode.AMEND):
            return
        pane.be_strict()
        if unread := pane.form.unread():
            pane.form.show_faults(unread, focus=True)
            pane.foot.show_missing(unread)
            return
        store, amending = self._desk.store, pane.mode is Mode.AMEND
        try:
            with pane.quietly():
                typed = pane.typed()
                saved = amend_visit(store, typed, pane.foot.reason.text()) if amending else submit_visit(store, typed)
        except Refused as refused:
            self._refused(refused)
            return
        except LiaisonError as error:
            pane.foot.say(str(error))
            return
        self._desk.toast("Amendment saved; the old version is kept" if amending else "Visit submitted and locked")
        pane.done_with(saved)

    def _refused(self, refused: Refused) -> None:
        pane = self._pane
        pane.keep_all()
        pane.form.show_faults(check_visit(self._desk.store, pane.typed()), focus=True)
        reason = next((one for one in refused.faults if one.field == "amend_reason"), None)
        if reason is not None:
            pane.foot.say(reason.message)
            pane.foot.reason.setFocus()
