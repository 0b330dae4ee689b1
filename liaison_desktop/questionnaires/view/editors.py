"""An editor for each type of answer. Each gives FHIR values and shows them; none starts with an answer chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.values import convert, is_number, unit_of
from liaison_desktop.ui.date_editors import DayEditor, MomentEditor, TimeEditor
from liaison_desktop.ui.editors import LongTextEditor, TextEditor
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import Label, label

UNABLE = "\x00unable"  # the extra segment; no code can be this
_MOST_SEGMENTS = 5
_WIDEST = 660

Pairs = list[tuple[str, Any]]
Clock = Callable[[], dt.datetime]


class AnswerEditor(QWidget):
    """Base of the editors. `changed` tells; `typed` editors may follow with more at once."""

    changed = Signal()
    typed = False
    likes = 200  # px it likes in a card

    def __init__(self, inner: QWidget, *more: QWidget) -> None:
        super().__init__()
        self.inner = inner
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(inner, 1)
        for widget in more:
            line.addWidget(widget)
        self.setFocusProxy(inner)

    def pairs(self) -> Pairs:
        """The values answered."""
        raise NotImplementedError

    def show_node(self, node: Node) -> None:
        """Shows what is answered."""
        raise NotImplementedError

    def complaint(self) -> str:
        """Why what was typed cannot be read; blank when it can."""
        return ""

    def echo(self) -> str:
        """What was understood, where that is worth saying."""
        return ""

    def set_name(self, name: str) -> None:
        """Names the editor for a screen reader."""
        self.inner.setAccessibleName(name)

    def set_fault(self, on: bool) -> None:
        """Draws the red edge where the editor has one."""
        mark = getattr(self.inner, "set_fault", None)
        if mark is not None:
            mark(on)


class OneTap(AnswerEditor):
    """Yes and no, or one of a few: one tap, a digit, or Y, N and U."""

    def __init__(self, item: Item, small: bool = False) -> None:
        self._item = item
        if item.type == "boolean":
            choices: list[tuple[object, str]] = [(True, "Yes"), (False, "No")]
        else:
            choices = [(option.code, option.label) for option in item.options]
        self.offers_unable = item.unable_allowed and len(choices) < _MOST_SEGMENTS and not small
        if self.offers_unable:
            choices.append((UNABLE, "Unable to assess"))
        self.segments = Segmented(choices)
        super().__init__(self.segments)
        self.likes = self.segments.sizeHint().width()
        self._letters: dict[str, int] = {}
        for place, (value, _text) in enumerate(choices):
            self.segments.buttons[place].installEventFilter(self)
            if place:
                # One Tab stop a question; arrows and digits move within it.
                self.segments.buttons[place].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            if value in (True, "yes"):
                self._letters["y"] = place
            elif value in (False, "no"):
                self._letters["n"] = place
            elif value in (UNABLE, "unable"):
                self._letters["u"] = place
        self.segments.changed.connect(lambda _value: self.changed.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Y, N and U answer."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            place = self._letters.get(event.text().casefold(), -1)
            if place >= 0 and self.isEnabled():
                self.segments.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
                self.segments.buttons[place].click()
                return True
        return False

    def unable(self) -> bool:
        """Whether the extra segment is chosen."""
        return self.segments.value() == UNABLE

    def pairs(self) -> Pairs:
        """The chosen one."""
        value = self.segments.value()
        if value is None or value == UNABLE:
            return []
        if isinstance(value, bool):
            return [("valueBoolean", value)]
        option = self._item.option(str(value))
        return [(option.key, option.value)] if option is not None else []

    def show_node(self, node: Node) -> None:
        """Shows the chosen one."""
        if not node.answers:
            self.segments.set_value(UNABLE if unable_reason(node) is not None else None)
        else:
            self.segments.set_value(node.value if self._item.type == "boolean" else node.answers[0].code)

    def set_name(self, name: str) -> None:
        """Names each segment."""
        self.segments.set_name(name)


class _FreeLine(ChoiceLine):
    """A list that also takes what is not in it."""

    def complaint(self) -> str:
        """Anything may be written."""
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts when the line is left."""
        super().focusOutEvent(event)
        if self.value() is None and self.text().strip():
            self.changed.emit(None)


