"""The ways into the open store: change the passphrase, quick unlock, a new recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, WrongPassphrase
from liaison_desktop.i18n import tr
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.slots import KEYRING_DAYS
from liaison_desktop.shell.new_secret import NewSecret
from liaison_desktop.shell.places import Door, Places
from liaison_desktop.shell.recovery_step import KeyGroups
from liaison_desktop.shell.secret_line import SecretLine
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, refill, row
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.ticks import TickEditor


class SecurityCard(QFrame):
    """A card with a title whose content can be changed."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = column(gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(4)
        layout.addWidget(label(title, "strong"))
        layout.addWidget(wrapped(words, "sec"))
        layout.addWidget(self.body)


class PassphraseCard(SecurityCard):
    """Change your own passphrase; the store's keys stay as they are."""

    def __init__(self, desk: Desk, places: Places, door: Door) -> None:
        super().__init__(tr("Passphrase"), tr("Yours alone. Changing it does not touch anybody else's."))
        self._desk, self._places, self._door = desk, places, door
        self.show_closed()

    def show_closed(self) -> None:
        """One button."""
        self.open_button = button(tr("Change passphrase…"), icon="key-round", on_click=self.show_open)
        refill(self.body, row(self.open_button, None))

    def show_open(self) -> None:
        """The old one, and the new one twice."""
        self.old = SecretLine(tr("Present passphrase"))
        self.old_field = LabelledField(tr("Present passphrase"), self.old)
        self.new = NewSecret(lambda: tuple(self._door.person.name.split()), title=tr("New passphrase"))
        self.save = button(tr("Change it"), "primary", on_click=self.change)
        self.save.setEnabled(False)
        self.old.textChanged.connect(lambda _text: self._settle())
        self.new.changed.connect(self._settle)
        self.new.entered.connect(self.save.click)
        cancel = button(tr("Cancel"), "quiet", on_click=self.show_closed)
        refill(self.body, self.old_field, self.new, row(None, cancel, self.save))
        self.old.setFocus()

    def _settle(self) -> None:
        self.old_field.clear_fault()
        self.save.setEnabled(bool(self.old.text()) and self.new.ready)

    def change(self) -> None:
        """Off the window's thread, because it hashes twice."""
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        slots, person = self._places.slots(self._door.place), self._door.person.id
        old, new = self.old.text(), self.new.text
        self._desk.jobs.run(
            lambda: slots.change_passphrase(person, old, new), owner=self, then=self._changed, otherwise=self._refused
        )

    def _changed(self, _none: None) -> None:
        from liaison_desktop.store import Act

        self._desk.store.note(Act.KEYS_CHANGED, detail="passphrase")
        self.show_closed()
        self._desk.toast(tr("Your passphrase was changed."))

    def _refused(self, error: LiaisonError) -> None:
        self.old_field.show_fault(str(error))
        if isinstance(error, WrongPassphrase):
            self.old.selectAll()
            self.old.setFocus()


class QuickUnlockCard(SecurityCard):
    """Opening with this computer's own key store; off unless somebody switches it on."""

    def __init__(self, desk: Desk, places: Places, door: Door, keys: Keys) -> None:
        super().__init__(
            tr("Quick unlock"),
            tr(
                "Opens with this computer's key store instead of typing, for {days} days after each typed passphrase. "
                "Whoever can use your account on this computer can then open your records. Leave it off on a laptop "
                "that others use.",
                days=KEYRING_DAYS,
            ),
        )
        self._desk, self._places, self._door, self._keys = desk, places, door, keys
        self.switch = TickEditor(tr("Quick unlock on this computer"))
        self.switch.setChecked(places.slots(door.place).has_keyring(door.person.id))
        self.switch.clicked.connect(self.turn)
        self.fault: QWidget = column(gap=0)
        refill(self.body, self.switch, self.fault)

    def turn(self, on: bool) -> None:
        """Switch it on or off; the key store may ask for its own password, so not on the window's thread."""
        slots, person, keys = self._places.slots(self._door.place), self._door.person.id, self._keys
        refill(self.fault)
        self.switch.setEnabled(False)
        self._desk.jobs.run(
            (lambda: slots.use_keyring(keys, person)) if on else (lambda: slots.forget_keyring(person)),
            owner=self,
            then=lambda _none: self._turned(),
            otherwise=self._refused,
        )

    def _turned(self) -> None:
        from liaison_desktop.store import Act

        self.switch.setEnabled(True)
        self._desk.store.note(
            Act.KEYS_CHANGED, detail="quick unlock on" if self.switch.isChecked() else "quick unlock off"
        )

    def _refused(self, error: LiaisonError) -> None:
        self.switch.setEnabled(True)
        self.switch.setChecked(not self.switch.isChecked())
        refill(self.fault, amber_line(str(error)))


class RecoveryCard(SecurityCard):
    """A new recovery key, when the paper was lost or seen by somebody."""

    def __init__(self, desk: Desk, places: Places, door: Door, keys: Keys) -> None:
        super().__init__(
            tr("Recovery key"),
            tr("If the paper was lost or somebody saw it, make a new key. The old one is worthless then."),
        )
        self._desk, self._places, self._door, self._keys = desk, places, door, keys
        self.show_closed()

    def show_closed(self) -> None:
        """One button."""
        self.open_button = button(tr("Make a new recovery key…"), icon="refresh-cw", on_click=self.ask)
        refill(self.body, row(self.open_button, None))

    def ask(self) -> None:
        """It cannot be undone, so it is said what happens."""
        self.really = button(tr("Make the old key worthless"), "danger", on_click=self.make)
        refill(
            self.body,
            wrapped(tr("The key on your paper stops working at once. Have paper and pen ready."), "sec", "ink"),
            row(None, button(tr("Cancel"), "quiet", on_click=self.show_closed), self.really),
        )

    def make(self) -> None:
        """Show the new key, once."""
        from liaison_desktop.store import Act

        text = self._places.slots(self._door.place).new_recovery_key(self._keys)
        self._desk.store.note(Act.KEYS_CHANGED, detail="recovery key")
        self.groups = KeyGroups(text)
        refill(
            self.body,
            wrapped(tr("This is the new key. It is shown once: write it down now."), "sec", "ink"),
            self.groups,
            row(None, button(tr("I have written it down"), "primary", on_click=self.show_closed)),
        )


def amber_line(text: str) -> QWidget:
    """A sentence that something did not work, with its sign."""
    return row(icon_label("triangle-alert", "amber", 14), (wrapped(text, "label", "amber"), 1), gap=6)


def fact_row(name: str, text: str, wide: int) -> QWidget:
    """What is known, beside its name; names of one list are as wide (pixels) as each other."""
    named = label(name, "label")
    named.setMinimumWidth(wide)
    return row(named, (wrapped(text, "sec", "ink"), 1), gap=12)
