"""How somebody of the staff proves who they are: the PIN they approve with, and whether they unlock this laptop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.people.actions import claim, remove_pin, set_pin, wanting, working
from liaison_desktop.clinical.people.form.pin_line import PinLine
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.text import icon_label, wrapped

_NEW, _OLD, _MINE = "A new PIN, 6 to 12 digits", "The PIN until now", "The PIN of this person"


class StaffPart(QWidget):
    """Each act is done at once. `changed` carries the person as saved."""

    changed = Signal(object)

    def __init__(self, desk: Desk, member: StaffMember) -> None:
        super().__init__()
        self._desk, self._member = desk, member
        self._act: Callable[[], StaffMember] = lambda: member
        self.old, self.new = PinLine(_OLD), PinLine(_NEW)
        self._old_field, self._new_field = LabelledField(_OLD, self.old), LabelledField(_NEW, self.new)
        self.go = button("Set the PIN", "secondary", on_click=self._do)
        cancel = button("Cancel", "quiet", on_click=self._close)
        self._asking = row(self._old_field, self._new_field, column(None, row(self.go, cancel, gap=4)), None, gap=12)
        self._asking.hide()
        self.say = wrapped("", "label", "red")
        self.say.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(self._pin_line(), self._door_line(), self._asking, self.say, title="How they prove who they are")
        )
        for line in (self.old, self.new):
            line.returnPressed.connect(self._do)

    def _pin_line(self) -> QWidget:
        member = self._member
        if member.pin:
            day = show_day(member.pin_set_at.date()) if member.pin_set_at else ""
            words = f"PIN set {day}. With it they approve on a colleague's screen."
        else:
            words = "No PIN yet. With one they approve what takes a second person."
        self.set_button = button("Change PIN" if member.pin else "Set a PIN", small=True, on_click=self._ask_new)
        drop = button("Take it away", "quiet", small=True, on_click=self._drop)
        if not member.pin or wanting(self._desk.store, "manage_people") is not None:
            drop.hide()
        return row(icon_label("key-round"), (wrapped(words, "sec", "ink"), 1), drop, self.set_button)

    def _door_line(self) -> QWidget:
        member, store = self._member, self._desk.store
        if member.actor == store.actor.id:
            return row(
                icon_label("user-round-check"), (wrapped("This is you: you unlocked this laptop.", "sec", "ink"), 1)
            )
        if member.actor is not None:
            return row(
                icon_label("lock-keyhole"),
                (wrapped("Unlocks this laptop with a passphrase of their own.", "sec", "ink"), 1),
            )
        words = wrapped("Has no passphrase on this laptop; that is added on the page before unlocking.", "sec", "ink")
        self.mine = button("This is me", small=True, on_click=self._ask_mine)
        if working(store).version is not None:
            self.mine.hide()
        return row(icon_label("lock-keyhole"), (words, 1), self.mine)

    # ---- acts

    def _open(self, old: str, new: str, act: str, do: Callable[[], StaffMember]) -> None:
        self._act = do
        for field, line, words in ((self._old_field, self.old, old), (self._new_field, self.new, new)):
            line.clear()
            line.setAccessibleName(words)
            field.setVisible(bool(words))
        self.go.setText(act)
        self.say.hide()
        self._asking.show()
        (self.old if old else self.new).setFocus()

    def _close(self) -> None:
        self.old.clear()
        self.new.clear()
        self._asking.hide()
        self.say.hide()
        self.set_button.setFocus()

    def _ask_new(self) -> None:
        store, member = self._desk.store, self._member
        self._open(
            _OLD if member.pin else "",
            _NEW,
            "Set the PIN",
            lambda: set_pin(store, member, self.new.text(), old=self.old.text()),
        )

    def _ask_mine(self) -> None:
        store, member = self._desk.store, self._member
        if not member.pin or wanting(store, "manage_people") is None:
            self._do_this(lambda: claim(store, member))
            return
        self._open(_MINE, "", "This is me", lambda: claim(store, member, self.old.text()))

    def _drop(self) -> None:
        self._do_this(lambda: remove_pin(self._desk.store, self._member))

    def _do(self) -> None:
        self._do_this(self._act)

    def _do_this(self, act: Callable[[], StaffMember]) -> None:
        try:
            done = act()
        except LiaisonError as error:
            self.say.set_text(str(error))
            self.say.show()
            known = isinstance(error, Refused) and error.faults[0].rule.startswith("PIN")
            wrong = self.old if known or self.new.isHidden() else self.new
            wrong.clear()
            wrong.setFocus()
            return
        self._desk.toast("Saved.")
        self.changed.emit(done)
