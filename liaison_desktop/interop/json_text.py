"""JSON as a table: a list of flat objects, or one object that holds such a list. Anything deeper is refused."""

from __future__ import annotations

from typing import Any

import msgspec

from liaison_desktop.interop.shaping import TableRefused, shape
from liaison_desktop.interop.table import Limits, Table

_BOM = b"\xef\xbb\xbf"
_FORM = "This JSON file is no list of rows. It should be a list of objects whose values are texts or numbers."


def is_json(content: bytes) -> bool:
    """Whether these bytes begin as a list or an object does."""
    return content.removeprefix(_BOM).lstrip(b" \t\r\n")[:1] in (b"[", b"{")


def read_json(content: bytes, limits: Limits) -> Table:
    """The table in these bytes; a key that one object lacks is an empty cell. Raises TableRefused."""
    try:
        found = msgspec.json.decode(content.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise TableRefused("This JSON file is damaged, or nested too deep.") from None
    rows = _rows(found)
    if len(rows) > limits.rows:
        raise TableRefused(f"This list has more than {limits.rows:,} rows.")
    headers: dict[str, None] = {}
    for row in rows:
        headers.update(dict.fromkeys(row))
        if len(headers) > limits.columns:
            raise TableRefused(f"This list has more than {limits.columns} different names of columns.")
    # Rows are counted as a person counts the objects; the header has no place in the file.
    cells = ((number, [_cell(row.get(name)) for name in headers]) for number, row in enumerate(rows, 1))
    return shape(((0, list(headers)), *cells), limits)


def _rows(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        lists = [held for held in found.values() if isinstance(held, list)]
        found = lists[0] if len(lists) == 1 else [found]
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        raise TableRefused(_FORM)
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TableRefused(_FORM)
