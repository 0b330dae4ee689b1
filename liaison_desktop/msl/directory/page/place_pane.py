"""The form of a place with its foot."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.directory.actions import save_institution
from liaison_desktop.msl.directory.form import InstitutionForm
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, panel, scroll
from liaison_desktop.ui.text import label


class PlacePane(QWidget):
    """Changes one place; `left` is called when that is over."""

    def __init__(self, desk: Desk, *, left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._leave = desk, left
        self.form = InstitutionForm(desk.store)
        self._title, self._foot = label("", "title"), label("", "sec")
        foot = action_bar(
            self._foot,
            None,
            button("Cancel", on_click=self._leave),
            button("Save", "primary", "check", on_click=self.save),
        )
        head = panel(title_line(self._title, margins=(20, 0, 12, 0)), margins=(0, 12, 0, 10))
        body = scroll(column(self.form, None, margins=(20, 16, 20, 24)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(head, hairline(), (body, 1), hairline(), foot, gap=0))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def show_place(self, institution_id: uuid.UUID) -> None:
        """Show a place to change."""
        institution = self._desk.store.get(Institution, institution_id)
        self._title.set_text(institution.title())
        self._foot.set_text("")
        self.form.show_institution(institution)

    def save(self) -> None:
        """Save, or show what stands in the way."""
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return
        try:
            save_institution(self._desk.store, self.form.institution())
        except Refused as refused:
            self.form.show_faults(refused.faults)
            self._foot.set_text("Something needs a look")
            return
        except LiaisonError as error:
            self._foot.set_text(str(error))
            return
        self._desk.toast("Place saved")
        self._leave()
