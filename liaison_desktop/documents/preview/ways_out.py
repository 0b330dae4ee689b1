"""What is asked before a document leaves: whose copy is printed, and whether a saved one is locked with a password."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from liaison_desktop.documents.made import SHORTEST
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped

OPEN, LOCKED = "open", "locked"


class WaysOut(QFrame):
    """Stands under the bar of a preview while it asks. `printed` tells whose copy, `saved` the password, empty for none.

    The password is the file's own and is kept nowhere: it is not the passphrase, and must not be.
    """

    printed = Signal(str)
    saved = Signal(str)
    closed = Signal()

    def __init__(self, copies: Sequence[str]) -> None:
        super().__init__()
        self.whose = Segmented(tuple(copies), name="Whose copy", clears=False)
        self.whose.set_value(copies[0])
        self.print_button = button("Print", "primary", "printer", on_click=self._print)
        self.how = Segmented(
            ((OPEN, "As it is"), (LOCKED, "Locked with a password")), name="How the copy is saved", clears=False
        )
        self.how.changed.connect(lambda _how: self._settle())
        self.password, self.again = _secret("Password of this copy"), _secret("The same password again")
        self._words = wrapped("", "sec", "ink2")
        self._first = LabelledField("Password of this copy", self.password)
        self._second = LabelledField("The same again", self.again)
        self._secrets = row((self._first, 1), (self._second, 1), gap=12)
        self.save_button = button("Choose where…", "primary", "download", on_click=self._save)
        self._printing = row(
            label("Print as", "medium"), self.whose, None, button("Not now", "quiet", on_click=self.close_it),
            self.print_button, gap=12,
        )  # fmt: skip
        head = row(
            label("Save", "medium"), self.how, None, button("Not now", "quiet", on_click=self.close_it),
            self.save_button, gap=12,
        )  # fmt: skip
        self._saving = column(head, self._words, self._secrets, gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panel(self._printing, self._saving, margins=(16, 10, 16, 12), gap=0))
        layout.addWidget(hairline())
        self.hide()

    def ask_print(self) -> None:
        """Whose copy?"""
        self._show(self._printing)
        self.print_button.setFocus()

    def ask_save(self) -> None:
        """As it is, or locked?"""
        self.how.set_value(OPEN)
        self._settle()
        self._show(self._saving)
        self.save_button.setFocus()

    def close_it(self) -> None:
        """Ask no longer; what was typed is forgotten."""
        for line in (self.password, self.again):
            line.clear()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._print if self._printing.isVisibleTo(self) else self._save)()
        else:
            super().keyPressEvent(event)

    def _show(self, which: QWidget) -> None:
        for part in (self._printing, self._saving):
            part.setVisible(part is which)
        for field in (self._first, self._second):
            field.clear_fault()
        self.show()

    def _settle(self) -> None:
        locked = self.how.value() == LOCKED
        self._secrets.setVisible(locked)
        self._words.set_text(
            "Not your passphrase: whoever may read this copy is told this password, by another way than the file. "
            "It is kept nowhere. Nobody can open the copy without it."
            if locked
            else "Whoever gets the file can read it. Its seal can be checked."
        )
        if locked and self.isVisible():
            self.password.setFocus()

    def _print(self) -> None:
        whose = str(self.whose.value())
        self.close_it()
        self.printed.emit(whose)

    def _save(self) -> None:
        password, again = self.password.text(), self.again.text()
        for field in (self._first, self._second):
            field.clear_fault()
        if self.how.value() == LOCKED:
            if len(password) < SHORTEST:
                self._first.show_fault(f"At least {SHORTEST} letters: whoever finds the file has time to guess.")
                self.password.setFocus()
                return
            if password != again:
                self._second.show_fault("The two are not the same.")
                self.again.setFocus()
                return
        else:
            password = ""
        self.close_it()
        self.saved.emit(password)


def _secret(name: str) -> LineEdit:
    line = LineEdit(name=name)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
