"""The order of the Tab key: as the eye goes, whatever was made first.

Rows and cards come and go while one types, and Qt's own chain keeps the order in which widgets were made. Re-linking
that chain (`setTabOrder`) while widgets are being deleted broke it in Qt 6.11, so the next stop is looked up instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from liaison_desktop.ui.segmented import Segmented


class FollowsTheEye(QWidget):
    """A box inside which Tab goes by the layout; from its last stop, and back from its first, it goes to `beside`.

    A box that fills its page says `goes_round`: from its last stop Tab goes to its first, and back the other way.
    """

    beside: QWidget | None = None
    goes_round = False

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move the keyboard on."""
        if step(self, next):
            return True
        if self.goes_round and (ends := [stop for stop in _stops(self) if _reachable(stop, self)]):
            _arrive(ends[0 if next else -1])
            return True
        if self.beside is not None and self.isAncestorOf(QApplication.focusWidget() or self):
            _arrive(self.beside)
            return True
        return super().focusNextPrevChild(next)


def _arrive(at: QWidget) -> None:
    """Put the keyboard there: into a box at its first stop, and past a box that has none."""
    if isinstance(at, FollowsTheEye):
        first = next((stop for stop in _stops(at) if _reachable(stop, at)), None)
        if first is None and at.beside is not None:
            _arrive(at.beside)
            return
        at = first or at
    at.setFocus(Qt.FocusReason.TabFocusReason)


def _reachable(stop: QWidget, box: QWidget) -> bool:
    return bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus) and stop.isVisibleTo(box) and stop.isEnabled()


def step(box: QWidget, forward: bool) -> bool:
    """Move the keyboard to the next stop inside the box as it is laid out; False at its end."""
    here = QApplication.focusWidget()
    every = list(_stops(box))
    at = next((number for number, widget in enumerate(every) if widget is here), -1)
    if at < 0:
        return False
    for widget in every[at + 1 :] if forward else reversed(every[:at]):
        if _reachable(widget, box) and not (not forward and _same_question(widget, here)):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            widget.setFocus(reason)
            return True
    return False


def one_stop(segmented: Segmented) -> Segmented:
    """Make Tab stop once at a question; arrows and digits reach its answers."""
    for segment in segmented.buttons[1:]:
        segment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return segmented


def _same_question(widget: QWidget, here: QWidget | None) -> bool:
    parent = widget.parentWidget()
    return here is not None and isinstance(parent, Segmented) and parent is here.parentWidget()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if isinstance(inside, QWidget):
            yield from _stops(inside)
        return
    layout = widget.layout()
    if layout is not None:
        yield from _laid(layout)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        held, inner = item.widget(), item.layout()
        if held is not None:
            yield from _stops(held)
        elif inner is not None:
            yield from _laid(inner)
