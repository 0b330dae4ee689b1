"""Ways through one record: the stages of an episode, the sections of a long form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.choosing import Choosing
from liaison_desktop.ui.paint import CENTRE, RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of


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


class SectionRail(Choosing):
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
