"""The questions we listen for: in their order, with how often they were answered, and one of them to change."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.insights.actions import remove_priority, save_priority
from liaison_desktop.msl.insights.form import PriorityForm
from liaison_desktop.msl.insights.queries import heard_of, priorities
from liaison_desktop.msl.insights.record import ListeningPriority
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import short_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline, panel, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label


class QuestionsView(FollowsTheEye):
    """List and form of listening priorities. Ctrl+Enter saves."""

    def __init__(self, desk: Desk, *, left: Callable[[], object], bring: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._left = desk, left
        self._shown: ListeningPriority | None = None
        self.view = RowsView("Questions we listen for")
        self.view.set_empty(
            EmptyState(
                "No question yet",
                "A question says what to listen for, such as: what keeps patients from starting?",
                "Add a question",
                "plus",
                self.new,
            )
        )
        self.form = PriorityForm(desk.store)
        self._name = label("", "section")
        self._remove = button("Remove", "quiet", "trash-2", on_click=self.remove)
        self.save_button = button("Save question", "primary", "check", on_click=self.save)
        head = row(
            button("", "quiet", "arrow-left", small=True, name="Back (Esc)", on_click=left),
            label("Questions we listen for", "title"),
            None,
            button("Import a list", icon="upload", on_click=bring),
            button("New question", icon="plus", on_click=self.new),
            margins=(16, 12, 24, 12),
        )
        self._right = panel(
            self._name,
            self.form,
            row(self._remove, None, self.save_button),
            None,
            gap=12,
            margins=(20, 16, 20, 16),
        )
        right = scroll(self._right)
        right.setFixedWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addWidget(
            row((panel((self.view, 1), margins=(8, 8, 8, 8)), 1), hairline(vertical=True), right, gap=0), 1
        )
        self.view.chosen.connect(self._choose)
        self.setFocusProxy(self.view)
        self.new(focus=False)

    def load(self) -> None:
        """Read the questions again."""
        heard, today = heard_of(self._desk.store), self._desk.today()
        rows: list[ListRow | str] = []
        for asked, caption in ((True, "Asked now"), (False, "Not asked now")):
            found = [one for one in priorities(self._desk.store) if one.asked_on(today) is asked]
            rows += [caption, *(_row(one, heard.get(one.id, 0)) for one in found)] if found else []
        held = self._shown.id if self._shown else None
        self.view.blockSignals(True)
        self.view.rows.set_rows(rows)
        if held is not None:
            self.view.select(held)
        self.view.blockSignals(False)

    def new(self, focus: bool = True) -> None:
        """An empty question, the keyboard in it."""
        self._shown = None
        rank = min(99, 1 + max((one.rank for one in priorities(self._desk.store)), default=0))
        self.form.show_priority(ListeningPriority(rank=rank, active_from=self._desk.today()))
        self._name.set_text("New question")
        self._remove.hide()
        if focus:
            self.view.clearSelection()
            self.form.editor("question").setFocus()

    def show_priority(self, priority_id: uuid.UUID) -> None:
        """Show one question."""
        self.load()
        self.view.select(priority_id)
        self._choose(priority_id)

    def save(self) -> None:
        """Save what was typed."""
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return
        try:
            saved = save_priority(self._desk.store, self.form.priority())
        except Refused as refused:
            self.form.show_faults(refused.faults)
            return
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._desk.toast("Question saved")
        self.show_priority(saved.id)
        self.view.setFocus()

    def remove(self) -> None:
        """Take the question away; it can be put back."""
        store, shown = self._desk.store, self._shown
        if shown is None:
            return
        try:
            remove_priority(store, shown)
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        values = {name: getattr(shown, name) for name in shown.__struct_fields__ if name != "version"}
        self._desk.toast("Question removed", lambda: _put_back(self._desk, ListeningPriority(**values)))
        self.new()
        self.load()

    def _choose(self, key: object) -> None:
        found = self._desk.store.find(ListeningPriority, key) if isinstance(key, uuid.UUID) else None
        if found is None:
            return
        self._shown = found
        self.form.show_priority(found)
        self._name.set_text("Change this question")
        self._remove.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._left()
        else:
            super().keyPressEvent(event)


def _row(one: ListeningPriority, heard: int) -> ListRow:
    span = " to ".join(short_day(day) for day in (one.active_from, one.active_to) if day)
    facts = " · ".join(part for part in (one.facts(), span) if part)
    chip = ChipSpec(f"{heard} {'insight' if heard == 1 else 'insights'}", "accent" if heard else "neutral")
    return ListRow(one.title(), facts, chip, f"rank {one.rank}", one.id)


def _put_back(desk: Desk, priority: ListeningPriority) -> None:
    save_priority(desk.store, priority)