class LongList(AnswerEditor):
    """One of many: type to find. In an open choice anything else may be written."""

    likes = 220

    def __init__(self, item: Item) -> None:
        self._item = item
        options = [Option(option.code, option.label) for option in item.options]
        self._open = item.type == "open-choice"
        self.line = _FreeLine(options) if self._open else ChoiceLine(options)
        super().__init__(self.line)
        self.line.changed.connect(lambda _value: self.changed.emit())

    def pairs(self) -> Pairs:
        """The chosen one, or the words."""
        option = self._item.option(str(self.line.value())) if self.line.value() is not None else None
        if option is not None:
            return [(option.key, option.value)]
        words = self.line.text().strip()
        return [("valueString", words)] if self._open and words else []

    def show_node(self, node: Node) -> None:
        """Shows the chosen one."""
        if node.answers and node.answers[0].key == "valueString" and self._open:
            self.line.show_option(None)
            self.line.setText(str(node.value))
        else:
            self.line.set_value(node.answers[0].code if node.answers else None)

    def complaint(self) -> str:
        """Typed but nothing taken."""
        return self.line.complaint()


class Many(AnswerEditor):
    """Any number of answers; one that excludes the others clears them."""

    likes = 620

    def __init__(self, item: Item) -> None:
        self._item = item
        self.chips = MultiChips([(option.code, option.label) for option in item.options])
        super().__init__(self.chips)
        self._exclusive = {option.code for option in item.options if option.exclusive}
        self._before: tuple[object, ...] = ()
        self.chips.changed.connect(self._choose)

    def _choose(self, values: object) -> None:
        now = tuple(values) if isinstance(values, tuple) else ()
        added = [value for value in now if value not in self._before]
        if any(value in self._exclusive for value in added):
            now = tuple(added)
        elif added:
            now = tuple(value for value in now if value not in self._exclusive)
        self.chips.set_value(now)
        self._before = now
        self.changed.emit()

    def pairs(self) -> Pairs:
        """The chosen ones."""
        options = [self._item.option(str(code)) for code in self.chips.value()]
        return [(option.key, option.value) for option in options if option is not None]

    def show_node(self, node: Node) -> None:
        """Shows the chosen ones."""
        self._before = node.codes
        self.chips.set_value(node.codes)

    def set_name(self, name: str) -> None:
        """Names each chip."""
        self.chips.set_name(name)


class Words(AnswerEditor):
    """One line of text, or several."""

    typed = True

    def __init__(self, item: Item) -> None:
        long = item.type == "text"
        self._key = "valueUri" if item.type == "url" else "valueString"
        self.likes = 620 if long else 180
        self.field: TextEditor | LongTextEditor = LongTextEditor(3) if long else TextEditor()
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
        self.field.set_value(str(node.value or ""))


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
        self.field = TextEditor()
        unit = str(item.units[0].get("display") or item.units[0].get("code")) if item.units else ""
        super().__init__(self.field, *((label(unit, "sec"),) if unit else ()))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.field.changed.connect(lambda _text: self.changed.emit())

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
        """Shows the number."""
        if node.answers or not self.field.value():
            self.field.set_value("" if node.value is None else f"{node.value:f}" if node.value else "0")

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
        self.field = TextEditor()
        self.unit: Segmented | Label
        if len(self._units) > 1:
            self.unit = Segmented(
                [(place, str(unit["display"])) for place, unit in enumerate(self._units)], clears=False
            )
            self.unit.set_value(0)
            self.unit.changed.connect(lambda _value: self.changed.emit())
            for segment in self.unit.buttons[1:]:
                segment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.likes = 220
        else:
            self.unit = label(str(self._units[0].get("display", "")), "sec")
        super().__init__(self.field, self.unit)
        self.field.changed.connect(lambda _text: self.changed.emit())

    def _place(self) -> int:
        value = self.unit.value() if isinstance(self.unit, Segmented) else 0
        return value if isinstance(value, int) else 0

    def _quantity(self, value: Decimal, place: int) -> dict[str, Any]:
        unit = self._units[place]
        told = {"unit": unit.get("display"), "system": unit.get("system"), "code": unit.get("code")}
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
                return []
            step = Decimal(1).scaleb(-(self._item.max_decimals or 0))
            value = converted.quantize(step, ROUND_HALF_UP)
        return [("valueQuantity", self._quantity(value, 0))]

    def entered(self) -> dict[str, Any] | None:
        """The amount as it was typed, where that was in another unit."""
        value = _decimal(self.field.value())
        return self._quantity(value, self._place()) if value is not None and self._place() else None

    def show_node(self, node: Node) -> None:
        """Shows the amount as it was typed."""
        held = _entered_as(node) or node.value
        if not isinstance(held, dict) or not is_number(held.get("value")):
            if not node.answers and self.field.value() and _decimal(self.field.value()) is None:
                return
            self.field.set_value("")
            return
        self.field.set_value(f"{held['value']:f}" if isinstance(held["value"], Decimal) else str(held["value"]))
        if isinstance(self.unit, Segmented):
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


