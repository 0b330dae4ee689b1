"""Editors of choices: one tap, a list to type in, chips. None starts with an answer chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option

UNABLE = "\x00unable"  # the extra segment; no code can be this
MOST_SEGMENTS = 5


class OneTap(AnswerEditor):
    """Yes and no, or one of a few: one tap, a digit, or Y, N and U."""

    def __init__(self, item: Item, small: bool = False) -> None:
        self._item = item
        if item.type == "boolean":
            choices: list[tuple[object, str]] = [(True, "Yes"), (False, "No")]
        else:
            choices = [(option.code, option.label) for option in item.options]
        self.offers_unable = item.unable_allowed and len(choices) < MOST_SEGMENTS and not small
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
