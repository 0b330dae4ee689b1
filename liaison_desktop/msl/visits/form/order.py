"""The order of the Tab key: as the eye goes, whatever was made first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from liaison_desktop.ui.segmented import Segmented


def follow_the_eye(box: QWidget) -> None:
    """Make Tab visit the widgets of a box in the order they are laid out."""
    stops = list(_stops(box))
    for first, second in itertools.pairwise(stops):
        QWidget.setTabOrder(first, second)


def one_stop(segmented: Segmented) -> Segmented:
    """Make Tab stop once at a question; arrows and digits reach its answers."""
    for segment in segmented.buttons[1:]:
        segment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return segmented


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
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
