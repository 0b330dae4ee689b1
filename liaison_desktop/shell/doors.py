"""Who is working, and their passphrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Throttled, WrongPassphrase
from liaison_desktop.i18n import tr
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.os_keyring import AskPassphrase
from liaison_desktop.shell.moments import seconds, when
from liaison_desktop.shell.person_row import PersonRow
from liaison_desktop.shell.places import PRACTICE_PASSPHRASE, Door, Place, Shut
from liaison_desktop.shell.secret_line import SecretLine
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.text import icon_label, icon_text, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.shell.unlock import UnlockPage

_ROWS_SEEN = 4


class DoorPanel(QWidget):
    """The ordinary way in."""

    def __init__(
        self,
        page: UnlockPage,
        doors: tuple[Door, ...],
        shut: tuple[Shut, ...],
        *,
        chosen: str,
        recover: Callable[[Place, str], None],
        add: Callable[[], None],
        set_up: Callable[[], None],
    ) -> None:
        super().__init__()
        self._page, self._recover, self._busy = page, recover, False
        now = page.places.clock()
        self.rows = [PersonRow(door, when(door.opened_at, now) if door.opened_at else "") for door in doors]
        self.secret = SecretLine(tr("Passphrase"), tall=True)
        self.secret.returnPressed.connect(self.unlock)
        self.caps = icon_text("arrow-up", tr("Caps Lock seems to be on"), "cap", "amber", "amber", 12)
        self.caps.hide()
        self.secret.caps_changed.connect(self.caps.setVisible)
        self.field = LabelledField("", self.secret)
        self.hint = row(gap=6)
        self.go = button(tr("Unlock"), "primary", tall=36, on_click=self.unlock)
        self.quick = button(tr("Quick unlock"), icon="fingerprint", tall=36, on_click=self.unlock_quickly)
        self._wait = QTimer(self, interval=250)
        self._wait.timeout.connect(self._count_down)
        self._lay_out(shut, add, set_up)
        self._group = QButtonGroup(self)
        for each in self.rows:
            self._group.addButton(each)
            each.clicked.connect(self._choose)
        if self.rows:
            first = next((each for each in self.rows if each.door.key == chosen), self.rows[0])
            first.setChecked(True)
            self.setFocusProxy(self.secret)
            self._choose()

    def _lay_out(self, shut: tuple[Shut, ...], add: Callable[[], None], set_up: Callable[[], None]) -> None:
        people: QWidget = column(*self.rows, gap=8, margins=(4, 0, 4, 0))
        if len(self.rows) > _ROWS_SEEN:
            people = scroll(people)
            people.setFixedHeight(_ROWS_SEEN * 68 + 30)
        troubles = [self._shut_card(each) for each in shut]
        if not self.rows:
            outer = column(*troubles, 12, row(None, button(tr("Set up a workspace"), "link", on_click=set_up)), gap=8)
        else:
            box = column(
                row(label(tr("Passphrase"), "label"), None, self.caps, gap=4),
                4,
                self.field,
                self.hint,
                12,
                self.go,
                8,
                self.quick,
                4,
                row(
                    button(tr("Use recovery key"), "link", "key-round", on_click=self.recover),
                    None,
                    button(tr("Add a person"), "link", on_click=add),
                    gap=0,
                ),
                gap=0,
                margins=(4, 0, 4, 0),
            )
            outer = column(
                *troubles,
                row(label(tr("Who is working?"), "label"), gap=0, margins=(4, 0, 4, 0)),
                8,
                people,
                20,
                box,
                gap=0,
            )
        own = QVBoxLayout(self)
        own.setContentsMargins(0, 0, 0, 0)
        own.addWidget(outer)

    def _shut_card(self, shut: Shut) -> QWidget:
        more = button(tr("What can I do?"), small=True, on_click=lambda: self._page.show_trouble(shut.why, shut.place))
        head = row(icon_label("triangle-alert", "red"), label(shut.place.title, "strong"), None)
        said = card(head, wrapped(str(shut.why)), row(None, more), tone="red")
        return column(said, 12, gap=0, margins=(4, 0, 4, 0))

    @property
    def door(self) -> Door:
        """The person who is chosen."""
        return next(each.door for each in self.rows if each.isChecked())

    def _choose(self) -> None:
        door = self.door
        self._page.theme.set_accent(door.place.workspace)
        self.quick.setVisible(door.quick)
        refill(self.hint)
        if door.place.practice:
            fill = button(tr("Fill in"), "link", on_click=lambda: self._fill(PRACTICE_PASSPHRASE))
            refill(self.hint, label(tr("It is: {passphrase}", passphrase=PRACTICE_PASSPHRASE), "sec"), fill, None)
        self._say("")
        self.secret.clear()
        self.secret.setFocus()
        self._count_down()

    def _fill(self, text: str) -> None:
        self.secret.setText(text)
        self.secret.setFocus()

    def unlock(self) -> None:
        """Try the passphrase that was typed."""
        text, door = self.secret.text(), self.door
        if self._busy or self._wait.isActive():
            return
        if not text:
            self._say(tr("Type your passphrase."))
            return
        places = self._page.places
        self._try(lambda: places.open_with_passphrase(door, text))

    def unlock_quickly(self) -> None:
        """Try the computer's own key store."""
        door, places = self.door, self._page.places
        self._try(lambda: places.slots(door.place).open_with_keyring(door.person.id))

    def recover(self) -> None:
        """Somebody forgot a passphrase."""
        self._recover(self.door.place, str(self.door.person.id))

    def _try(self, work: Callable[[], Keys]) -> None:
        self._set_busy(True)
        self._say("")
        self._page.jobs.run(work, owner=self, then=self._opened, otherwise=self._refused)

    def _opened(self, keys: Keys) -> None:
        self._set_busy(False)
        self.secret.clear()
        self._page.enter(self.door, keys)

    def _refused(self, error: LiaisonError) -> None:
        self._set_busy(False)
        if not isinstance(error, (WrongPassphrase, Throttled, AskPassphrase)):
            self._page.show_trouble(error, self.door.place)
            return
        self._say(str(error), severe=not isinstance(error, AskPassphrase))
        self.secret.selectAll()
        self.secret.setFocus()
        self._count_down()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (*self.rows, self.secret, self.go, self.quick):
            widget.setEnabled(not busy)
        self.go.set_text(tr("Unlocking…") if busy else tr("Unlock"))

    def _say(self, text: str, severe: bool = True) -> None:
        self.field.show_fault(text, severe)

    def _count_down(self) -> None:
        door = self.door
        try:
            left = self._page.places.slots(door.place).seconds_left(door.person.id)
        except LiaisonError as error:
            self._page.show_trouble(error, door.place)
            return
        if left:
            self.go.setEnabled(False)
            self.go.set_text(tr("Wait {time}", time=seconds(left)))
            if not self._wait.isActive():
                self._wait.start()
        elif self._wait.isActive() or not self._busy:
            self._wait.stop()
            self.go.setEnabled(True)
            self.go.set_text(tr("Unlock"))
