"""Every version of a patient there ever was: who wrote it, when, what changed, and the record as it stood."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.chart.page.facts import detail_cards
from liaison_desktop.clinical.patients.record import Patient, changed_labels
from liaison_desktop.store import Act, Store, Version
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.layout import column, hairline, refill, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import elided, label

_LIST = 340


class History(QWidget):
    """Versions at the left, newest first; the chosen one at the right, to read."""

    def __init__(self, store: Store, patient_id: uuid.UUID) -> None:
        super().__init__()
        self._store = store
        self.versions = tuple(v for v in store.versions(patient_id) if v.act == Act.SAVED)
        self._held = [store.version(Patient, version.version) for version in self.versions]
        self.view = RowsView("Versions")
        self.view.setFixedWidth(_LIST)
        self._pane = column(gap=12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        side = QWidget()
        inner = QVBoxLayout(side)
        inner.setContentsMargins(8, 8, 0, 0)
        inner.addWidget(self.view)
        layout.addWidget(side)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._pane, 1)
        self.view.chosen.connect(self._show)
        last = len(self.versions)
        self.view.rows.set_rows([self._row(at, version, last - at) for at, version in enumerate(self.versions)])
        self.view.select_first()

    def _row(self, at: int, version: Version, number: int) -> ListRow:
        chip = ChipSpec("now", "accent") if at == 0 else None
        return ListRow(f"{number}. {self._what(at)}", show_moment(version.at), chip, version.actor, key=at)

    def _what(self, at: int) -> str:
        if at + 1 == len(self._held):
            return "Registered"
        return ", ".join(changed_labels(self._held[at + 1], self._held[at])) or "Nothing changed"

    def _show(self, at: object) -> None:
        if not isinstance(at, int):
            return
        version, patient = self.versions[at], self._held[at]
        left, right = detail_cards(patient, self._store)
        words = f"{version.actor}, {show_moment(version.at)}"
        head = row(label("As it stood" if at else "As it stands now", "strong"), label(words, "sec"), None, gap=12)
        why = (elided(f"Reason: {version.reason}", "sec"),) if version.reason else ()
        cards = row((column(*left, None, gap=12), 1), (column(*right, None, gap=12), 1), gap=12)
        body = scroll(
            column(
                head,
                *why,
                elided(f"Changed: {self._what(at)}" if at + 1 < len(self._held) else "First entry", "sec"),
                cards,
                None,
                margins=(24, 12, 24, 24),
            )
        )
        refill(self._pane, body)
