"""Choices that need more room or more searching: one below another, and many found by typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.questionnaires.definition import Item, Option
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.answer_editor import AnswerEditor, Pairs
from liaison_desktop.questionnaires.view.choice_editors import labelled, offer_of, one_kind, with_code
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.suggest import ChoiceLine
from liaison_desktop.ui.ticks import TickEditor


class Stacked(AnswerEditor):
    """Answers one below another: one of them, or several. Up and Down move, Space or a digit answers."""

    likes = 420

    def __init__(self, item: Item, options: tuple[Option, ...], several: bool = False) -> None:
        self._options, self._several = options, several
        self._exclusive = {option.code for option in options if option.exclusive}
        self._before: tuple[object, ...] = ()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.buttons = [TickEditor(labelled(option), one_of=not several) for option in options]
        super().__init__(box)
        for place, tick in enumerate(self.buttons):
            column.addWidget(tick)
            tick.installEventFilter(self)
            tick.changed.connect(lambda _on, place=place: self._chosen(place))
            if place:
                tick.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if self.buttons:
            box.setFocusProxy(self.buttons[0])

    def _chosen(self, place: int) -> None:
        now = self._codes()
        if self._several:
            now = one_kind(now, self._before, self._exclusive)
        else:
            now = (self._options[place].code,) if self.buttons[place].value() else ()
        self._show(now)
        self.changed.emit()

    def _codes(self) -> tuple[object, ...]:
        pairs = zip(self._options, self.buttons, strict=True)
        return tuple(option.code for option, tick in pairs if tick.value())

    def _show(self, codes: tuple[object, ...]) -> None:
        self._before = codes
        for option, tick in zip(self._options, self.buttons, strict=True):
            tick.set_value(option.code in codes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, a digit answers."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched not in self.buttons:
            return False
        here = self.buttons.index(watched)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.buttons[(here + step) % len(self.buttons)].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.text().isdigit() and 0 < int(event.text()) <= len(self.buttons) and not event.modifiers():
            self.buttons[int(event.text()) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.buttons[int(event.text()) - 1].click()
            return True
        return False

    def pairs(self) -> Pairs:
        """The chosen ones."""
        found = [with_code(self._options, str(code)) for code in self._codes()]
        return [(option.key, option.value) for option in found if option is not None]

    def show_node(self, node: Node) -> None:
        """Shows the chosen ones."""
        self._show(() if unable_reason(node) is not None and not node.answers else node.codes)

    def set_name(self, name: str) -> None:
        """Names each answer."""
        for option, tick in zip(self._options, self.buttons, strict=True):
            tick.setAccessibleName(f"{name}: {labelled(option)}" if name else labelled(option))


class Searched(AnswerEditor):
    """Several out of very many: type to find one more, which becomes a chip; a chip that is clicked goes away."""

    likes = 620

    def __init__(self, item: Item, options: tuple[Option, ...], now: Callable[[], tuple[Option, ...]]) -> None:
        self._now, self._options, self._differ = now, options, item.answer_formula is not None
        self._exclusive = {option.code for option in options if option.exclusive}
        self._open = item.type == "open-choice"
        self._held: list[tuple[str, object, str]] = []  # value key, value, and the words on its chip
        self.line = ChoiceLine(offer_of(options), "Type to add one")
        self._chips_room = QVBoxLayout()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addLayout(self._chips_room)
        super().__init__(box)
        box.setFocusProxy(self.line)
        self.chips: MultiChips | None = None
        self.line.changed.connect(lambda _value: self._add())
        self.line.returnPressed.connect(self._add_words)

    def _add(self) -> None:
        option = with_code(self._options, str(self.line.value())) if self.line.value() is not None else None
        if option is None:
            return
        fresh = (option.key, option.value, labelled(option))
        alone = option.code in self._exclusive
        excluding = {one.label for one in self._options if one.exclusive}
        kept = [] if alone else [held for held in self._held if held != fresh and held[2] not in excluding]
        self._take([*kept, fresh])

    def _add_words(self) -> None:
        words = self.line.text().strip()
        if self._open and words and self.line.value() is None:
            self._take([*self._held, ("valueString", words, words)])

    def _take(self, held: list[tuple[str, object, str]]) -> None:
        self._held = held
        self.line.set_value(None)
        self.line.setText("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if self.chips is not None:
            self._chips_room.removeWidget(self.chips)
            self.chips.hide()
            self.chips.deleteLater()
            self.chips = None
        if self._held:
            self.chips = MultiChips([(place, words) for place, (_key, _value, words) in enumerate(self._held)])
            self.chips.set_value(range(len(self._held)))
            self.chips.changed.connect(self._drop)
            self._chips_room.addWidget(self.chips)

    def _drop(self, values: object) -> None:
        left = values if isinstance(values, tuple) else ()
        self._take([held for place, held in enumerate(self._held) if place in left])
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def offers_differ(self) -> bool:
        """Whether the answers follow from other answers."""
        return self._differ

    def pairs(self) -> Pairs:
        """The chosen ones."""
        return [(key, value) for key, value, _words in self._held]

    def show_node(self, node: Node) -> None:
        """Shows the chosen ones."""
        if self._differ:
            self._options = self._now()
            self.line.offer(offer_of(self._options))
        held: list[tuple[str, object, str]] = []
        for answer in node.answers:
            option = with_code(self._options, answer.code)
            held.append((answer.key, answer.value, labelled(option) if option is not None else answer.code))
        if held != self._held:
            self._held = held
            self._show()

    def set_name(self, name: str) -> None:
        """Names the line."""
        self.line.setAccessibleName(name)