def _entered_as(node: Node) -> dict[str, Any] | None:
    for answer in node.answers:
        for one in answer.extra.get("extension", []):
            if one.get("url") == names.ENTERED_AS:
                held = one.get("valueQuantity")
                return held if isinstance(held, dict) else None
    return None


class Day(AnswerEditor):
    """A day."""

    typed = True
    likes = 140

    def __init__(self, clock: Clock) -> None:
        self.field = DayEditor(clock=clock)
        super().__init__(self.field)
        self.field.changed.connect(lambda _value: self.changed.emit())

    def pairs(self) -> Pairs:
        """The day."""
        day = self.field.value()
        return [("valueDate", day.isoformat())] if day is not None else []

    def show_node(self, node: Node) -> None:
        """Shows the day."""
        if isinstance(node.value, str):
            try:
                self.field.set_value(dt.date.fromisoformat(node.value[:10]))
            except ValueError:
                self.field.setText(node.value)
        elif not self.field.text():
            self.field.set_value(None)

    def complaint(self) -> str:
        """How a day is written."""
        return self.field.complaint()


class Moment(AnswerEditor):
    """A day and a time, with the zone of the laptop."""

    typed = True
    likes = 228

    def __init__(self, clock: Clock) -> None:
        self.field = MomentEditor(clock=clock)
        self.field.time.setFixedWidth(72)
        super().__init__(self.field)
        self.field.changed.connect(lambda _value: self.changed.emit())

    def pairs(self) -> Pairs:
        """The moment."""
        moment = self.field.value()
        return [("valueDateTime", moment.isoformat(timespec="seconds"))] if moment is not None else []

    def show_node(self, node: Node) -> None:
        """Shows the moment in the zone it carries."""
        if isinstance(node.value, str):
            try:
                moment = dt.datetime.fromisoformat(node.value)
            except ValueError:
                return
            self.field.set_value(moment if moment.tzinfo else moment.astimezone())

    def complaint(self) -> str:
        """Which part cannot be read."""
        return self.field.complaint()


class TimeOfDay(AnswerEditor):
    """A time of day."""

    typed = True
    likes = 100

    def __init__(self) -> None:
        self.field = TimeEditor()
        super().__init__(self.field)
        self.field.changed.connect(lambda _value: self.changed.emit())

    def pairs(self) -> Pairs:
        """The time."""
        time = self.field.value()
        return [("valueTime", time.isoformat(timespec="seconds"))] if time is not None else []

    def show_node(self, node: Node) -> None:
        """Shows the time."""
        if isinstance(node.value, str):
            try:
                self.field.set_value(dt.time.fromisoformat(node.value))
            except ValueError:
                return

    def complaint(self) -> str:
        """How a time is written."""
        return self.field.complaint()


class Shown(AnswerEditor):
    """What nobody types here: calculated, filled in by the application, or of a type that has no editor."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self.words = label("", "medium")
        super().__init__(self.words)

    def pairs(self) -> Pairs:
        """Nothing is answered here."""
        return []

    def show_node(self, node: Node) -> None:
        """Shows the answer in words."""
        blank = "When you finalise" if self._item.from_application else "Not yet"
        self.words.set_text(in_words(node) or blank)
        self.words.set_tone("ink" if node.answers else "ink3")


def in_words(node: Node) -> str:
    """The answers of a question as a person reads them."""
    told = []
    for answer in node.answers:
        option = node.item.option(answer.code) if node.item.options else None
        value = answer.value
        if option is not None:
            told.append(option.label)
        elif isinstance(value, bool):
            told.append("Yes" if value else "No")
        elif isinstance(value, dict):
            amount = f"{value.get('value', '')} {value.get('unit', '')}".strip()
            told.append(amount or str(value.get("display") or value.get("code") or value.get("title") or "Held"))
        else:
            told.append(str(value))
    return ", ".join(told)


def editor_for(item: Item, clock: Clock, small: bool = False) -> AnswerEditor:
    """The editor of a question."""
    if item.read_only or item.from_application or item.calculation or item.type in ("attachment", "reference"):
        return Shown(item)
    if item.type in ("choice", "open-choice"):
        if item.repeats:
            return Many(item)
        if item.type == "choice" and len(item.options) <= _MOST_SEGMENTS:
            tap = OneTap(item, small)
            if tap.likes <= _WIDEST:
                return tap
            tap.deleteLater()
        return LongList(item)
    makers: dict[str, Callable[[], AnswerEditor]] = {
        "boolean": lambda: OneTap(item, small),
        "integer": lambda: Number(item),
        "decimal": lambda: Number(item),
        "quantity": lambda: Measured(item),
        "date": lambda: Day(clock),
        "dateTime": lambda: Moment(clock),
        "time": TimeOfDay,
    }
    return makers.get(item.type, lambda: Words(item))()
