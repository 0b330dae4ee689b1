"""Which editor a question gets."""

from __future__ import annotations

from collections.abc import Callable

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.questionnaires.view.choice_editors import MOST_SEGMENTS, LongList, Many, OneTap
from liaison_desktop.questionnaires.view.moment_editors import Clock, Day, Moment, TimeOfDay
from liaison_desktop.questionnaires.view.typed_editors import Measured, Number, Words
from liaison_desktop.questionnaires.wording import told
from liaison_desktop.ui.text import wrapped

_WIDEST = 590  # px of the narrowest pane; a wider row of segments becomes a list


class Shown(AnswerEditor):
    """What nobody types here: calculated, filled in by the application, finished, or of a type that has no editor."""

    def __init__(self, item: Item, finished: bool = False) -> None:
        later = "When you finalise" if item.from_application else "An RN answers this" if item.rn_only else "Not yet"
        self._blank = "Not answered" if finished else later
        self._long = item.type == "text" or item.repeats
        self.words = wrapped("", "medium", "ink")
        super().__init__(self.words)
        self.likes = 620 if self._long else 180

    def pairs(self) -> Pairs:
        """Nothing is answered here."""
        return []

    def show_node(self, node: Node) -> None:
        """Shows the answer in words."""
        said = told(node)
        self.words.set_text(said or self._blank)
        self.words.set_tone("ink" if said else "ink3")


def editor_for(
    item: Item, clock: Clock, small: bool = False, locked: bool = False, finished: bool = True
) -> AnswerEditor:
    """The editor of a question; `locked`: it is only read, because the form is `finished` or somebody else answers."""
    if locked:
        return Shown(item, finished=finished)
    if item.read_only or item.from_application or item.calculation or item.type in ("attachment", "reference"):
        return Shown(item)
    if item.type in ("choice", "open-choice"):
        if item.repeats:
            return Many(item)
        if item.type == "choice" and len(item.options) <= MOST_SEGMENTS:
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
