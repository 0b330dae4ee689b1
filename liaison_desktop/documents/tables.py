"""Tables on paper: hairlines between rows, no stripes, no upright lines; a row taller than a page goes on overleaf."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, TableStyle

from liaison_desktop.documents import fonts
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.styles import ACCENT, LINE, Sheet, Styles
from liaison_desktop.documents.tagging.cells import Grid, TableTags

Cell = Flowable | list[Any] | str
Command = tuple[Any, ...]
_ALL = ((0, 0), (-1, -1))
_BARE: tuple[Command, ...] = (
    ("VALIGN", *_ALL, "TOP"),
    # Even an empty cell names a font, and the engine's own is not embedded.
    ("FONTNAME", *_ALL, fonts.REGULAR),
    *((f"{side}PADDING", *_ALL, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
)


def _ruling(sheet: Sheet) -> tuple[Command, ...]:
    return (
        ("LINEBELOW", *_ALL, 0.5, HexColor(LINE)),
        ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(ACCENT)),
        ("TOPPADDING", *_ALL, sheet.row_above),
        ("BOTTOMPADDING", *_ALL, sheet.row_below),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("RIGHTPADDING", (0, 0), (-2, -1), 9),
        ("LEFTPADDING", (1, 0), (-1, -1), 2),
    )


def words(text: str, style: ParagraphStyle, language: str = "") -> Flowable:
    """A person's text as a paragraph. Nothing in it is read as a tag; `language` where it is not the document's."""
    return phrase(((text, ""),), style, language)


def grid(rows: Sequence[Sequence[Cell]], widths: Sequence[float], commands: Sequence[Command] = ()) -> Grid:
    """Cells side by side without any line or padding but those given."""
    table = Grid([list(row) for row in rows], colWidths=list(widths), splitInRow=1)
    table.setStyle(TableStyle([*_BARE, *commands]))
    return table


class _Ruled(Grid):
    """A table that turns the page before a row that would fit on the next, and breaks only rows taller than a page.

    The engine's own way breaks any row in two where the page happens to end, under a second row of column names.
    """

    def __init__(self, rows: Any, page_height: float = 0, **named: Any) -> None:
        # The engine makes the two halves of a split table by this same call, without our height.
        super().__init__(rows, **named)
        self._page_height = page_height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """The part for this page and the part for the next; nothing when the next page should begin now."""
        self.splitInRow = 0
        parts = self._taught(super().split(availWidth, availHeight))
        self.splitInRow = 1
        if len(parts) > 1:
            return [parts[0], CondPageBreak(self._page_height), *parts[1:]]
        if parts:
            return parts
        names_and_first_row = sum(vars(self)["_rowHeights"][:2])
        if availHeight < self._page_height - 1 and names_and_first_row <= self._page_height:
            return []
        return self._taught(super().split(availWidth, availHeight))

    def _taught(self, parts: list[Flowable]) -> list[Flowable]:
        for part in parts:
            if isinstance(part, _Ruled):
                part._page_height, part.splitInRow = self._page_height, 1
        return parts


def ruled(
    columns: Sequence[str],
    rows: Sequence[Sequence[Flowable]],
    shares: Sequence[float],
    sheet: Sheet,
    commands: Sequence[Command] = (),
) -> Grid:
    """A table with column names repeated on each page. `shares` of the width add up to 1."""
    head: list[Flowable] = [words(name, Styles(sheet).column) for name in columns]
    table = _Ruled(
        [head, *(list(row) for row in rows)],
        page_height=sheet.height,
        colWidths=[sheet.width * share for share in shares],
        repeatRows=1,
        splitInRow=1,
        renderCB=TableTags(heads=1),
    )
    table.setStyle(TableStyle([*_BARE, *_ruling(sheet), *commands]))
    return table


def plain(rows: Sequence[Sequence[Flowable]], shares: Sequence[float], sheet: Sheet) -> Grid:
    """Rows with a hairline between them and no names over them, closer together than a ruled table."""
    table = _Ruled(
        [list(row) for row in rows],
        page_height=sheet.height,
        colWidths=[sheet.width * share for share in shares],
        splitInRow=1,
        renderCB=TableTags(heads=0),
    )
    lines: list[Command] = [
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, HexColor(LINE)),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("RIGHTPADDING", (0, 0), (-2, -1), 9),
    ]
    table.setStyle(TableStyle([*_BARE, *lines]))
    return table


def least_lines(
    texts: Sequence[Sequence[str]], choices: Sequence[Sequence[float]], sheet: Sheet, face: str = fonts.REGULAR
) -> Sequence[float]:
    """Of several ways to share the width out, the one that sets these rows in the fewest lines; the first of equals."""
    rows = [[fonts.width(text, face, sheet.table) for text in row] for row in texts]

    def lines(shares: Sequence[float]) -> int:
        room = [sheet.width * share - 11 for share in shares]
        return sum(max(math.ceil(wide * 1.06 / most) for wide, most in zip(row, room, strict=True)) for row in rows)

    return min(choices, key=lines)


def heading(text: str, sheet: Sheet) -> list[Flowable]:
    """A heading that starts a new page rather than stand alone at the foot of one.

    Not keepWithNext: that would glue the whole table to its heading and leave pages half empty.
    """
    # In large print a heading takes two lines and the first row six.
    room = sheet.heading * 2 + sheet.table * (13 if sheet.large else 7.5)
    return [CondPageBreak(room), words(text, Styles(sheet).heading)]
