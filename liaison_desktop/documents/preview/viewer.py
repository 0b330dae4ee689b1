"""One kept file over the whole window: a photo with zoom, or the pages of a PDF. Escape goes back."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.documents.preview.handing_out import print_copy, save_copy
from liaison_desktop.documents.preview.pane import Preview
from liaison_desktop.documents.preview.thumbnails import picture_of
from liaison_desktop.errors import Unprintable
from liaison_desktop.records import AttachedFile
from liaison_desktop.store import Act
from liaison_desktop.store.attachments import megabytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.text import elided, label, wrapped

_SHARPEST = QSize(4000, 4000)  # px; a screen shows no more, and the memory stays bounded
_STEP, _LEAST, _MOST = 1.25, 0.1, 4.0
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


class FileViewer(QFrame):
    """What was kept, to look at. `captioned` says what it was called; `left` that the work is shown again."""

    captioned = Signal(str)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        file: AttachedFile,
        content: bytes,
        noted: Callable[[Act, AttachedFile, str], object],
        may: Callable[[Act], object],
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.setAccessibleName(f"File: {file.words()}")
        self._desk, self._file, self._content, self._noted, self._may = desk, file, content, noted, may
        self.caption = TextEditor("What it shows", "What it shows, such as Sacrum, left")
        self.caption.set_value(file.caption)
        self.caption.setReadOnly(read_only)
        self.caption.setMaximumWidth(360)
        self.caption.editingFinished.connect(self._tell_caption)
        back = button("Back", icon="chevron-left", small=True, on_click=self.leave)
        self._facts = elided(_facts(file), "cap", "ink3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.body = self._body()
        bar = panel(back, 8, (self.caption, 1), (self._facts, 2), *self._acts(), across=True, margins=(16, 8, 16, 8))
        for widget in (bar, hairline()):
            layout.addWidget(widget)
        layout.addWidget(self.body, 1)
        self.setFocusProxy(self.body if self.body.focusPolicy() or self.body.focusProxy() is not None else back)

    def _body(self) -> QWidget:
        if self._file.is_picture:
            return PictureView(self._content, self._file)
        from liaison_desktop.documents.foreign import look_over

        preview = Preview()
        preview.print_asked.connect(self._print)
        preview.save_asked.connect(self._save)
        try:
            look_over(self._content)
            preview.show_document(self._content, "")
        except Unprintable as error:
            preview.deleteLater()
            return wrapped(str(error), "body")
        return preview

    def _acts(self) -> tuple[QWidget, ...]:
        """A photo's own buttons; the pages of a PDF bring theirs."""
        view = self.body
        if not isinstance(view, PictureView):
            return ()
        return (
            button(icon="zoom-out", kind="quiet", small=True, name="Smaller", on_click=lambda: view.zoom(1 / _STEP)),
            button(icon="zoom-in", kind="quiet", small=True, name="Larger", on_click=lambda: view.zoom(_STEP)),
            button("Fit", "quiet", small=True, on_click=view.fit),
            button("Save a copy…", icon="download", small=True, on_click=self._save),
        )

    def leave(self) -> None:
        """Go back to the work."""
        self._tell_caption()
        self._desk.leave_full_screen()
        self.left.emit()

    def _tell_caption(self) -> None:
        words = self.caption.value()
        if words != self._file.caption and not self.caption.isReadOnly():
            self._file = msgspec.structs.replace(self._file, caption=words)
            self.captioned.emit(words)

    def _save(self) -> None:
        # The name of a file tells nothing about a person.
        desk, file, content, noted, may = self._desk, self._file, self._content, self._noted, self._may
        name = f"attachment{_ENDINGS[file.sort.value]}"
        self.leave()
        save_copy(desk, content, name, lambda: noted(Act.EXPORTED, file, ""), lambda: may(Act.EXPORTED))

    def _print(self) -> None:
        desk, file, content, noted, may = self._desk, self._file, self._content, self._noted, self._may
        self.leave()
        print_copy(desk, content, lambda how: noted(Act.PRINTED, file, how), lambda: may(Act.PRINTED))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; plus, minus and zero zoom a photo."""
        view = self.body
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif isinstance(view, PictureView) and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            view.zoom(_STEP)
        elif isinstance(view, PictureView) and event.key() == Qt.Key.Key_Minus:
            view.zoom(1 / _STEP)
        elif isinstance(view, PictureView) and event.key() == Qt.Key.Key_0:
            view.fit()
        else:
            super().keyPressEvent(event)


class PictureView(QScrollArea):
    """A photo, as large as the place or larger."""

    def __init__(self, content: bytes, file: AttachedFile) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(file.words())
        self._whole = QPixmap.fromImage(picture_of(content, file.sort, _SHARPEST))
        self._scale, self._fits = 1.0, True
        if self._whole.isNull():
            self._shown: QWidget = label("This picture is damaged and cannot be shown.", "body")
        else:
            self._shown = _Pixels(self._whole)
        self.setWidget(self._shown)

    @property
    def scale(self) -> float:
        """Times the size of its pixels."""
        return self._scale

    def fit(self) -> None:
        """As large as the place."""
        self._fits = True
        self._refit()

    def zoom(self, times: float) -> None:
        """Larger or smaller, within bounds."""
        self._fits = False
        self._show_at(self._scale * times)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll; the rest is for the viewer."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _refit(self) -> None:
        if not self._fits or self._whole.isNull():
            return
        room, size = self.viewport().size(), self._whole.size()
        self._show_at(min(1.0, (room.width() - 32) / size.width(), (room.height() - 32) / size.height()))

    def _show_at(self, scale: float) -> None:
        if self._whole.isNull():
            return
        self._scale = min(_MOST, max(_LEAST if scale >= _LEAST else scale, scale))
        size = self._whole.size()
        self._shown.resize(max(1, round(size.width() * self._scale)), max(1, round(size.height() * self._scale)))


class _Pixels(QWidget):
    """The picture, stretched over its place."""

    def __init__(self, whole: QPixmap) -> None:
        super().__init__()
        self._whole = whole
        self.resize(whole.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it smoothly."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._whole)


def _facts(file: AttachedFile) -> str:
    when = f"added {show_moment(file.added_at)}" if file.added_at is not None else ""
    by = f"by {file.added_by}" if file.added_by else ""
    cleaned = "without place and camera" if file.cleaned else ""
    return " · ".join(filter(None, (megabytes(file.size), " ".join(filter(None, (when, by))), cleaned)))
