"""Which editor a question gets: its type decides, then the control the form asks for, then what fits."""

from __future__ import annotations

from collections.abc import Callable

from liaison_desktop.questionnaires.definition import Item, Option
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.questionnaires.view.choice_editors import MOST_SEGMENTS, LongList, Many, OneTap
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.held_editors import File, Pointer
from liaison_desktop.questionnaires.view.moment_editors import Clock, Day, Moment, TimeOfDay
from liaison_desktop.questionnaires.view.more_choices import Searched, Stacked
from liaison_desktop.questionnaires.view.typed_editors import Measured, Number, Words
from liaison_desktop.questionnaires.wording import told
from liaison_desktop.ui.text import wrapped

_WIDEST = 590  # px of the narrowest pane; a wider row of segments becomes a list
_MOST_CHIPS = 30  # answers; more are searched
_LISTS = {"drop-down", "autocomplete", "lookup"}
_SCALE = 10  # steps that a slider may have to be a row of numbers
_LIKES = {"date": 140, "dateTime": 228, "time": 100, "integer": 96, "decimal": 96, "quantity": 160, "boolean": 130}


class Shown(AnswerEditor):
    """What nobody types here: calculated, filled in by the application, finished, or somebody else's."""

    def __init__(self, item: Item, finished: bool = False) -> None:
        later = "When you finalise" if item.from_application else "An RN answers this" if item.rn_only else "Not yet"
        self._blank = "Not answered" if finished else later
        self._long = item.type == "text" or item.repeats
        self.words = wrapped("", "medium", "ink")
        super().__init__(self.words)
        self.likes = 620 if self._long else 170  # three stand on a line of the narrowest card

    def pairs(self) -> Pairs:
        """Nothing is answered here."""
        return []

    def show_node(self, node: Node) -> None:
        """Shows the answer in words."""
        said = told(node)
        self.words.set_text(said or self._blank)
        self.words.set_tone("ink" if said else "ink3")


def editor_for(node: Node, filling: Filling, small: bool = False, locked: bool = False) -> AnswerEditor:
    """The editor of a question; `locked`: it is only read, because the form is finished or somebody else answers."""
    item = node.item
    if locked:
        return Shown(item, finished=filling.locked)
    if item.read_only or item.from_application:
        return Shown(item)
    options = filling.sheet.options(node)
    if item.type in ("choice", "open-choice") or options:
        return _choice(item, options, small, lambda: filling.sheet.options(node))
    makers: dict[str, Callable[[], AnswerEditor]] = {
        "boolean": lambda: OneTap(item, options, small),
        "integer": lambda: _number(item, small),
        "decimal": lambda: _number(item, small),
        "quantity": lambda: Measured(item),
        "date": lambda: Day(filling.clock),
        "dateTime": lambda: Moment(filling.clock),
        "time": TimeOfDay,
        "attachment": lambda: File(item, filling),
        "reference": lambda: Pointer(item),
    }
    return makers.get(item.type, lambda: Words(item))()


def _number(item: Item, small: bool) -> AnswerEditor:
    low, high = item.low, item.high
    if "slider" in item.controls and item.type == "integer" and isinstance(low, int) and isinstance(high, int):
        step = item.slider_step or 1
        if 0 < high - low <= _SCALE * step and not small:
            scale = tuple(Option("valueInteger", value, str(value), str(value)) for value in range(low, high + 1, step))
            return OneTap(item, scale, small)
    return Number(item)


def _choice(
    item: Item, options: tuple[Option, ...], small: bool, now: Callable[[], tuple[Option, ...]]
) -> AnswerEditor:
    if item.repeats:
        if len(options) > _MOST_CHIPS or set(item.controls) & _LISTS or item.answer_formula is not None:
            return Searched(item, options, now)
        if item.orientation == "vertical" and not small:
            return Stacked(item, options, several=True)
        return Many(item, options)
    fixed = item.answer_formula is None and not set(item.controls) & _LISTS and item.type != "open-choice" and options
    if fixed and item.orientation == "vertical" and not small and len(options) <= _MOST_CHIPS:
        return Stacked(item, options)
    if fixed and len(options) <= MOST_SEGMENTS:
        tap = OneTap(item, options, small)
        if tap.likes <= _WIDEST:
            return tap
        tap.deleteLater()
    if fixed and "radio-button" in item.controls and not small and len(options) <= _MOST_CHIPS:
        return Stacked(item, options)
    return LongList(item, options, now)


def likes_of(item: Item, clock: Clock) -> int:
    """The width a question likes as a cell, in px."""
    if item.type in ("choice", "open-choice"):
        if item.repeats:
            return 260
        if item.type == "choice" and 0 < len(item.options) <= 3:
            return sum(7 * len(option.label) + 40 for option in item.options)
        return 170
    return _LIKES.get(item.type, 140)
