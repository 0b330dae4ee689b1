"""A visit that does not take place, and a draft that is not wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.visits.actions import cancel_visit, remove_visit, save_visit
from liaison_desktop.msl.visits.record import CancelReason, Visit
from liaison_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from liaison_desktop.msl.visits.page.visit_pane import VisitPane


class CallOff:
    """Cancels or removes the visit a pane shows. What is removed can be brought back from the toast."""

    def __init__(self, desk: Desk, pane: VisitPane) -> None:
        self._desk, self._pane = desk, pane

    def cancel(self, reason: CancelReason) -> None:
        """Call the visit off; it is kept with the reason."""
        pane = self._pane
        try:
            with pane.quietly():
                saved = cancel_visit(self._desk.store, pane.typed(), reason)
        except LiaisonError as error:
            pane.foot.say(str(error))
            return
        pane.done_with(saved)

    def remove(self) -> None:
        """Take the draft away."""
        pane, typed = self._pane, self._pane.typed()
        pane.let_go()
        if pane.visit.version is not None:
            try:
                with pane.quietly():
                    remove_visit(self._desk.store, pane.visit)
            except LiaisonError as error:
                pane.foot.say(str(error))
                return
        self._desk.toast("Draft removed", lambda: self._bring_back(typed))
        pane.removed.emit()

    def _bring_back(self, visit: Visit) -> None:
        saved = save_visit(self._desk.store, msgspec.structs.replace(visit, version=None))
        self._desk.open(Visit.kind, saved.id)
