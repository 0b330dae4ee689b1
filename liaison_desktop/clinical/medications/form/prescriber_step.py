"""The step of the prescriber: what to say on the telephone, who was told, and the same list on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import Standing, note_exported, note_printed, tell
from liaison_desktop.clinical.medications.form.quick import PrescriberLine
from liaison_desktop.clinical.medications.record import Discrepancy, MedicationHistory, Reconciliation
from liaison_desktop.clinical.medications.rules.comparing import Pair
from liaison_desktop.clinical.patients.record import Patient, allergy_statement, birth_text, full_name
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import elided, wrapped

if TYPE_CHECKING:
    from liaison_desktop.documents.made import Document


class PrescriberStep(QWidget):
    """The open differences. `answer_asked` carries the medicine whose answer is to be written down."""

    changed = Signal()
    answer_asked = Signal(object)

    def __init__(self, desk: Desk, episode: Episode, patient: Patient) -> None:
        super().__init__()
        self.desk, self.episode, self.patient = desk, episode, patient
        self._stands: Standing | None = None
        self._pairs: tuple[Pair, ...] = ()
        self._made: Document | None = None
        who = {"told_to": PrescriberLine(desk.store, "Prescriber told")}
        self.form = RecordForm(Reconciliation, "told_to", "told_how", editors=who, clock=desk.clock)
        self._script, self._list = column(gap=8), column(gap=8)
        self._said = elided("", "sec", "ink2")
        told = button("All of these were told now", "primary", "phone-call", on_click=self.tell)
        told.setToolTip("It closes none of them: only the answer does")
        lead = wrapped("One call or one paper tells all. Each answer is written down by itself.", "cap", "ink3")
        right = column(
            card(lead, self.form, row(told, None), title="Who is told", gap=10),
            card(self._script, title="What to say", gap=8),
            None,
            gap=12,
        )
        body = scroll(row((column(self._list, None), 1), (right, 1), gap=12, margins=(24, 12, 24, 16)))
        empty = EmptyState(
            "Nothing waits for a prescriber", "A difference comes here when it was found in the comparison."
        )
        self.preview = Preview()
        self.preview.print_asked.connect(self.print_list)
        self.preview.save_asked.connect(self.save_list)
        back = button("Back to the list", "quiet", "chevron-left", small=True, on_click=self._close_paper)
        paper = column(row(back, None, margins=(16, 8, 16, 4)), (self.preview, 1), gap=0)
        room = QWidget()
        self._stack = QStackedLayout(room)
        for page in (body, empty, paper):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(room, 1)
        layout.addWidget(hairline())
        self._on_paper = button("On paper", icon="printer", on_click=self.show_paper)
        layout.addWidget(action_bar((self._said, 1), self._on_paper))
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+P"), self, self.show_paper, context=context)

    def refresh(self, stands: Standing) -> None:
        """Show what is open now."""
        self._stands = stands
        self._pairs = tuple(pair for pair in (*stands.pairs, *stands.leaving) if pair.open)
        if self._stack.currentIndex() != 2:
            self._stack.setCurrentIndex(0 if self._pairs else 1)
        self._on_paper.setVisible(bool(self._pairs))
        rows = [self._row(pair) for pair in self._pairs]
        refill(self._list, list_card("Waiting for an answer", *rows, right=str(len(rows))))
        words = [wrapped(line, "body" if number else "medium", "ink") for number, line in enumerate(self._lines())]
        refill(self._script, *words)

    def _row(self, pair: Pair) -> CardRow:
        row = pair.row
        told = row is not None and row.told
        mark = (
            ChipSpec("told, no answer", "amber") if told else ChipSpec("to be told", "red" if pair.alert else "amber")
        )
        when = f"told {row.told_to}, {show_moment(row.told_at)}" if row is not None and row.told_at is not None else ""
        facts = when or _difference(pair)
        medicine = pair.medicine.id
        return CardRow(
            pair.medicine.name, facts, "pill", mark, on_click=lambda: self.answer_asked.emit(medicine),
            tone="red" if pair.alert else "ink2",
        )  # fmt: skip

    def _lines(self) -> tuple[str, ...]:
        """What to say, line by line; the answer is read back at the end of each."""
        actor = self.desk.store.actor
        who = ", ".join(filter(None, (actor.name, actor.role)))
        born = birth_text(self.patient.birth_date)
        lines = [f"“This is {who}. I call about {full_name(self.patient)}, born {born}.”"]
        lines.append(f"“Allergies: {allergy_statement(self.patient).text}.”")
        for number, pair in enumerate(self._pairs, 1):
            lines.append(f"{number}.  “{_sentence(pair)} What should the patient take?”")
            lines.append("      Write the answer down, then read it back: “I read back …. Is that right?”")
        return tuple(lines)

    def tell(self) -> None:
        """Keep who was told and how, for all that are open; it closes none."""
        values = self.form.values()
        rows = [pair.row for pair in self._pairs if pair.row is not None]
        try:
            tell(self.desk.store, rows, values["told_to"], values["told_how"])
        except Refused as refusal:
            self.form.show_faults(refusal.faults)
            return
        except Stale as error:
            self._said.set_text(str(error))
            return
        self.form.clear_faults()
        self.changed.emit()
        self.desk.toast(f"{len(rows)} told. Each stays open until it is answered.")

    # ---- on paper

    def show_paper(self) -> None:
        """Make the list and show it; Print is on it."""
        from liaison_desktop.clinical.medications.document import prescriber_document

        if not self._pairs:
            return
        store, patient, pairs, made = self.desk.store, self.patient, self._pairs, self.desk.clock()
        whose = f"{full_name(patient)}, born {birth_text(patient.birth_date)}"
        allergies, where = allergy_statement(patient).text, _place(self.desk)
        number, author = f"medicines-{self.episode.number}", store.actor.name
        self.desk.jobs.run(
            lambda: prescriber_document(
                pairs, whose=whose, allergies=allergies, where=where, number=number, made=made, author=author
            ),
            owner=self,
            then=self._land,
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, made: Document) -> None:
        self._made = made
        self.preview.show_document(made.content, made.document_number)
        self._stack.setCurrentIndex(2)
        self.preview.setFocus()

    def _close_paper(self) -> None:
        self.preview.clear()
        self._made = None
        self._stack.setCurrentIndex(0 if self._pairs else 1)

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

    def start(self) -> None:
        """Give the keyboard to the name of who is told."""
        if self._pairs:
            self.form.editor("told_to").setFocus()

    def save_draft(self) -> None:
        """Who is being told is two words and is not kept."""


def _difference(pair: Pair) -> str:
    row = pair.row
    found = row.discrepancy.label if row is not None and row.discrepancy not in (None, Discrepancy.NONE) else "Clarify"
    home = pair.taken.line() if pair.taken is not None else "not taken at home"
    order = pair.ordered.line() if pair.ordered is not None else "not ordered"
    return f"{found}: at home {home}, ordered {order}" if pair.taken and pair.ordered else f"{found}: {home}; {order}"


def _sentence(pair: Pair) -> str:
    name = pair.medicine.name
    home = f"takes {pair.taken.line() or 'it'} at home" if pair.taken is not None else "does not take it at home"
    order = f"the order says {pair.ordered.line() or 'no dose'}" if pair.ordered is not None else "it is not ordered"
    return f"{name}: the patient {home}, and {order}."


def _place(desk: Desk) -> str:
    own = own_facility(desk.store)
    return " · ".join(filter(None, (own.name, own.phone))) if own is not None else ""
