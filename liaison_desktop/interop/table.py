"""A table of plain texts, and how much of one is taken."""

from __future__ import annotations

import msgspec


class TableRow(msgspec.Struct, frozen=True):
    """One row: its number as a person counts them in the file (the header is usually 1), its cells, and what is odd."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


class Table(msgspec.Struct, frozen=True):
    """A header and rows of the same width. `notes` says what was noticed while reading."""

    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()

    def column(self, header: str) -> int:
        """Where a header stands. Raises ValueError if there is none of that name."""
        return self.headers.index(header)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a file may ask of us. Bytes, counts, characters and seconds."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 100
    members: int = 2000
    rows: int = 200_000
    columns: int = 256
    cell: int = 32_767
    answer_bytes: int = 128 * 1024 * 1024
    memory_bytes: int = 1024 * 1024 * 1024
    seconds: int = 10


class Outcome(msgspec.Struct, frozen=True):
    """What the reading process answers: a table, or the sentence that says why not."""

    table: Table | None = None
    refused: str = ""
