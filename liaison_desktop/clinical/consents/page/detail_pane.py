"""One consent beside the list: the document if there is one, else how far it is; and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.actions.handing_out import PROOF, SUMMARY, WITHDRAWAL
from liaison_desktop.clinical.consents.form.day_paper import day_line
from liaison_desktop.clinical.consents.form.handing_out import COPIES, print_copy, save_copy, shown
from liaison_desktop.clinical.consents.form.papers import ending_paper, summary_paper
from liaison_desktop.clinical.consents.form.signatures_step import given_card
from liaison_desktop.clinical.consents.form.words import state_chip
from liaison_desktop.clinical.consents.page.copies import copies_words
from liaison_desktop.clinical.consents.queries import day_checks_of
from liaison_desktop.clinical.consents.record import (
    Consent,
    ConsentState,
    ConsentStep,
    ConsentWithdrawal,
    Element,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules import DONE, roles_left, standing
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.preview import Preview
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.errors import LiaisonError
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.dates import plain_day, show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, empty, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

S = ConsentState
_PAPER = (S.SIGNED, S.WITNESSED, S.ACTIVE)
_WORK = (S.DRAFT, S.DISCUSSED, S.VERIFYING, S.RETURNED, S.READY, S.SIGNED, S.WITNESSED)
_RESULT = {
    TeachBackState.OK_FIRST: ChipSpec("Clear first time", "green", "check"),
    TeachBackState.OK_AFTER_RETEACH: ChipSpec("Clear after re-explaining", "amber", "check"),
    TeachBackState.NOT_OK: ChipSpec("Not yet clear", "red", "circle-alert"),
    TeachBackState.DECLINED: ChipSpec("Did not want to say", "neutral"),
    TeachBackState.NOT_DONE: ChipSpec("Not asked yet", "outline"),
}


class DetailPane(QWidget):
    """Asks the page to open, withdraw, mark as an error or replace the consent it shows."""

    work_asked = Signal()
    withdraw_asked = Signal()
    error_asked = Signal()
    again_asked = Signal()
    day_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.consent: Consent | None = None
        self.endings: tuple[ConsentWithdrawal, ...] = ()
        self._paper_of: tuple[object, ...] | None = None
        self._original = b""
        self._what = SUMMARY
        self._newer = ""
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._title, self._facts, self._chip = elided("", "section"), elided("", "sec", "ink2"), Chip("")
        self.work_button = button("Continue", "primary", "arrow-right", on_click=self.work_asked.emit)
        self.withdraw_button = button("Withdraw", "danger_line", on_click=self.withdraw_asked.emit)
        self.again_button = button("New consent", "secondary", "plus", on_click=self.again_asked.emit)
        self.day_button = button("Day of the procedure", "secondary", "list-checks", on_click=self.day_asked.emit)
        self.error_button = button("Entered in error", "quiet", on_click=self.error_asked.emit)
        self.proof_button = button("Proof", "quiet", "list-checks", on_click=self.show_proof)
        self.proof_button.setToolTip("Each element with its rule, its sentence and its page, for a surveyor")
        top = row((column(self._title, self._facts, gap=0), 1), self._chip, self.work_button)
        self._acts = row(
            None, self.proof_button, self.error_button, self.withdraw_button, self.again_button, self.day_button
        )
        head = panel(top, self._acts, margins=(20, 10, 16, 10))
        self._over = column(gap=0)
        self._copies = wrapped("", "sec", "ink2")
        self._copies_line = row((self._copies, 1), margins=(20, 6, 20, 6))
        self.preview = Preview(COPIES)
        self.preview.copy_asked.connect(self.print_document)
        self.preview.saving_asked.connect(self.save_document)
        self._summary = column(gap=16, margins=(20, 16, 20, 24))
        self._summary.setMaximumWidth(FORM_MOST + 80)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(row((self._summary, 1), gap=0)))
        self._stack.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top)
        for part, share in ((head, 0), (hairline(), 0), (self._over, 0), (self._copies_line, 0), (self._stack, 1)):
            layout.addWidget(part, share)

    def show_consent(self, consent: Consent, endings: tuple[ConsentWithdrawal, ...], newer: str = "") -> None:
        """Show this consent and how it ended, if it did; `newer` is the version it would be taken on now."""
        self._newer = newer
        self.consent, self.endings = consent, endings
        workshop_of(self.desk.store).warm()
        state = standing(consent, endings, self.desk.today())
        empty(self._top)
        patient = self.desk.store.find(Patient, consent.patient_id)
        if patient is not None:
            self._top.addWidget(PatientBanner(patient, self.desk.today()))
            self._top.addWidget(hairline())
        self._title.set_text(consent.procedure_text)
        until = f"valid until {plain_day(consent.valid_until)}" if consent.valid_until else ""
        form = f"{consent.template_code} v{consent.template_version}"
        self._facts.set_text(" · ".join(filter(None, (consent.document_number, form, until))))
        spec = state_chip(state)
        self._chip.show_chip(spec.text, spec.tone, spec.icon)
        self.work_button.setVisible(state in _WORK)
        self.withdraw_button.setVisible(state in (S.SIGNED, S.WITNESSED, S.ACTIVE, S.EXPIRED))
        self.again_button.setVisible(state in (S.ACTIVE, S.EXPIRED, S.REVOKED, S.REFUSED))
        self.day_button.setVisible(state is S.ACTIVE and consent.has(ConsentStep.MATCH))
        self.error_button.setVisible(state is not S.ENTERED_IN_ERROR)
        self.proof_button.setVisible(consent.state in _PAPER)
        self._show_over(consent)
        self._show_copies()
        if consent.state in _PAPER or (consent.state is S.REFUSED and consent.document_number):
            self._show_paper(consent)
        else:
            self._forget_paper()
            self._stack.setCurrentIndex(0)
            self._summarise(consent)

    def clear(self) -> None:
        """Forget the document."""
        self._forget_paper()
        self.consent = None

    def _forget_paper(self) -> None:
        self._paper_of, self._original = None, b""
        self.preview.clear()

    @property
    def ending(self) -> ConsentWithdrawal | None:
        """How it ended, if it did."""
        return self.endings[-1] if self.endings else None

    def _show_copies(self) -> None:
        words = copies_words(self.desk.store, self.consent) if self.consent is not None else ""
        self._copies.set_text(words)
        self._copies_line.setVisible(bool(words))

    def _show_over(self, consent: Consent) -> None:
        """What has to be known before the document: how it ended, that its form is newer, what was checked on the day."""
        notes: list[QWidget] = []
        gone = self.ending
        if gone is not None and gone.withdrawn_at is not None:
            words = f"{gone.ending.label}, {show_moment(gone.withdrawn_at)}. Said by {gone.said_by}."
            words += f" “{gone.reason}”" if gone.reason else ""
            paper = button("Print this page", small=True, icon="printer", on_click=self.print_ending)
            copy = button("Save a copy…", small=True, icon="download", on_click=self.save_ending)
            notes.append(card(row((wrapped(words, "body"), 1), copy, paper, gap=8), tone="amber"))
        elif self._newer:
            words = f"Version {self._newer} of this form is in effect since. Ask again with New consent."
            notes.append(card(wrapped(words, "body"), tone="amber"))
        for check in day_checks_of(self.desk.store, consent.id):
            notes.append(card(day_line(self.desk, check, consent, self)))
        refill(self._over, *(row((one, 1), margins=(16, 12, 16, 12)) for one in notes))

    def _show_paper(self, consent: Consent) -> None:
        key = self._paper_key(consent)
        if self._paper_of == key:
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self._summarise(consent)
        fetch_paper(
            self.desk,
            summary_paper(self.desk.store, consent),
            owner=self,
            then=lambda content: self._land(consent, key, content),
            otherwise=self.desk.trouble,
        )

    def _paper_key(self, consent: Consent) -> tuple[object, ...]:
        return (consent.id, consent.version, *(ending.id for ending in self.endings), self.desk.today())

    def _land(self, consent: Consent, key: tuple[object, ...], original: bytes) -> None:
        # Another consent may have been chosen, or this one ended, while its document was made.
        if self.consent is not None and self._paper_key(self.consent) == key:
            try:
                marked = shown(consent, self.endings, original, self.desk)
            except LiaisonError as error:
                self.desk.trouble(error)
                return
            self._paper_of, self._original, self._what = key, original, SUMMARY
            # Shown first, so that the page is fitted to the width it will have.
            self._stack.setCurrentIndex(1)
            self.preview.show_document(marked, consent.document_number)

    def _summarise(self, consent: Consent) -> None:
        talk = consent.discussed_at
        told = f"{consent.discussed_by}, {show_moment(talk)}" if talk else "Not recorded yet"
        asked = [choice for choice in consent.choices if choice.code != "agree"]
        answered = sum(choice.answer is not None for choice in asked)
        clear = sum(point.state in DONE for point in consent.teach_back)
        talked = [check for check in consent.elements if check.element in (Element.T02, Element.T03, Element.T04)]
        rows = [
            CardRow("Explained by", told, "messages-square"),
            CardRow("Talked about", f"{sum(check.discussed == 'yes' for check in talked)} of {len(talked)} needed points", "list-checks"),
            CardRow("Choices", f"{answered} of {len(asked)} answered", "square-check-big"),
            CardRow("Signatures", ", ".join(role.label.lower() for role in roles_left(consent)), "pen-line"),
        ]  # fmt: skip
        points = [CardRow(point.ask, point.patient_words, chip=_RESULT[point.state]) for point in consent.teach_back]
        notes = [
            card(wrapped(text, "body"), title=title, icon=icon, tone=tone)
            for title, icon, tone, text in self._notes(consent)
        ]
        given = [given_card(signature) for signature in consent.signatures]
        teach = list_card("Checking that it was clear", *points, right=f"{clear} of {len(points)}")
        refill(self._summary, *notes, list_card("How far it is", *rows), *given, teach, None)

    def _notes(self, consent: Consent) -> list[tuple[str, str, str, str]]:
        if consent.state is S.RETURNED:
            said = (consent.stop_reason, consent.questions_for_practitioner)
            text = "\n".join(filter(None, said)) or "The practitioner has to talk with the patient again."
            return [("Stopped: waiting for the practitioner", "hand", "red", text)]
        if consent.state is S.REFUSED:
            lines = (
                f"In the patient's words: {consent.refused_reason}" if consent.refused_reason else "",
                f"What may follow, as the patient says it: {consent.refusal_understood}",
                f"Told: {consent.practitioner_told}",
            )
            return [("The patient said no", "circle-x", "", "\n".join(filter(None, lines)))]
        return []

    # -- paper --------------------------------------------------------------------------------------------------------
    def print_document(self, whose: str) -> None:
        """Print somebody's copy of the summary; the journal says so."""
        if self.consent is None:
            return
        ended = self.endings if self._what == SUMMARY else ()
        if print_copy(self.desk, self.consent, ended, self._original, whose, self._what):
            self._show_copies()

    def save_document(self, password: str) -> None:
        """Save a copy; the journal says so."""
        if self.consent is None:
            return
        ended = self.endings if self._what == SUMMARY else ()
        if save_copy(self.desk, self.consent, ended, self._original, password, self._what):
            self._show_copies()

    def show_proof(self) -> None:
        """Show the proof of elements in place of the summary; choosing the consent again shows the summary."""
        from liaison_desktop.clinical.consents.document import proof_of

        consent, now = self.consent, self.desk.clock()
        if consent is not None:
            self._paper_of = None
            self.desk.jobs.run(
                lambda: proof_of(consent, made=now).content,
                owner=self,
                then=lambda content: self._land_proof(consent, content),
                otherwise=self.desk.trouble,
            )

    def _land_proof(self, consent: Consent, content: bytes) -> None:
        if self.consent is consent:
            self._what, self._original = PROOF, content
            self._stack.setCurrentIndex(1)
            self.preview.show_document(content, f"{consent.document_number}, proof of elements")

    def print_ending(self) -> None:
        """Print the page of the withdrawal."""
        self._with_ending(lambda consent, content: print_copy(self.desk, consent, (), content, COPIES[0], WITHDRAWAL))

    def save_ending(self) -> None:
        """Save a copy of the page of the withdrawal."""
        self._with_ending(lambda consent, content: save_copy(self.desk, consent, (), content, what=WITHDRAWAL))

    def _with_ending(self, act: Callable[[Consent, bytes], object]) -> None:
        consent, ending = self.consent, self.ending
        if consent is not None and ending is not None:
            fetch_paper(
                self.desk,
                ending_paper(ending, consent),
                owner=self,
                then=lambda content: act(consent, content),
                otherwise=self.desk.trouble,
            )
