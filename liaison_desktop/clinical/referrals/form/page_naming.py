"""Which pages are named next, and as what: by a key from 1 to 9, or by a kind that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.referrals.record import DocumentKind
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.number_editors import WholeEditor
from liaison_desktop.ui.text import label, wrapped


class PageNaming(QWidget):
    """`named` carries the kind. The pages go from `first` to the one that is seen, unless somebody types another."""

    named = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = WholeEditor(), WholeEditor()
        self.kind = ComboEditor(DocumentKind, "What these pages are")
        self._kinds: tuple[DocumentKind, ...] = ()
        self._keys = wrapped("", "cap", "ink2")
        for editor, spoken in ((self.first, "From page"), (self.last, "To page")):
            editor.setFixedWidth(56)
            editor.setAccessibleName(spoken)
        name = button("Name pages", "secondary", "tag", small=True, on_click=self.name_typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                row(label("Pages", "sec"), self.first, label("to", "sec"), self.last, None, gap=6),
                row((self.kind, 1), name),
                self._keys,
                title="What these pages are",
                gap=8,
            )
        )

    def offer(self, kinds: Sequence[DocumentKind]) -> None:
        """What the keys from 1 on stand for."""
        self._kinds = tuple(kinds)
        self._keys.set_text(" · ".join(f"{number}\u00a0{kind.label}" for number, kind in enumerate(kinds, 1)))

    def pages(self) -> tuple[int, int]:
        """The range, 0 for what is not typed."""
        return int(self.first.value() or 0), int(self.last.value() or 0)

    def begin(self, page: int) -> None:
        """The range begins here."""
        self.first.set_value(page or None)
        self.seen(page)

    def seen(self, page: int) -> None:
        """The range ends with the page that is seen, but not before it begins."""
        self.last.set_value(max(page, self.pages()[0] or 1) if page else None)

    def name_key(self, number: int) -> None:
        """The key of a kind was pressed."""
        if number <= len(self._kinds):
            self.named.emit(self._kinds[number - 1])

    def name_typed(self) -> None:
        """The kind in the line; without one the line gets the keyboard."""
        kind = self.kind.value()
        if isinstance(kind, DocumentKind):
            self.named.emit(kind)
        else:
            self.kind.setFocus()
