"""Tables that say what they are: a grid of layout leaves no trace, a table names its rows, column and row headings."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.platypus import Table
from reportlab.platypus.tables import TableRenderCB

from liaison_desktop.documents.tagging.structure import Element


class LayoutTags(TableRenderCB):
    """A grid that only puts things side by side: its lines are artifacts, its cells stand in the element around it."""

    def startTable(self, T: Any) -> None:
        """Nothing: the grid is no element."""

    def startBG(self, T: Any) -> None:
        """Backgrounds are no content."""
        T.canv.begin_artifact()

    def endBG(self, T: Any) -> None:
        """Content again."""
        T.canv.end_artifact()

    def startRow(self, T: Any, rowNo: int) -> None:
        """Nothing."""

    def startCell(self, T: Any, rowNo: int, colNo: int, cellval: Any, cellstyle: Any, pos: Any, size: Any) -> None:
        """Nothing."""

    def endCell(self, T: Any) -> None:
        """Nothing."""

    def endRow(self, T: Any) -> None:
        """Nothing."""

    def startLines(self, T: Any) -> None:
        """Lines are no content."""
        T.canv.begin_artifact()

    def endLines(self, T: Any) -> None:
        """Content again."""
        T.canv.end_artifact()

    def endTable(self, T: Any) -> None:
        """Nothing."""


class TableTags(LayoutTags):
    """A table: rows, headings with their scope, cells. Its parts on several pages are one, and so is a broken row."""

    def __init__(self, heads: int) -> None:
        self._heads = heads
        self._table: Element | None = None
        self._row: Element | None = None
        self._cells: dict[int, Element] = {}
        self._repeated = self._first = self._goes_on = False

    def startTable(self, T: Any) -> None:
        """Enter the table, again on each further page."""
        tags = T.canv.structure
        self._first = self._table is None
        if self._table is None:
            self._table = tags.here.child("Table")
        tags.enter(self._table)

    def endTable(self, T: Any) -> None:
        """Leave it until the next page."""
        T.canv.structure.leave()

    def startRow(self, T: Any, rowNo: int) -> None:
        """A new row, the one that was begun overleaf, or column names again, which nobody wants to hear twice."""
        tags = T.canv.structure
        self._repeated = rowNo < self._heads and not self._first
        if self._repeated:
            T.canv.begin_artifact("Pagination")
            return
        self._goes_on = self._row is not None and any(_begun(cell) for cell in T._cellvalues[rowNo])
        if not self._goes_on:
            self._row, self._cells = tags.here.child("TR"), {}
        tags.enter(self._row)

    def endRow(self, T: Any) -> None:
        """Leave the row."""
        if self._repeated:
            T.canv.end_artifact()
        else:
            T.canv.structure.leave()

    def startCell(self, T: Any, rowNo: int, colNo: int, cellval: Any, cellstyle: Any, pos: Any, size: Any) -> None:
        """A heading or a cell. The first column names the row."""
        if self._repeated:
            return
        tags = T.canv.structure
        if not self._goes_on or colNo not in self._cells:
            self._cells[colNo] = self._cell(T, rowNo, colNo, tags.here)
        tags.enter(self._cells[colNo])

    def endCell(self, T: Any) -> None:
        """Leave the cell."""
        if not self._repeated:
            T.canv.structure.leave()

    def _cell(self, table: Any, row: int, column: int, around: Element) -> Element:
        attributes: dict[str, Any] = {}
        heads = row < self._heads
        if heads or column == 0:
            attributes["Scope"] = PDFName("Column" if heads else "Row")
        span = getattr(table, "_spanRanges", {}).get((column, row))
        if span and span[2] > span[0]:
            attributes["ColSpan"] = span[2] - span[0] + 1
        named = {"O": PDFName("Table"), **attributes} if attributes else None
        return around.child("TH" if heads or column == 0 else "TD", attributes=named)


def _begun(cell: Any) -> bool:
    parts = cell if isinstance(cell, list | tuple) else (cell,)
    return any(getattr(part, "begun", False) for part in parts)


class Grid(Table):
    """A table whose painting of rounded corners, which passes the hooks by, is an artifact as well."""

    def __init__(self, *words: Any, **named: Any) -> None:
        # The engine makes the halves of a split table by this same call and hands the tags on.
        named.setdefault("renderCB", LayoutTags())
        super().__init__(*words, **named)

    def _restoreRoundingObscuredLines(self) -> None:
        page: Any = self.canv
        with page.artifact():
            super()._restoreRoundingObscuredLines()  # type: ignore[misc]
