"""The findings of one patient under a tab of the chart: cards to read, and one form or one finding at a time over them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from liaison_desktop.clinical.findings.form import details
from liaison_desktop.clinical.findings.form.allergy_form import AllergyForm
from liaison_desktop.clinical.findings.form.cards import (
    allergies_card,
    isolation_card,
    lines_card,
    problems_card,
    wounds_card,
)
from liaison_desktop.clinical.findings.form.detail import Detail
from liaison_desktop.clinical.findings.form.entry import Body, Entry, draft_key
from liaison_desktop.clinical.findings.form.isolation_form import IsolationForm
from liaison_desktop.clinical.findings.form.proposing import drafts_card, proposals_card
from liaison_desktop.clinical.findings.form.record_body import line_body, problem_body
from liaison_desktop.clinical.findings.form.vital_form import VitalForm
from liaison_desktop.clinical.findings.form.vitals_card import measures_rows, sets_card, vitals_card
from liaison_desktop.clinical.findings.form.wound_form import WoundForm
from liaison_desktop.clinical.findings.queries import lines_of, problems_of, vitals_of, wounds_of
from liaison_desktop.clinical.findings.record import KINDS as RECORDS
from liaison_desktop.clinical.findings.record import LineDevice, Problem, VitalSigns, Wound
from liaison_desktop.clinical.findings.rules import Proposal
from liaison_desktop.clinical.findings.rules.series import TITLES
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Allergy, Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import list_card
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, row, scroll

KINDS = frozenset(kind.kind for kind in RECORDS)
Proposals = Callable[[Store, Patient], Sequence[Proposal]]


class _Form(NamedTuple):
    """A form that can be opened: what it is called, what is said when it was saved, how it is made."""

    title: str
    said: str
    make: Callable[[], Body]


class FindingsPane(PatientPane):
    """Everything found at the bedside. `proposals` gives what checklists know and the chart does not."""

    kinds = KINDS

    def __init__(self, desk: Desk, patient: Patient, proposals: Proposals | None = None) -> None:
        super().__init__(desk, patient)
        self._proposals = proposals
        self.entry: Entry | None = None
        self.detail: Detail | None = None
        self._stack = QStackedLayout(self)
        self._cards: QWidget | None = None
        self.record = button("Record vital signs", "primary", "heart-pulse", on_click=self.record_vitals)
        self._show_cards()

    # ---- what a chart asks of a pane

    def show_patient(self, patient: Patient) -> None:
        """The patient was read again."""
        changed = patient != self.patient
        super().show_patient(patient)
        if changed and self.entry is None:
            self._again()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again; a form that is typed into stays."""
        if self.entry is None and (not kinds or kinds & (KINDS | {"checklist"})):
            self._again()

    def _again(self) -> None:
        if self.detail is None:
            self._show_cards()

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self.entry is not None:
            self.entry.save_draft()

    # ---- the cards

    def _show_cards(self) -> None:
        store, now, policy = self.desk.store, self.desk.clock(), policy_of(self.desk.store)
        sets = vitals_of(store, self.patient.id)
        self.record = button("Record vital signs", "primary", "heart-pulse", on_click=self.record_vitals)
        left: list[QWidget] = [
            vitals_card(sets, policy, now, tuple(TITLES), large=True),
            *([list_card("Measures and totals", *rows)] if (rows := measures_rows(sets, now)) else []),
            *([sets_card(sets, now, self._open_set)] if sets else []),
            wounds_card(wounds_of(store, self.patient.id), now, lambda: self.enter("wound"), self._open_wound),
        ]
        right: list[QWidget] = [
            allergies_card(self.patient, now, lambda: self.enter("allergies"), self._open_allergy),
            isolation_card(self.patient, now, lambda: self.enter("isolation")),
            problems_card(problems_of(store, self.patient.id), now, lambda: self.enter("problem"), self._open_problem),
            lines_card(lines_of(store, self.patient.id), now, lambda: self.enter("line"), self._open_line),
        ]
        top = [*self._waiting(), *self._proposed()]
        both = row((column(*left, None, gap=12), 1), (column(*right, None, gap=12), 1), gap=12)
        body = column(row(None, self.record), *top, both, None, gap=12, margins=(24, 12, 24, 24))
        self._put(scroll(body), cards=True)
        self.setFocusProxy(self.record)

    def _waiting(self) -> list[QWidget]:
        """Forms that were begun and not saved."""
        found = []
        for what, form in self._forms().items():
            if self.desk.store.drafts.get(draft_key(what, self.patient.id)) is not None:
                found.append((form.title, lambda what=what: self.enter(what)))
        return [drafts_card(found)] if found else []

    def _proposed(self) -> list[QWidget]:
        found = self._proposals(self.desk.store, self.patient) if self._proposals is not None else ()
        return [proposals_card(self.desk, found)] if found else []

    # ---- forms

    def _forms(self) -> dict[str, _Form]:
        desk, patient = self.desk, self.patient
        return {
            "vitals": _Form("Vital signs", "Vital signs saved.", lambda: VitalForm(desk, patient.id)),
            "allergies": _Form("Allergies", "Allergies saved.", lambda: AllergyForm(desk, patient)),
            "isolation": _Form("Isolation", "Isolation saved.", lambda: IsolationForm(desk, patient)),
            "problem": _Form("New problem", "Problem saved.", lambda: problem_body(desk, patient.id)),
            "line": _Form("New line, drain or device", "Saved.", lambda: line_body(desk, patient.id)),
            "wound": _Form("New wound", "Wound saved.", lambda: WoundForm(desk, patient.id)),
        }

    def record_vitals(self) -> None:
        """Open the form of a set of vital signs."""
        self.enter("vitals")

    def enter(self, what: str) -> None:
        """Open one of the forms, with what was typed into it before."""
        form = self._forms()[what]
        self._enter(form.title, form.make(), draft_key(what, self.patient.id), form.said)

    def _enter(self, title: str, body: Body, key: str, said: str) -> None:
        self.save_draft()
        self.detail = None
        self.entry = Entry(self.desk, title, body, key, said)
        self.entry.left.connect(self._leave)
        self._put(self.entry)
        self.entry.start()

    def _leave(self) -> None:
        self.entry = self.detail = None
        found = self.desk.store.find(Patient, self.patient.id)
        self.patient = found or self.patient
        self._show_cards()
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- one finding

    def _open(self, made: Detail) -> None:
        self.save_draft()
        self.entry, self.detail = None, made
        made.left.connect(self._leave)
        self._put(made)
        made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_allergy(self, one: Allergy) -> None:
        change = partial(self.enter, "allergies")
        self._open(details.allergy_detail(self.desk, self.patient, one, self._leave, change))

    def _open_set(self, one: VitalSigns) -> None:
        self._open(details.set_detail(self.desk, one, self._leave))

    def _open_problem(self, one: Problem) -> None:
        def change() -> None:
            body = problem_body(self.desk, self.patient.id, one)
            self._enter("Change problem", body, self._key("problem", one.id), "Problem saved.")

        self._open(details.problem_detail(self.desk, one, self._leave, change))

    def _open_line(self, one: LineDevice) -> None:
        def change() -> None:
            body = line_body(self.desk, self.patient.id, one)
            self._enter("Change line, drain or device", body, self._key("line", one.id), "Saved.")

        self._open(details.line_detail(self.desk, one, self._leave, change))

    def _open_wound(self, one: Wound) -> None:
        def again() -> None:
            body = WoundForm(self.desk, self.patient.id, one)
            self._enter(f"Look again: {one.title()}", body, self._key("wound", one.id), "Wound saved.")

        self._open(details.wound_detail(self.desk, one, self._leave, again))

    def _key(self, what: str, record: uuid.UUID) -> str:
        return draft_key(what, self.patient.id, record)

    def _put(self, widget: QWidget, cards: bool = False) -> None:
        """Show this in place of what was there."""
        gone = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if gone is not None:
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        widget.show()
        if not cards:
            self.setFocusProxy(widget)
