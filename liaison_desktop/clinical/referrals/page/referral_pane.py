"""One referral beside the list: whose it is, how it stands, and under its tabs all that can be done with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.patients.record import Patient, age_text, birth_text, full_name, record_number
from liaison_desktop.clinical.referrals.actions import gather
from liaison_desktop.clinical.referrals.form.decision_form import DecisionForm
from liaison_desktop.clinical.referrals.form.details_form import DetailsForm
from liaison_desktop.clinical.referrals.form.visit_form import VisitForm
from liaison_desktop.clinical.referrals.page.decides_view import DecidesView
from liaison_desktop.clinical.referrals.page.history_view import HistoryView
from liaison_desktop.clinical.referrals.page.listing import first_clocks
from liaison_desktop.clinical.referrals.page.looks import age, clock_chip, state_chip
from liaison_desktop.clinical.referrals.page.mending import mend
from liaison_desktop.clinical.referrals.page.packet_view import PacketView
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import Facts
from liaison_desktop.tasks.rules import ClockState
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.text import elided, label
from liaison_desktop.ui.workspace import Command

TABS = ("What decides", "Packet", "Details", "Decision", "History")
DECIDES, PACKET, DETAILS, DECISION, HISTORY = range(5)


class ReferralPane(FollowsTheEye):
    """Alt+1 to Alt+5 show the tabs, Alt+V starts a visit at the bedside. `widened` tells that all the room is needed."""

    widened = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.referral = Referral()
        self.visit: VisitForm | None = None
        self.tabs = TabStrip(TABS)
        self.tabs.changed.connect(self.show_tab)
        self.decides, self.packet = DecidesView(desk), PacketView(desk)
        self.details, self.decision, self.history = DetailsForm(desk), DecisionForm(desk), HistoryView()
        self._name, self._facts, self._age = elided("", "section"), elided("", "sec", "ink2"), label("", "sec", "ink2")
        self._clock, self._state = Chip(""), Chip("")
        self._stack = QStackedWidget()
        for held in (self.decides, self.packet, self.details, self.decision, self.history):
            self._stack.addWidget(held)
        self._lay_out()
        self.decides.mended.connect(self.mend)
        self.decision.mended.connect(self.mend)
        self.packet.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        chart = button("Open the chart", "secondary", "user-round", small=True, on_click=self.open_chart)
        visit = button("Start visit", "secondary", "stethoscope", small=True, on_click=self.start_visit)
        visit.setToolTip("Alt+V")
        head = panel((self._name, 1), self._clock, self._state, visit, chart, margins=(20, 12, 16, 2), across=True)
        under = panel((self._facts, 1), self._age, margins=(20, 0, 16, 6), across=True)
        self._strip = panel((self.tabs, 1), margins=(0, 0, 16, 0), across=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (head, under, self._strip, hairline()):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number in range(len(TABS)):
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, lambda n=number: self.go_to(n), context=inside)
        QShortcut(QKeySequence("Alt+V"), self, self.start_visit, context=inside)

    # ---- showing

    def show_referral(self, referral: Referral) -> None:
        """Show a referral; what was typed about the one before is kept."""
        if referral.id != self.referral.id:
            # What was typed belongs to the referral that is shown until now.
            self.save_draft()
            self._drop_visit()
            self.packet.forget()
            self.referral = referral
            self.tabs.set_current(DECIDES)
            self._stack.setCurrentIndex(DECIDES)
            self.widened.emit(False)
        self.refresh()

    def refresh(self) -> None:
        """Read it again; what is being typed stays."""
        found = self.desk.store.find(Referral, self.referral.id)
        if found is None:
            return
        self.referral = found
        self._show_head()
        self._show_tab()

    def _show_head(self) -> None:
        store, referral, now = self.desk.store, self.referral, self.desk.store.clock()
        patient = store.find(Patient, referral.patient)
        if patient is not None:
            years = age_text(patient.birth_date, self.desk.today())
            born = f"{birth_text(patient.birth_date)} ({years})" if years else birth_text(patient.birth_date)
            self._name.set_text(full_name(patient))
            self._facts.set_text(" · ".join(filter(None, (born, record_number(patient), referral.title()))))
        else:
            self._name.set_text("No longer here")
            self._facts.set_text(referral.title())
        self._age.set_text(f"came in {age(referral, now)} ago")
        _show_chip(self._state, state_chip(referral))
        clock = first_clocks(self.desk, (referral,)).get(referral.id)
        runs = clock is not None and clock.state is not ClockState.STOPPED
        self._clock.setVisible(runs)
        if clock is not None and runs:
            _show_chip(self._clock, clock_chip(clock, now))

    def ask(self) -> Facts:
        """What the guards of this referral ask about; of an empty one before the first is shown."""
        return gather(self.desk.store, self.referral)

    def rehearse(self) -> None:
        """Make what shows the guards, as long as no referral was shown."""
        if self.referral.version is None:
            self.decides.show_facts(self.ask())

    def _show_tab(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self.decides:
            self.decides.show_facts(self.ask())
        elif shown is self.packet:
            self.packet.show_referral(self.referral)
        elif shown is self.details:
            self.details.show_referral(self.referral)
        elif shown is self.decision:
            self.decision.show_referral(self.referral)
        elif shown is self.history and self.referral.episode is not None:
            self.history.show_events(events_of(self.desk.store, self.referral.episode))

    def show_tab(self, number: int) -> None:
        """Show a tab; what was being typed is kept."""
        self.save_draft()
        self._drop_visit()
        self._stack.setCurrentIndex(number)
        self.widened.emit(number == PACKET)
        self._show_tab()
        if number == DECISION:
            self.decision.seen()

    def go_to(self, number: int, field: str = "") -> None:
        """Show a tab with the keyboard in it."""
        if self._stack.currentIndex() != number:
            self.tabs.set_current(number)
            self.show_tab(number)
        starts: tuple[Callable[[], object], ...] = (
            self.decides.start,
            self.packet.start,
            lambda: self.details.start(field),
            self.decision.start,
            self.tabs.setFocus,
        )
        starts[number]()

    # ---- what can be done

    def mend(self, guard: str) -> None:
        """Open the place where what a guard misses is mended."""
        mend(self, guard)

    def open_chart(self) -> None:
        """The chart of the patient."""
        if self.referral.patient is not None:
            self.desk.open(Patient.kind, self.referral.patient)

    def start_visit(self) -> None:
        """Start a visit at the bedside."""
        patient = self.desk.store.find(Patient, self.referral.patient)
        if patient is None or self.visit is not None:
            return
        self.save_draft()
        self.visit = VisitForm(self.desk, patient)
        self.visit.saved.connect(lambda _id: self.go_to(DECIDES))
        self.visit.left.connect(lambda: self.go_to(DECIDES))
        self._stack.addWidget(self.visit)
        self._stack.setCurrentWidget(self.visit)
        self.visit.start()

    def _drop_visit(self) -> None:
        gone, self.visit = self.visit, None
        if gone is not None:
            gone.save_draft()
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self.packet.save_draft()
        self.decides.admission.save_draft()
        self.details.save_draft()
        self.decision.save_draft()
        if self.visit is not None:
            self.visit.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """The tabs, and a visit."""
        shown = [
            Command(title, partial(self.go_to, number), "Of this referral", "inbox", f"Alt+{number + 1}")
            for number, title in enumerate(TABS)
        ]
        return (*shown, Command("Start a visit", self.start_visit, "At the bedside", "stethoscope", "Alt+V"))

    @property
    def shown_id(self) -> uuid.UUID:
        """Which referral is shown."""
        return self.referral.id


def _show_chip(chip: Chip, spec: ChipSpec) -> None:
    chip.show_chip(spec.text, spec.tone, spec.icon)
