"""Editors of days, times and moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.ui.date_editors import DayEditor, MomentEditor, TimeEditor

Clock = Callable[[], dt.datetime]


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
