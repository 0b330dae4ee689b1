"""One editor widget for each type a field can have. Each has value(), set_value(), complaint() and a `changed` signal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.records import Code, Spec
from liaison_desktop.ui.date_editors import DayEditor, MomentEditor, TimeEditor
from liaison_desktop.ui.inputs import LineEdit, TextArea
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.number_editors import DecimalEditor, WholeEditor
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_MOST_SEGMENTS, _MOST_LETTERS = 5, 48  # beyond this a row of segments is wider than a form


class Editor(Protocol):
    """A widget that shows one value and gives it back."""

    changed: SignalInstance

    def value(self) -> Any:
        """The value, None (or an empty text or tuple) where there is none."""
        ...

    def set_value(self, value: Any) -> None:
        """Show a value without saying that it changed."""
        ...

    def complaint(self) -> str:
        """Why what was typed cannot be read; empty when it can."""
        ...


class TextEditor(LineEdit):
    """One line of text."""

    changed = Signal(object)

    def __init__(self, name: str = "", placeholder: str = "") -> None:
        super().__init__(name=name, placeholder=placeholder)
        self.textEdited.connect(lambda text: self.changed.emit(text.strip()))

    def value(self) -> str:
        """The text without the blanks around it."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def complaint(self) -> str:
        """Any text can be read."""
        return ""


class LongTextEditor(TextArea):
    """Several lines of text."""

    changed = Signal(object)

    def __init__(self, lines: int = 3, name: str = "", placeholder: str = "") -> None:
        self._showing = True
        super().__init__(lines, name, placeholder)
        self._showing = False
        self.textChanged.connect(self._tell)

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit(self.value())

    def value(self) -> str:
        """The text without the blanks around it."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self._showing = True
        self.set_text(value or "")
        self._showing = False

    def complaint(self) -> str:
        """Any text can be read."""
        return ""


class ChoiceEditor(Segmented):
    """One of a few codes, one tap each: all of a list, or those that are given."""

    def __init__(self, codes: Iterable[Code], name: str = "", clears: bool = True) -> None:
        super().__init__([(code, code.label) for code in codes], name=name, clears=clears)

    def complaint(self) -> str:
        """A choice can always be read."""
        return ""


class ComboEditor(ChoiceLine):
    """One of many codes, found by typing."""

    def __init__(self, codes: type[Code], name: str = "") -> None:
        super().__init__([Option(code, code.label) for code in codes], name=name)


class CodesEditor(MultiChips):
    """Any number of codes."""

    def __init__(self, codes: type[Code], name: str = "") -> None:
        super().__init__([(code, code.label) for code in codes], name=name)

    def complaint(self) -> str:
        """A choice can always be read."""
        return ""


class YesNoEditor(Segmented):
    """Yes, no, or not answered."""

    def __init__(self, name: str = "", yes: str = "", no: str = "") -> None:
        super().__init__([(True, yes or tr("Yes")), (False, no or tr("No"))], name=name, stretch=False)

    def complaint(self) -> str:
        """An answer can always be read."""
        return ""


class LinesEditor(LongTextEditor):
    """Several short texts, one a line."""

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """The lines that are not blank."""
        return tuple(line.strip() for line in self.text().splitlines() if line.strip())

    def set_value(self, value: tuple[str, ...] | None) -> None:  # type: ignore[override]
        """Show the texts."""
        super().set_value("\n".join(value or ()))


def _code_editor(spec: Spec) -> QWidget:
    codes: type[Code] = spec.type
    letters = sum(len(code.label) for code in codes)
    if len(codes) <= _MOST_SEGMENTS and letters <= _MOST_LETTERS:
        return ChoiceEditor(codes, clears=spec.optional)
    return ComboEditor(codes)


def _reference_editor(spec: Spec, store: Store | None) -> QWidget:
    # Imported here because the pickers are built on editors' neighbours and only they need a store.
    from liaison_desktop.ui.picker import ManyPicker, Picker

    if store is None:
        raise TypeError(f"{spec.name} refers to other records; its editor needs the store to search in")
    return ManyPicker(store, spec.field.refers_to) if spec.many else Picker(store, spec.field.refers_to)


def editor_for(spec: Spec, store: Store | None = None) -> QWidget:
    """The editor of a field, from its type alone. Raises TypeError for nested rows: a form lays those out itself.

    A reference needs the `store` to search in.
    """
    kind = spec.type
    if kind is uuid.UUID and spec.field.refers_to:
        return _reference_editor(spec, store)
    if isinstance(kind, type) and issubclass(kind, Code):
        return CodesEditor(kind) if spec.many else _code_editor(spec)
    if kind is str and spec.many:
        return LinesEditor(max(3, spec.field.lines))
    if kind is str:
        return LongTextEditor(spec.field.lines) if spec.field.lines > 1 else TextEditor()
    if kind is bool and spec.optional:
        return YesNoEditor()
    makers: dict[Any, Callable[[], QWidget]] = {
        bool: lambda: TickEditor(spec.field.label),
        int: WholeEditor,
        float: DecimalEditor,
        dt.date: DayEditor,
        dt.datetime: MomentEditor,
        dt.time: TimeEditor,
    }
    if spec.many or kind not in makers:
        raise TypeError(f"no editor for {spec.name}")
    return makers[kind]()
