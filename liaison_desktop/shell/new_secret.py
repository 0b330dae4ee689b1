"""Choosing a passphrase: typed twice, judged in plain words while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.security.passphrase import MIN_CHARACTERS, MIN_WORDS, Level, normal, suggest, weigh
from liaison_desktop.shell.secret_line import SecretLine
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, label

_LOOK = {
    Level.REFUSED: ("circle-alert", "ink3"),
    Level.GOOD: ("circle-check", "green"),
    Level.STRONG: ("circle-check", "green"),
}
_ASK = tr("At least {characters} characters, or {words} words.", characters=MIN_CHARACTERS, words=MIN_WORDS)


class NewSecret(QWidget):
    """Two lines for a new passphrase. `changed` after each key; `ready` when both are the same and strong enough."""

    changed = Signal()
    entered = Signal()

    def __init__(self, about: Callable[[], tuple[str, ...]] = tuple, *, title: str = "") -> None:
        super().__init__()
        self._about = about
        self.first = SecretLine(title or tr("Passphrase"))
        self.second = SecretLine(tr("The same passphrase again"))
        self._icon, self._words = icon_label("circle-alert", "ink3", 14), label("", "cap", "ink2")
        self._same_icon, self._same = icon_label("circle-alert", "red", 14), label("", "cap", "ink2")
        self._suggest = button(tr("Suggest one"), "link", "sparkles", small=True, on_click=self._fill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (
            row(label(title or tr("Passphrase"), "label"), None, self._suggest, gap=4),
            self.first,
            row(self._icon, self._words, None, gap=6),
            row(label(tr("The same passphrase again"), "label"), gap=4, margins=(0, 8, 0, 0)),
            self.second,
            row(self._same_icon, self._same, None, gap=6),
        ):
            layout.addWidget(widget)
        self.setFocusProxy(self.first)
        self.first.textChanged.connect(self._judge)
        self.second.textChanged.connect(self._judge)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        self._judge()

    @property
    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    @property
    def ready(self) -> bool:
        """Whether it may be used."""
        return weigh(self.text, known=self._about()).accepted and normal(self.text) == normal(self.second.text())

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _fill(self) -> None:
        # Shown in clear, because a passphrase nobody has read cannot be remembered; the second line is still typed.
        self.first.setText(suggest())
        self.first.show_secret(True)
        self.second.clear()
        self.second.setFocus()

    def _judge(self) -> None:
        strength = weigh(self.text, known=self._about())
        icon, tone = _LOOK[strength.level] if self.text else ("info", "ink3")
        self._icon.set_icon(icon, tone)
        self._words.set_text(strength.words if self.text else _ASK)
        self._words.set_tone("green" if strength.accepted else "ink2")
        again = self.second.text()
        same = normal(again) == normal(self.text)
        begins = normal(self.text).startswith(normal(again))
        self._same_icon.set_icon(*(("circle-check", "green") if same else ("circle-alert", "red")))
        self._same_icon.setVisible(bool(again) and (same or not begins))
        self._same.set_text(
            "" if not again or (begins and not same) else tr("The same.") if same else tr("This is not the same.")
        )
        self._same.set_tone("green" if same else "red")
        self.changed.emit()
