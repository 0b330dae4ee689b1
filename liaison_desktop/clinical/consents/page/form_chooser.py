"""Choosing one of many forms: typed words narrow the list, groups narrow it more; nothing is chosen beforehand."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import ConsentType, Template
from liaison_desktop.ui.chips import ChipSpec, FilterChip
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView

T = ConsentType


class FormGroup(enum.Enum):
    """Which forms the list shows."""

    ALL = "All"
    TREATMENT = "Procedures"
    PAPERS = "Other papers"
    RESEARCH = "Research"


_TREATMENT = frozenset({T.PROCEDURE, T.ANAESTHESIA, T.BLOOD})
_TYPES: Mapping[FormGroup, frozenset[ConsentType]] = {
    FormGroup.ALL: frozenset(T),
    FormGroup.TREATMENT: _TREATMENT,
    FormGroup.PAPERS: frozenset(T) - _TREATMENT - {T.RESEARCH},
    FormGroup.RESEARCH: frozenset({T.RESEARCH}),
}


def matches_form(form: Template, words: str) -> bool:
    """Whether every typed word begins a word of the form's names, speciality, type or code."""
    held = " ".join((form.procedure, form.title, form.speciality, form.type.label, form.code, *form.also_called))
    parts = [*held.casefold().replace("(", " ").replace("-", " ").split(), form.code.casefold()]
    return all(any(part.startswith(word) for part in parts) for word in words.casefold().split())


def grouped_rows(forms: Iterable[Template], own: Iterable[str] = ()) -> Iterator[ListRow | str]:
    """The forms under their specialities, both by name; `own` are the codes of the facility's own."""
    by_place = sorted(forms, key=lambda form: (form.speciality.casefold(), form.procedure.casefold()))
    mine, last = frozenset(own), None
    for form in by_place:
        if form.speciality != last:
            last = form.speciality
            yield last or "Other"
        chip = ChipSpec("Own", "accent") if form.code in mine else None
        yield ListRow(form.procedure, f"{form.code} version {form.version} · {form.type.label}", chip, key=form.code)


class _Line(LineEdit):
    """The typed words; arrows move in the list below, Enter takes."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(placeholder="Type a name, a part of the body or a code", name="Form", icon="search")
        self.code: str | None = None
        self.view: RowsView | None = None

    def value(self) -> str | None:
        """The code of the form that was taken, None if none was."""
        return self.code

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move, Enter takes what is marked; everything else is typed."""
        key, view = event.key(), self.view
        if view is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            view.keyPressEvent(event)
        elif view is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(marked := view.current_key(), str):
                view.opened.emit(marked)
        else:
            super().keyPressEvent(event)


class FormChooser(QWidget):
    """The line, the groups and the list. `line.value()` is the code that was taken; `taken` tells it."""

    taken = Signal(object)  # Template, or None when the choice was undone by typing
    forms_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[Template, ...] = ()
        self._own: frozenset[str] = frozenset()
        self._group = FormGroup.ALL
        self.line = _Line()
        self.line.textEdited.connect(lambda _text: self._typed())
        self.view = RowsView("Forms")
        self.line.view = self.view
        self.view.opened.connect(self._take)
        self.view.clicked.connect(lambda _index: self._take(self.view.current_key()))
        self.view.set_empty(
            EmptyState(
                "No form has this name.",
                "Try another word, such as a part of the body, or another group. An author can write a form of your own.",
                "Show the forms",
                "file-pen-line",
                self.forms_asked.emit,
            )
        )
        self.groups = {group: FilterChip(group.value) for group in FormGroup}
        for group, chip in self.groups.items():
            chip.clicked.connect(lambda _on=False, g=group: self._show_group(g))
        inside(self, column(self.line, row(*self.groups.values(), None, gap=6), (self.view, 1), gap=8))

    def offer(self, forms: Iterable[Template], own: Iterable[str] = ()) -> None:
        """Offer these forms; a choice that is not among them is undone."""
        self._forms, self._own = tuple(forms), frozenset(own)
        for group, chip in self.groups.items():
            count = sum(form.type in _TYPES[group] for form in self._forms)
            chip.set_text(f"{group.value} {count}")
            chip.setVisible(count > 0)
        self.set_value(self.line.code)

    def chosen(self) -> Template | None:
        """The form that was taken."""
        return next((form for form in self._forms if form.code == self.line.code), None)

    def set_value(self, code: str | None) -> None:
        """Show this form as taken, or the whole list with none."""
        found = next((form for form in self._forms if form.code == code), None)
        self.line.code = found.code if found else None
        self.line.setText(found.procedure if found else "")
        self.line.setCursorPosition(0)
        self._group = FormGroup.ALL
        self._fill("")
        if found is None or not self.view.select(found.code):
            self.view.setCurrentIndex(self.view.rows.index(-1))

    def _typed(self) -> None:
        self.line.code = None
        self._fill(self.line.text())
        self.view.select_first()
        self.line.changed.emit(None)
        self.taken.emit(None)

    def _show_group(self, group: FormGroup) -> None:
        self._group = group
        self._fill("" if self.line.code else self.line.text())
        self.line.setFocus()

    def _fill(self, words: str) -> None:
        for group, chip in self.groups.items():
            chip.setChecked(group is self._group)
        shown = [form for form in self._forms if form.type in _TYPES[self._group] and matches_form(form, words)]
        self.view.rows.set_rows([*grouped_rows(shown, self._own)])
        if self.line.code is not None:
            self.view.select(self.line.code)

    def _take(self, code: object) -> None:
        if isinstance(code, str):
            self.set_value(code)
            self.line.changed.emit(code)
            self.taken.emit(self.chosen())
