"""What a list holds: two-line rows under captions, in memory or loaded page by page out of a hundred thousand."""

from __future__ import annotations

import bisect
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from liaison_desktop.i18n import tr
from liaison_desktop.ui.chips import ChipSpec

PAGE, PAGES = 32, 256  # rows loaded at once, a little more than a window shows; pages kept
ContentRole = int(Qt.ItemDataRole.UserRole)  # a ListRow or a caption
KeyRole = ContentRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ListRow:
    """What one row shows: title in bold, facts under it, a chip and a short note at the right. `key` names the record."""

    title: str
    facts: str = ""
    chip: ChipSpec | None = None
    right: str = ""
    key: Hashable = None

    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        return ", ".join(filter(None, (self.title, self.facts, self.chip.text if self.chip else "", self.right)))


class RowsModel(QAbstractListModel):
    """Rows and captions by position. A position is found in constant time, a row is loaded with its page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clear()

    def _clear(self) -> None:
        self._ids: Sequence[Any] = ()
        self._load: Callable[[Sequence[Any]], Sequence[ListRow]] | None = None
        self._keyed = False  # whether the ids are the keys of their rows
        self._rows: Sequence[ListRow] = ()
        self._captions: tuple[str, ...] = ()
        self._caption_at: list[int] = []  # positions of the captions among all positions, ascending
        self._pages: OrderedDict[int, Sequence[ListRow]] = OrderedDict()
        self._size = 0

    def set_rows(self, items: Iterable[ListRow | str]) -> None:
        """Show these rows; a string is a caption above those that follow."""
        rows: list[ListRow] = []
        captions: list[tuple[int, str]] = []
        for item in items:
            if isinstance(item, str):
                captions.append((len(rows), item))
            else:
                rows.append(item)
        self.beginResetModel()
        self._clear()
        self._rows = rows
        self._place(captions, len(rows))
        self.endResetModel()

    def set_pages(
        self,
        ids: Sequence[int],
        load: Callable[[Sequence[int]], Sequence[ListRow]],
        captions: Iterable[tuple[int, str]] = (),
    ) -> None:
        """Show the rows of these ids, in this order; `load` fetches a page of them, in the order given.

        `captions` are (index of the row they stand above, text), ascending.
        """
        self._set_loaded(ids if isinstance(ids, array) else array("q", ids), load, captions, keyed=False)

    def set_keys(
        self,
        keys: Sequence[Hashable],
        load: Callable[[Sequence[Any]], Sequence[ListRow]],
        captions: Iterable[tuple[int, str]] = (),
    ) -> None:
        """As `set_pages`, for a list that knows the key of each row: it finds one whether it is loaded or not."""
        self._set_loaded(keys, load, captions, keyed=True)

    def _set_loaded(
        self,
        ids: Sequence[Any],
        load: Callable[[Sequence[Any]], Sequence[ListRow]],
        captions: Iterable[tuple[int, str]],
        *,
        keyed: bool,
    ) -> None:
        self.beginResetModel()
        self._clear()
        self._ids, self._load, self._keyed = ids, load, keyed
        self._place(captions, len(ids))
        self.endResetModel()

    def _place(self, captions: Iterable[tuple[int, str]], rows: int) -> None:
        placed = tuple(captions)
        self._captions = tuple(text for _index, text in placed)
        self._caption_at = [index + number for number, (index, _text) in enumerate(placed)]
        self._size = rows + len(placed)

    def count(self) -> int:
        """How many rows there are, without the captions."""
        return self._size - len(self._captions)

    def captions_before(self, position: int) -> int:
        """How many captions stand above a position."""
        return bisect.bisect_left(self._caption_at, position)

    def is_caption(self, position: int) -> bool:
        """Whether a caption stands at a position."""
        at = self.captions_before(position)
        return at < len(self._caption_at) and self._caption_at[at] == position

    def content(self, position: int) -> ListRow | str:
        """What stands at a position: a row or a caption."""
        before = self.captions_before(position)
        if before < len(self._caption_at) and self._caption_at[before] == position:
            return self._captions[before]
        return self._row(position - before)

    def _row(self, index: int) -> ListRow:
        if self._load is None:
            return self._rows[index]
        page, place = divmod(index, PAGE)
        held = self._pages.get(page)
        if held is None:
            held = self._load(self._ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = held
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        # A row that was removed since the ids were read leaves its page short.
        return held[place] if place < len(held) else ListRow(tr("No longer here"))

    def forget_pages(self) -> None:
        """Load every shown row again, as after a save that changed no order."""
        self._pages.clear()
        if self._size:
            self.dataChanged.emit(self.index(0), self.index(self._size - 1))

    def position_of(self, key: Hashable) -> int:
        """Where the row with this key is among the rows in memory, -1 if it is not there."""
        if self._keyed:
            return self.position_of_row(self._ids.index(key)) if key in self._ids else -1
        rows: Iterable[tuple[int, ListRow]] = enumerate(self._rows)
        if self._load is not None:
            rows = ((page * PAGE + place, row) for page, held in self._pages.items() for place, row in enumerate(held))
        found = next((index for index, row in rows if row.key == key), -1)
        return self.position_of_row(found) if found >= 0 else -1

    def position_of_row(self, index: int) -> int:
        """The position of the row with this index among the rows."""
        position = index
        for caption in self._caption_at:
            if caption <= position:
                position += 1
            else:
                break
        return position

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Rows and captions."""
        return 0 if parent.isValid() else self._size

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a view asks for."""
        if not index.isValid() or not 0 <= index.row() < self._size:
            return None
        if role == ContentRole:
            return self.content(index.row())
        if role == KeyRole:
            return self._key(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            held = self.content(index.row())
            return held.spoken() if isinstance(held, ListRow) else held
        return None

    def _key(self, position: int) -> object:
        if self._keyed:
            return None if self.is_caption(position) else self._ids[position - self.captions_before(position)]
        held = self.content(position)
        return held.key if isinstance(held, ListRow) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A caption cannot be selected."""
        if not index.isValid() or self.is_caption(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
