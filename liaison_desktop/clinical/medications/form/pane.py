"""The tab of a chart: the life of the list on top, its steps, and the step that is open. The grid waits for the question."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.medications.actions import Standing, begin_stay, standing_of
from liaison_desktop.clinical.medications.form.compare_step import CompareStep
from liaison_desktop.clinical.medications.form.interview import InterviewStep
from liaison_desktop.clinical.medications.form.list_step import ListStep
from liaison_desktop.clinical.medications.form.medicines_step import MedicinesStep
from liaison_desktop.clinical.medications.form.prescriber_step import PrescriberStep
from liaison_desktop.clinical.medications.queries import history_of
from liaison_desktop.clinical.medications.record import ListLife, MedicationHistory, Medicine, Reconciliation
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import column, hairline, row
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.text import label, wrapped

STEPS = ("Interview", "Medicines", "Compare", "Prescriber", "Patient's list")
_LIFE = {
    ListLife.COLLECTING: "neutral",
    ListLife.COLLECTED: "accent",
    ListLife.COMPARED: "accent",
    ListLife.SENT: "amber",
    ListLife.ANSWERED: "accent",
    ListLife.RECONCILED: "green",
    ListLife.GIVEN: "green",
}


class MedicinesPane(PatientPane):
    """The medicines of a patient's present stay."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        (Medicine.kind, Reconciliation.kind, MedicationHistory.kind, Episode.kind, Patient.kind)
    )

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(desk, patient, parent)
        self.episode: Episode | None = None
        self.steps: dict[int, QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._inside: QWidget | None = None
        for number in range(len(STEPS)):
            # In the whole window, so that a key leads here from the tabs of the chart as well.
            context = Qt.ShortcutContext.WindowShortcut
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, self._to(number), context=context)
        self._settle()

    def _settle(self) -> None:
        """Show the present stay, or the way to begin one."""
        found = current_episode(self.desk.store, self.patient.id)
        if self._inside is not None and found is not None and self.episode is not None and found.id == self.episode.id:
            return
        self.episode, self.steps = found, {}
        if self._inside is not None:
            self._layout.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._frame(found) if found is not None else self._no_stay()
        self._layout.addWidget(self._inside)
        if found is not None:
            history = history_of(self.desk.store, found.id)
            asked = history is not None and history.open_question is not None
            self.show_step(1 if asked else 0)

    def _frame(self, episode: Episode) -> QWidget:
        self.strip = TabStrip(STEPS)
        self.strip.changed.connect(self.show_step)
        self._chip, self._open = Chip(""), Chip("", "red")
        room = QWidget()
        self._stack = QStackedLayout(room)
        head = row((self.strip, 1), self._open, self._chip, gap=8, margins=(0, 0, 16, 0))
        return column(head, hairline(), (room, 1), gap=0)

    def _no_stay(self) -> QWidget:
        service = ComboEditor(ServiceLine, "Service line")
        begin = button("Begin a stay", "primary", "plus", on_click=lambda: self._begin(service))
        words = wrapped("Medicines belong to a stay, and this patient is in none.", "sec", "ink2")
        inside = column(label("No stay yet", "strong"), words, row((service, 1), begin), gap=8)
        inside.setMaximumWidth(460)
        return column(row(None, (inside, 1), None), None, margins=(24, 48, 24, 24))

    def _begin(self, service: ComboEditor) -> None:
        line = service.value()
        if not isinstance(line, ServiceLine):
            service.setFocus()
            return
        begin_stay(self.desk.store, self.patient.id, line)
        self._settle()

    def _to(self, number: int) -> Callable[[], None]:
        return lambda: self.go_to(number)

    def go_to(self, number: int) -> None:
        """Open a step with the keyboard in it."""
        if self.episode is None:
            return
        self.show_step(number)
        self.start()

    def show_step(self, number: int) -> None:
        """Open a step. What was typed in the one before is kept."""
        if self.episode is None:
            return
        self.save_draft()
        self.strip.set_current(number)
        if number not in self.steps:
            self.steps[number] = self._made(number, self.episode)
            self._stack.addWidget(self.steps[number])
        self._stack.setCurrentWidget(self.steps[number])
        self._read()

    def _made(self, number: int, episode: Episode) -> QWidget:
        if number == 0:
            interview = InterviewStep(self.desk, episode)
            interview.changed.connect(self._read)
            interview.list_asked.connect(lambda: self.go_to(1))
            return interview
        if number == 1:
            return GuardedGrid(self.desk, episode, self)
        if number == 2:
            compare = CompareStep(self.desk, episode)
            compare.changed.connect(self._read)
            compare.orders_asked.connect(lambda: self.go_to(1))
            return compare
        if number == 3:
            prescriber = PrescriberStep(self.desk, episode, self.patient)
            prescriber.changed.connect(self._read)
            prescriber.answer_asked.connect(self.answer)
            return prescriber
        made = ListStep(self.desk, episode, self.patient)
        made.changed.connect(self._read)
        return made

    def answer(self, medicine: uuid.UUID) -> None:
        """Open the comparison of this medicine with the keyboard on the answer."""
        self.show_step(2)
        step = self.steps[2]
        if isinstance(step, CompareStep):
            step.answer(medicine)

    def show_medicine(self, medicine: uuid.UUID) -> None:
        """Open a medicine where it is answered: its row in the comparison if that is open, else the medicine itself."""
        if self.episode is None:
            return
        stands = standing_of(self.desk.store, self.episode.id)
        if any(pair.open and pair.medicine.id == medicine for pair in (*stands.pairs, *stands.leaving)):
            self.answer(medicine)
            return
        self.show_step(1)
        grid = self.steps[1]
        found = next((each for each in stands.medicines if each.id == medicine), None)
        if isinstance(grid, GuardedGrid) and grid.step is not None and found is not None:
            grid.step.grid.select(found)
            grid.step.open(found)

    def _read(self) -> None:
        if self.episode is None:
            return
        self._stands = stands = standing_of(self.desk.store, self.episode.id)
        self._chip.show_chip(stands.life.label, _LIFE[stands.life])
        waiting = stands.left.high_alert + stands.left.not_compared_high_alert
        words = f"{waiting} high alert open" if waiting else f"{stands.left.total} open" if stands.left.total else ""
        self._open.show_chip(words, "red" if waiting else "amber", "triangle-alert" if waiting else "")
        self._open.setVisible(bool(words) and stands.left.collected)
        step = self._stack.currentWidget()
        if step is not None:
            step.refresh(stands)  # type: ignore[attr-defined]

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again what changed."""
        if kinds & self.kinds:
            self._settle()
            self._read()

    def start(self) -> None:
        """Give the keyboard to the step that is open."""
        step = self._stack.currentWidget() if self.episode is not None else None
        if step is not None:
            step.start()  # type: ignore[attr-defined]

    def save_draft(self) -> None:
        """Keep what was typed in any step."""
        for step in self.steps.values():
            step.save_draft()  # type: ignore[attr-defined]


class GuardedGrid(QWidget):
    """The grid, once the open question was asked: until then no list is shown."""

    def __init__(self, desk: Desk, episode: Episode, pane: MedicinesPane) -> None:
        super().__init__()
        self._desk, self._episode, self._pane = desk, episode, pane
        self._stack = QStackedLayout(self)
        self._ask = EmptyState(
            "First the open question",
            "Ask what the patient takes before any list is shown: people name more that way. Then the list opens.",
            "To the question",
            on_click=lambda: pane.go_to(0),
        )
        self._stack.addWidget(self._ask)
        self.step: MedicinesStep | None = None

    def refresh(self, stands: Standing) -> None:
        """Show the grid if the question was asked."""
        if stands.history is None or stands.history.open_question is None:
            self._stack.setCurrentWidget(self._ask)
            return
        if self.step is None:
            self.step = MedicinesStep(self._desk, self._episode)
            self.step.changed.connect(self._pane._read)
            self._stack.addWidget(self.step)
        self._stack.setCurrentWidget(self.step)
        self.step.refresh(stands)

    def start(self) -> None:
        """Give the keyboard to the line that adds, or to the way to the question."""
        if self.step is not None and self._stack.currentWidget() is self.step:
            self.step.start()
        elif self._ask.button is not None:
            self._ask.button.setFocus()

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self.step is not None:
            self.step.save_draft()
