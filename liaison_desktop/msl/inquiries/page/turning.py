"""Turning the screen towards the doctor, and taking it back: the same for an inquiry and a standing request."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from liaison_desktop.msl.inquiries.form import HandOver, Shown
from liaison_desktop.signing import Signature
from liaison_desktop.ui.desk import Desk


class Turning(QObject):
    """`given` gets the signature while the screen is still closed; `back` is called when the liaison has it again."""

    def __init__(
        self, owner: QObject, desk: Desk, given: Callable[[Signature], object], back: Callable[[], object]
    ) -> None:
        super().__init__(owner)
        self._desk, self._given, self._back = desk, given, back
        self.screen: HandOver | None = None

    def turn(self, shown: Shown) -> None:
        """Cover everything with the page for the doctor."""
        desk = self._desk
        self.screen = HandOver(shown, now=desk.clock(), keeper=desk.store.actor.name, confirm=desk.confirm_actor)
        self.screen.given.connect(self._given)
        self.screen.left.connect(self._left)
        desk.full_screen(self.screen)

    def _left(self) -> None:
        self._desk.leave_full_screen()
        self.screen = None
        self._back()
