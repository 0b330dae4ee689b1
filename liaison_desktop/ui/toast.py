"""Toasts: what was just done, in a sentence, with Undo. They stand on the foot of the list and cover no field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QTextEdit, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import Button
from liaison_desktop.ui.paint import text_width
from liaison_desktop.ui.text import icon_label, wrapped
from liaison_desktop.ui.tokens import ACTION_BAR, LIST, TOAST

SECONDS = 6
_INSET = 8
_LOOK_MS = 120  # how often a toast looks whether an action bar has come to stand under it
_TYPED = (QLineEdit, QTextEdit)
# A window that comes to the front gives the keyboard to some child; that is nobody's wish to keep the toast.
_BY_PERSON = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Toast(QFrame):
    """One toast: six seconds, and as long as the pointer or the keyboard rests on it."""

    undone = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, text: str, undo: bool, act: str = "", *, trouble: bool = False) -> None:
        """`trouble`: it says what was not done, and stands twice as long."""
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self.text = text
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8 if undo else 16, 0)
        layout.setSpacing(12)
        self._words = wrapped(text, "medium", "on_toast")
        layout.addWidget(icon_label("triangle-alert" if trouble else "circle-check", "on_toast"))
        layout.addWidget(self._words, 1)
        self.button: Button | None = None
        if undo:
            self.button = Button(act or tr("Undo"), "toast", small=True)
            self.button.setToolTip("Alt+Z")
            self.button.clicked.connect(lambda _checked=False: self.undone.emit())
            # Focus here would be taken from the field someone is typing in.
            self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.button.installEventFilter(self)
            layout.addWidget(self.button)
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(SECONDS * (2000 if trouble else 1000))
        self.clock.timeout.connect(self.closed.emit)
        self.clock.start()

    def fit(self, width: int) -> None:
        """Be no wider than this and as high as the words then need."""
        button = self.button.sizeHint().width() + 20 if self.button is not None else 16
        room = width - 16 - 16 - 12 - button
        words = text_width(self.text, "medium") + 2
        lines = self._words.heightForWidth(min(words, room))
        self.setFixedSize(width - max(0, room - words), max(TOAST, lines + 20))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer rests here: wait."""
        self.clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left: six seconds again."""
        self.clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keyboard on Undo counts as the pointer does, if a person took it there."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn and event.reason() in _BY_PERSON:
            self.clock.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self.clock.start()
        return False


class Toasts(QObject):
    """Shows one toast at a time in a window; the next takes the place of the last."""

    def __init__(self, window: QWidget, left: Callable[[], int], foot: Callable[[], int]) -> None:
        """`left` is where the list begins and `foot` the height of what stands below, in px of the window."""
        super().__init__(window)
        self._window, self._left, self._foot = window, left, foot
        self.current: Toast | None = None
        self._undo: Callable[[], None] | None = None
        # What was done often changes the page, and with it what stands at its foot.
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._place)
        window.installEventFilter(self)

    def show_toast(
        self, text: str, undo: Callable[[], None] | None = None, act: str = "", *, trouble: bool = False
    ) -> None:
        """Say it, aloud too. `undo` is called once at most; `act` says what it does where it undoes nothing."""
        self.close()
        toast = Toast(self._window, text, undo is not None, act, trouble=trouble)
        self.current, self._undo = toast, undo
        toast.undone.connect(self.undo)
        toast.closed.connect(self.close)
        self._place()
        toast.show()
        toast.raise_()
        self._watch.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))

    def undo(self) -> None:
        """Undo what the toast speaks of, if it is still there."""
        undo, self._undo = self._undo, None
        self.close()
        if undo is not None:
            undo()

    def close(self) -> None:
        """Take the toast away."""
        self._undo = None
        self._watch.stop()
        if self.current is not None:
            self.current.clock.stop()
            self.current.hide()
            self.current.deleteLater()
            self.current = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay on the foot of the list when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        toast = self.current
        if toast is None:
            return
        toast.fit(LIST - 2 * _INSET)
        foot = self._window.height() - self._foot() - _INSET - toast.height()
        right = self._window.width() - _INSET - toast.width()
        spots = (QPoint(self._left() + _INSET, foot), QPoint(right, foot), QPoint(right, _INSET))
        # The foot of the list, unless a form is typed into there: then the first of the other places that covers less.
        toast.move(min(spots, key=lambda spot: self._covered(QRect(spot, toast.size()))))
        below = [place.top() for place in self._foot_buttons() if place.intersects(toast.geometry())]
        if below:
            toast.move(toast.x(), min(below) - 2 * _INSET - toast.height())

    def _covered(self, place: QRect) -> int:
        """How many fields that are typed into lie under this place; lists may."""
        fields = (one for kind in _TYPED for one in self._window.findChildren(kind))
        seen = (one for one in fields if one.isVisible() and not one.visibleRegion().isEmpty())
        boxes = (one.visibleRegion().boundingRect().translated(one.mapTo(self._window, QPoint(0, 0))) for one in seen)
        return sum(box.intersects(place) for box in boxes)

    def _foot_buttons(self) -> Iterator[QRect]:
        """Where the buttons of an action bar are, with what the bar says beside them: a toast never stands on what a
        person may have to press or to read at once."""
        bottom = self._window.height() - self._foot()
        for button in self._window.findChildren(QAbstractButton):
            if button.isVisible() and (self.current is None or not self.current.isAncestorOf(button)):
                place = QRect(button.mapTo(self._window, QPoint(0, 0)), button.size())
                if bottom - ACTION_BAR <= place.top() and place.bottom() <= bottom:
                    bar = button.parentWidget()
                    if bar is not None and bar is not self._window and bar.height() <= ACTION_BAR:
                        place = QRect(bar.mapTo(self._window, QPoint(0, 0)), bar.size())
                    yield place
