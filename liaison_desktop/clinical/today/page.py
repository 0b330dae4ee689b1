"""Today: checklists to finish, consents that wait, charts opened lately, and what was typed but not saved."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.queries import recent_consents
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, draft_title
from liaison_desktop.clinical.patients.queries import Wanted, count_patients, opened_lately
from liaison_desktop.clinical.patients.record import Patient, age_text, birth_text, full_name
from liaison_desktop.clinical.today.rules import PREPARING, RETURNED, TO_SIGN, in_states, to_finish, to_review
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day, show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.layout import column, refill, row, scroll
from liaison_desktop.ui.page import Page

_MOST = 8
LATELY = "Charts opened lately"
_SHOWN = frozenset({Patient.kind, Checklist.kind, Consent.kind})
_WAITS = {ConsentState.READY: "to sign", ConsentState.SIGNED: "witness", ConsentState.WITNESSED: "countersign"}


class TodayPage(Page):
    """What waits for the person at this laptop. Each row opens what it speaks of."""

    key = "today"
    title = "Today"
    icon = "sun"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        day = desk.today()
        everyone = button("All patients", icon="users", on_click=lambda: desk.go("patients"))
        self._body = column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page_header("Today", everyone, sub=near_day(day, day).removeprefix("Today, ")))
        layout.addWidget(self._body, 1)
        self._fill()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when something shown here changed."""
        if kinds & _SHOWN:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Charts may have been opened since; that changes no record, so nobody says so."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if not count_patients(self.desk.store) and self.desk.store.drafts.get(NEW_DRAFT) is None:
            words = (
                "Patients, their checklists and consents are kept on this laptop only, and nothing waits for a network."
            )
            start = EmptyState("No patients yet.", words, "Go to patients", "users", self._go("patients"))
            refill(self._body, (start, 1))
            return
        columns = (self._first(), self._second(), self._third())
        body = row(*((column(*cards, None, gap=12), 1) for cards in columns), gap=24, margins=(24, 8, 24, 24))
        refill(self._body, (scroll(body), 1))

    # ---- the three columns

    def _first(self) -> tuple[QWidget, ...]:
        waiting = [(one, who) for one, who in recent_checklists(self.desk.store) if to_finish(one)]
        rows = [self._checklist_row(one, who) for one, who in waiting[:_MOST]]
        return (_card("Checklists to finish", rows, len(waiting), "Every checklist is finished"),)

    def _second(self) -> tuple[QWidget, ...]:
        consents = recent_consents(self.desk.store)
        back, sign, rest = (in_states(consents, states) for states in (RETURNED, TO_SIGN, PREPARING))
        cards = []
        if back:
            rows = [self._consent_row(consent, "question open", "red") for consent in back[:_MOST]]
            cards.append(_card("Back with the practitioner", rows, len(back), ""))
        rows = [self._consent_row(consent, _WAITS[consent.state], "amber") for consent in sign[:_MOST]]
        cards.append(_card("Waiting for a signature", rows, len(sign), "No consent waits for a signature"))
        if rest:
            rows = [self._consent_row(consent, consent.state.label.lower(), "neutral") for consent in rest[:_MOST]]
            cards.append(_card("Consents in preparation", rows, len(rest), ""))
        return tuple(cards)

    def _third(self) -> tuple[QWidget, ...]:
        store = self.desk.store
        cards = []
        if drafts := self._draft_rows():
            cards.append(_card("Not saved yet", drafts, len(drafts), ""))
        if missing := count_patients(store, Wanted.NOT_ASKED):
            words = f"{missing} patient{'s' if missing > 1 else ''} without recorded allergies"
            ask = CardRow(words, "Nobody has asked yet", "triangle-alert", on_click=self._go("patients"), tone="red")
            cards.append(list_card("To ask", ask))
        lately = [self._patient_row(patient) for patient in opened_lately(store)]
        cards.append(_card(LATELY, lately, 0, "No chart was opened yet"))
        return tuple(cards)

    # ---- rows

    def _checklist_row(self, one: Checklist, who: Patient | None) -> CardRow:
        name = full_name(who) if who is not None else "No longer here"
        if to_review(one):
            chip = ChipSpec("RN review", "amber")
        else:
            chip = ChipSpec(f"{one.answered}/{one.asked}" if one.asked else "to begin", "accent")
        began = self._when(one.started_at)
        return CardRow(
            name, " · ".join(filter(None, (one.name, began))), "clipboard-check", chip, on_click=self._open(one)
        )

    def _consent_row(self, consent: Consent, mark: str, tone: str) -> CardRow:
        words = consent.title_as_signed or consent.procedure_text
        facts = " · ".join(filter(None, (words, self._when(consent.stopped_at or consent.begun_at))))
        chip = ChipSpec(mark, tone)
        return CardRow(consent.title(), facts, "file-pen-line", chip, on_click=self._open(consent))

    def _patient_row(self, patient: Patient) -> CardRow:
        years = age_text(patient.birth_date, self.desk.today())
        facts = " · ".join(filter(None, (birth_text(patient.birth_date), years)))
        return CardRow(full_name(patient), facts, "user-round", on_click=self._open(patient))

    def _draft_rows(self) -> list[QWidget]:
        store, rows = self.desk.store, []
        for key in store.drafts.keys("patient/")[:_MOST]:
            content = store.drafts.get(key) or b""
            chip = ChipSpec("Draft", "amber", "pencil")
            if key == NEW_DRAFT:
                rows.append(CardRow(draft_title(content), "New patient", "pencil", chip, on_click=self._go("patients")))
            elif (patient := _patient_of(self.desk, key)) is not None:
                rows.append(
                    CardRow(full_name(patient), "Changed details", "pencil", chip, on_click=self._open(patient))
                )
        return list(rows)

    def _when(self, moment: datetime.datetime | None) -> str:
        if moment is None:
            return ""
        today = self.desk.today()
        return show_time(moment) if moment.date() == today else near_day(moment.date(), today)

    def _open(self, record: Patient | Checklist | Consent) -> Callable[[], None]:
        return lambda: self.desk.open(record.kind, record.id)

    def _go(self, page: str) -> Callable[[], None]:
        return lambda: self.desk.go(page)


def _patient_of(desk: Desk, key: str) -> Patient | None:
    try:
        return desk.store.find(Patient, uuid.UUID(key.removeprefix("patient/")))
    except ValueError:
        return None


def _card(title: str, rows: list[CardRow] | list[QWidget], count: int, nothing: str) -> QWidget:
    # Nothing left to do is good; nothing opened yet is neither good nor bad.
    icon, tone = ("circle-check", "green") if count == 0 and title != LATELY else ("user-round", "ink2")
    shown = rows or [CardRow(nothing, "", icon, tone=tone)]
    return list_card(title, *shown, right=str(count) if count else "")
