"""Allergies: first what is known at all, then the list. Whoever came here does not leave it unsaid (V13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.form.rows import RowCards
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    AllergySource,
    AllergyType,
    ClinicalStatus,
    Criticality,
    Patient,
    Reaction,
    ReactionSeverity,
    Verification,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor, TextEditor
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.record_form import RecordForm

_ROWS = (
    (("substance", 3), ("since", 1)),
    "reactions",
    "category",
    ("type", "criticality"),
    ("verification", "source", "clinical"),
)


class ReactionsEditor(QWidget):
    """What happened and how badly, one line for each reaction."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[QWidget, TextEditor, ChoiceEditor]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._more = button("Another reaction", "ghost", "plus", small=True, on_click=self._another)
        self._box.addWidget(row(self._more, None))
        self.set_value(())

    def value(self) -> tuple[Reaction, ...]:
        """The reactions that say something."""
        read = (Reaction(manifestation=what.value(), severity=_severity(how)) for _line, what, how in self._lines)
        return tuple(reaction for reaction in read if reaction.manifestation or reaction.severity)

    def set_value(self, value: Iterable[Reaction] | None) -> None:
        """Show these, or one empty line."""
        for line, _what, _how in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for reaction in tuple(value or ()) or (Reaction(),):
            self._add(reaction)
        self.setFocusProxy(self._lines[0][1])

    def complaint(self) -> str:
        """Any text can be read."""
        return ""

    def _another(self) -> None:
        self._add(Reaction())[1].setFocus()

    def _add(self, reaction: Reaction) -> tuple[QWidget, TextEditor, ChoiceEditor]:
        what, how = TextEditor("Reaction", "Such as hives"), ChoiceEditor(ReactionSeverity, "Severity")
        what.set_value(reaction.manifestation)
        how.set_value(reaction.severity)
        line = QWidget()
        beside = QHBoxLayout(line)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(what, 1)
        beside.addWidget(how, 1)
        for editor in (what, how):
            editor.changed.connect(lambda _value: self.changed.emit(self.value()))
        self._box.insertWidget(self._box.count() - 1, line)
        made = (line, what, how)
        self._lines.append(made)
        return made


def _severity(editor: ChoiceEditor) -> ReactionSeverity | None:
    held = editor.value()
    return held if isinstance(held, ReactionSeverity) else None


def _editors() -> dict[str, QWidget]:
    return {
        "since": PartialEditor("2014"),
        "reactions": ReactionsEditor(),
        "type": ComboEditor(AllergyType),
        "criticality": ComboEditor(Criticality),
        "verification": ComboEditor(Verification),
        "source": ComboEditor(AllergySource),
        "clinical": ComboEditor(ClinicalStatus),
    }


class AllergiesEditor(QWidget):
    """The assertion, the reason where it could not be obtained, and the list.

    `asked` is true once the keyboard or the pointer was here; then leaving it blank shows V13 at once.
    """

    changed = Signal(str)

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._policy = policy
        self.asked = False
        self.head = RecordForm(
            Patient, "allergy_assertion", "allergy_note", editors={"allergy_assertion": ChoiceEditor(AllergyAssertion)}
        )
        self.list: RowCards[Allergy] = RowCards(Allergy, *_ROWS, word="Allergy", add="Add an allergy", editors=_editors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.head)
        layout.addWidget(self.list)
        self.head.changed.connect(self._answered)
        self.list.changed.connect(lambda _rows: self.changed.emit("allergies"))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._settle()

    def names(self) -> tuple[str, ...]:
        """The fields of a patient that are shown here."""
        return (*self.head.names, "allergies")

    def values(self) -> dict[str, Any]:
        """What stands here."""
        return {**self.head.values(), "allergies": self.list.value()}

    def set_values(self, patient: Patient, asked: bool = False) -> None:
        """Show the allergies of a patient."""
        self.asked = asked
        self.head.set_values(patient)
        self.list.set_value(patient.allergies)
        self._settle()

    def _answered(self, name: str) -> None:
        self.asked = True
        if name == "allergy_assertion":
            told = self.head.editor(name).value() is AllergyAssertion.HAS_ALLERGIES
            if told and not self.list.cards:
                self.list.append()
            self.list.show_faults((), focus=False)
        self._settle()
        self.changed.emit(name)

    def _settle(self) -> None:
        unable = self.head.editor("allergy_assertion").value() is AllergyAssertion.UNABLE
        self.head.field("allergy_note").setVisible(unable)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and self.isAncestorOf(new)
        if inside:
            self.asked = True
        elif new is not None and new.window() is self.window() and old is not None and self.isAncestorOf(old):
            self.say_what_is_missing()

    def say_what_is_missing(self) -> None:
        """Show V13 beside the answer if there is none."""
        if self.asked and self.head.editor("allergy_assertion").value() is None:
            self.head.show_faults([self._policy.fault("V13", field="allergy_assertion")], focus=False)

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return self.head.unread()
