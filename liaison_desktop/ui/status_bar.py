"""The line at the foot: is it saved, is it backed up, where is it, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.chips import Chip, KeyCap
from liaison_desktop.ui.jobs import Job
from liaison_desktop.ui.layout import hairline
from liaison_desktop.ui.pictures import Bar
from liaison_desktop.ui.text import IconLabel, icon_label, label
from liaison_desktop.ui.tokens import STATUS

_LOW = 24  # the buttons are as low as the bar


class StatusFact(QWidget):
    """An icon and a sentence; it takes no room while it is empty."""

    pressed = Signal()

    def __init__(self, icon: str = "", role: str = "cap", tone: str = "ink2") -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._icon: IconLabel | None = icon_label(icon, tone, 14) if icon else None
        if self._icon is not None:
            layout.addWidget(self._icon)
        self._words = label("", role, "ink2")
        layout.addWidget(self._words)
        self.hide()

    def show_fact(self, text: str, icon: str = "", tone: str = "") -> None:
        """Say something else, or nothing."""
        self._words.set_text(text)
        if self._icon is not None and icon:
            self._icon.set_icon(icon, tone or "ink2")
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to what it speaks of; the same is reached by the rail and the command bar."""
        self.pressed.emit()


class _NoticeChip(Chip):
    """What must not be forgotten, in its own tone; a press goes to it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self.pressed.emit()


class StatusBar(QFrame):
    """What holds now, in words. `bar_asked` and `lock_asked` are its two buttons, `notice_asked` a press on the notice."""

    bar_asked = Signal()
    lock_asked = Signal()
    notice_asked = Signal()
    sync_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(STATUS)
        self.saved, self.backup = StatusFact("circle-check", "label", "green"), StatusFact()
        self.place, self.sent = StatusFact("laptop"), StatusFact()
        self.waiting, self._work = StatusFact("inbox"), _Work()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(14)
        self.notice = _NoticeChip()
        self.notice.pressed.connect(self.notice_asked)
        layout.addWidget(self.notice)
        for fact in (self.saved, self.backup, self.place):
            layout.addWidget(fact)
        layout.addStretch(1)
        layout.addWidget(self._work)
        for fact in (self.sent, self.waiting):
            fact.pressed.connect(self.sync_asked)
            layout.addWidget(fact)
        layout.addWidget(hairline(True, 14))
        for text, icon, keys, signal in (
            (tr("Anything"), "", "Ctrl+K", self.bar_asked),
            (tr("Lock"), "lock", "Ctrl+L", self.lock_asked),
        ):
            layout.addLayout(_shortcut(text, icon, keys, signal.emit))

    def show_saved(self, text: str, good: bool = True) -> None:
        """Say that everything is saved ("Saved 15:04"), or, with `good` false, that something is not."""
        self.saved.show_fact(text, "circle-check" if good else "circle-alert", "green" if good else "red")

    def show_backup(self, text: str) -> None:
        """Say when the last backup was."""
        self.backup.show_fact(text)

    def show_place(self, text: str, icon: str = "laptop") -> None:
        """Say where the records are: "This laptop only"."""
        self.place.show_fact(text, icon)

    def show_sent(self, sent: str, waiting: str) -> None:
        """Say when records were last sent and how many wait."""
        self.sent.show_fact(sent)
        self.waiting.show_fact(waiting)

    def show_notice(self, text: str, tone: str = "neutral", icon: str = "clock") -> None:
        """Say what must not be forgotten, as long as it holds; an empty text takes it away."""
        self.notice.show_chip(text, tone, icon)
        self.notice.setVisible(bool(text))

    def show_work(self, job: Job) -> None:
        """Show a long piece of work with how far it is and a way to stop it, until it ends."""
        self._work.follow(job)


class _Work(QWidget):
    """Title, bar, count, stop."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._title, self._bar, self._count = label("", "cap", "ink2"), Bar(width=96), label("", "cap", "ink2")
        self._stop: Button = button(tr("Stop"), "link", tall=_LOW)
        self._job: Job | None = None
        for widget in (self._title, self._bar, self._count, self._stop):
            layout.addWidget(widget)
        self._stop.clicked.connect(lambda _checked=False: self._cancel())
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this work."""
        self._job = job
        self._title.set_text(job.title)
        self._count.set_text("")
        self._bar.set_share(0.0)
        job.progressed.connect(self._progressed)
        job.ended.connect(lambda: self._ended(job))
        self.show()

    def _progressed(self, done: int, total: int) -> None:
        self._bar.set_share(done / total if total else 0.0)
        self._count.set_text(tr("{done} of {total}", done=f"{done:,}", total=f"{total:,}"))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()


def _shortcut(text: str, icon: str, keys: str, run: Callable[[], object]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(4)
    line.addWidget(button(text, "quiet", icon, tall=_LOW, on_click=run))
    line.addWidget(KeyCap(keys))
    return line
