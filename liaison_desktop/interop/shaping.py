"""From raw rows to a table: which row is the header, equal widths, clean texts, the limits."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.interop.table import Limits, Table, TableRow
from liaison_desktop.records.record import storable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝")


class TableRefused(ValueError):
    """The file is no table we take. The text is a sentence for the person."""


def clean(cell: str) -> str:
    """A cell's text: trimmed, without what cannot be shown, without the one quote that guards a formula in an export."""
    text = storable(cell).strip().strip("\ufeff\u200b")
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        return text[1:]
    return text


def shape(rows: Iterable[tuple[int, list[str]]], limits: Limits, notes: tuple[str, ...] = ()) -> Table:
    """The table of numbered raw rows. Empty rows are left out; the first row with text is the header."""
    headers: tuple[str, ...] = ()
    found: list[TableRow] = []
    for number, raw in rows:
        if len(raw) > limits.columns:
            raise TableRefused(f"Row {number} has {len(raw):,} columns; the most is {limits.columns}.")
        for cell in raw:
            if len(cell) > limits.cell:
                raise TableRefused(
                    f"Row {number} holds a text of {len(cell):,} characters; the most is {limits.cell:,}."
                )
        cells = [clean(cell) for cell in raw]
        if not any(cells):
            continue
        if not headers:
            headers, notes = _headers(cells, notes)
            continue
        found.append(_fitted(number, cells, len(headers)))
        if len(found) > limits.rows:
            raise TableRefused(f"This list has more than {limits.rows:,} rows.")
    if not headers:
        raise TableRefused("There is no text in this file.")
    if not found:
        raise TableRefused("There is a header in this file, but no rows under it.")
    return Table(headers=headers, rows=tuple(found), notes=notes)


def _headers(cells: list[str], notes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    while cells and not cells[-1]:
        cells.pop()
    named: list[str] = []
    twice: list[str] = []
    for number, cell in enumerate(cells, 1):
        name, count = cell or f"Column {number}", 1
        while name.casefold() in {other.casefold() for other in named}:
            count += 1
            name = f"{cell or f'Column {number}'} ({count})"
        if count == 2:
            twice.append(cell)
        named.append(name)
    if twice:
        notes = (*notes, f"Columns with the same name: {', '.join(dict.fromkeys(twice))}. Each is offered by itself.")
    return tuple(named), notes


def _fitted(number: int, cells: list[str], width: int) -> TableRow:
    while len(cells) > width and not cells[-1]:
        cells.pop()
    fault = f"This row has {len(cells)} cells; the header has {width}." if len(cells) > width else ""
    return TableRow(number, tuple(cells[:width]) + ("",) * (width - len(cells)), fault)
