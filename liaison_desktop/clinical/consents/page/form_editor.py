"""Writing a form: its file as text, what stands against it line by line, and the button that keeps it."""

from __future__ import annotations

import functools

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import CheckedFile, check_own
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.rules.text_check import Complaint
from liaison_desktop.clinical.people.actions import wanting
from liaison_desktop.errors import Severity
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import list_card
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped

_PAUSE = 400  # ms after the last keystroke until the text is checked
_MOST = 40  # complaints shown at once; mending them shows the rest
_NO_LIMIT = 16_777_215  # what Qt takes for "as high as there is room"


class FormEditor(QWidget):
    """`checked` carries what was found; `save_asked` the text; `dropped` when the author goes back without saving."""

    checked = Signal(object)
    save_asked = Signal()
    dropped = Signal()
    typed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.found: CheckedFile | None = None
        self.text = TextArea(20, "The form as text")
        self.text.setMinimumHeight(160)
        self.text.setMaximumHeight(_NO_LIMIT)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        self.text.textChanged.connect(self._typed)
        self.save_button = button("Save as our form", "primary", "file-check", on_click=self.save_asked.emit)
        self._right = wrapped("", "cap", "amber")
        self._list = column(gap=8)
        lead = wrapped(
            "Behind a sentence, [T10] says which element it carries. {practitioner} and {phone} are filled in. The version"
            " has to rise; the older one stays.",
            "cap",
            "ink2",
        )
        pane = scroll(column(self._list, None, gap=0, margins=(0, 0, 8, 0)))
        pane.setMinimumHeight(96)
        foot = row(self.save_button, button("Back without saving", "quiet", on_click=self.dropped.emit), None)
        inside(
            self,
            column(
                label("The form as text", "section"), lead, (self.text, 3), (pane, 2), self._right, foot,
                gap=8, margins=(20, 8, 20, 12),
            ),
        )  # fmt: skip

    def start(self, text: str) -> None:
        """Write on this text."""
        self.text.set_text(text)
        self._right.set_text(fault.message if (fault := wanting(self.store, "write_forms")) else "")
        self._right.setVisible(bool(self._right.plain()))
        self.check()
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def content(self) -> bytes:
        """The bytes that would be saved."""
        return f"{self.text.text().rstrip()}\n".encode("utf-8", "replace")

    def _typed(self) -> None:
        self._pause.start()
        self.typed.emit()

    def check(self) -> CheckedFile:
        """Say now what stands against it, each with its line."""
        self._pause.stop()
        found = self.found = check_own(self.store, self.content())
        stops = [each for each in found.complaints if each.severity is Severity.REFUSE]
        warns = [each for each in found.complaints if each.severity is not Severity.REFUSE]
        rows = [self._line(each) for each in (*stops, *warns)[:_MOST]]
        good = wrapped("Nothing stands against this form.", "body", "green")
        refill(self._list, list_card("Before it can be used", *rows, right=str(len(stops))) if rows else good)
        self.save_button.setEnabled(not stops)
        self.checked.emit(found)
        return found

    def _line(self, complaint: Complaint) -> QWidget:
        stops = complaint.severity is Severity.REFUSE
        where = f"Line {complaint.line}" if complaint.line else "The form"
        go = button(
            where, "ghost", "corner-down-left", small=True, on_click=functools.partial(self.go_to, complaint.line)
        )
        return row(
            (wrapped(complaint.message, "body", "red" if stops else "amber"), 1), go, gap=8, margins=(16, 4, 8, 4)
        )

    def go_to(self, line: int) -> None:
        """Put the cursor into this line of the text."""
        block = self.text.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self.text.setFocus()
