"""The studies and those who were asked, with one of them beside the list."""

from __future__ import annotations

import uuid

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.research.form import ResearchForm, StudyForm
from liaison_desktop.clinical.research.page.begin_pane import BeginPane
from liaison_desktop.clinical.research.page.consent_pane import ConsentPane
from liaison_desktop.clinical.research.page.leaving_pane import LeavePane, MistakePane
from liaison_desktop.clinical.research.page.listing import Listed, holding, rows_of
from liaison_desktop.clinical.research.page.procedure_pane import ProcedurePane
from liaison_desktop.clinical.research.page.study_pane import StudyPane
from liaison_desktop.clinical.research.queries import endings_of, recent_research, studies
from liaison_desktop.clinical.research.record import ResearchConsent, Study
from liaison_desktop.clinical.research.rules import ask_again
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import label

_LIST = 340
_KINDS = frozenset({"research_study", "research_consent", "research_withdrawal", "patient", "staff_member"})


class ResearchBrowser(Page):
    """The list at the left, and what is chosen at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: ResearchForm | None = None
        self.study_form: StudyForm | None = None
        self.search = line_edit(placeholder="Search name, study or number", icon="search", quiet=True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.view = RowsView("Research")
        self.view.chosen.connect(lambda _key: self._show_chosen())
        self.view.opened.connect(lambda _key: self.work())
        self.view.set_empty(EmptyState("Nothing here matches.", "Try part of a name, or the protocol's number."))
        store = desk.store
        self.study, self.consent, self.begin = StudyPane(desk), ConsentPane(desk), BeginPane(store)
        self.leave, self.mistake, self.procedure = LeavePane(store), MistakePane(store), ProcedurePane(store)
        self._nothing = EmptyState(
            "No studies yet.",
            "Record a study with its approved form and its delegation log; then a consent can be taken.",
            "New study",
            "plus",
            self.new_study,
        )
        self._blank, self._right = QWidget(), QStackedWidget()
        for pane in (
            self._nothing, self._blank, self.study, self.consent, self.begin, self.leave, self.mistake, self.procedure,
        ):  # fmt: skip
            self._right.addWidget(pane)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._browse())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _browse(self) -> QWidget:
        self._new = button("New", "primary", "plus", on_click=self.new)
        self._new.setToolTip("Ctrl+N")
        add = button("Study", "quiet", "plus", on_click=self.new_study)
        add.setAccessibleName("New study")
        self._new.setAccessibleName("New research consent")
        head = row(label("Research", "title"), None, add, self._new, margins=(20, 0, 16, 0), gap=4)
        head.setFixedHeight(32)
        line = row((self.search, 1), margins=(16, 8, 16, 6))
        self._left = panel(12, head, line, (self.view, 1), gap=0)
        self._left.setFixedWidth(_LIST)
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        return box

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list."""
        super().showEvent(event)
        if self.form is None and self.study_form is None:
            self.view.setFocus()

    # ---- what is shown

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again if something shown here changed."""
        if kinds & _KINDS and self.form is None and self.study_form is None:
            self._fill()

    def _fill(self) -> None:
        store, today = self.desk.store, self.desk.today()
        held, consents = studies(store), recent_research(store)
        endings = endings_of(store, consents)
        again = ask_again(holding(consents, endings), {one.id: one for one in held}, today)
        self._listed = Listed(studies=held, consents=consents, endings=endings, again=again)
        current = self.view.current_key()
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(rows_of(self._listed, today, self.search.text()))
        if not self.view.select(current):
            self.view.select_first()
        self.view.blockSignals(blocked)
        self._left.setVisible(bool(held))
        self._show_chosen()

    def _key(self) -> uuid.UUID | None:
        key = self.view.current_key()
        return key if isinstance(key, uuid.UUID) else None

    def chosen(self) -> Study | ResearchConsent | None:
        """What is shown beside the list."""
        key = self._key()
        found: tuple[Study | ResearchConsent, ...] = (*self._listed.studies, *self._listed.consents)
        return next((one for one in found if one.id == key), None)

    def _show_chosen(self) -> None:
        shown, listed = self.chosen(), self._listed
        if isinstance(shown, Study):
            self.consent.clear()
            mine = tuple(one for one in listed.again if one.consent.study_id == shown.id)
            self.study.show_study(shown, mine, listed.consents)
            self._right.setCurrentWidget(self.study)
        elif isinstance(shown, ResearchConsent):
            again = next((one for one in listed.again if one.consent.id == shown.id), None)
            self.consent.show_consent(shown, listed.endings.get(shown.id, ()), again)
            self._right.setCurrentWidget(self.consent)
        else:
            self.consent.clear()
            self._right.setCurrentWidget(self._blank if listed.studies else self._nothing)

    def new_study(self) -> None:
        """A study that is not recorded yet."""
        raise NotImplementedError

    def work(self) -> None:
        """Enter: work on what is shown."""
        raise NotImplementedError
