"""Editors of what is typed: words, numbers, amounts with a unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.values import convert, is_number, unit_of
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.questionnaires.view.helps import help_of
from liaison_desktop.questionnaires.wording import entered_as
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import LongTextEditor, TextEditor
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import Label, label

_MOST_UNITS = 4


class Words(AnswerEditor):
    """One line of text, or several."""

    typed = True

    def __init__(self, item: Item) -> None:
        long = item.type == "text" or "text-area" in item.controls
        self._key = "valueUri" if item.type == "url" else "valueString"
        self.likes = 620 if long else 180
        hint = help_of(item, "prompt") or item.entry_format
        self.field: TextEditor | LongTextEditor = (
            LongTextEditor(3, placeholder=hint) if long else TextEditor(placeholder=hint)
        )
        if isinstance(self.field, TextEditor) and item.max_length:
            self.field.setMaxLength(item.max_length)
        super().__init__(self.field)
        self.field.changed.connect(lambda _text: self.changed.emit())

    def pairs(self) -> Pairs:
        """The words."""
        words = self.field.value()
        return [(self._key, words)] if words else []

    def show_node(self, node: Node) -> None:
        """Shows the words."""
        if self.field.value() != str(node.value or "") or not node.answers:
            self.field.set_value(str(node.value or ""))


def _unit_name(unit: dict[str, Any]) -> str:
    return str(unit.get("display") or unit.get("code") or "")


def _decimal(text: str) -> Decimal | None:
    written = "".join(text.split()).replace(",", ".")
    if not written or len(written) > 12 or not set(written) <= set("0123456789.-"):
        return None
    try:
        return Decimal(written)
    except InvalidOperation:
        return None


class Number(AnswerEditor):
    """A whole number or a decimal, as it was typed."""

    typed = True
    likes = 96

    def __init__(self, item: Item) -> None:
        self._whole = item.type == "integer"
        self.field = TextEditor(placeholder=help_of(item, "prompt") or item.entry_format)
        unit = str(item.units[0].get("display") or item.units[0].get("code")) if item.units else help_of(item, "unit")
        steps: tuple[QWidget, ...] = ()
        if "spinner" in item.controls or "slider" in item.controls:
            by = item.slider_step or 1
            less = button("", "quiet", "minus", small=True, name="Less", on_click=lambda: self.step(-by))
            more = button("", "quiet", "plus", small=True, name="More", on_click=lambda: self.step(by))
            for one in (less, more):
                one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Up and Down do the same in the field
            steps = (less, more)
            self.likes = 170
        super().__init__(self.field, *((label(unit, "sec"),) if unit else ()), *steps)
        self._low, self._high, self._steps = item.low, item.high, steps
        self.field.installEventFilter(self)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.field.changed.connect(lambda _text: self.changed.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down step, where the form asks for steps."""
        if self._steps and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if by:
                self.step(by)
                return True
        return False

    def step(self, by: int) -> None:
        """One step up or down, within what is permitted."""
        value = (self._read() or 0) + by if self.field.value() else (self._low if self._low is not None else 0)
        if isinstance(self._low, int | Decimal) and value < self._low:
            value = self._low
        if isinstance(self._high, int | Decimal) and value > self._high:
            value = self._high
        self.field.set_value(f"{value:f}" if isinstance(value, Decimal) else str(value))
        self.changed.emit()

    def _read(self) -> int | Decimal | None:
        value = _decimal(self.field.value())
        if value is None or (self._whole and value != value.to_integral_value()):
            return None
        return int(value) if self._whole else value

    def pairs(self) -> Pairs:
        """The number."""
        value = self._read()
        return [] if value is None else [("valueInteger" if self._whole else "valueDecimal", value)]

    def show_node(self, node: Node) -> None:
        """Shows the number; what was typed for the same number stays as it is."""
        if node.answers and self._read() == node.value:
            return
        # What cannot be read yet is still being typed; a number that is no answer any more goes away.
        if node.answers or not self.field.value() or self._read() is not None:
            held = node.value
            self.field.set_value("" if held is None else f"{held:f}" if isinstance(held, Decimal) else str(held))

    def complaint(self) -> str:
        """What kind of number is wanted."""
        if self.field.value() and self._read() is None:
            return "Write a whole number." if self._whole else "Write a number, such as 12.5."
        return ""


