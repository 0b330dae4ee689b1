"""The files kept with a record, as tiles: choose or drop one, open it, take it away. It knows no kind of record.

Whoever owns the strip gives it `keep`, the action that stores a file, and is told by `noted` what was opened, printed or
saved, for the journal; `may` refuses whoever may not print or save. What was chosen is in the encrypted store before it is shown; nothing is copied elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.documents.attached import Admitted, admit
from liaison_desktop.documents.preview.thumbnails import picture_of
from liaison_desktop.documents.preview.tiles import Tile
from liaison_desktop.documents.preview.viewer import FileViewer
from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.records import AttachedFile
from liaison_desktop.store import Act
from liaison_desktop.store.attachments import megabytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.layout import empty, row
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.text import label, wrapped

Keep = Callable[[Admitted], AttachedFile]
Noted = Callable[[Act, AttachedFile, str], object]  # the words say on which printer, if it was printed
May = Callable[[Act], object]


def _anybody(_act: Act) -> None:
    return None


_CLEANED = "Place, time and camera were taken out of the photos before they were stored."


class AttachmentStrip(QFrame):
    """An editor for a field of attached files: value(), set_value(), complaint(), `changed`.

    `pictures_only` takes photos and no PDF; `most` is the greatest size of a file in bytes; `most_files` how many.
    """

    changed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        keep: Keep,
        noted: Noted,
        may: May = _anybody,
        most: int,
        pictures_only: bool = False,
        most_files: int = 20,
        word: str = "Add a file",
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._desk, self._keep, self._noted, self._may = desk, keep, noted, may
        self._most, self._most_files, self._pictures_only = most, most_files, pictures_only
        self._read_only = read_only
        self._files: tuple[AttachedFile, ...] = ()
        self._images: dict[str, QImage] = {}
        self._waiting = 0
        self.tiles: list[Tile] = []
        self.setAcceptDrops(not read_only)
        self.setAccessibleName(word)
        self.add = button(
            word, "secondary", "camera" if pictures_only else "paperclip", small=True, on_click=self.choose
        )
        self._hint = label("", "cap", "ink3")
        self._say_how()
        self._room = QWidget()
        self._flow = Flow(self._room, gap=12)
        self._cleaned = wrapped(_CLEANED, "cap", "ink3")
        self._said = fault_line("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        line = row(self.add, self._hint, None, gap=10)
        for part in (self._room, line, self._said, self._cleaned):
            layout.addWidget(part)
        line.setVisible(not read_only)
        self.setFocusProxy(self.add)
        self._settle()

    # ---- as an editor

    def value(self) -> tuple[AttachedFile, ...]:
        """The files, oldest first."""
        return self._files

    def set_value(self, value: Iterable[AttachedFile] | None) -> None:
        """Show these; nothing is said to have changed."""
        self._files = tuple(value or ())
        self._settle()

    def complaint(self) -> str:
        """What waits to be stored may not be left behind."""
        return "Wait until the file is stored." if self._waiting else ""

    def said(self) -> str:
        """What is said under the tiles, such as why a file was not taken."""
        return self._said.text()

    def set_name(self, name: str) -> None:
        """What the files are called together."""
        self.setAccessibleName(name)

    # ---- adding

    def choose(self) -> None:
        """Ask for a file."""
        patterns = "Photos (*.jpg *.jpeg *.png)" if self._pictures_only else "Photos and PDF (*.jpg *.jpeg *.png *.pdf)"
        path = self._desk.files.open_file(self.add.text().strip(), patterns)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Store this file, off the window's thread; a refusal is said under the tiles."""
        self._said.show_fault("", True)
        if len(self._files) + self._waiting >= self._most_files:
            self._said.show_fault(f"No more than {self._most_files} files can be kept here.", True)
            return
        most, pictures_only, keep = self._most, self._pictures_only, self._keep
        self._waiting += 1
        self._desk.jobs.run(
            lambda: keep(_read(path, most, pictures_only)), owner=self, then=self._take_in, otherwise=self._refuse
        )

    def _take_in(self, file: AttachedFile) -> None:
        self._waiting -= 1
        if any(held.sha256 == file.sha256 for held in self._files):
            self._said.show_fault("This file is here already.", False)
            return
        self._files = (*self._files, file)
        self._settle()
        self.changed.emit(self._files)

    def _refuse(self, error: LiaisonError) -> None:
        self._waiting -= 1
        self._said.show_fault(str(error), True)

    def _say_how(self) -> None:
        sorts = "JPEG or PNG" if self._pictures_only else "JPEG, PNG or PDF"
        self._hint.set_text(f"{sorts}, up to {self._most // 1_000_000} MB; or drop it here")
        self._hint.set_tone("ink3")

    # ---- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be let go here."""
        if event.mimeData().hasUrls():
            self._hint.set_text("Let go to add it here")
            self._hint.set_tone("accent_ink")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._say_how()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take each of them."""
        self._say_how()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.take(Path(url.toLocalFile()))
        event.acceptProposedAction()

    # ---- what is shown

    def _settle(self) -> None:
        here = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        empty(self._flow)
        self.tiles = [self._tile(file) for file in self._files]
        for tile in self.tiles:
            self._flow.addWidget(tile)
            tile.show()
        self._room.setVisible(bool(self.tiles))
        self._cleaned.setVisible(any(file.cleaned for file in self._files) and not self._read_only)
        self._flow.invalidate()
        self.updateGeometry()
        if here is not None:
            (self.tiles[min(here, len(self.tiles) - 1)] if self.tiles else self.add).setFocus()
        self._read_missing()

    def _tile(self, file: AttachedFile) -> Tile:
        tile = Tile(file, self._read_only)
        tile.setParent(self._room)
        tile.clicked.connect(lambda _checked=False: self.open(file))
        tile.removed.connect(lambda: self._remove(file))
        if file.sha256 in self._images:
            tile.show_image(self._images[file.sha256])
        return tile

    def _read_missing(self) -> None:
        missing = [tile for tile in self.tiles if tile.image is None]
        if not missing:
            return
        wanted = [(tile.file, tile.picture_size()) for tile in missing]
        kept = self._desk.store.attachments

        def draw() -> dict[str, QImage]:
            made = {}
            for file, within in wanted:
                try:
                    made[file.sha256] = picture_of(kept.get(file.sha256), file.sort, within)
                except LiaisonError:
                    made[file.sha256] = QImage()  # it says so when it is opened
            return made

        self._desk.jobs.run(draw, owner=self, then=self._show_images)

    def _show_images(self, images: dict[str, QImage]) -> None:
        self._images.update(images)
        for tile in self.tiles:
            if tile.image is None and tile.file.sha256 in self._images:
                tile.show_image(self._images[tile.file.sha256])

    # ---- what can be done with one

    def open(self, file: AttachedFile) -> None:
        """Show the file over the whole window; the journal hears of it."""
        try:
            content = self._desk.store.attachments.get(file.sha256)
            self._noted(Act.VIEWED, file, "")
        except LiaisonError as error:
            self._said.show_fault(str(error), True)
            return
        viewer = FileViewer(self._desk, file, content, self._noted, self._may, read_only=self._read_only)
        viewer.captioned.connect(lambda words: self._caption(file, words))
        viewer.left.connect(lambda: self._back_to(file))
        self._desk.full_screen(viewer)

    def _back_to(self, file: AttachedFile) -> None:
        for tile in self.tiles:
            if tile.file.sha256 == file.sha256:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caption(self, file: AttachedFile, words: str) -> None:
        self._replace(
            tuple(
                msgspec.structs.replace(held, caption=words) if held.sha256 == file.sha256 else held
                for held in self._files
            )
        )

    def _remove(self, file: AttachedFile) -> None:
        before = self._files
        self._replace(tuple(held for held in self._files if held.sha256 != file.sha256))
        self._desk.toast("Taken away.", lambda: self._replace(before), "Undo")

    def _replace(self, files: tuple[AttachedFile, ...]) -> None:
        self._files = files
        self._settle()
        self.changed.emit(files)


def _read(path: Path, most: int, pictures_only: bool) -> Admitted:
    """The file as it may be kept. Raises Refused."""
    try:
        if path.stat().st_size > most:
            size = megabytes(path.stat().st_size)
            raise Refused((Fault(field="file", message=f"This file has {size}; the most is {megabytes(most)}."),))
        content = path.read_bytes()
    except OSError:
        raise Refused((Fault(field="file", message="This file cannot be read."),)) from None
    admitted = admit(content, path.name, most=most)
    if pictures_only and admitted.sort.value == "application/pdf":
        raise Refused((Fault(field="file", message="Only a photo (JPEG or PNG) belongs here."),))
    return admitted
