"""XLSX: the archive is looked at before anything is unpacked, then its first sheet with text is read."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from liaison_desktop.interop.shaping import TableRefused, shape
from liaison_desktop.interop.table import Limits, Table

_SMALL = 4 * 1024 * 1024  # below this even a dense archive can do no harm
_NESTED = (".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar")


def read_xlsx(content: bytes, limits: Limits) -> Table:
    """The first sheet with text. Raises TableRefused."""
    notes = _inspect(content, limits)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height and sheet.width:
                if sheet.width > limits.columns:
                    raise TableRefused(f"The sheet has {sheet.width:,} columns; the most is {limits.columns}.")
                if sheet.height > limits.rows + 1:
                    raise TableRefused(f"The sheet has {sheet.height:,} rows; the most is {limits.rows:,}.")
                if len(book.sheet_names) > 1:
                    notes = (*notes, f"Only the sheet “{name}” is read.")
                return shape(_rows(sheet), limits, notes)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, TableRefused):
            raise
        raise TableRefused("This Excel file is damaged.") from None
    raise TableRefused("There is no text in this Excel file.")


def _inspect(content: bytes, limits: Limits) -> tuple[str, ...]:
    """Notes about the archive. Raises TableRefused for what would unpack into more than we take."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
        raise TableRefused("This Excel file is damaged.") from None
    names = {member.filename for member in members}
    if len(members) > limits.members:
        raise TableRefused("This archive holds too many parts.")
    if len(names) != len(members):
        raise TableRefused("This archive holds two parts of the same name.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook.") for name in names):
        raise TableRefused("This is an archive, but no Excel file.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or (unpacked > _SMALL and unpacked > len(content) * limits.ratio):
        raise TableRefused("This file would unpack into far more than it holds.")
    for member in members:
        _inspect_member(member, archive)
    return ("The file holds macros; they are not run.",) if "xl/vbaProject.bin" in names else ()


def _inspect_member(member: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if (
        name.startswith(("/", "\\"))
        or ".." in parts
        or ":" in name
        or (member.external_attr >> 16) & 0o170000 == 0o120000
    ):
        raise TableRefused("This archive holds a part with an unsafe name.")
    if name.casefold().endswith(_NESTED):
        raise TableRefused("This archive holds another archive.")
    if member.flag_bits & 1:
        raise TableRefused("This Excel file has a password. Save it without one.")
    if not name.casefold().endswith((".xml", ".rels")):
        return
    try:
        with archive.open(member) as stream:
            head = stream.read(4096)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib_error()):
        raise TableRefused("This Excel file is damaged.") from None
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<!doctype" in head:
        raise TableRefused("This Excel file declares entities, which no honest one does.")


def zlib_error() -> type[Exception]:
    """The error of a damaged compressed part."""
    import zlib

    return zlib.error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    first = (sheet.start[0] if sheet.start else 0) + 1
    for number, cells in enumerate(sheet.iter_rows(), first):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a decimal point, days in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    return str(cell)
