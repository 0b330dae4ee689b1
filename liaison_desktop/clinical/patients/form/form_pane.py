"""A tab of the chart that shows what is known and opens one form at a time in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.pane import PatientPane
from liaison_desktop.clinical.patients.form.record_entry import RecordEntry
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.desk import Desk


class FormPane(PatientPane):
    """What is shown is made anew after each change; a form that is open stays as it is."""

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(desk, patient, parent)
        self.entry: RecordEntry | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._shown = QWidget(self)
        self._opened_by, self._reads = "", False
        self._put(self.overview())

    def overview(self) -> QWidget:
        """What is known, with the buttons that open forms."""
        raise NotImplementedError

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again, unless a form is open."""
        if self.entry is not None or self._reads:
            return
        # Asked of the window: a widget remembers its own last focus although the keyboard is elsewhere by now.
        here = QApplication.focusWidget()
        mine = here is not None and (here is self or self.isAncestorOf(here))
        name = here.objectName() if here is not None else ""
        self._put(self.overview())
        if mine:
            self._go_to(name)

    def opener(self, text: str, key: str, act: Callable[[], object], kind: str = "secondary", icon: str = "") -> Button:
        """A button that opens a form: `key` names it, so that the keyboard comes back to it."""

        def press() -> None:
            self._opened_by = key
            act()

        made = button(text, kind, icon, small=True, on_click=press)
        made.setObjectName(key)
        return made

    def open_form(self, entry: RecordEntry) -> None:
        """Show a form in place of what is known."""
        self.save_draft()
        self.entry, self._reads = entry, False
        entry.saved.connect(lambda _record: self.close_form())
        entry.left.connect(self.close_form)
        self._put(entry)
        entry.start()

    def close_form(self) -> None:
        """Back to what is known, with the keyboard on what opened the form."""
        self.entry, self._reads = None, False
        found = self.desk.store.find(Patient, self.patient.id)
        if found is not None:
            self.patient = found
        self._put(self.overview())
        self._go_to(self._opened_by)

    def show_instead(self, widget: QWidget) -> None:
        """Show something else that is read, such as a document, until `close_form`."""
        self.save_draft()
        self.entry, self._reads = None, True
        self._put(widget)
        widget.setFocus()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.entry is not None:
            self.entry.save_draft()

    def drafted(self, key: str) -> bool:
        """Whether something was typed under this key and not saved yet."""
        return self.desk.store.drafts.get(key) is not None

    def _go_to(self, name: str) -> None:
        # Of what is shown: what was there before waits to be deleted, and has children of the same names.
        found = self._shown.findChild(QWidget, name) if name else None
        if found is not None and found.isVisibleTo(self):
            found.setFocus()
        else:
            self.setFocus()

    def _put(self, made: QWidget) -> None:
        self._room.removeWidget(self._shown)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = made
        self._room.addWidget(made, 1)
        made.show()  # at once, so that the keyboard can go there
