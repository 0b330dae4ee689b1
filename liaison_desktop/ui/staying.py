"""The keyboard stays where it was when a page is filled again: on the same row, or on the one that took its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_WAITING = "keyboardWaits"  # the place that is to be given back to a box, until it is shown
# What Qt passed the keyboard on to while a box was filled: nobody chose it, so another box that is filled in the same
# turn does not take it for its own place.
_passed_on: list[QWidget] = []


def stays(box: QWidget) -> Callable[[], None]:
    """Remember which stop of the box has the keyboard; what is returned gives it back, once the box was filled again.

    Qt hands the keyboard of a row that goes to whatever was made next, often the rail. Nothing is done when the
    keyboard was elsewhere, or when somebody gave it to another place meanwhile.
    """
    here, waiting = QApplication.focusWidget(), box.property(_WAITING)
    chosen = here is not None and not any(here is one for one in _passed_on)
    if here is not None and chosen and here is not box and box.isAncestorOf(here):
        before = list(_stops(box))
        place = here.accessibleName(), before.index(here) if here in before else 0
    elif waiting is not None:
        # Filled twice before it was shown once, as when two records are saved in a row.
        place = tuple(waiting)
    else:
        return lambda: None

    def give_back() -> None:
        # The rows that were just put in are shown with the next turn of the event loop.
        moved = QApplication.focusWidget()
        if moved is not None:
            _passed_on.append(moved)
        box.setProperty(_WAITING, list(place))
        QTimer.singleShot(0, box, lambda: _give(box, place, moved))

    return give_back


def _give(box: QWidget, place: tuple[str, int], moved: QWidget | None) -> None:
    _passed_on.clear()
    if not shiboken6.isValid(box):
        return
    box.setProperty(_WAITING, None)
    now = QApplication.focusWidget()
    # What Qt gave the keyboard to may have gone as well, such as the toast before; nobody chose what has it then.
    stood = moved is not None and shiboken6.isValid(moved) and moved.isVisible()
    if not box.isVisible() or (now is not None and stood and now is not moved):
        return
    (name, at), every = place, [stop for stop in _stops(box) if stop.isVisible()]
    same = next((stop for stop in every if name and stop.accessibleName() == name), None)
    found = same or (every[min(at, len(every) - 1)] if every else None)
    if found is not None:
        found.setFocus(Qt.FocusReason.OtherFocusReason)


def _stops(box: QWidget) -> Iterator[QWidget]:
    """What Tab may stop at, in the order it was put in; what was taken out is hidden and does not count."""
    for each in box.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.isHidden() and each.isEnabled():
            yield each
