"""One more person for a store. Somebody who works there, or the recovery key, has to let them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.records import new_id
from liaison_desktop.security.slot_file import Person
from liaison_desktop.shell.new_secret import NewSecret
from liaison_desktop.shell.places import ROLES, Door
from liaison_desktop.shell.secret_line import SecretLine
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.shell.unlock import UnlockPage


class AddPersonPanel(QWidget):
    """Who lets whom in."""

    def __init__(self, page: UnlockPage, doors: tuple[Door, ...], set_up: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._doors = page, doors
        options = [(door.key, f"{door.person.printed} · {door.place.title}") for door in doors]
        self.host = Segmented(options[:2], name=tr("Who lets them in?"), clears=False) if len(doors) < 3 else None
        self.picked = _Choice(options) if self.host is None else None
        if self.host is not None:
            self.host.set_value(options[0][0])
        self.host_secret = SecretLine(tr("Their passphrase"))
        self.host_field = LabelledField(tr("Passphrase of that person"), self.host_secret)
        self.name, self.credential = LineEdit(name=tr("Name")), LineEdit(name=tr("Credential"), placeholder="RN")
        self.name_field = LabelledField(tr("Name of the new person"), self.name)
        self.secret = NewSecret(lambda: tuple(self.name.text().split()), title=tr("Passphrase of the new person"))
        self.save = button(tr("Add this person"), "primary", tall=36, on_click=self.add)
        self.secret.entered.connect(self.save.click)
        for line in (self.host_secret, self.name):
            line.textChanged.connect(self._settle)
        self.secret.changed.connect(self._settle)
        chooser = self.host if self.host is not None else self.picked
        assert chooser is not None
        box = column(
            label(tr("Add a person"), "section"),
            4,
            wrapped(tr("Everybody has their own passphrase. Somebody who works here already lets the new person in.")),
            12,
            LabelledField(tr("Who lets them in?"), chooser),
            10,
            self.host_field,
            10,
            row((self.name_field, 2), (LabelledField(tr("Credential"), self.credential), 1), gap=12),
            10,
            self.secret,
            12,
            self.save,
            8,
            row(
                button(tr("Back"), "link", "arrow-left", on_click=page.show_doors),
                None,
                button(tr("Set up another workspace"), "link", on_click=set_up),
                gap=0,
            ),
            gap=0,
            margins=(4, 0, 4, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        self.setFocusProxy(self.host_secret)
        self._settle()

    @property
    def door(self) -> Door:
        """Who lets them in."""
        key = self.host.value() if self.host is not None else self.picked.value() if self.picked is not None else ""
        return next(door for door in self._doors if door.key == key)

    def _settle(self) -> None:
        self.host_field.clear_fault()
        self.name_field.clear_fault()
        self.save.setEnabled(bool(self.name.text().strip() and self.host_secret.text()) and self.secret.ready)

    def add(self) -> None:
        """Let the person in."""
        if not self.save.isEnabled():
            return
        door, text, secret = self.door, self.host_secret.text(), self.secret.text
        person = Person(
            id=new_id(),
            name=self.name.text().strip(),
            credential=self.credential.text().strip(),
            role=ROLES[door.place.workspace],
        )

        def work() -> None:
            slots = self._page.places.slots(door.place)
            keys = slots.open_with_passphrase(door.person.id, text)
            try:
                slots.add_person(keys, person, secret)
            finally:
                keys.close()

        self.save.setEnabled(False)
        self._page.jobs.run(work, owner=self, then=lambda _none: self._page.show_doors(), otherwise=self._refused)

    def _refused(self, error: LiaisonError) -> None:
        from liaison_desktop.errors import Refused

        (self.name_field if isinstance(error, Refused) else self.host_field).show_fault(str(error))


class _Choice(QWidget):
    """A longer list of people, by keyboard or pointer."""

    def __init__(self, options: list[tuple[str, str]]) -> None:
        super().__init__()
        from PySide6.QtWidgets import QComboBox

        self._box = QComboBox()
        for key, text in options:
            self._box.addItem(text, key)
        self._box.setAccessibleName(tr("Who lets them in?"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)

    def value(self) -> str:
        """The key of the chosen one."""
        return str(self._box.currentData())
