"""The base of every pane about one patient: what a feature shows and asks under its tab in the chart."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.desk import Desk


class PatientPane(QWidget):
    """One tab of a chart. It asks the store itself; `kinds` are those that make it ask again.

    `asks_tab` asks the chart for another of its tabs by name.
    """

    asks_tab = Signal(str)
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.patient = desk, patient

    def refresh(self, kinds: frozenset[str]) -> None:
        """A commit changed these kinds; query again, but leave what is being typed as it is."""

    def show_patient(self, patient: Patient) -> None:
        """The patient was read again."""
        self.patient = patient

    def save_draft(self) -> None:
        """Keep what was typed; called when the tab is left, on lock and close, and durable when it returns."""
