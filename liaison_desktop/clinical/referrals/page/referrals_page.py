"""Referrals: the pipeline at the left, and one referral, or a new one by phone, beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from liaison_desktop.clinical.referrals.form.phone_draft import DRAFT
from liaison_desktop.clinical.referrals.form.phone_form import PhoneForm
from liaison_desktop.clinical.referrals.page.listing import ReferralList
from liaison_desktop.clinical.referrals.page.referral_pane import ReferralPane
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.workspace import Command

NEW = uuid.UUID(int=0)  # instead of an id: begin a new one
_TICK = 30_000  # ms: ages and clocks are shown in minutes
# Anything of a patient's stay may be what a guard asks about.
_OWN = frozenset({"referral", "referral_document", "bedside_visit", "patient", "state_event", "episode", "task"})


class ReferralsPage(Page):
    """F2 begins a referral by phone; Enter goes into the one that is marked."""

    key: ClassVar[str] = "referrals"
    title: ClassVar[str] = "Referrals"
    icon: ClassVar[str] = "inbox"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.phone: PhoneForm | None = None
        self._wide = False
        self.list = ReferralList(desk, self.new)
        self.list.chosen.connect(self._choose)
        self.list.view.opened.connect(lambda _key: self._into())
        words = "A referral is a request to take a patient. By phone it is taken in a minute and a half."
        self._nothing = EmptyState("No referrals yet", words, "New referral", "plus", self.new, "F2")
        self._rest = EmptyState("Choose a referral at the left", "Or press F2 to take one by phone.")
        self.pane = ReferralPane(desk)
        self.pane.beside = self.list.view
        self.pane.widened.connect(self._widen)
        self._right = QStackedWidget()
        for widget in (self._nothing, self._rest, self.pane):
            self._right.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        self.setFocusProxy(self.list.view)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._tick)
        self._fill()

    # ---- what the window asks

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The guards of an empty referral, which nobody sees: statements are made ready when they are first used."""
        return (self.pane.ask, self.pane.rehearse)

    def resume(self) -> None:
        """A referral by phone that was begun and not saved is what one sees first."""
        if self.desk.store.drafts.get(DRAFT) is not None:
            self.new()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something that a guard may ask about changed."""
        if kinds & _OWN:
            self._fill()
        if self._right.currentWidget() is self.pane:
            self.pane.refresh()

    def new(self) -> None:
        """A new referral by phone, or the one that was not finished."""
        self.pane.save_draft()
        if self.phone is None:
            self.phone = PhoneForm(self.desk)
            self.phone.saved.connect(self._taken)
            self.phone.left.connect(self._leave_phone)
            self._right.addWidget(self.phone)
        self._right.setCurrentWidget(self.phone)
        self._widen(True)
        self.setFocusProxy(self.phone.who)
        self.phone.start()

    def show_record(self, id: uuid.UUID) -> None:
        """Show this referral; the id NEW begins one."""
        if id == NEW:
            self.new()
            return
        self.list.show_everything()
        self._choose(id)
        self._fill(select=id)
        self._into()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The referral that is shown."""
        shown = self._right.currentWidget() is self.pane
        return (Referral.kind, self.pane.shown_id) if shown else None

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.phone is not None:
            self.phone.save_draft()
        self.pane.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """The search, and what can be done with the referral that is shown."""
        find = Command("Find a referral", self.find_referral, "By the patient", "search", "Ctrl+F")
        return (find, *self.pane.commands()) if self._right.currentWidget() is self.pane else (find,)

    def find_referral(self) -> None:
        """The keyboard into the search."""
        self.list.search.setFocus()
        self.list.search.selectAll()

    # ---- within

    def _fill(self, select: uuid.UUID | None = None) -> None:
        self.list.fill(select)
        if self._right.currentWidget() in (self._nothing, self._rest):
            self._right.setCurrentWidget(self._rest if self.list.some else self._nothing)
        self._widen(self._wide)

    def _widen(self, on: bool) -> None:
        """A new referral and a packet take the whole page; Escape brings the list back."""
        self._wide = on
        self.list.setVisible(self.list.some and not on)

    def _choose(self, key: object) -> None:
        found = self.desk.store.find(Referral, key) if isinstance(key, uuid.UUID) else None
        if found is None:
            return
        if self.phone is not None and self._right.currentWidget() is self.phone:
            self.phone.save_draft()
        self._widen(False)
        self.pane.show_referral(found)
        self._right.setCurrentWidget(self.pane)
        self.setFocusProxy(self.list.view)

    def _into(self) -> None:
        if self._right.currentWidget() is self.pane:
            self.pane.go_to(self.pane.tabs.current())

    def _taken(self, id: uuid.UUID) -> None:
        self._drop_phone()
        self._widen(False)
        self.show_record(id)

    def _leave_phone(self) -> None:
        self._drop_phone()
        self._widen(False)
        self._right.setCurrentWidget(self._rest if self.list.some else self._nothing)
        self._fill()
        self.list.view.setFocus()

    def _drop_phone(self) -> None:
        gone, self.phone = self.phone, None
        self.setFocusProxy(self.list.view)
        if gone is not None:
            self._right.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _tick(self) -> None:
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Ages and clocks go on while the page is seen."""
        super().showEvent(event)
        self._clock.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape and self.phone is not None and self._right.currentWidget() is self.phone:
            self.phone.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.save_draft()
            if self._wide:
                self.pane.go_to(0)
            self.list.view.setFocus()
        else:
            super().keyPressEvent(event)
