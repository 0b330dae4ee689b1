"""Ways through one record: tabs, the stages of an episode, the sections of a long form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.paint import CENTRE, RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bold word."""
        return QSize(text_width(self.text(), "secs") + 4, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word and, where it is open, the line under it."""
        painter, theme, on, rect = QPainter(self), theme_of(self), self.isChecked(), self.rect().toRectF()
        tone = theme.colour("accent_ink" if on else "ink2")
        draw_line(painter, rect.adjusted(0, 0, 0, -3), self.text(), "secs" if on else "secm", tone, CENTRE)
        if on:
            rounded(painter, QRectF(0, rect.height() - 3, rect.width(), 3), 1.5, theme.colour("accent"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(-4, 6, 4, -8), 4, theme.colour("accent"), 4)


class _Choosing(QWidget):
    """Buttons of which one is chosen; arrows move, Enter chooses."""

    changed = Signal(int)

    def __init__(self, steps: dict[Qt.Key, int]) -> None:
        super().__init__()
        self._steps = steps
        self.buttons: list[QAbstractButton] = []

    def _add(self, made: QAbstractButton) -> None:
        number = len(self.buttons)
        made.clicked.connect(lambda _checked=False: self._choose(number))
        made.installEventFilter(self)
        self.buttons.append(made)

    def current(self) -> int:
        """The chosen one, -1 if there is none."""
        return next((number for number, held in enumerate(self.buttons) if held.isChecked()), -1)

    def set_current(self, number: int) -> None:
        """Choose one without saying so."""
        for at, held in enumerate(self.buttons):
            held.setChecked(at == number)

    def _choose(self, number: int) -> None:
        self.set_current(number)
        self.changed.emit(number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter chooses."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QAbstractButton) or watched not in self.buttons:
            return False
        step = self._steps.get(Qt.Key(event.key()), 0)
        if step:
            here = (self.buttons.index(watched) + step) % len(self.buttons)
            self.buttons[here].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
            return True
        return False


class TabStrip(_Choosing):
    """Words in a line, the open one underlined. `changed` carries its number."""

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__({Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1})
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(20)
        for name in names:
            tab = _Tab(name)
            self._add(tab)
            layout.addWidget(tab)
        layout.addStretch(1)
        self.set_current(current)


class SectionState(NamedTuple):
    """A section of a long form: its letter, name, how many of its questions are answered, and a fault's mark."""

    letter: str
    name: str
    answered: int
    total: int
    fault: bool = False


class _Section(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self.state = SectionState("", "", 0, 0)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: SectionState) -> None:
        """Show how far the section is."""
        self.state = state
        self.setText(state.name)
        fault = tr(", needs attention") if state.fault else ""
        self.setAccessibleName(
            tr(
                "{letter} {name}, {answered} of {total}{fault}",
                letter=state.letter,
                name=state.name,
                answered=state.answered,
                total=state.total,
                fault=fault,
            ).strip()
        )
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(160, theme_of(self).height("row") + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw letter or tick, name and count."""
        painter, theme, on, rect, state = (
            QPainter(self),
            theme_of(self),
            self.isChecked(),
            self.rect().toRectF(),
            self.state,
        )
        pill = rect.adjusted(8, 1, -8, -1)
        if on:
            rounded(painter, pill, 6, theme.colour("accent_soft"))
            rounded(painter, QRectF(8, 8, 3, rect.height() - 16), 1.5, theme.colour("accent"))
        if self.hasFocus():
            focus_ring(painter, pill, 6, theme.colour("accent"), 0)
        done = state.total > 0 and state.answered >= state.total
        if state.fault or (done and not on):
            icon, tone = ("circle-alert", "red") if state.fault else ("circle-check", "green")
            draw_icon(painter, theme.pixmap(icon, tone, 16), 20, (rect.height() - 16) / 2)
        else:
            tone = "accent_ink" if on else "ink2"
            draw_line(painter, QRectF(18, 0, 20, rect.height()), state.letter, "secm", theme.colour(tone), CENTRE)
        # Where the application alone answers, such as a signature, there is nothing to count.
        count = f"{state.answered}/{state.total}" if state.total else ""
        wide = text_width(count, "label") + 4
        end = QRectF(rect.width() - 20 - wide, 0, wide, rect.height())
        draw_line(painter, end, count, "label", theme.colour("accent_ink" if on else "ink3"), RIGHT)
        words = QRectF(46, 0, rect.width() - 46 - 24 - wide, rect.height())
        role, ink = ("secs", "accent_ink") if on else ("secm", "ink2" if done else "ink")
        draw_line(painter, words, state.name, role, theme.colour(ink))


class SectionRail(_Choosing):
    """The sections of a long form under one another, each with how much of it is answered."""

    def __init__(self, states: Sequence[SectionState] = (), current: int = 0) -> None:
        super().__init__({Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1})
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(0)
        self._lay.addStretch(1)
        self.setAccessibleName(tr("Sections"))
        self.set_states(states)
        self.set_current(current)

    def set_states(self, states: Sequence[SectionState]) -> None:
        """Show how far each section is; sections may come and go."""
        while len(self.buttons) < len(states):
            section = _Section()
            self._add(section)
            self._lay.insertWidget(self._lay.count() - 1, section)
        for number, held in enumerate(self.buttons):
            held.setVisible(number < len(states))
            if number < len(states) and isinstance(held, _Section):
                held.show_state(states[number])


class Stages(QWidget):
    """Where an episode stands: done, now, to come. Each stage is (name, a few words)."""

    def __init__(self, stages: Sequence[tuple[str, str]], now: int, share: float = 0.6) -> None:
        super().__init__()
        self.setFixedHeight(44)
        self.set_stages(stages, now, share)

    def set_stages(self, stages: Sequence[tuple[str, str]], now: int, share: float = 0.6) -> None:
        """Show these; `share` is how far the present one is, 0 to 1."""
        self._stages, self._now, self._share = tuple(stages), now, share
        words = (tr("done"), tr("now"), tr("to come"))
        spoken = (f"{n[0]}, {words[(i >= now) + (i > now)]}" for i, n in enumerate(self._stages))
        self.setAccessibleName("; ".join(spoken))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars and their words."""
        painter, theme = QPainter(self), theme_of(self)
        wide = self.width() / max(1, len(self._stages))
        for number, (name, facts) in enumerate(self._stages):
            left, done, now = number * wide, number < self._now, number == self._now
            rounded(painter, QRectF(left, 2, wide - 6, 4), 2, theme.colour("accent" if done else "track"))
            if now:
                rounded(painter, QRectF(left, 2, (wide - 6) * self._share, 4), 2, theme.colour("accent"))
            if done or now:
                icon, tone = ("circle-check", "green") if done else ("circle-dot", "accent_ink")
                draw_icon(painter, theme.pixmap(icon, tone, 14), left, 15)
            start = left + (20 if done or now else 0)
            role, ink = ("secs", "accent_ink") if now else ("secm", "ink" if done else "ink3")
            taken = draw_line(painter, QRectF(start, 12, left + wide - start - 8, 20), name, role, theme.colour(ink))
            room = left + wide - 12 - (start + taken + 8)
            if room > 24:
                place = QRectF(start + taken + 8, 12, room, 20)
                draw_line(painter, place, facts, "cap", theme.colour("ink3"))
