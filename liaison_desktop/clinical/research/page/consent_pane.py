"""One research consent beside the list: how far it is or its document, and what can be done with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.form.signatures_step import given_card
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.research.form.looks import state_chip
from liaison_desktop.clinical.research.form.papers import leaving_paper, research_consent_paper
from liaison_desktop.clinical.research.form.signing import print_copy, save_copy
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal
from liaison_desktop.clinical.research.rules import AskAgain, standing
from liaison_desktop.documents.preview import Preview
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, empty, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

S = ResearchState
_WORK = (S.DRAFT, S.GIVEN, S.HOME, S.CAPACITY, S.READY, S.SIGNED)


class ConsentPane(QWidget):
    """Asks the page to open, end or take anew the consent it shows, or to plan a procedure of its study."""

    work_asked = Signal()
    leave_asked = Signal()
    error_asked = Signal()
    again_asked = Signal()
    procedure_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.consent: ResearchConsent | None = None
        self.ending: ResearchWithdrawal | None = None
        self._paper_of: tuple[uuid.UUID, uuid.UUID | None] | None = None
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._title, self._facts, self._chip = elided("", "section"), elided("", "sec", "ink2"), Chip("")
        self.work_button = button("Continue", "primary", "arrow-right", on_click=self.work_asked.emit)
        self.procedure_button = button(
            "Plan a procedure", "secondary", "calendar-plus", on_click=self.procedure_asked.emit
        )
        self.leave_button = button("Leaves the study", "danger_line", on_click=self.leave_asked.emit)
        self.again_button = button("Ask again", "secondary", "refresh-cw", on_click=self.again_asked.emit)
        self.error_button = button("Entered in error", "quiet", on_click=self.error_asked.emit)
        top = row((column(self._title, self._facts, gap=0), 1), self._chip, self.work_button)
        acts = row(None, self.error_button, self.leave_button, self.again_button, self.procedure_button)
        head = panel(top, acts, margins=(20, 10, 16, 10))
        self._over = column(gap=0)
        self.preview = Preview()
        self.preview.print_asked.connect(lambda: self._hand_out(print_copy))
        self.preview.save_asked.connect(lambda: self._hand_out(save_copy))
        self._summary = column(gap=16, margins=(20, 16, 20, 24))
        self._summary.setMaximumWidth(FORM_MOST + 80)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(row((self._summary, 1), gap=0)))
        self._stack.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top)
        for part, share in ((head, 0), (hairline(), 0), (self._over, 0), (self._stack, 1)):
            layout.addWidget(part, share)

    def show_consent(
        self, consent: ResearchConsent, endings: tuple[ResearchWithdrawal, ...], again: AskAgain | None
    ) -> None:
        """Show this consent, how it ended if it did, and whether to ask again."""
        self.consent, self.ending = consent, endings[-1] if endings else None
        workshop_of(self.desk.store).warm()
        state = standing(consent, endings)
        empty(self._top)
        patient = self.desk.store.find(Patient, consent.patient_id)
        if patient is not None:
            self._top.addWidget(PatientBanner(patient, self.desk.today()))
            self._top.addWidget(hairline())
        self._title.set_text(consent.study_short)
        facts = (consent.document_number, f"form {consent.form_version}", consent.protocol)
        self._facts.set_text(" · ".join(filter(None, facts)))
        spec = state_chip(state)
        self._chip.show_chip(spec.text, spec.tone, spec.icon)
        self.work_button.set_text("Give the copy" if state is S.ACTIVE else "Continue")
        self.work_button.setVisible(state in _WORK or (state is S.ACTIVE and consent.copy_given_at is None))
        self.leave_button.setVisible(state in (S.SIGNED, S.ACTIVE))
        self.again_button.setVisible(state is S.ACTIVE)
        self.procedure_button.setVisible(state is S.ACTIVE)
        self.error_button.setVisible(state is not S.ENTERED_IN_ERROR)
        self._show_over(again)
        if consent.signatures:
            self._show_paper(consent)
        else:
            self.clear_paper()
            self._stack.setCurrentIndex(0)
            self._summarise(consent)

    def clear(self) -> None:
        """Forget everything."""
        self.clear_paper()
        self.consent = None

    def clear_paper(self) -> None:
        """Forget the document."""
        self._paper_of = None
        self.preview.clear()

    def _show_over(self, again: AskAgain | None) -> None:
        cards: list[QWidget] = []
        if again is not None:
            words = f"{again.why.label}: ask again on version {again.version} of the form."
            cards.append(card(wrapped(words, "body"), tone="amber"))
        gone = self.ending
        if gone is not None and gone.withdrawn_at is not None:
            words = f"{gone.ending.label}, {show_moment(gone.withdrawn_at)}. Said by {gone.said_by}."
            words += f" “{gone.reason}”" if gone.reason else ""
            paper = button("Print this page", small=True, icon="printer", on_click=self.print_ending)
            copy = button("Save a copy…", small=True, icon="download", on_click=self.save_ending)
            cards.append(card(row((wrapped(words, "body"), 1), copy, paper, gap=8), tone="amber"))
        refill(self._over, *(row((one, 1), margins=(16, 12, 16, 12)) for one in cards))

    def _show_paper(self, consent: ResearchConsent) -> None:
        if self._paper_of == (consent.id, consent.version):
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self._summarise(consent)
        fetch_paper(
            self.desk,
            research_consent_paper(consent),
            owner=self,
            then=lambda content: self._land(consent, content),
            otherwise=self.desk.trouble,
        )

    def _land(self, consent: ResearchConsent, content: bytes) -> None:
        # Another consent may have been chosen while this one's document was made.
        if self.consent is not None and (self.consent.id, self.consent.version) == (consent.id, consent.version):
            self._paper_of = (consent.id, consent.version)
            # Shown first, so that the page is fitted to the width it will have.
            self._stack.setCurrentIndex(1)
            self.preview.show_document(content, consent.document_number)

    def _summarise(self, consent: ResearchConsent) -> None:
        given = show_moment(consent.given_at) if consent.given_at is not None else "Not yet"
        home = f"Taken home {show_moment(consent.home_at)}" if consent.home_at is not None else ""
        outcome = consent.outcome.label if consent.outcome is not None else "Open"
        rows = [
            CardRow("Form given", " · ".join(filter(None, (given, home))), "file-text"),
            CardRow("Obtained by", consent.obtained_by, "user-check"),
            CardRow("What came of it", " · ".join(filter(None, (outcome, consent.outcome_words))), "messages-square"),
        ]
        points = [
            CardRow(point.ask, point.patient_words or point.state.label, "quote") for point in consent.comprehension
        ]
        signed = [given_card(signature) for signature in consent.signatures]
        refill(
            self._summary, list_card("How far it is", *rows), *signed, list_card("In their own words", *points), None
        )

    # ---- paper

    def _hand_out(self, way: object) -> None:
        if self.consent is not None and callable(way):
            way(self.desk, self.consent, self.preview.content)

    def print_ending(self) -> None:
        """Print the page of the withdrawal."""
        self._with_ending(lambda consent, content: print_copy(self.desk, consent, content))

    def save_ending(self) -> None:
        """Save a copy of the page of the withdrawal."""
        self._with_ending(
            lambda consent, content: save_copy(self.desk, consent, content, f"{consent.document_number}-withdrawal")
        )

    def _with_ending(self, act: Callable[[ResearchConsent, bytes], None]) -> None:
        consent, ending = self.consent, self.ending
        if consent is not None and ending is not None:
            fetch_paper(
                self.desk,
                leaving_paper(ending, consent),
                owner=self,
                then=lambda content: act(consent, content),
                otherwise=self.desk.trouble,
            )
