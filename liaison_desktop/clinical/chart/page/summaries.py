"""Printing a summary: for whom, what they get and what not, and the pages before they leave."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.chart.actions import check_recipient, note_exported, note_printed
from liaison_desktop.clinical.chart.document import summary_paper
from liaison_desktop.clinical.chart.queries import charted
from liaison_desktop.clinical.chart.rules import left_out, profile_file
from liaison_desktop.clinical.patients.record import Patient, RelatedPerson
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import wrapped

_SIDE = 340


class SummaryPane(QWidget):
    """A choice at the left, the pages at the right. `left` goes back to the chart."""

    left = Signal()

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self._desk, self._patient = desk, patient
        self._known = charted(desk.store, patient)
        self._profiles = profile_file().profiles
        self.which = ChoiceLine([Option(key, one.title) for key, one in self._profiles.items()], name="For whom")
        self.which.set_value(next(iter(self._profiles)))
        self.who = ChoiceLine(
            [Option(person.id, person.name, person.text()) for person in patient.related], name="For which person"
        )
        self._gets, self._not = wrapped("", "sec"), wrapped("", "sec", "ink2")
        self._said = wrapped("", "sec", "red")
        self.preview = Preview()
        self._person_card = card(self.who, title="For which person", gap=8)
        back = button("Back to the chart", "quiet", "chevron-left", small=True, on_click=self.left.emit)
        side = column(
            row(back, None),
            card(self.which, self._gets, title="For whom", gap=8),
            self._person_card,
            self._said,
            card(self._not, title="What they do not get", gap=8),
            None,
            gap=12,
            margins=(24, 12, 12, 24),
        )
        area = scroll(side)
        area.setFixedWidth(_SIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self.preview, 1)
        self.which.changed.connect(lambda _value: self.show_summary())
        self.who.changed.connect(lambda _value: self.show_summary())
        self.preview.print_asked.connect(self.print_it)
        self.preview.save_asked.connect(self.save_it)
        self.setFocusProxy(self.which)
        self.show_summary()

    def _person(self) -> RelatedPerson | None:
        return next((one for one in self._patient.related if one.id == self.who.value()), None)

    def show_summary(self) -> None:
        """Make the pages for whoever is chosen, or say why they may not have them."""
        profile = self._profiles.get(str(self.which.value() or ""))
        if profile is None:  # while it is being typed
            return
        self._not.set_text("\n".join(f"• {words[:1].upper()}{words[1:]}" for words in left_out(profile)))
        self._gets.set_text(f"Purpose: {profile.purpose}")
        self._person_card.setVisible(profile.asks_person)
        person = self._person() if profile.asks_person else None
        try:
            check_recipient(self._desk.store, profile, person)
            made = summary_paper(
                self._known,
                profile,
                now=self._desk.clock(),
                ours=own_facility(self._desk.store),
                printed_by=self._desk.store.actor.name,
                recipient=person.name if person is not None else "",
            )
        except LiaisonError as error:
            self.preview.clear()
            self._said.set_text(str(error))
            self._said.show()
            return
        limits = person.limits if person is not None else ""
        self._said.set_text(f"Limits: {limits}" if limits else "")
        self._said.setVisible(bool(limits))
        self._name = made.file_name
        self.preview.show_document(made.content, made.document_number)

    def print_it(self) -> None:
        """On paper; the journal says for whom."""
        profile = self._profiles[str(self.which.value())]
        print_copy(
            self._desk,
            self.preview.content,
            functools.partial(note_printed, self._desk.store, self._patient, profile),
            lambda: require(self._desk.store, "print"),
        )

    def save_it(self) -> None:
        """As a file; the journal says for whom."""
        profile = self._profiles[str(self.which.value())]
        note = functools.partial(note_exported, self._desk.store, self._patient, profile)
        save_copy(self._desk, self.preview.content, self._name, note, lambda: require(self._desk.store, "export"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the chart."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
