"""The recovery key is shown once; two of its groups are typed again before anything counts as made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.security.recovery import group_matches, groups_to_retype
from liaison_desktop.shell.places import Place
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.paint import CENTRE, draw_line, rounded
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.theme import theme_of

if TYPE_CHECKING:
    from liaison_desktop.shell.first_run import FirstRunPage

_CLIPBOARD_MS = 30_000


class KeyGroups(QWidget):
    """The eight groups in two lines, each with its number."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.groups = text.split("-")
        self.hidden = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Recovery key: {groups}", groups=", ".join(self.groups)))

    def hide_groups(self, on: bool) -> None:
        """Cover the groups, as while two of them are typed again."""
        self.hidden = on
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(480, 116)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groups."""
        painter, theme = QPainter(self), theme_of(self)
        wide, high = (self.width() - 3 * 8) / 4, 54.0
        for number, group in enumerate(self.groups):
            box = QRectF((number % 4) * (wide + 8), (number // 4) * (high + 8), wide, high)
            rounded(painter, box, 6, theme.colour("sunken"), theme.colour("line"))
            draw_line(painter, QRectF(box.x() + 8, box.y() + 4, 20, 14), str(number + 1), "key", theme.colour("ink3"))
            shown = "•••••" if self.hidden else group
            draw_line(painter, box.adjusted(0, 8, 0, 0), shown, "name", theme.colour("ink"), CENTRE)


class RecoveryStep(QWidget):
    """Show, print or copy; then type two groups."""

    def __init__(self, page: FirstRunPage, place: Place, text: str, done: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._place, self._text, self._done = page, place, text, done
        self.asked = groups_to_retype()
        self.groups = KeyGroups(text)
        self.said = label("", "cap", "ink2")
        self.print_it = button(tr("Print"), icon="printer", on_click=self.print_key)
        self.copy_it = button(tr("Copy"), icon="copy", on_click=self.copy_key)
        self.lines = tuple(LineEdit(name=tr("Group {n}", n=group)) for group in self.asked)
        self.fields = tuple(
            LabelledField(tr("Group {n}", n=group), line) for group, line in zip(self.asked, self.lines, strict=True)
        )
        self.go = button(tr("I have kept it safe"), "primary", tall=36, on_click=self.confirm)
        for line in self.lines:
            line.setMaxLength(12)
            line.textChanged.connect(self._settle)
        self.lines[0].returnPressed.connect(self.lines[1].setFocus)
        self.lines[1].returnPressed.connect(self.confirm)
        box = column(
            label(tr("Recovery key for {workspace}", workspace=place.title), "title"),
            4,
            wrapped(
                tr(
                    "If you forget your passphrase, this key is the only way back to your records. It is shown once and "
                    "kept nowhere. Print it or write it down, and keep it away from this laptop."
                )
            ),
            16,
            card(self.groups, row(self.print_it, self.copy_it, self.said, None), gap=12),
            16,
            wrapped(
                tr(
                    "To be sure it can be read, type group {first} and group {second} from your paper.",
                    first=self.asked[0],
                    second=self.asked[1],
                )
            ),
            8,
            row(*((column(field, None), 1) for field in self.fields), gap=12),
            20,
            row(None, self.go),
            gap=0,
            margins=(4, 0, 4, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        self.setFocusProxy(self.print_it)
        self._settle()

    def group(self, number: int) -> str:
        """One group, counted from 1."""
        return self._text.split("-")[number - 1]

    def _settle(self) -> None:
        # While the groups are typed the key is covered: what is copied from the screen proves nothing.
        self.groups.hide_groups(any(line.text() for line in self.lines))
        for field in self.fields:
            field.clear_fault()
        self.go.setEnabled(all(line.text().strip() for line in self.lines))

    def confirm(self) -> None:
        """Go on if both groups are right."""
        right = True
        for number, field, line in zip(self.asked, self.fields, self.lines, strict=True):
            if not group_matches(self._text, number, line.text()):
                field.show_fault(tr("This is not group {n}. Look at your paper again.", n=number))
                right = False
        if right:
            self.go.setEnabled(False)
            self._done()

    def print_key(self) -> None:
        """Send the key to a printer."""
        from liaison_desktop.shell.recovery_sheet import recovery_sheet

        sheet = recovery_sheet(self._text, self._place, self._page.places.clock())
        if self._page.printer.print_pdf(sheet) is not None:
            self.said.set_text(tr("Sent to the printer."))
        else:
            self.said.set_text(tr("Not printed. Write the key down by hand."))

    def copy_key(self) -> None:
        """Put the key on the clipboard, out of clipboard histories, for half a minute."""
        clipboard, text = QGuiApplication.clipboard(), self._text
        held = QMimeData()
        held.setText(text)
        held.setData("x-kde-passwordManagerHint", b"secret")
        held.setData('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"\x01")
        held.setData("application/x-nspasteboard-concealed-type", b"\x01")
        clipboard.setMimeData(held)
        self.said.set_text(tr("Copied. The clipboard is cleared after 30 s."))

        def clear() -> None:
            if clipboard.text() == text:
                clipboard.clear()

        QTimer.singleShot(_CLIPBOARD_MS, clipboard, clear)
