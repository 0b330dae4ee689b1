"""The page of consents: the list with one consent beside it, or one consent being worked on."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.actions import new_day_check, templates_of, to_ask_again
from liaison_desktop.clinical.consents.form import ConsentForm
from liaison_desktop.clinical.consents.form.day_form import DayForm
from liaison_desktop.clinical.consents.page.begin_pane import BeginPane
from liaison_desktop.clinical.consents.page.detail_pane import DetailPane
from liaison_desktop.clinical.consents.page.ending_pane import EndingPane, ErrorPane, WithdrawPane
from liaison_desktop.clinical.consents.page.listing import Wanted, consent_row, matches, of_state
from liaison_desktop.clinical.consents.queries import endings_of, print_tasks, recent_consents
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import label
from liaison_desktop.ui.workspace import Command

_LIST = 340
_KINDS = frozenset({"consent", "consent_withdrawal", "patient", "task"})


class ConsentsPage(Page):
    """Every consent of this laptop, newest first. Enter works on one, Ctrl+N begins one."""

    key = "consents"
    title = "Consents"
    icon = "file-pen-line"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: ConsentForm | None = None
        self.day: DayForm | None = None
        self._wanted = Wanted.ALL
        self.search = line_edit(placeholder="Search name, procedure or number", icon="search", quiet=True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.view = RowsView("Consents")
        self.view.chosen.connect(lambda _key: self._show_chosen())
        self.view.opened.connect(lambda _key: self.work())
        self.view.set_empty(EmptyState("No consent here matches.", "Try another filter, or part of a name."))
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        self.detail, self.begin = DetailPane(desk), BeginPane(desk.store)
        self.withdraw, self.error = WithdrawPane(desk.store), ErrorPane(desk.store)
        self._nothing = EmptyState(
            "No consents yet.",
            "The practitioner explains; here you check that it was understood, and have it signed.",
            "New consent",
            "plus",
            self.new,
            "Ctrl+N",
        )
        self._blank = QWidget()
        self._right = QStackedWidget()
        for pane in (self._nothing, self._blank, self.detail, self.begin, self.withdraw, self.error):
            self._right.addWidget(pane)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._browse())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._listen()
        self._fill()

    def _browse(self) -> QWidget:
        self._new = button("New", "primary", "plus", on_click=self.new)
        self._new.setToolTip("Ctrl+N")
        forms = button("Forms", "quiet", "file-pen-line", on_click=lambda: self.desk.go("forms"))
        forms.setToolTip("How the consent forms read, and forms of your own")
        head = row(label("Consents", "title"), None, forms, self._new, margins=(20, 0, 16, 0))
        head.setFixedHeight(32)
        line = row((self.search, 1), margins=(16, 8, 16, 0))
        chips = QWidget()
        flow = Flow(chips, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in self._filters.values():
            flow.addWidget(chip)
        left = panel(12, head, line, row((chips, 1), margins=(16, 8, 16, 6)), (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self._left = left
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        return box

    def _listen(self) -> None:
        self.detail.work_asked.connect(self.work)
        self.detail.withdraw_asked.connect(lambda: self._end(self.withdraw))
        self.detail.error_asked.connect(lambda: self._end(self.error))
        self.detail.again_asked.connect(self._again)
        self.detail.day_asked.connect(self.verify_day)
        self.begin.begun.connect(self._begun)
        self.begin.dropped.connect(self._show_chosen)
        self.begin.forms_asked.connect(lambda: self.desk.go("forms"))
        for pane in (self.withdraw, self.error):
            pane.ended.connect(self._ended)
            pane.dropped.connect(self._show_chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list."""
        super().showEvent(event)
        if self.form is None:
            self.view.setFocus()

    # -- what is shown ------------------------------------------------------------------------------------------------
    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again if a consent, a withdrawal or a patient changed."""
        if kinds & _KINDS and self.form is None and self.day is None:
            self._fill()

    def _fill(self) -> None:
        store, today = self.desk.store, self.desk.today()
        consents = recent_consents(store)
        self._endings = endings_of(store, *(consent.id for consent in consents))
        waiting = {task.about for task in print_tasks(store) if task.about is not None}
        self._outdated = {one.consent.id: one.version for one in to_ask_again(store)}
        current = self.view.current_key()
        for wanted, chip in self._filters.items():
            chip.set_text(
                f"{wanted.value} {len(of_state(consents, self._endings, wanted, today, self._outdated, waiting))}"
            )
            chip.setChecked(wanted is self._wanted)
        shown = [
            (consent, state)
            for consent, state in of_state(consents, self._endings, self._wanted, today, self._outdated, waiting)
            if matches(consent, self.search.text())
        ]
        self._shown = {consent.id: consent for consent, _state in shown}
        self.view.rows.set_rows([consent_row(consent, state, today) for consent, state in shown])
        if not self.view.select(current):
            self.view.select_first()
        # An empty store shows one thing to do and nothing else.
        self._some = bool(consents)
        self._left.setVisible(self._some)
        self._show_chosen()

    def chosen(self) -> Consent | None:
        """The consent that is shown beside the list."""
        key = self.view.current_key()
        return self._shown.get(key) if isinstance(key, uuid.UUID) else None

    def _show_chosen(self) -> None:
        self.close_day()
        consent = self.chosen()
        if consent is None:
            self.detail.clear()
            self._right.setCurrentWidget(self._blank if self._some else self._nothing)
            return
        self.detail.show_consent(consent, self._endings.get(consent.id, ()), self._outdated.get(consent.id, ""))
        self._right.setCurrentWidget(self.detail)

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._fill()

    # -- what can be done ---------------------------------------------------------------------------------------------
    def new(self) -> None:
        """Begin a consent."""
        self.begin_for(None)

    def begin_for(self, patient_id: uuid.UUID | None) -> None:
        """Begin a consent for this patient, as from the chart."""
        self.close_work()
        self._right.setCurrentWidget(self.begin)
        self.begin.start(patient_id)

    def _again(self) -> None:
        consent = self.chosen()
        if consent is not None:
            self._right.setCurrentWidget(self.begin)
            self.begin.start(consent.patient_id, consent.template_code, supersedes=consent.id)

    def verify_day(self) -> None:
        """The verification on the day, taken up where it was left; or why the consent stops it."""
        consent = self.chosen()
        if consent is None:
            return
        try:
            check = new_day_check(self.desk.store, consent)
        except LiaisonError as error:
            self.desk.toast(str(error))
            return
        self.close_day()
        self.day = DayForm(self.desk, check, consent)
        self.day.saved.connect(lambda _check: self._day_done())
        self.day.left.connect(self._day_left)
        self._right.addWidget(self.day)
        self._right.setCurrentWidget(self.day)
        self.day.start()

    def _day_done(self) -> None:
        self._day_left()
        self.desk.toast("Checked on the day. Its page can be printed beside the consent.")

    def _day_left(self) -> None:
        self.close_day()
        self._fill()
        self.view.setFocus()

    def close_day(self) -> None:
        """Put the verification away; what was typed in it is kept."""
        if self.day is not None:
            form, self.day = self.day, None
            form.save_draft()
            self._right.removeWidget(form)
            form.deleteLater()

    def _begun(self, consent: Consent) -> None:
        self._wanted = Wanted.ALL
        self.search.clear()
        self.work_on(consent)

    def _end(self, pane: EndingPane) -> None:
        consent = self.chosen()
        if consent is not None:
            self._right.setCurrentWidget(pane)
            pane.start(consent)

    def _ended(self) -> None:
        self.desk.toast("Recorded. What was signed stays as it was.")
        self._fill()

    def work(self) -> None:
        """Work on the consent that is shown, if there is anything left to do on it."""
        consent = self.chosen()
        if consent is not None and self.detail.work_button.isVisibleTo(self.detail):
            self.work_on(consent)

    def work_on(self, consent: Consent) -> None:
        """Open the steps of this consent."""
        self.close_work()
        self.form = ConsentForm(self.desk, self.desk.store.get(Consent, consent.id))
        self.form.closed.connect(self.close_work)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)

    def close_work(self) -> None:
        """Back to the list, at the consent that was worked on."""
        if self.form is None:
            return
        form, self.form = self.form, None
        form.save_draft()
        form.release()
        self._stack.setCurrentIndex(0)
        self._stack.removeWidget(form)
        form.deleteLater()
        self._fill()
        self.view.select(form.consent.id)

    def show_record(self, id: uuid.UUID) -> None:
        """Show this consent beside the list; the id of a patient begins a new one for them, as from the chart."""
        if self.desk.store.find(Patient, id) is not None:
            self.begin_for(id)
            return
        self.close_work()
        self._wanted = Wanted.ALL
        self.search.clear()
        self._fill()
        self.view.select(id)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient whose consent is shown or worked on."""
        consent = self.form.consent if self.form is not None else self.chosen()
        return ("patient", consent.patient_id) if consent is not None and consent.patient_id is not None else None

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self.form is not None:
            self.form.save_draft()
        if self.day is not None:
            self.day.save_draft()

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The forms are read while nobody waits."""
        return (lambda: templates_of(self.desk.store),)

    def commands(self) -> tuple[Command, ...]:
        """New, and the filters."""
        return (Command(title="New consent", run=self.new, icon="plus", keys="Ctrl+N"),)
