"""First run: which work, who you are, your passphrase, the recovery key. Or practice data with one click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.records import new_id
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.slot_file import Person
from liaison_desktop.shell.first_steps import AboutYouStep, ChooseStep
from liaison_desktop.shell.places import PRACTICE_PASSPHRASE, ROLES, Door, Place, Places, practising
from liaison_desktop.shell.recovery_step import RecoveryStep
from liaison_desktop.shell.unlock import rings
from liaison_desktop.ui.files import Files
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.pictures import Mark
from liaison_desktop.ui.printing import Printer
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.theme import Theme

WIDTH = 560


class FirstRunPage(QFrame):
    """The steps one after another. Nothing counts as made before the recovery key was confirmed.

    `create(door, keys)` makes the store and leaves it closed; it runs off the window's thread.
    `enter(door, keys)` opens it. `back`, when there are stores already, leads to the unlock page.
    """

    def __init__(
        self,
        places: Places,
        jobs: Jobs,
        theme: Theme,
        printer: Printer,
        files: Files,
        *,
        create: Callable[[Door, Keys], None],
        enter: Callable[[Door, Keys], None],
        back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.places, self.jobs, self.theme, self.printer = places, jobs, theme, printer
        self._create, self._enter, self.back = create, enter, back
        self.taken = frozenset(place.folder.name for place in places.all())
        self._made: list[Door] = []
        self._waiting: list[str] = []
        self._passphrase = ""
        self._progress = label("", "capstrong", "ink2")
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, 0)
        self._fault = QVBoxLayout()
        self._fault.setContentsMargins(4, 0, 4, 0)
        mark = Mark(28, *rings(theme), ground="canvas")
        head = row(mark, label("Liaison Desktop", "name"), None, self._progress, gap=10, margins=(4, 0, 4, 0))
        middle = column(head, 24, gap=0)
        layout = middle.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(self._slot)
        layout.addLayout(self._fault)
        layout.addStretch(1)
        middle.setFixedWidth(WIDTH + 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll(row(None, middle, None, gap=0, margins=(0, 72, 0, 32))))
        self.step: QWidget = QWidget()
        self.choose()

    # -- the steps ---------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Step 1: which work."""
        self._show(ChooseStep(self, self.taken), "")

    def about_you(self, workspaces: tuple[str, ...]) -> None:
        """Step 2: who you are, and your passphrase."""
        self.theme.set_accent(workspaces[0])
        self._show(AboutYouStep(self, workspaces), tr("Step 2 of 3"))

    def make_keys(self, workspaces: tuple[str, ...], name: str, credential: str, passphrase: str) -> None:
        """Make the keys of each workspace, one after the other, each with its recovery key."""
        self._waiting, self._made, self._passphrase = list(workspaces), [], passphrase
        self._person = (name, credential)
        self._next()

    def practise(self, workspace: str) -> None:
        """One click: a store marked as practice, filled with made-up records, open."""
        self._busy(True)
        person = practising(workspace)

        def work() -> tuple[Door, Keys]:
            place, _recovery = self.places.begin(workspace, person, PRACTICE_PASSPHRASE, practice=True)
            door = Door(place=place, person=person)
            return door, self._with_store(door, PRACTICE_PASSPHRASE)

        self.jobs.run(work, owner=self, then=lambda made: self._enter(*made), otherwise=self.show_error)

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        workspace = self._waiting.pop(0)
        name, credential = self._person
        person = Person(id=new_id(), name=name, credential=credential, role=ROLES[workspace])

        def begun(made: tuple[Place, str]) -> None:
            place, recovery = made
            self._made.append(Door(place=place, person=person))
            self.theme.set_accent(workspace)
            self._show(RecoveryStep(self, place, recovery, self._next), tr("Step 3 of 3"))

        self._busy(True)
        self.jobs.run(
            lambda: self.places.begin(workspace, person, self._passphrase),
            owner=self,
            then=begun,
            otherwise=self.show_error,
        )

    def _finish(self) -> None:
        doors, passphrase = tuple(self._made), self._passphrase
        self._passphrase = ""
        self._busy(True)

        def work() -> Keys:
            first, *others = doors
            for door in others:
                self._with_store(door, passphrase).close()
            return self._with_store(first, passphrase)

        self.jobs.run(work, owner=self, then=lambda keys: self._enter(doors[0], keys), otherwise=self.show_error)

    def _with_store(self, door: Door, passphrase: str) -> Keys:
        slots = self.places.slots(door.place)
        keys = slots.open_with_passphrase(door.person.id, passphrase)
        try:
            self._create(door, keys)
        except LiaisonError:
            keys.close()
            raise
        self.places.finished(door.place)
        return keys

    # ----------------------------------------------------------------------------------------------------------------

    def show_error(self, error: LiaisonError) -> None:
        """Say what stands in the way, under the step."""
        self._busy(False)
        self._clear_fault()
        self._fault.addWidget(_said(str(error)))

    def _clear_fault(self) -> None:
        while self._fault.count():
            taken = self._fault.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()

    def _busy(self, busy: bool) -> None:
        self.step.setEnabled(not busy)
        self._progress.set_text(tr("Setting up…") if busy else self._progress.text().replace(tr("Setting up…"), ""))

    def _show(self, step: QWidget, progress: str) -> None:
        old, self.step = self.step, step
        self._clear_fault()
        self._progress.set_text(progress)
        self._slot.addWidget(step)
        self._slot.removeWidget(old)
        old.hide()
        old.deleteLater()
        step.show()
        first = step.focusProxy()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def _said(text: str) -> QWidget:
    return row(icon_label("circle-alert", "red", 14), (wrapped(text, "label", "red"), 1), gap=6)
