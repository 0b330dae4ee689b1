"""A form over some fields of one record. The layout is written by hand; the editors are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.records import Spec, fields_of, is_free
from liaison_desktop.ui.date_editors import DayEditor, MomentEditor
from liaison_desktop.ui.editors import editor_for
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit, TextArea
from liaison_desktop.ui.ticks import TickEditor
from liaison_desktop.ui.tokens import FORM_MOST

if TYPE_CHECKING:
    from liaison_desktop.store import Store

# A field alone, or fields side by side; a field may carry its share of the width.
Place = str | tuple[str, int]
FormRow = str | Sequence[Place]


def _names(rows: Iterable[FormRow]) -> Iterable[tuple[tuple[str, int], ...]]:
    for row in rows:
        places: Sequence[Place] = (row,) if isinstance(row, str) else row
        yield tuple((place, 1) if isinstance(place, str) else place for place in places)


class RecordForm(QWidget):
    """Lays out the named fields of a kind, gives back their values, shows faults beside them.

    `editors` replaces the editor that a field's type would give; `hints` stand at the right of a label. A reference
    needs the `store`. `names` are the fields on the form, for the test that none is forgotten.
    """

    changed = Signal(str)  # the name of the field whose value changed

    def __init__(
        self,
        kind: type[msgspec.Struct],
        *rows: FormRow,
        store: Store | None = None,
        editors: Mapping[str, QWidget] | None = None,
        hints: Mapping[str, str] | None = None,
        clock: Callable[[], dt.datetime] | None = None,
    ) -> None:
        super().__init__()
        self._specs = {spec.name: spec for spec in fields_of(kind)}
        self._store, self._own, self._hints = store, dict(editors or {}), dict(hints or {})
        self._clock = clock or (store.clock if store is not None else None)
        self._fields: dict[str, LabelledField] = {}
        self._editors: dict[str, Any] = {}
        self.setMaximumWidth(FORM_MOST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for places in _names(rows):
            line = QHBoxLayout()
            line.setSpacing(12)
            for name, share in places:
                line.addWidget(self._made(name), share, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(line)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields on this form."""
        return tuple(self._fields)

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return self._editors[name]

    def field(self, name: str) -> LabelledField:
        """A field with its label, to show or hide."""
        return self._fields[name]

    def values(self) -> dict[str, Any]:
        """What the editors hold, ready for the record: where a field may not be None it gets its empty value."""
        return {name: _fit(self._specs[name], editor.value()) for name, editor in self._editors.items()}

    def set_values(self, values: msgspec.Struct | Mapping[str, Any]) -> None:
        """Show the values of a record, or some of them; nothing is said to have changed."""
        for name, editor in self._editors.items():
            if isinstance(values, msgspec.Struct):
                editor.set_value(getattr(values, name))
            elif name in values:
                editor.set_value(values[name])

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read, such as a day that is none."""
        spoken = ((name, editor.complaint()) for name, editor in self._editors.items())
        return tuple(Fault(field=name, message=words) for name, words in spoken if words)

    def show_faults(self, faults: Iterable[Fault], focus: bool = True) -> tuple[Fault, ...]:
        """Show each fault beside its field and take the old ones away. Returns those that have no field here.

        The first field with a fault that stands in the way gets the keyboard.
        """
        mine: dict[str, list[Fault]] = {name: [] for name in self._fields}
        others: list[Fault] = []
        for fault in faults:
            name = fault.field.split(".")[0]
            mine.get(name, others).append(fault)
        first = ""
        for name, held in mine.items():
            severe = any(fault.severity in (Severity.REFUSE, Severity.CONFIRM) for fault in held)
            self._fields[name].show_fault(" ".join(fault.message for fault in held), severe)
            first = first or (name if severe else "")
        if first and focus:
            self._editors[first].setFocus()
        return tuple(others)

    def clear_faults(self) -> None:
        """Take every fault away."""
        for field in self._fields.values():
            field.clear_fault()

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed: texts can still be read and copied."""
        for editor in self._editors.values():
            if isinstance(editor, (QLineEdit, QTextEdit)):
                editor.setReadOnly(on)
            else:
                editor.setEnabled(not on)

    def _made(self, name: str) -> LabelledField:
        spec = self._specs[name]
        editor = self._own.get(name) or editor_for(spec, self._store)
        editor.setObjectName(name)
        if is_free(spec) and isinstance(editor, (LineEdit, TextArea)):
            editor.free = FreeText(name)
        if isinstance(editor, (DayEditor, MomentEditor)) and self._clock is not None:
            editor.set_clock(self._clock)
        # A tick box carries its own words.
        text = "" if isinstance(editor, TickEditor) else spec.field.label
        made = LabelledField(text, editor, spec.field.required, self._hints.get(name, ""), spec.field.help)
        # An editor of several parts names each of them.
        getattr(editor, "set_name", editor.setAccessibleName)(spec.field.label)
        self._fields[name], self._editors[name] = made, editor
        editor.changed.connect(lambda _value, n=name: self._heard(n))  # type: ignore[attr-defined]
        return made

    def _heard(self, name: str) -> None:
        # The fault was about the old value.
        self._fields[name].clear_fault()
        self.changed.emit(name)


def _fit(spec: Spec, value: Any) -> Any:
    if value is not None or spec.optional:
        return None if spec.optional and value == "" else value
    return () if spec.many else "" if spec.type is str else value
