"""An empty list teaches in one line and offers the one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import wrapped

_WIDEST = 420


class EmptyState(QWidget):
    """What a list or a page shows while it has nothing."""

    def __init__(
        self,
        title: str,
        text: str = "",
        button_text: str = "",
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        keys: str = "",
    ) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 24, 16, 24)
        layout.setSpacing(8)
        layout.addStretch(1)
        for words, role, tone in ((title, "strong", "ink"), (text, "sec", "ink2")):
            if words:
                line = wrapped(words, role, tone)
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
                line.setMaximumWidth(_WIDEST)
                layout.addWidget(row(None, (line, 100), None, gap=0))
        self.button: Button | None = None
        if button_text:
            self.button = button(button_text, "primary", icon, on_click=on_click)
            layout.addSpacing(8)
            caps = (KeyCap(keys),) if keys else ()
            layout.addWidget(row(None, self.button, *caps, None))
        layout.addStretch(2)
