"""What we store about somebody: the page as it is printed, and beside it the way to take them out of the store."""

from __future__ import annotations

import uuid
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.documents.made import Document
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.report.actions import anonymise, everything, note_stored, preview
from liaison_desktop.msl.report.document import kind_words, stored_paper
from liaison_desktop.msl.report.rules import Fate, Plan, Step, is_anonymous
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import refuse_identity
from liaison_desktop.store import Act
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import Item, card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.text import elided, icon_label, label, wrapped
from liaison_desktop.ui.workspace import Command

_SIDE, _MOST = 360, 8  # px; rows of one fate that are listed, the rest is counted
_MAKING = "The page is being put together"
_JOURNAL = (
    "The journal keeps the earlier versions, with the name in them, and the files they refer to. They stay there until "
    "records can be purged, which this version cannot do yet. Copies that were printed or saved are out of its reach."
)


class StoredPage(Page):
    """Reached from a person's profile; Escape goes back there."""

    key: ClassVar[str] = "stored"
    title: ClassVar[str] = "What we store"
    icon: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.person: Person | None = None
        self.plan: Plan | None = None
        self._name, self._said, self._asked, self._number = elided("", "title"), label("", "sec"), 0, ""
        self.paper = Preview()
        self.paper.print_asked.connect(self.print_paper)
        self.paper.save_asked.connect(self.save_paper)
        self.ask_button = button("Anonymise…", "secondary", "eraser", small=True, on_click=self.ask)
        back = button("Back to the profile", "quiet", "arrow-left", small=True, on_click=self.leave)
        head = panel(row(back, (self._name, 1), self._said, self.ask_button), margins=(12, 12, 16, 10))
        self.reason = LongTextEditor(2, name="Why", placeholder="Who asked, and on which ground")
        self._reason_field = LabelledField("Why", self.reason)
        self.do_button = button("Anonymise now", "danger_line", "eraser", on_click=self.do)
        self._steps = column(gap=12)
        told = panel(label("What would happen", "section"), self._steps, None, gap=12, margins=(16, 14, 16, 16))
        told.setObjectName("side")  # so that the pane keeps its own fill
        asked = panel(
            self._reason_field, row(button("Cancel", "quiet", on_click=self.cancel), None, self.do_button),
            gap=12, margins=(16, 12, 16, 12),
        )  # fmt: skip
        self.side = row(hairline(vertical=True), (column((scroll(told), 1), hairline(), asked, gap=0), 1), gap=0)
        self.side.setFixedWidth(_SIDE)
        self.side.setVisible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column(head, hairline(), (self.paper, 1), gap=0), 1)
        layout.addWidget(self.side)
        self.setFocusProxy(self.paper)

    # ---- what the window asks

    def show_record(self, id: uuid.UUID) -> None:
        """Show what is stored about a person."""
        self.person = self.desk.store.find(Person, id)
        self.cancel()
        self._show_paper()
        if self.person is not None:
            note_stored(self.desk.store, id, Act.VIEWED)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something changed: what is shown is made again, while it is shown."""
        if self.person is not None and self.isVisible():
            self.person = self.desk.store.find(Person, self.person.id)
            self._show_paper()

    def commands(self) -> tuple[Command, ...]:
        """Print, anonymise, back."""
        return (
            Command("Print what we store", self.print_paper, "", "printer", "Ctrl+P"),
            Command("Anonymise this person", self.ask, "shows first what would happen", "eraser"),
            Command("Back to the profile", self.leave, "", "arrow-left", "Alt+Left"),
        )

    # ---- what a person does

    def leave(self) -> None:
        """Back to the profile."""
        if self.person is not None:
            self.desk.open(Person.kind, self.person.id)

    def print_paper(self) -> None:
        """Print it; the journal says so."""
        if not self._number:
            self.desk.toast(_MAKING)
            return
        print_copy(self.desk, self.paper.content, lambda how: self._note(Act.PRINTED, how), self._guard)

    def save_paper(self) -> None:
        """Save it as a file; the journal says so."""
        if not self._number:
            self.desk.toast(_MAKING)
            return
        save_copy(self.desk, self.paper.content, f"{self._number}.pdf", lambda: self._note(Act.EXPORTED), self._guard)

    def _guard(self) -> None:
        """Nothing that names a patient leaves the store (PHI-1)."""
        if self.person is not None:
            records = [one.record for one in everything(self.desk.store, self.person.id)]
            refuse_identity(policy_of(self.desk.store), self.person, *records)

    def ask(self) -> None:
        """Show what anonymising would do; nothing is done yet."""
        if self.person is None or is_anonymous(self.person):
            return
        self.plan = preview(self.desk.store, self.person.id)
        refill(self._steps, *self._told(self.plan))
        self._reason_field.show_fault("")
        self.side.setVisible(True)
        self.reason.setFocus()

    def cancel(self) -> None:
        """Do not anonymise."""
        self.reason.set_value("")
        self.plan = None
        self.side.setVisible(False)

    def do(self) -> None:
        """Anonymise, all at once."""
        if self.person is None:
            return
        try:
            anonymise(self.desk.store, self.person.id, str(self.reason.value() or ""))
        except Refused as refused:
            self._reason_field.show_fault(refused.faults[0].message)
            self.reason.setFocus()
            return
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self.cancel()
        self.desk.toast("Anonymised. What the law keeps is kept.")

    # ---- within

    def _note(self, act: Act, how: str = "") -> None:
        if self.person is not None:
            note_stored(self.desk.store, self.person.id, act, how)

    def _show_paper(self) -> None:
        """Put the document together on a worker: with hundreds of records it takes seconds."""
        self._number, self._asked = "", self._asked + 1
        self.paper.clear()
        if self.person is None:
            self._name.set_text("")
            return
        self._name.set_text(self.person.title())
        self.ask_button.setEnabled(not is_anonymous(self.person))
        self._said.set_text(_MAKING)
        store, person_id, asked = self.desk.store, self.person.id, self._asked
        self.desk.jobs.run(
            lambda: stored_paper(store, person_id),
            owner=self,
            then=lambda made: self._made(asked, made),
            otherwise=lambda error: self._said.set_text(str(error)),
        )

    def _made(self, asked: int, made: Document) -> None:
        if asked != self._asked:
            return  # Somebody else is shown by now, or something changed.
        self._said.set_text("")
        self._number = made.document_number
        self.paper.show_document(made.content, "What we store")

    def _told(self, plan: Plan) -> list[Item]:
        # What this cannot do is said before what it does.
        warned = card(row(icon_label("triangle-alert", "amber"), (wrapped(_JOURNAL, "sec", "ink"), 1)), tone="amber")
        told: list[Item] = [warned]
        if plan.keeps_name:
            words = "Name and profession stay on the card, because the records below that are kept refer to it."
            told.append(card(row(icon_label("info"), (wrapped(words, "sec", "ink"), 1))))
        for fate in (Fate.KEPT, Fate.REMOVED, Fate.CLEARED):
            steps = plan.of(fate)
            if mine := tuple(step for step in steps if step.linked):
                told.append(_listed(fate.value, mine))
            if others := tuple(step for step in steps if not step.linked):
                words = "Kept whole, names the person" if fate is Fate.KEPT else "The name is taken out of the words"
                told.append(_listed(words, others))
        if plan.drafts:
            words = "1 text that is being typed" if plan.drafts == 1 else f"{plan.drafts} texts that are being typed"
            told.append(wrapped(f"The name is taken out of {words} and not saved as well.", "cap", "ink2"))
        return told


def _listed(title: str, steps: tuple[Step, ...]) -> QWidget:
    rows: list[QWidget] = [CardRow(kind_words(step.record), step.record.facts(), "file-text") for step in steps[:_MOST]]
    if len(steps) > _MOST:
        rows.append(CardRow(f"and {len(steps) - _MOST} more"))
    made = list_card(title, *rows, right=str(len(steps)))
    laws = dict.fromkeys(f"{step.why} ({step.citation})" for step in steps if step.why)
    return column(made, *(wrapped(law, "cap", "ink2") for law in laws), gap=4)
