"""The printed recovery key opens the store once; then a new passphrase is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, WrongPassphrase
from liaison_desktop.i18n import tr
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.slot_file import Person
from liaison_desktop.shell.new_secret import NewSecret
from liaison_desktop.shell.places import Door, Place
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, refill, row
from liaison_desktop.ui.text import label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.shell.unlock import UnlockPage


class RecoverPanel(QWidget):
    """First the key, then the passphrase of the person who forgot it."""

    def __init__(self, page: UnlockPage, place: Place, person: str) -> None:
        super().__init__()
        self._page, self._place = page, place
        known = {str(each.id): each for each in page.places.slots(place).persons}
        self._person: Person = known[person]
        self.key = LineEdit(name=tr("Recovery key"), placeholder="XXXXX-XXXXX-…")
        self.key.returnPressed.connect(self.use_key)
        self.field = LabelledField(
            tr("Recovery key"), self.key, help=tr("40 characters. Case and hyphens do not matter.")
        )
        self.go = button(tr("Open with this key"), "primary", tall=36, on_click=self.use_key)
        self._keys: Keys | None = None
        self._box = column(gap=0, margins=(4, 0, 4, 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        refill(
            self._box,
            label(tr("Use the recovery key"), "section"),
            4,
            wrapped(
                tr(
                    "It was printed or written down when {workspace} was set up. "
                    "After it you choose a new passphrase for {name}.",
                    workspace=place.title,
                    name=self._person.printed,
                )
            ),
            16,
            self.field,
            16,
            self.go,
            8,
            row(button(tr("Back"), "link", "arrow-left", on_click=page.show_doors), None),
        )
        self.setFocusProxy(self.key)

    def use_key(self) -> None:
        """Try the key."""
        slots, text = self._page.places.slots(self._place), self.key.text()
        try:
            # Quick enough for the window's thread: the key is random, so no slow hash is needed.
            self._keys = slots.open_with_recovery(text)
        except WrongPassphrase as error:
            self.field.show_fault(str(error))
            self.key.setFocus()
            return
        except LiaisonError as error:
            self._page.show_trouble(error, self._place)
            return
        self.key.clear()
        self._ask_passphrase()

    def _ask_passphrase(self) -> None:
        self.secret = NewSecret(lambda: tuple(self._person.name.split()), title=tr("New passphrase"))
        self.save = button(tr("Save and unlock"), "primary", tall=36, on_click=self.set_passphrase)
        self.secret.changed.connect(lambda: self.save.setEnabled(self.secret.ready))
        self.secret.entered.connect(self.save.click)
        self.save.setEnabled(False)
        refill(
            self._box,
            label(tr("A new passphrase for {name}", name=self._person.printed), "section"),
            4,
            wrapped(tr("The recovery key fits. It stays valid; keep it where it was.")),
            16,
            self.secret,
            16,
            self.save,
            8,
            row(button(tr("Back"), "link", "arrow-left", on_click=self._leave), None),
        )
        self.setFocusProxy(self.secret.first)
        self.secret.first.setFocus()

    def set_passphrase(self) -> None:
        """Keep the new passphrase, then go in."""
        keys, slots, text = self._keys, self._page.places.slots(self._place), self.secret.text
        if keys is None or not self.secret.ready:
            return
        self.save.setEnabled(False)
        self._keys = None
        self._page.jobs.run(
            lambda: slots.set_passphrase(keys, self._person.id, text),
            owner=self,
            then=lambda _none: self._page.enter(Door(place=self._place, person=self._person), keys),
            otherwise=lambda error: self._page.show_trouble(error, self._place),
        )

    def _leave(self) -> None:
        if self._keys is not None:
            self._keys.close()
        self._page.show_doors()
