"""A visit to fill in. It saves nothing: the page asks it for the visit and calls the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.visits.form.confirm import ConfirmCards
from liaison_desktop.msl.visits.form.follow_ups import FollowUps
from liaison_desktop.msl.visits.form.listening import ListeningCards
from liaison_desktop.msl.visits.form.more import MORE, MoreSection
from liaison_desktop.msl.visits.form.order import one_stop
from liaison_desktop.msl.visits.form.quick_entry import QuickEntry
from liaison_desktop.msl.visits.form.topics_section import TopicsSection
from liaison_desktop.msl.visits.form.who_when import WhoAndWhen
from liaison_desktop.msl.visits.record import Heard, Visit
from liaison_desktop.msl.visits.rules import Understood
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.layout import card, column, row, to_top
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label

if TYPE_CHECKING:
    from liaison_desktop.store import Store

# Set by the store or computed by the actions; nobody types them.
SET_ASIDE = frozenset(
    {
        "id",
        "version",
        "heading",
        "status",
        "ae_answered_at",
        "cancel_reason",  # asked where a visit is cancelled
        "submitted_at",
        "amendment",
        "amend_reason",  # asked where a visit is amended
        "policy_version",
        "next_due",
        "last_done_at",
    }
)


class VisitForm(QWidget):
    """Everything of a visit that is typed. `changed` after each change."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._visit, self._showing = store, Visit(), False
        self.quick = QuickEntry(store)
        self.details = WhoAndWhen(store)
        self.topics = TopicsSection(store)
        self.notes = LongTextEditor(4, name="Notes", placeholder="What was said, in facts")
        self._notes_field = LabelledField("", self.notes)
        self.seen = column()  # where the safety radar asks about the notes
        self.notes.free = FreeText("notes", self.seen)
        self.heard = one_stop(Segmented([(Heard.NO, "No"), (Heard.YES, "Yes")], stretch=False, name=_QUESTION))
        self._heard_field = LabelledField("", column(row(label(_QUESTION, "strong"), None, self.heard)))
        self.promises = FollowUps(store)
        self.follow_ups, self.follow_line = self.promises.rows, self.promises.line
        self.more = MoreSection(store)
        self.listening = ListeningCards(store)  # laid out by the page, beside the notes
        self.confirm = ConfirmCards(store)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(8)
        self._heard_card = card(self._heard_field, margins=(12, 8, 12, 8))
        for widget in (
            self.quick,
            self.details,
            self.topics,
            row(label("Notes", "strong"), None, label("Facts only, no patient names", "cap")),
            self._notes_field,
            self.seen,
            self._heard_card,
            self.promises,
            self.more,
            self.confirm,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.quick.taken.connect(self.take)
        self.notes.changed.connect(lambda _value: self.promises.hear(self.notes.value()))
        for signal in (self.notes.changed, self.heard.changed):
            signal.connect(lambda _value: self._tell())
        for heard in (self.details, self.topics, self.promises, self.more, self.listening, self.confirm):
            heard.changed.connect(self._tell)

    # ---- showing and giving back

    @property
    def names(self) -> tuple[str, ...]:
        """The fields on this form."""
        return (
            *self.details.names,
            "topics",
            "notes",
            "ae_heard",
            "heard_priorities",
            "heard_marks",
            "follow_ups",
            "confirmations",
            *MORE,
        )

    def show_visit(self, visit: Visit, *, read_only: bool = False) -> None:
        """Show a visit."""
        if visit.id != self._visit.id:
            to_top(self)
        self._showing, self._visit = True, visit
        self.details.show_visit(visit)
        self.topics.set_values(visit.topics)
        self.notes.set_value(visit.notes)
        self.heard.set_value(visit.ae_heard)
        self.promises.show_visit(visit, read_only=read_only)
        self.more.show_visit(visit)
        self.listening.show_visit(visit)
        self.confirm.set_values(visit.confirmations)
        self.quick.setVisible(not read_only and visit.primary_person_id is None)
        self.open_details(not read_only and bool(self.details.missing()))
        self._set_read_only(read_only)
        self.show_faults(())
        self._showing = False

    def visit(self) -> Visit:
        """The visit as typed."""
        values: dict[str, Any] = self.details.values() | self.more.values()
        return replace(
            self._visit,
            **values,
            topics=self.topics.values(),
            notes=self.notes.value(),
            ae_heard=self.heard.value() or Heard.UNANSWERED,
            heard_priorities=self.listening.values(),
            heard_marks=self.listening.marks(),
            follow_ups=self.follow_ups.values(),
            confirmations=self.confirm.values(),
        )

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return (*self.details.fields.unread(), *self.more.unread())

    def open_details(self, on: bool) -> None:
        """Show the fields of who and when, or only the line in the header."""
        self.details.setVisible(on)

    def toggle_details(self) -> None:
        """Show the fields of who and when, or fold them away."""
        self.open_details(not self.details.isVisibleTo(self))

    # ---- what a person does

    def take(self, found: Understood) -> None:
        """Fill in what a quick line said; what it did not say stays as it is."""
        self.details.take(found)
        for topic in found.topics:
            self.topics.add(topic)
        if found.heard:
            self.heard.set_value(Heard.YES)
        if found.notes:
            before = str(self.notes.value()).rstrip() if self.notes.value() else ""
            self.notes.set_value("\n".join(part for part in (before, found.notes) if part))
        self.quick.setVisible(False)
        self.open_details(bool(self.details.missing()))
        self._tell()
        self.focus_next()

    def add_note(self, words: str) -> None:
        """Put words under the notes, but those that stand there already."""
        before = str(self.notes.value() or "").rstrip()
        new = [line for line in words.splitlines() if line.strip() and line.strip() not in before]
        if new:
            self.notes.set_value("\n".join(part for part in (before, *new) if part))
            self.changed.emit()

    def focus_next(self) -> None:
        """Put the keyboard where something is missing: a field of who and when, a topic's ground, else the notes."""
        if missing := self.details.missing():
            self.details.focus_field(missing)
            return
        open_one = next((one for one in self.topics.cards if one.basis.value() is None), None)
        (open_one.basis if open_one else self.notes).setFocus(Qt.FocusReason.TabFocusReason)

    def ask_heard(self) -> None:
        """Put the keyboard on the question about adverse events."""
        self.heard.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Outside of a text, the letter A goes to the adverse event question and F to the line of a follow-up."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_A and plain:
            self.ask_heard()
        elif event.key() == Qt.Key.Key_F and not event.modifiers() and self.follow_line.isVisibleTo(self):
            self.follow_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    # ---- faults

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Show each fault beside its field, and those that ask for a confirmation as cards at the foot."""
        found = tuple(faults)
        confirm = tuple(one for one in found if one.severity is Severity.CONFIRM and one.rule != "VIS-3")
        rest = tuple(one for one in found if one not in confirm)
        self.details.show_faults(rest)
        if any(one.field in self.details.names and one.severity is not Severity.WARN for one in rest) and focus:
            self.open_details(True)
        self.more.show_faults(rest)
        self.topics.show_faults(rest)
        self._beside(self._notes_field, [one for one in rest if one.field == "notes"])
        # The rule repeats the question, which stands above it already.
        asked = [
            replace(one, message=one.message.removeprefix(f"{_QUESTION} ")) for one in rest if one.field == "ae_heard"
        ]
        self._beside(self._heard_field, asked)
        for number, row_ in enumerate(self.follow_ups.editors()):
            row_.show_faults([one for one in rest if one.field.startswith(f"follow_ups.{number}.")])
        self.confirm.show_faults(confirm)
        if focus and found:
            # What is only to be confirmed is answered on its card, wherever its field is.
            if found[0] in confirm and self.confirm.lines:
                self.confirm.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_on(found[0].field)

    def focus_on(self, path: str) -> None:
        """Put the keyboard into the field of a path, such as `notes` or `topics.0.verbatim_question`."""
        head, _, rest = path.partition(".")
        if head in self.details.names:
            self.details.focus_field(head)
        elif head == "topics":
            self.topics.focus_field(rest)
        elif head == "ae_heard":
            self.ask_heard()
        elif head == "notes":
            self.notes.setFocus()
        elif head == "follow_ups":
            self.follow_line.setFocus()
        else:
            self.more.focus_field(head)

    def focused(self) -> str:
        """The path of the field that has the keyboard; empty if none has."""
        held = QApplication.focusWidget()
        if held is None or not self.isAncestorOf(held):
            return ""
        if path := self.details.focused(held) or self.topics.focused(held):
            return path
        places = {"notes": self._notes_field, "ae_heard": self._heard_card, "follow_ups": self.promises}
        found = next((name for name, box in places.items() if box.isAncestorOf(held)), "")
        return "follow_ups" if held is self.follow_line else found or self.more.focused(held)

    def rebase(self, visit: Visit) -> None:
        """Take over what the store set meanwhile, and keep everything that is typed here."""
        self._visit = visit

    @staticmethod
    def _beside(field: LabelledField, faults: list[Fault]) -> None:
        severe = any(one.severity is not Severity.WARN for one in faults)
        field.show_fault(" ".join(one.message for one in faults), severe)

    # ---- within

    def _set_read_only(self, on: bool) -> None:
        self.details.fields.set_read_only(on)
        self.topics.set_read_only(on)
        self.notes.setReadOnly(on)
        self.heard.setEnabled(not on)
        self.more.set_read_only(on)
        self.listening.set_read_only(on)

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()


_QUESTION = "Did you hear of any adverse event or product complaint?"
