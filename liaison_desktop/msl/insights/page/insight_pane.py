"""One insight: its heading, the form, what stands beside it, and at the foot what is missing and what comes next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.insights.actions import save_insight
from liaison_desktop.msl.insights.form import InsightForm, Turns
from liaison_desktop.msl.insights.form.kept import PREFIX, Kept, keep, kept_of
from liaison_desktop.msl.insights.page.convert import Convert
from liaison_desktop.msl.insights.page.pane_foot import PaneFoot
from liaison_desktop.msl.insights.page.pane_head import PaneHead
from liaison_desktop.msl.insights.page.side_pane import SidePane
from liaison_desktop.msl.insights.page.steps import Steps
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import hairline, row, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.workspace import Command

KEEP_AFTER = 400  # ms after the last key
_EARLY = frozenset({"INS-2", "INS-3", "INS-5", "PHI-1"})


class InsightPane(FollowsTheEye):
    """Holds one insight. Typing is kept within two seconds; leaving it saves it."""

    left = Signal()  # back to where it was opened from
    goes_round = True

    def __init__(self, desk: Desk, turns: Turns) -> None:
        super().__init__()
        self._desk = desk
        self._insight = Insight()
        self._dirty = self._strict = self._saving = False
        self.amending = False
        self.form = InsightForm(desk.store, turns=True)
        self.convert, self.steps = Convert(desk, self, turns), Steps(desk, self)
        self.side = SidePane(desk, typed=self.typed, left=self.steps.drop)
        self.head = PaneHead(back=self.go_back, remove=self.steps.remove, beside=self.convert)
        self.foot = PaneFoot(save=self.save, amend=self.amend, send=self.steps.send)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self._pause)
        middle = row((scroll(self.form), 1), hairline(vertical=True), self.side, gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self.head, 0), (hairline(), 0), (middle, 1), (hairline(), 0), (self.foot, 0)):
            layout.addWidget(widget, stretch)
        self.form.changed.connect(self._changed)
        self.foot.reason.textEdited.connect(lambda _text: self._changed())
        self.foot.next.changed.connect(self.steps.move_on)

    # ---- showing

    @property
    def insight(self) -> Insight:
        """The insight as it was last read or saved."""
        return self._insight

    def typed(self) -> Insight:
        """The insight as it stands on the screen."""
        return self.form.insight()

    def show_insight(self, insight: Insight) -> None:
        """Show an insight; what was typed into it and not saved comes back, on the same field."""
        self.leave()
        held = kept_of(self._desk.store, f"{PREFIX}{insight.id}")
        self._insight, self._strict, self.amending = insight, False, False
        self._dirty = held is not None and held.amending is insight.locked
        if held is not None and self._dirty:
            self.amending = held.amending
            typed = msgspec.structs.replace(held.insight, version=insight.version, status=insight.status)
            self.form.show_insight(typed)
            self.foot.reason.setText(held.reason)
            # Later, because whoever shows a page gives it the keyboard afterwards.
            QTimer.singleShot(0, self, lambda: self.form.focus_on(held.field))
        else:
            self.form.show_insight(insight, read_only=insight.locked)
        self.side.show_insight(insight)
        self._settle()

    def focus_next(self) -> None:
        """Put the keyboard where something can be typed; words that are locked leave only Amend."""
        if self._insight.locked and not self.amending:
            self.foot.amend_button.setFocus()
        else:
            self.form.focus_on("headline")

    def refresh(self) -> None:
        """Something was saved: take it over without losing what is typed here."""
        current = self._desk.store.find(Insight, self._insight.id)
        if self._saving or current is None:
            return
        if self._dirty:
            self._insight = current
            typed = self.typed()
            self.form.rebase(
                msgspec.structs.replace(
                    typed, version=current.version, status=current.status, votes=current.votes, links=current.links
                )
            )
        elif current != self._insight:
            self.show_insight(current)
            return
        self.side.show_insight(current)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with this insight."""
        add = Command("Add a receipt to this insight", self.side.add_receipt, "what came back", "receipt")
        return (add,) if self._insight.locked else self.convert.commands()

    # ---- keeping

    def keep_now(self) -> None:
        """Save a draft, or keep what was typed, before another page is shown."""
        if self._insight.locked or not self._commit():
            self._dirty = self._dirty or self.amending
            self.keep_draft()
        self._settle()

    def keep_draft(self) -> None:
        """Make what was typed durable now."""
        self._timer.stop()
        if self._dirty:
            held = Kept(
                insight=self.typed(), field=self.form.focused(), amending=self.amending, reason=self.foot.reason.text()
            )
            keep(self._desk.store, f"{PREFIX}{self._insight.id}", held)

    def leave(self) -> None:
        """Save what was typed, as when another is opened. An amendment stays a draft until it is finished."""
        self._timer.stop()
        if not self._dirty:
            return
        if self.amending or not self._commit():
            self.keep_draft()
        self._dirty = False

    def go_back(self) -> None:
        """Back to the board (Escape)."""
        self.leave()
        self.left.emit()

    def save(self) -> None:
        """Save the draft (Ctrl+Enter)."""
        if self._insight.locked or self.stopped():
            return
        if self._commit():
            self._desk.toast("Draft saved")
            self._settle()

    def amend(self) -> None:
        """Open an insight that was sent for other words."""
        self.amending = True
        self.foot.reason.clear()
        self.form.show_insight(self._insight)
        self._settle()
        self.foot.reason.setFocus()

    # ---- within

    def _settle(self) -> None:
        insight = self._insight
        editable = not insight.locked or self.amending
        self.head.show_insight(insight)
        self.convert.show_insight(insight)
        self.foot.settle(insight, amending=self.amending)
        self.side.look_for(self.typed())
        if editable:
            self._check()
        else:
            self.form.show_faults(())
            self.foot.show_locked(insight)

    def _changed(self) -> None:
        self._dirty = True
        self._timer.start()
        self.side.look_for(self.typed())

    def _pause(self) -> None:
        self.keep_draft()
        self._check()

    def take_settled(self) -> None:
        """Take over the answers that were given elsewhere, as at the radar."""
        if not self._insight.locked or self.amending:
            self._check()

    def _check(self) -> None:
        faults = self.convert.checked()
        self.form.show_faults([one for one in faults if self._strict or one.rule in _EARLY])
        self.foot.show_missing(faults)

    def show_all_faults(self) -> None:
        """From now on say everything that stands in the way, as somebody wants to be done with it."""
        self._timer.stop()
        self._strict = True
        self.convert.checked()

    def stopped(self) -> bool:
        """Whether something that was typed cannot be read; it is pointed out."""
        unread = self.form.unread()
        if unread:
            self.form.show_faults(unread, focus=True)
        return bool(unread)

    def _commit(self) -> bool:
        try:
            with self.quietly():
                self._insight = save_insight(self._desk.store, self.typed())
        except LiaisonError as error:
            self._desk.trouble(error)
            return False
        self.forget()
        self.form.rebase(self._insight)
        return True

    def forget(self) -> None:
        """Nothing that was typed here is kept any more."""
        self._timer.stop()
        self._desk.store.drafts.drop(f"{PREFIX}{self._insight.id}")
        self._dirty = False

    @contextlib.contextmanager
    def quietly(self) -> Iterator[None]:
        """While the pane itself saves, what it hears of that save is no news."""
        self._saving = True
        try:
            yield
        finally:
            self._saving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)
