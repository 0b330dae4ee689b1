"""One kept file as a tile: its small picture, what it is called, and a way to take it away."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.records import AttachedFile
from liaison_desktop.store.attachments import megabytes
from liaison_desktop.ui.paint import draw_icon, draw_line, focus_ring, rounded
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS

WIDE, PICTURE, HIGH = 136, 92, 136  # px: the tile, its picture, the tile with its words


def facts_of(file: AttachedFile) -> str:
    """Pages and size: "3 pages · 1.2 MB"."""
    pages = f"{file.pages} pages" if file.pages > 1 else file.sort.label
    return f"{pages} · {megabytes(file.size)}"


class Tile(QAbstractButton):
    """Enter or Space opens it; Delete asks to take it away."""

    removed = Signal()

    def __init__(self, file: AttachedFile, fixed: bool = False) -> None:
        super().__init__()
        self.file, self._fixed = file, fixed
        self._image: QImage | None = None  # None until it was read
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(WIDE, HIGH)
        self.setAccessibleName(f"{file.words()}, {facts_of(file)}")
        keys = "Enter opens it" if fixed else "Enter opens it, Delete takes it away"
        self.setAccessibleDescription(keys)
        # A tooltip guesses at rich text, so it gets escaped text that can be nothing else.
        self.setToolTip(f"<span>{html.escape(file.words())}</span>")

    def show_image(self, image: QImage) -> None:
        """Show this small picture; an empty one says that there is none."""
        self._image = image
        self.update()

    @property
    def image(self) -> QImage | None:
        """The small picture, None until it was read."""
        return self._image

    def picture_size(self) -> QSize:
        """The room of the picture in pixels of the screen."""
        sharp = self.devicePixelRatioF()
        return QSize(round(WIDE * sharp), round(PICTURE * sharp))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does; Delete takes away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._fixed:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and the words under it."""
        painter, theme, radius = QPainter(self), theme_of(self), float(RADIUS["control"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0.5, 0.5, WIDE - 1, PICTURE - 1)
        rounded(painter, frame, radius, theme.colour("sunken"), theme.colour("line"))
        if self._image is not None and not self._image.isNull():
            self._paint_image(painter, frame, self._image, radius)
        else:
            icon = "image" if self.file.is_picture else "file-text"
            draw_icon(painter, theme.pixmap(icon, "ink3", 24), WIDE / 2 - 12, PICTURE / 2 - 12)
        draw_line(painter, QRectF(0, PICTURE + 4, WIDE, 18), self.file.words(), "label", theme.colour("ink"))
        draw_line(painter, QRectF(0, PICTURE + 22, WIDE, 16), facts_of(self.file), "cap", theme.colour("ink3"))
        if self.hasFocus():
            focus_ring(painter, frame, radius, theme.colour("accent"), 0)

    def _paint_image(self, painter: QPainter, frame: QRectF, image: QImage, radius: float) -> None:
        fitted = image.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), fitted.toSizeF())
        place.moveCenter(frame.center())
        clip = QPainterPath()
        clip.addRoundedRect(frame, radius, radius)
        painter.save()
        painter.setClipPath(clip)
        painter.drawImage(place, image)
        painter.restore()
