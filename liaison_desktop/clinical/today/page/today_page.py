"""Today: what runs out first, what is to be done, who waits; and the end of the day."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, draft_title
from liaison_desktop.clinical.patients.queries import Wanted, count_patients
from liaison_desktop.clinical.patients.record import Patient, full_name
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchWithdrawal, Study
from liaison_desktop.clinical.today.page.cards import MOST, Cards
from liaison_desktop.clinical.today.queries import Day, left_today, read_day
from liaison_desktop.clinical.today.rules import soon
from liaison_desktop.tasks.actions import accept_clock, look_at_clock
from liaison_desktop.tasks.form import length_spoken
from liaison_desktop.tasks.record import Task
from liaison_desktop.tasks.rules import Now
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.layout import Item, card, column, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import icon_label, wrapped
from liaison_desktop.ui.workspace import Command

_EVERY = 30_000  # ms
_TONIGHT = 24  # hours that the end of the day looks ahead
_SHOWN = frozenset(
    kind.kind
    for kind in (
        Patient,
        Checklist,
        Consent,
        ConsentWithdrawal,
        Concern,
        Task,
        Episode,
        Referral,
        Study,
        ResearchConsent,
        ResearchWithdrawal,
    )
)


class TodayPage(Page):
    """What waits for the person at this laptop. Each row opens what it speaks of; Ctrl+E is the end of the day."""

    key = "today"
    title = "Today"
    icon = "sun"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        day = desk.today()
        self.ending = button("End of the day", icon="moon", on_click=self.end_day)
        self.ending.setToolTip("Ctrl+E")
        everyone = button("All patients", icon="users", on_click=lambda: desk.go("patients"))
        sub = near_day(day, day).removeprefix("Today, ")
        self._set, self._empty = Part(), Part()
        self._columns = [Part(12), Part(12), Part(12)]
        self._over = [Part(12), Part(12), Part(12)]
        self._stack = QStackedWidget()
        for parts in (self._columns, self._over):
            body = row(*((column(part, None, gap=0), 1) for part in parts), gap=24, margins=(24, 8, 24, 24))
            self._stack.addWidget(scroll(body))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page_header("Today", self.ending, everyone, sub=sub))
        layout.addWidget(self._set)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._stack, 1)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._fill()
        self._just_made = True

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when something shown here changed; a page that is not seen does so when it is shown."""
        if not kinds & _SHOWN:
            return
        if self.isVisible():
            self._fill()
        else:
            self._just_made = False

    def showEvent(self, event: QShowEvent) -> None:
        """Charts may have been opened since; that changes no record, so nobody says so."""
        super().showEvent(event)
        if not self._just_made:
            self._fill()
        self._just_made = False

    def commands(self) -> tuple[Command, ...]:
        """The end of the day, and back."""
        return (Command("End of the day", self.end_day, "What runs out tonight, what was printed", "moon", "Ctrl+E"),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back from the end of the day."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex():
            self.end_day()
        else:
            super().keyPressEvent(event)

    def end_day(self) -> None:
        """Show the end of the day, or the day again."""
        late = not self._stack.currentIndex()
        self._stack.setCurrentIndex(int(late))
        self.ending.set_text("Back to the day" if late else "End of the day")
        self._fill()
        self.ending.setFocus()

    def _tick(self) -> None:
        if self.isVisible():
            self._fill()

    # ---- what is shown

    def _fill(self) -> None:
        now = look_at_clock(self.desk.store)
        self._set.show_facts((now.off, now.at.date()) if now.off else None, lambda: self._clock_was_set(now))
        some = bool(count_patients(self.desk.store)) or self.desk.store.drafts.get(NEW_DRAFT) is not None
        self._empty.show_facts(some, lambda: () if some else ((self._nothing(), 1),))
        self._stack.setVisible(some)
        if some:
            self._show(read_day(self.desk.store, now.at), now.at.astimezone(self.desk.clock().tzinfo))

    def _show(self, day: Day, now: datetime.datetime) -> None:
        cards = Cards(self.desk, day, now)
        minute = now.replace(second=0, microsecond=0)
        if self._stack.currentIndex():
            self._show_end(day, cards, now)
            return
        self._columns[0].show_facts((day.clocks, day.mine, day.names, minute), lambda: (cards.clocks(), cards.tasks()))
        waiting = (day.concerns, day.referrals, day.others, day.in_hand, day.lately, day.names, minute)
        self._columns[1].show_facts(
            waiting,
            lambda: _there(cards.referrals(), cards.in_hand(), cards.concerns(), cards.others(), cards.lately()),
        )
        drafts = self._drafts()
        missing = count_patients(self.desk.store, Wanted.NOT_ASKED)
        asked = (day.research, day.outdated, day.ask_again)
        papers = (day.checklists, day.consents, asked, day.names, drafts, missing, minute)
        self._columns[2].show_facts(
            papers,
            lambda: _there(
                self._draft_card(drafts),
                self._to_ask(missing),
                cards.checklists(),
                cards.consents(),
                cards.ask_again(),
                cards.research(),
            ),
        )

    def _show_end(self, day: Day, cards: Cards, now: datetime.datetime) -> None:
        tonight = soon(day.clocks, now, _TONIGHT)
        left = left_today(self.desk.store, now.date())
        drafts = self._drafts()
        minute = now.replace(second=0, microsecond=0)
        self._over[0].show_facts(
            (tonight, day.names, minute), lambda: (cards.clocks(f"Runs out within {_TONIGHT} hours", tonight),)
        )
        self._over[1].show_facts((day.mine, day.concerns, day.names, minute), lambda: (cards.tasks(), cards.concerns()))
        self._over[2].show_facts(
            (left, drafts, day.checklists, minute),
            lambda: _there(self._draft_card(drafts), cards.left(left), cards.checklists()),
        )

    def _clock_was_set(self, now: Now) -> tuple[Item, ...]:
        if not now.off:
            return ()
        far = length_spoken(abs(now.off))
        if now.off < datetime.timedelta():
            words = f"The clock of this laptop was set back by {far}. What is left counts with the time that went by."
        else:
            words = f"The clock of this laptop was set on by {far}. What is left counts with it; set it right if it is wrong."
        right = button("The clock is right", small=True, on_click=self._accept_clock)
        note = card(row(icon_label("alarm-clock", "amber"), (wrapped(words, "body"), 1), right), tone="amber")
        return (row((note, 1), margins=(24, 4, 24, 4)),)

    def _accept_clock(self) -> None:
        accept_clock(self.desk.store)
        self._fill()

    def _nothing(self) -> QWidget:
        words = "Patients, their checklists and consents are kept on this laptop only, and nothing waits for a network."
        return EmptyState("No patients yet.", words, "Go to patients", "users", self._go("patients"))

    def _to_ask(self, missing: int) -> QWidget | None:
        if not missing:
            return None
        words = f"{missing} patient{'s' if missing > 1 else ''} without recorded allergies"
        ask = CardRow(words, "Nobody has asked yet", "triangle-alert", on_click=self._go("patients"), tone="red")
        return list_card("To ask", ask)

    # ---- what was typed and not saved

    def _drafts(self) -> tuple[tuple[str, str, uuid.UUID | None], ...]:
        """Title, facts and patient of each."""
        store = self.desk.store
        found: list[tuple[str, str, uuid.UUID | None]] = []
        for key in store.drafts.keys("patient/")[:MOST]:
            if key == NEW_DRAFT:
                found.append((draft_title(store.drafts.get(key) or b""), "New patient", None))
            elif (patient := _patient_of(self.desk, key)) is not None:
                found.append((full_name(patient), "Changed details", patient.id))
        return tuple(found)

    def _draft_card(self, drafts: tuple[tuple[str, str, uuid.UUID | None], ...]) -> QWidget | None:
        if not drafts:
            return None
        chip = ChipSpec("Draft", "amber", "pencil")
        rows = [CardRow(title, facts, "pencil", chip, on_click=self._draft(id)) for title, facts, id in drafts]
        return list_card("Not saved yet", *rows, right=str(len(rows)))

    def _draft(self, patient: uuid.UUID | None) -> Callable[[], None]:
        return self._go("patients") if patient is None else lambda: self.desk.open(Patient.kind, patient)

    def _go(self, page: str) -> Callable[[], None]:
        return lambda: self.desk.go(page)


def _there(*cards: QWidget | None) -> tuple[QWidget, ...]:
    return tuple(one for one in cards if one is not None)


def _patient_of(desk: Desk, key: str) -> Patient | None:
    try:
        return desk.store.find(Patient, uuid.UUID(key.removeprefix("patient/")))
    except ValueError:
        return None
