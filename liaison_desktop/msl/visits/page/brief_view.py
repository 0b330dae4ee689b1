"""The brief as one page on the screen: everything at a glance, printed or saved with one key, gone with another."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.documents.preview.handing_out import print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.visits.actions import note_brief
from liaison_desktop.msl.visits.document import Brief, BriefLine, BriefPart, brief_of
from liaison_desktop.msl.visits.page.pin import pin, pinned_visit, unpin
from liaison_desktop.msl.visits.page.promises import promise_row
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import refuse_identity
from liaison_desktop.store import Act
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec, KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, label, wrapped

_MOST = 6  # promises shown; the rest is counted


class BriefView(QWidget):
    """Space or Escape leaves it, F9 prints it."""

    def __init__(self, desk: Desk, left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._leave = desk, left
        self._brief: Brief | None = None
        self._visit_id: uuid.UUID | None = None
        self._name, self._facts = elided("", "title"), elided("", "secm", "ink")
        self.print_button = button("Print", "primary", "printer", small=True, on_click=self.print_brief)
        self.save_button = button("Save a copy", "secondary", "download", small=True, on_click=self.save_brief)
        self.open_button = button("Visit", "secondary", "messages-square", small=True, on_click=self._open_visit)
        self.pin_button = button("", "secondary", "pin", small=True, name="Pin to Today", on_click=self.pin_brief)
        profile = button("Profile", "secondary", "user-round", small=True, on_click=self._open_profile)
        top = row(
            label("Brief", "section"), (self._name, 1), self.open_button, profile, self.pin_button, self.save_button, self.print_button,
            KeyCap("F9"), button(icon="x", kind="quiet", small=True, name="Close the brief", on_click=self.leave), gap=8,
        )  # fmt: skip
        top.setFixedHeight(32)
        self._body = row(gap=16, margins=(20, 16, 20, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panel(top, self._facts, gap=2, margins=(20, 12, 12, 10)))
        layout.addWidget(hairline())
        layout.addWidget(scroll(column(self._body, None, gap=0)), 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def shown(self) -> Brief | None:
        """The brief that is shown."""
        return self._brief

    def show_visit(self, visit: Visit) -> bool:
        """Show the brief for a visit; False if no person is named in it yet."""
        if visit.primary_person_id is None or self._desk.store.find(Person, visit.primary_person_id) is None:
            return False
        self._visit_id = visit.id
        self._show_pin()
        self._brief = brief = brief_of(self._desk.store, visit.primary_person_id, visit)
        self._name.set_text(brief.person.title())
        self.setAccessibleName(f"Brief: {brief.person.title()}")
        self._facts.set_text(" · ".join(part for part in (brief.visit, brief.person.facts(), brief.place) if part))
        left = [self._card(part) for part in brief.left]
        left.insert(1 if brief.left and brief.left[0].title == "Keep to" else 0, self._promises(brief))
        right = [self._card(part) for part in brief.right]
        refill(
            self._body,
            (column(*left, None, gap=12), 1),
            (column(*(right or [self._nothing()]), None, gap=12), 1),
        )
        return True

    def refresh(self) -> None:
        """Read it again."""
        visit = self._desk.store.find(Visit, self._visit_id)
        if visit is not None:
            self.show_visit(visit)

    def print_brief(self) -> None:
        """Print the page (F9); the journal says so."""
        self._hand_out(
            lambda content, _name: print_copy(
                self._desk, content, lambda how: self._note(Act.PRINTED, how), self._guard
            )
        )

    def save_brief(self) -> None:
        """Save the page as a file; the journal says so."""
        self._hand_out(
            lambda content, name: save_copy(self._desk, content, name, lambda: self._note(Act.EXPORTED), self._guard)
        )

    def pin_brief(self) -> None:
        """Keep the brief on Today (Shift+F9), or take it off again."""
        if self._visit_id is None:
            return
        store, before = self._desk.store, pinned_visit(self._desk.store)
        if before is not None and before.id == self._visit_id:
            unpin(store)
            self._desk.toast("Taken off Today")
        else:
            pin(store, self._visit_id)
            self._desk.toast("Pinned to Today")
        self._show_pin()

    def _show_pin(self) -> None:
        held = pinned_visit(self._desk.store)
        words = "Take it off Today" if held is not None and held.id == self._visit_id else "Pin to Today"
        self.pin_button.setAccessibleName(words)
        self.pin_button.setToolTip(f"{words} (Shift+F9)")

    def leave(self) -> None:
        """Close the brief."""
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Escape close, F9 prints, Shift+F9 pins."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.leave()
        elif event.key() == Qt.Key.Key_F9 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.pin_brief()
        elif event.key() == Qt.Key.Key_F9:
            self.print_brief()
        else:
            super().keyPressEvent(event)

    # ---- within

    def _guard(self) -> None:
        """Nothing that names a patient leaves the store (PHI-1): each record the page quotes is asked."""
        store, brief = self._desk.store, self._brief
        if brief is None:
            return
        lines = [line for part in (*brief.left, *brief.right) for line in part.lines]
        found = [store.find(store.kinds[one.kind], one.id) for one in lines if one.kind in store.kinds]
        found += [store.find(Visit, one.visit_id) for one in brief.promises]
        refuse_identity(policy_of(store), brief.person, *filter(None, found))

    def _hand_out(self, out: Callable[[bytes, str], object]) -> None:
        from liaison_desktop.msl.visits.document.brief_paper import brief_paper

        if self._brief is None:
            return
        try:
            made = brief_paper(self._brief, self._desk.clock(), self._desk.store.actor.name)
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        out(made.content, made.file_name)

    def _note(self, act: Act, how: str = "") -> None:
        if self._brief is not None:
            note_brief(self._desk.store, self._brief.person.id, act, how)

    def _promises(self, brief: Brief) -> QWidget:
        if not brief.promises:
            return card(wrapped("No promise is open.", "sec", "ink2"), title="Promised")
        rows = [promise_row(self._desk, one) for one in brief.promises[:_MOST]]
        count = len(brief.promises)
        return list_card("Promised", *rows, right=str(count) if count <= _MOST else f"{_MOST} of {count}")

    def _card(self, part: BriefPart) -> QWidget:
        alert = part.title == "Keep to" and any(line.tone == "red" for line in part.lines)
        rows = [self._row(line) for line in part.lines]
        return list_card(part.title, *rows, right=str(len(rows)) if len(rows) > 1 else "", tone="red" if alert else "")

    def _row(self, line: BriefLine) -> CardRow:
        chip = ChipSpec(line.mark, line.tone, line.icon if line.tone == "red" else "") if line.mark else None
        icon = line.icon if line.icon else ""
        opens = (lambda: self._open(line)) if line.id is not None else None
        return CardRow(line.what, line.facts, icon, chip, on_click=opens)

    def _nothing(self) -> QWidget:
        return card(wrapped("Nothing else is on record yet.", "sec", "ink2"))

    def _open(self, line: BriefLine) -> None:
        if line.id is not None:
            self._desk.open(line.kind, line.id)

    def _open_visit(self) -> None:
        if self._visit_id is not None:
            self._desk.open(Visit.kind, self._visit_id)

    def _open_profile(self) -> None:
        if self._brief is not None:
            self._desk.open(Person.kind, self._brief.person.id)
