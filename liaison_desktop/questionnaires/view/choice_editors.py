"""Editors of choices: one tap, a list to type in, chips. None starts with an answer chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.questionnaires.definition import Item, Option
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine
from liaison_desktop.ui.suggest import Option as Offer

UNABLE = "\x00unable"  # the extra segment; no code can be this
MOST_SEGMENTS = 5


class OneTap(AnswerEditor):
    """Yes and no, or one of a few: one tap, a digit, or Y, N and U."""

    def __init__(self, item: Item, options: tuple[Option, ...], small: bool = False) -> None:
        self._item, self._options = item, options
        if item.type == "boolean" and not options:
            choices: list[tuple[object, str]] = [(True, "Yes"), (False, "No")]
        else:
            choices = [(option.code, labelled(option)) for option in options]
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
            if options and place < len(options) and options[place].key == "valueInteger":
                self._letters[str(value)] = place  # on a scale a digit means itself
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
        option = with_code(self._options, str(value))
        return [(option.key, option.value)] if option is not None else []

    def show_node(self, node: Node) -> None:
        """Shows the chosen one."""
        if not node.answers:
            self.segments.set_value(UNABLE if unable_reason(node) is not None else None)
        else:
            self.segments.set_value(node.value if not self._options else node.answers[0].code)

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

    def __init__(self, item: Item, options: tuple[Option, ...], now: Callable[[], tuple[Option, ...]]) -> None:
        self._now, self._options = now, options
        self._differ = item.answer_formula is not None
        self._open = item.type == "open-choice"
        offered = offer_of(options)
        hint = (item.open_label or "Type to choose, or write") if self._open else ""
        self.line = _FreeLine(offered, hint) if self._open else ChoiceLine(offered)
        super().__init__(self.line)
        self.line.changed.connect(lambda _value: self.changed.emit())

    def pairs(self) -> Pairs:
        """The chosen one, or the words."""
        option = with_code(self._options, str(self.line.value())) if self.line.value() is not None else None
        if option is not None:
            return [(option.key, option.value)]
        words = self.line.text().strip()
        return [("valueString", words)] if self._open and words else []

    def show_node(self, node: Node) -> None:
        """Shows the chosen one."""
        if self._differ:
            self._options = self._now()
            self.line.offer(offer_of(self._options))
        if node.answers and node.answers[0].key == "valueString" and self._open:
            self.line.show_option(None)
            self.line.setText(str(node.value))
        else:
            self.line.set_value(node.answers[0].code if node.answers else None)

    def offers_differ(self) -> bool:
        """Whether the answers follow from other answers."""
        return self._differ

    def complaint(self) -> str:
        """Typed but nothing taken."""
        return self.line.complaint()


class Many(AnswerEditor):
    """Any number of answers; one that excludes the others clears them. An open choice takes other words too."""

    likes = 620

    def __init__(self, item: Item, options: tuple[Option, ...]) -> None:
        self._options = options
        self.chips = MultiChips([(option.code, labelled(option)) for option in options])
        self.other: TextEditor | None = None
        more: tuple[QWidget, ...] = ()
        if item.type == "open-choice":
            self.other = TextEditor(name="Other", placeholder=item.open_label or "Other, in words")
            self.other.setMinimumWidth(160)
            self.other.editingFinished.connect(lambda: self.changed.emit())
            more = (self.other,)
        super().__init__(self.chips, *more)
        self._exclusive = {option.code for option in options if option.exclusive}
        self._before: tuple[object, ...] = ()
        self.chips.changed.connect(self._choose)

    def _choose(self, values: object) -> None:
        now = tuple(values) if isinstance(values, tuple) else ()
        now = one_kind(now, self._before, self._exclusive)
        self.chips.set_value(now)
        self._before = now
        self.changed.emit()

    def pairs(self) -> Pairs:
        """The chosen ones, and the other words."""
        options = [with_code(self._options, str(code)) for code in self.chips.value()]
        words = self.other.value().strip() if self.other is not None else ""
        more = [("valueString", words)] if words else []
        return [*((option.key, option.value) for option in options if option is not None), *more]

    def show_node(self, node: Node) -> None:
        """Shows the chosen ones."""
        self._before = node.codes
        self.chips.set_value(node.codes)
        if self.other is not None:
            known = {option.code for option in self._options}
            free = [str(one.value) for one in node.answers if one.key == "valueString" and one.code not in known]
            self.other.set_value(", ".join(free))

    def set_name(self, name: str) -> None:
        """Names each chip."""
        self.chips.set_name(name)


def labelled(option: Option) -> str:
    """The answer with the letter or number the form puts before it."""
    return f"{option.prefix} {option.label}".strip()


def with_code(options: tuple[Option, ...], code: str) -> Option | None:
    """The permitted answer with that code."""
    return next((option for option in options if option.code == code), None)


def offer_of(options: tuple[Option, ...]) -> list[Offer]:
    """The permitted answers as a list to type in offers them."""
    return [Offer(option.code, labelled(option)) for option in options]


def one_kind(now: tuple[object, ...], before: tuple[object, ...], exclusive: set[str]) -> tuple[object, ...]:
    """The choice after one was added: what excludes the others stands alone."""
    added = [value for value in now if value not in before]
    if any(value in exclusive for value in added):
        return tuple(value for value in added if value in exclusive)[:1]
    return tuple(value for value in now if value not in exclusive) if added else now
