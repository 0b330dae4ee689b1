"""The step of the patient's list: seen as it will be printed, printed, and given to somebody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import Standing, give_list, note_exported, note_printed
from liaison_desktop.clinical.medications.actions.listing import Part, patient_list
from liaison_desktop.clinical.medications.form.drafting import Kept
from liaison_desktop.clinical.medications.record import MedicationHistory
from liaison_desktop.clinical.patients.record import (
    Patient,
    allergy_statement,
    full_name,
    language_name,
    long_birth_text,
    record_number,
)
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.tab_order import one_stop
from liaison_desktop.ui.text import wrapped

if TYPE_CHECKING:
    from liaison_desktop.clinical.medications.document import ListContent
    from liaison_desktop.documents.made import Document

_SIDE = 380  # px


class _Typed(msgspec.Struct, frozen=True, kw_only=True):
    given_to: str = ""
    given_language: str = ""


class ListStep(QWidget):
    """The list of one stay. It is made off the window's thread and read back before it shows."""

    changed = Signal()

    def __init__(self, desk: Desk, episode: Episode, patient: Patient) -> None:
        from liaison_desktop.clinical.medications.document import Size

        super().__init__()
        self.desk, self.episode, self.patient = desk, episode, patient
        self._stands: Standing | None = None
        self._made: Document | None = None
        self._shown: object = None
        self.print_size = Segmented([(one, one.value) for one in Size], name="Print", clears=False)
        self.paper = Segmented((("letter", "Letter"), ("a4", "A4")), name="Paper", clears=False)
        self.print_size.set_value(Size.LARGE)
        self.paper.set_value("letter")
        for choice in (self.print_size, self.paper):
            one_stop(choice)
            choice.changed.connect(lambda _value: self._make())
        self.form = RecordForm(MedicationHistory, "given_to", "given_language", clock=desk.clock)
        self._kept = Kept(desk.store, f"medicine-list/{episode.id}", self._written, self)
        self.form.changed.connect(lambda _name: self._kept.heard())
        self._state, self._changes = wrapped("", "sec", "ink2"), wrapped("", "sec", "ink2")
        give = button("The list was given", "primary", "check", on_click=self.give)
        side = column(
            card(self.print_size, self.paper, title="Print", gap=10),
            card(self._changes, title="To teach back", gap=6),
            card(self.form, row(give, None), self._state, title="Given", gap=10),
            None,
            gap=12,
            margins=(16, 12, 16, 16),
        )
        pane = scroll(side)
        pane.setFixedWidth(_SIDE)
        self.preview = Preview()
        self.preview.print_asked.connect(self.print_list)
        self.preview.save_asked.connect(self.save_list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row((self.preview, 1), hairline(vertical=True), pane, gap=0))
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_list, context=context)
        self._take_up()

    def refresh(self, stands: Standing) -> None:
        """Make the list anew if it changed."""
        self._stands = stands
        history = stands.history
        if history is not None and not self._kept.dirty and history.given_at is not None:
            self.form.set_values(history)
        self._state.set_text(_told(history, stands.life.value == "list_given"))
        listed = patient_list(stands.last_pairs)
        parts = (
            (Part.NEW, "New"),
            (Part.CHANGED, "Changed"),
            (Part.STOP, "Stop"),
            (Part.HOLD, "Wait"),
            (Part.ASK, "Not decided"),
        )
        lines = [
            f"{word}: {', '.join(each.name for each in listed if each.part is part)}"
            for part, word in parts
            if any(each.part is part for each in listed)
        ]
        high = [each.name for each in listed if each.alert]
        if high:
            lines.append(f"High alert: {', '.join(high)}")
        self._changes.set_text("\n".join(lines) or "Nothing changed.")
        self._make()

    def _content(self, stands: Standing) -> ListContent:
        from liaison_desktop.clinical.medications.document import ListContent
        from liaison_desktop.documents.moments import moment_text

        own = own_facility(self.desk.store)
        patient, made = self.patient, self.desk.clock()
        said = allergy_statement(patient)
        written = patient.communication.written or patient.communication.spoken
        foreign = bool(written) and not written.startswith("en")
        note = (
            f"This list is in English. You read {language_name(written)}: ask to have it read to you by an interpreter."
        )
        return ListContent(
            name=full_name(patient),
            born=long_birth_text(patient.birth_date),
            record_number=record_number(patient),
            allergies=said.text,
            alarming=said.alarming,
            facility=own.name if own is not None else "Liaison Desktop",
            where=" · ".join(filter(None, (own.unit, own.phone))) if own is not None else "",
            number=f"medicine-list-{self.episode.number}",
            medicines=patient_list(stands.last_pairs),
            language_note=note if foreign else "",
            made=made,
            made_words=f"As of {moment_text(made)}",
            author=own.name if own is not None else "",
        )

    def _make(self) -> None:
        from liaison_desktop.clinical.medications.document import Size, patient_list_document
        from liaison_desktop.documents.styles import PaperName

        if self._stands is None:
            return
        content = self._content(self._stands)
        size, paper = cast(Size, self.print_size.value()), cast("PaperName", self.paper.value())
        asked = (content, size, paper)
        if asked == self._shown:
            return
        self._shown = asked
        self.desk.jobs.run(
            lambda: patient_list_document(content, size, paper),
            owner=self,
            then=lambda made: self._land(made, asked),
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, made: Document, asked: object) -> None:
        if asked == self._shown:
            self._made = made
            self.preview.show_document(made.content, made.document_number)

    def _history(self) -> MedicationHistory | None:
        return self._stands.history if self._stands is not None else None

    def print_list(self) -> None:
        """Print it; the journal says so."""
        if (history := self._history()) is not None:
            print_copy(
                self.desk,
                self.preview.content,
                lambda how: note_printed(self.desk.store, history, how),
                self._may("print"),
            )

    def _may(self, verb: str) -> Callable[[], object]:
        return lambda: require(self.desk.store, verb)

    def save_list(self) -> None:
        """Save a copy; its name is a number, never a person's."""
        history, made = self._history(), self._made
        if history is not None and made is not None:
            note = partial(note_exported, self.desk.store, history)
            save_copy(self.desk, self.preview.content, made.file_name, note, self._may("export"))

    def give(self) -> None:
        """Keep who got the list, or say what stands before it."""
        history = self._history()
        if history is None:
            self._state.set_text("Finish the interview first.")
            return
        values = self.form.values()
        try:
            give_list(self.desk.store, history, values["given_to"], values["given_language"])
        except Refused as refusal:
            self.form.show_faults(refusal.faults)
            return
        except Stale as error:
            self._state.set_text(str(error))
            return
        self._kept.drop()
        self.form.clear_faults()
        self.changed.emit()
        self.desk.toast("The list was given.")

    def start(self) -> None:
        """Give the keyboard to the document."""
        self.preview.setFocus()

    # ---- the draft

    def _written(self) -> bytes:
        values = self.form.values()
        return to_bytes(_Typed(given_to=values["given_to"], given_language=values["given_language"]))

    def _take_up(self) -> None:
        held = self._kept.held()
        if held is not None:
            self.form.set_values(from_bytes(_Typed, held))

    def save_draft(self) -> None:
        """Keep what was typed."""
        self._kept.save()


def _told(history: MedicationHistory | None, given: bool) -> str:
    if history is None or history.given_at is None:
        return "Nobody has the list yet."
    when = show_moment(history.given_at)
    return (
        f"Given to {history.given_to}, {when}." if given else f"Given {when}, but it changed since. Give the new one."
    )
