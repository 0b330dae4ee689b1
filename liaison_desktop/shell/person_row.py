"""One person on the unlock page: initials, name, role, and when they were last here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.i18n import tr
from liaison_desktop.shell.places import ROLES, Door
from liaison_desktop.ui.chips import ChipSpec, chip_width, paint_chip
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import CENTRE, RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.pictures import initials_of
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS, colours

PRACTICE = ChipSpec(tr("Practice"), "amber", "flask-conical")


class PersonRow(QAbstractButton):
    """Choose who is working. Checked: an accent edge and a tick, so never colour alone."""

    def __init__(self, door: Door, seen: str) -> None:
        super().__init__()
        self.door, self._seen = door, seen
        role = door.person.role or ROLES[door.place.workspace]
        self._role = role if role.startswith(ROLES[door.place.workspace]) else f"{role}, {door.place.title}"
        spoken = [door.person.printed, self._role, *([tr("Practice data")] if door.place.practice else ())]
        self.setAccessibleName(", ".join(spoken))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(60)

    def sizeHint(self) -> QSize:
        """As high as two lines and their air."""
        return QSize(376, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, theme, chosen = QPainter(self), theme_of(self), self.isChecked()
        own = colours(theme.shown, self.door.place.workspace)
        box = self.rect().toRectF()
        fill = QColor(own["accent_soft"]) if chosen else theme.colour("surface")
        rounded(painter, box, RADIUS["card"], fill, QColor(own["accent"]) if chosen else theme.colour("line"))
        if self.hasFocus():
            focus_ring(painter, box, RADIUS["card"], QColor(own["accent"]), 0)
        disc = QRectF(15, 12, 36, 36)
        rounded(painter, disc, 18, theme.colour("surface") if chosen else QColor(own["accent_soft"]))
        painter.setFont(font("strong", size=14))
        painter.setPen(QColor(own["accent_ink"]))
        painter.drawText(disc, int(CENTRE), initials_of(self.door.person.name))
        room = self.width() - 16.0
        if chosen:
            draw_icon(painter, theme.pixmap("circle-check", own["accent_ink"], 18), room - 19, 21)
            room -= 32
        if self.door.place.practice:
            width = chip_width(PRACTICE)
            paint_chip(painter, QRectF(room - width, 20, width, 20), PRACTICE, theme)
            room -= width + 8
        elif self._seen and not chosen:
            draw_line(painter, QRectF(room - 140, 20, 140, 20), self._seen, "cap", theme.colour("ink2"), RIGHT)
            room -= text_width(self._seen, "cap") + 12
        draw_line(painter, QRectF(63, 11, room - 63, 20), self.door.person.printed, "strong", theme.colour("ink"))
        draw_line(painter, QRectF(63, 31, room - 63, 18), self._role, "sec", theme.colour("ink2"))
