"""A screen that is turned towards somebody else: the keyboard leads nowhere, and leaving takes the passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.text import label, wrapped

Confirm = Callable[[str], bool]  # whether this passphrase is the one of who is working
WIDTH, FOOT = 960, 92


class _BigButton(Button):
    """Wider than its first words need. How much that is is known only where it stands, because a window has the style."""

    def __init__(self, text: str, kind: str, icon: str) -> None:
        super().__init__(text, kind, icon, tall=60)
        self._first = self.text()

    def sizeHint(self) -> QSize:
        """20 px more at each end, and no narrower when the words change."""
        hint, words = super().sizeHint(), self.fontMetrics()
        wider = words.horizontalAdvance(self._first) - words.horizontalAdvance(self.text())
        return QSize(max(hint.width(), hint.width() + wider + 40), hint.height())


def big_button(
    text: str, kind: str = "secondary", icon: str = "", on_click: Callable[[], object] | None = None
) -> Button:
    """A button of a page that is given out of the hand, 60 px high."""
    made = _BigButton(text, kind, icon)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


class Scene(QWidget):
    """One page of a closed screen: a body 960 px wide, and a foot with what can be done."""

    def __init__(self, body: QWidget, left: QWidget | None, right: QWidget | None, *, wide: bool = False) -> None:
        super().__init__()
        if not wide:
            body.setFixedWidth(WIDTH)
        middle = body if wide else scroll(row(None, column(None, body, None), None))
        inside = row(*((left,) if left else ()), None, *((right,) if right else ()))
        inside.setFixedWidth(WIDTH)
        foot = panel(None, inside, None, across=True)
        foot.setFixedHeight(FOOT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, share in ((middle, 1), (hairline(), 0), (foot, 0)):
            layout.addWidget(part, share)


class ClosedScreen(QWidget):
    """Covers the window. Every key combination ends here; Tab stays inside; `left` comes after the right passphrase.

    `keeper` is who works here and takes the screen back; `whose` says on the closed page for whom it is kept.
    """

    left = Signal()

    whose = ("For staff", "This page stays closed until then.")

    def __init__(self, top: QWidget, keeper: str, confirm: Confirm) -> None:
        super().__init__()
        self._keeper, self._confirm = keeper, confirm
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.scenes = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(hairline())
        layout.addWidget(self.scenes, 1)
        self.passphrase = LineEdit(name="Passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMaximumWidth(420)
        self.passphrase.returnPressed.connect(self.try_passphrase)
        self._wrong = label("", "sec", "red")
        self.open_button = button("Continue", "primary", on_click=self.try_passphrase)
        self.back_button = button("Back", "quiet", on_click=self._back)

    def show_scene(self, scene: QWidget) -> None:
        """Show this page. Nothing on it has the keyboard, so that Enter chooses nothing."""
        if self.scenes.indexOf(scene) < 0:
            self.scenes.addWidget(scene)
        self.scenes.setCurrentWidget(scene)
        self.setFocus()

    def lock_scene(self, title: str, words: str, *, can_go_back: bool) -> QWidget:
        """The page that asks who works here for the passphrase."""
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.passphrase, 1)
        line.addWidget(self.open_button)
        line.addWidget(self.back_button)
        line.addStretch(1)
        entry = QWidget()
        entry.setLayout(line)
        self.back_button.setVisible(can_go_back)
        body = column(
            label(title, "patient_title"), 8, wrapped(words, "patient"), 32,
            label(f"{self._keeper}: your passphrase", "medium"), 4, entry, 4, self._wrong, gap=0,
        )  # fmt: skip
        return Scene(body, None, None)

    def ask_passphrase(self) -> None:
        """Who works here wants to leave before the end."""
        self._before = self.scenes.currentWidget()
        self.close_page(*self.whose, can_go_back=True)

    def close_page(self, title: str, words: str, *, can_go_back: bool) -> None:
        """Show the page that asks for the passphrase, empty, with the keyboard in it: it opens nothing by itself."""
        self.passphrase.clear()
        self.show_scene(self.lock_scene(title, words, can_go_back=can_go_back))
        self.passphrase.setFocus()

    def try_passphrase(self) -> None:
        """Leave if the passphrase is right; say so if it is not. Enter pressed once more than needed is no try."""
        given = self.passphrase.text()
        self.passphrase.clear()
        if not given:
            self.passphrase.setFocus()
            return
        try:
            right = self._confirm(given)
            words = "This passphrase is not right."
        except LiaisonError as error:
            # Too many tries, or a wrong passphrase with what the key file says of it.
            right, words = False, str(error)
        if right:
            self.confirmed()
            return
        self._wrong.set_text(words)
        self.passphrase.setFocus()

    def confirmed(self) -> None:
        """The passphrase was right."""
        self.left.emit()

    def _back(self) -> None:
        self._wrong.set_text("")
        if self._before is not None:
            self.show_scene(self._before)

    # -- the keyboard stays here --------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Take every shortcut for ourselves before the window hears of it."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Alt, Ctrl with anything: nothing happens."""
        if event.key() == Qt.Key.Key_Tab:
            self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Backtab:
            self.focusNextPrevChild(False)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu."""
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round inside this screen."""
        scene = self.scenes.currentWidget()
        stops = [
            widget
            for widget in (scene.findChildren(QWidget) if scene is not None else ())
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusProxy() is None
        ]
        if not stops:
            self.setFocus()
            return True
        here = self.focusWidget()
        place = stops.index(here) if here in stops else (-1 if next else 0)
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        return True
