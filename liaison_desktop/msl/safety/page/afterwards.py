"""What follows the hand-over: who has it, Safety's case number, its questions; and a report captured in error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.safety.actions import acknowledge, answer, ask_more, captured_in_error, close_event
from liaison_desktop.msl.safety.record import SafetyEvent, SafetyStatus
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, card, column, refill, row
from liaison_desktop.ui.text import label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk


class Afterwards(QWidget):
    """Shown for a report whose clock has stopped; before, only the way to say that it was captured in error."""

    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._event = desk, SafetyEvent()
        self.reason, self.agreed = LineEdit(), LineEdit()
        self._box = column(gap=8)
        self._said = label("", "sec", "red")
        self.case, self.question = LineEdit(name="Safety's case number"), LineEdit(name="What Safety asks")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 0)
        layout.addWidget(self._box)

    def show_event(self, event: SafetyEvent) -> None:
        """Show what can follow now."""
        self._event = event
        self._said = label("", "sec", "red")
        if event.running:
            refill(self._box, row(button("Captured in error…", "link", on_click=self._ask_error), None))
            return
        self._said.hide()
        box = card(*self._handed(event), self._said, gap=10)
        box.setMaximumWidth(720)
        refill(self._box, box)

    def _ask_error(self) -> None:
        self._said = label("", "sec", "red")
        self.reason = LineEdit(name="Why it was captured in error")
        self.reason.free = FreeText("error_reason")
        self.agreed = LineEdit(name="Who in Safety agreed")
        words = "Safety records are never deleted. This one stays, marked, when Safety has agreed; until then the clock runs."
        box = card(
            wrapped(words, "sec", "ink2"),
            row((label("Why", "label"), 1), (self.reason, 4)),
            row((label("Who in Safety agreed", "label"), 1), (self.agreed, 4)),
            row((self._said, 1), button("Back", on_click=lambda: self.show_event(self._event)),
                button("Mark as captured in error", "danger_line", on_click=self._error)),
            title="Captured in error", gap=10,
        )  # fmt: skip
        box.setMaximumWidth(720)
        refill(self._box, box)
        self.reason.setFocus()

    def _handed(self, event: SafetyEvent) -> tuple[Item, ...]:
        if event.error_reason:
            why = f"Captured in error: {event.error_reason}. Agreed by {event.error_acknowledged_by}."
            return (wrapped(why, "sec", "ink"),)
        zone = self._desk.clock().tzinfo
        at = event.handed_over_at.astimezone(zone) if event.handed_over_at else None
        when = f"{at:%a} {at.day} {at:%b, %H:%M}" if at else ""
        how = event.handover_method.label.lower() if event.handover_method else ""
        items: list[Item] = [wrapped(f"Handed over {when} to {event.handed_to}, {how}.", "sec", "ink")]
        if not event.safety_case_ref:
            self.case = LineEdit(name="Safety's case number", placeholder="Safety's case number")
            self.case.returnPressed.connect(self._acknowledge)
            items.append(row((self.case, 1), button("Acknowledged", on_click=self._acknowledge)))
        else:
            items.append(wrapped(f"Safety's case number: {event.safety_case_ref}", "sec", "ink"))
        items += self._questions(event)
        if event.safety_case_ref and event.status is not SafetyStatus.CLOSED:
            items.append(row(None, button("Close: reconciled with Safety", on_click=self._close)))
        return tuple(items)

    def _questions(self, event: SafetyEvent) -> list[Item]:
        items: list[Item] = []
        for number, one in enumerate(event.follow_ups):
            items.append(label(f"Safety asks: {one.question}", "label"))
            if one.sent_at is not None:
                items.append(wrapped(one.answer, "sec", "ink"))
                continue
            line = LineEdit(name=f"Answer to question {number + 1}", placeholder="The answer")
            give = self._giving(number, line)
            line.free = FreeText("follow_ups")
            line.returnPressed.connect(give)
            items.append(row((line, 1), button("Answer", on_click=give)))
        if event.status is not SafetyStatus.CLOSED:
            self.question = LineEdit(name="What Safety asks", placeholder="Safety asks something more")
            self.question.free = FreeText("follow_ups")
            self.question.returnPressed.connect(self._ask)
            items.append(row((self.question, 1), button("Add question", on_click=self._ask)))
        return items

    def _giving(self, number: int, line: LineEdit) -> Callable[[], None]:
        return lambda: self._do(lambda: answer(self._desk.store, self._event, number, line.text()))

    def _acknowledge(self) -> None:
        self._do(lambda: acknowledge(self._desk.store, self._event, self.case.text()))

    def _ask(self) -> None:
        self._do(lambda: ask_more(self._desk.store, self._event, self.question.text()))

    def _close(self) -> None:
        self._do(lambda: close_event(self._desk.store, self._event))

    def _error(self) -> None:
        reason, agreed = self.reason.text(), self.agreed.text()
        self._do(lambda: captured_in_error(self._desk.store, self._event, reason=reason, agreed_by=agreed))

    def _do(self, act: Callable[[], SafetyEvent]) -> None:
        try:
            self.changed.emit(act())
        except LiaisonError as error:
            self._said.set_text(str(error))
            self._said.show()
