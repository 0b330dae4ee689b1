"""The unlock page: who is working, the passphrase, and the ways out when it does not open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.slots import KeySlots
from liaison_desktop.shell.add_person import AddPersonPanel
from liaison_desktop.shell.doors import DoorPanel
from liaison_desktop.shell.moments import day_and_time
from liaison_desktop.shell.places import Door, Place, Places
from liaison_desktop.shell.recover import RecoverPanel
from liaison_desktop.shell.trouble import TroublePanel
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.pictures import Mark
from liaison_desktop.ui.text import icon_label, label
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode

WIDTH = 376
_MINUTE = 15_000  # ms between looks at the clock


class UnlockPage(QFrame):
    """Everything a person meets before a store is open.

    `enter(door, keys)` opens the store and may raise a LiaisonError, which is then shown here; `set_up()` goes to
    the first-run page; `chosen` is the door that is preselected, as after a lock.
    """

    def __init__(
        self,
        places: Places,
        jobs: Jobs,
        theme: Theme,
        *,
        enter: Callable[[Door, Keys], None],
        set_up: Callable[[], None],
        chosen: str = "",
        locked: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.places, self.jobs, self.theme = places, jobs, theme
        self._enter, self._set_up, self._chosen, self._locked = enter, set_up, chosen, locked
        self.date = label("", "sec")
        self.date.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = label(tr("Locked") if locked else "Liaison Desktop", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, 0)
        head = column(row(None, Mark(36, *rings(theme), ground="canvas"), None), 12, title, 4, self.date, 28, gap=0)
        middle = column(None, head, gap=0)
        layout = middle.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(self._slot)
        layout.addStretch(1)
        middle.setFixedWidth(WIDTH + 8)
        body = row(None, middle, None, gap=0, margins=(0, 24, 0, 0))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll(body), 1)
        whole.addWidget(_foot())
        self.panel: QWidget = QWidget()
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._tell_time)
        self._tell_time()
        self.show_doors()

    # -- panels ------------------------------------------------------------------------------------------------------

    def show_doors(self) -> None:
        """Who is working?"""
        try:
            doors, shut = self.places.doors()
        except LiaisonError as error:
            self.show_trouble(error)
            return
        self._show(
            DoorPanel(
                self,
                doors,
                shut,
                chosen=self._chosen,
                recover=self.show_recovery,
                add=self.show_add,
                set_up=self._set_up,
            )
        )

    def show_recovery(self, place: Place, name: str = "") -> None:
        """Use the printed recovery key, then set a new passphrase."""
        self._show(RecoverPanel(self, place, name))

    def show_add(self) -> None:
        """Let one more person in."""
        self._show(AddPersonPanel(self, self.places.doors()[0], self._set_up))

    def show_trouble(self, error: LiaisonError, place: Place | None = None) -> None:
        """A store cannot be opened: say which, why, and what can be done."""
        can = place is not None and KeySlots.can_restore(place.folder, place.workspace)
        self._show(TroublePanel(self, error, place, can_restore=can))

    def enter(self, door: Door, keys: Keys) -> None:
        """The keys are there: open the store, or say why it does not open. The keys are wiped in that case."""
        try:
            self._enter(door, keys)
        except LiaisonError as error:
            keys.close()
            self.show_trouble(error, door.place)

    def _show(self, panel: QWidget) -> None:
        old, self.panel = self.panel, panel
        panel.setFixedWidth(WIDTH + 8)
        self._slot.addWidget(panel)
        old.hide()
        self._slot.removeWidget(old)
        old.deleteLater()
        panel.show()
        self._focus()

    def _focus(self) -> None:
        first = self.panel.focusProxy()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to where the passphrase is typed."""
        super().showEvent(event)
        self._clock.start()
        self._focus()

    def _tell_time(self) -> None:
        self.date.set_text(day_and_time(self.places.clock()))


def rings(theme: Theme) -> tuple[str, str]:
    """The colours of the mark, lighter on a dark ground."""
    return ("#3B4CB8", "#0B8187") if theme.shown is Mode.LIGHT else ("#8D9AF5", "#3FB5B3")


def _foot() -> QWidget:
    foot = row(
        None,
        icon_label("lock-keyhole", "green", 14),
        label(tr("Nothing leaves this laptop"), "secm"),
        label("·", "cap"),
        label(tr("Each person has their own passphrase"), "cap", "ink2"),
        label("·", "cap"),
        label(tr("Records are encrypted on disk"), "cap", "ink2"),
        None,
        gap=8,
        margins=(24, 0, 24, 0),
    )
    foot.setFixedHeight(64)
    return foot