class Measured(AnswerEditor):
    """A number with its unit. Another unit of the same kind is converted, and both are shown."""

    typed = True
    likes = 96

    def __init__(self, item: Item) -> None:
        self._item = item
        self._units = [dict(unit) for unit in item.units] or [{}]
        self.field = TextEditor(placeholder=help_of(item, "prompt") or item.entry_format)
        self.unit: Segmented | ChoiceLine | TextEditor | Label
        if not item.units:
            self.unit = TextEditor(name="Unit", placeholder="Unit")
            self.unit.setFixedWidth(90)
            self.unit.changed.connect(lambda _text: self.changed.emit())
            self.likes = 190
        elif len(self._units) > _MOST_UNITS:
            self.unit = ChoiceLine([Option(place, _unit_name(unit)) for place, unit in enumerate(self._units)])
            self.unit.set_value(0)
            self.unit.changed.connect(lambda _value: self.changed.emit())
            self.likes = 260
        elif len(self._units) > 1:
            self.unit = Segmented([(place, _unit_name(unit)) for place, unit in enumerate(self._units)], clears=False)
            self.unit.set_value(0)
            self.unit.changed.connect(lambda _value: self.changed.emit())
            for segment in self.unit.buttons[1:]:
                segment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.likes = 220
        else:
            self.unit = label(_unit_name(self._units[0]), "sec")
        super().__init__(self.field, self.unit)
        self.field.changed.connect(lambda _text: self.changed.emit())

    def _place(self) -> int:
        value = self.unit.value() if isinstance(self.unit, Segmented | ChoiceLine) else 0
        return value if isinstance(value, int) else 0

    def _quantity(self, value: Decimal, place: int) -> dict[str, Any]:
        unit = self._units[place]
        if isinstance(self.unit, TextEditor):
            unit = {"display": self.unit.value().strip()}
        told = {"unit": unit.get("display") or unit.get("code"), "system": unit.get("system"), "code": unit.get("code")}
        return {"value": value, **{key: word for key, word in told.items() if word}}

    def pairs(self) -> Pairs:
        """The amount in the first unit."""
        value = _decimal(self.field.value())
        if value is None:
            return []
        place = self._place()
        if place:
            converted = convert(value, str(self._units[place].get("code")), str(self._units[0].get("code")))
            if converted is None:
                # Units of another kind, such as tablets beside puffs, stay as they were chosen.
                return [("valueQuantity", self._quantity(value, place))]
            step = Decimal(1).scaleb(-(self._item.max_decimals or 0))
            value = converted.quantize(step, ROUND_HALF_UP)
        return [("valueQuantity", self._quantity(value, 0))]

    def entered(self) -> dict[str, Any] | None:
        """The amount as it was typed, where that was in another unit."""
        value, place = _decimal(self.field.value()), self._place()
        if value is None or not place:
            return None
        converted = convert(value, str(self._units[place].get("code")), str(self._units[0].get("code")))
        return self._quantity(value, place) if converted is not None else None

    def show_node(self, node: Node) -> None:
        """Shows the amount as it was typed."""
        held = entered_as(node) or node.value
        if not isinstance(held, dict) or not is_number(held.get("value")):
            if not node.answers and self.field.value() and _decimal(self.field.value()) is None:
                return
            self.field.set_value("")
            return
        self.field.set_value(f"{held['value']:f}" if isinstance(held["value"], Decimal) else str(held["value"]))
        if isinstance(self.unit, TextEditor):
            if not self.unit.hasFocus():
                self.unit.set_value(str(held.get("unit") or held.get("code") or ""))
        elif not isinstance(self.unit, Label):
            codes = [str(unit.get("code")) for unit in self._units]
            self.unit.set_value(codes.index(unit_of(held)) if unit_of(held) in codes else 0)

    def complaint(self) -> str:
        """What kind of number is wanted."""
        return "Write a number." if self.field.value() and _decimal(self.field.value()) is None else ""

    def echo(self) -> str:
        """The converted amount beside the one typed."""
        typed, pairs = self.entered(), self.pairs()
        if typed is None or not pairs:
            return ""
        return f"{typed['value']} {typed['unit']} is {pairs[0][1]['value']} {pairs[0][1]['unit']}"
