"""The steps of an insight's life: sent, amended, moved on, and a draft that is not wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.insights.actions import (
    amend_insight,
    check_insight,
    move_insight,
    remove_insight,
    save_insight,
    send_insight,
)
from liaison_desktop.msl.insights.record import Insight, InsightStatus
from liaison_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from liaison_desktop.msl.insights.page.insight_pane import InsightPane


class Steps:
    """Takes the insight that a pane shows one step further. What is removed can be put back from the toast."""

    def __init__(self, desk: Desk, pane: InsightPane) -> None:
        self._desk, self._pane = desk, pane

    def send(self) -> None:
        """Send it, or save the amendment (Ctrl+Shift+Enter); or show everything that stands in the way."""
        pane = self._pane
        amending = pane.amending
        if (pane.insight.locked and not amending) or pane.stopped():
            return
        pane.show_all_faults()
        try:
            with pane.quietly():
                store, typed = self._desk.store, pane.typed()
                saved = amend_insight(store, typed, pane.foot.reason.text()) if amending else send_insight(store, typed)
        except Refused as refused:
            self._refused(refused)
            return
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._desk.toast("Amendment saved; the old version is kept" if amending else "Insight sent")
        pane.forget()
        pane.show_insight(saved)
        pane.left.emit()

    def _refused(self, refused: Refused) -> None:
        pane = self._pane
        pane.keep_draft()
        faults = check_insight(self._desk.store, pane.typed())
        pane.form.show_faults(faults, focus=True)
        pane.foot.show_missing(faults)
        if any(one.field == "amend_reason" for one in refused.faults):
            pane.foot.say("State the reason. The old version is kept and shown.")
            pane.foot.reason.setFocus()

    def move_on(self, status: object) -> None:
        """What became of an insight that was sent."""
        if not isinstance(status, InsightStatus):
            return
        try:
            move_insight(self._desk.store, self._pane.insight.id, status)
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._desk.toast(f"Now: {status.label.lower()}")

    def remove(self) -> None:
        """Take a draft away; it can be put back."""
        insight = self._pane.insight
        self._pane.forget()
        if insight.version is not None:
            remove_insight(self._desk.store, insight)
            again = msgspec.structs.replace(insight, version=None)
            self._desk.toast("Draft removed", lambda: self._put_back(again))
        self._pane.left.emit()

    def drop(self) -> None:
        """What it says is counted on another insight; the draft itself goes."""
        if not self._pane.insight.locked:
            self.remove()

    def _put_back(self, insight: Insight) -> None:
        save_insight(self._desk.store, insight)
