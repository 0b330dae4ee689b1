"""CSV as it is met: any common encoding, any common separator, quotes that may span lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from liaison_desktop.interop.shaping import TableRefused, shape
from liaison_desktop.interop.table import Limits, Table

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",;\t|"
_FIELD = 65_536


def read_csv(content: bytes, limits: Limits) -> Table:
    """The table in these bytes. Raises TableRefused."""
    text, notes = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator, text, skipped = _separator(text)
    csv.field_size_limit(_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return shape(_numbered(reader, skipped), limits, notes)


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes, and a note when the encoding was a guess. Raises TableRefused."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return _plain(content.decode(encoding)), ()
            except UnicodeDecodeError:
                raise TableRefused("This file says it is Unicode text, but it is damaged.") from None
    guessed = _without_mark(content)
    if guessed:
        return _plain(guessed), ()
    if b"\x00" in content:
        raise TableRefused("This file holds bytes that no list holds. It is no CSV or XLSX file.")
    try:
        return _plain(content.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise TableRefused("The letters of this file cannot be read. Save it as CSV UTF-8.") from None
    return _plain(text), ("Read as Western European text (Windows-1252). Look at accented letters before you import.",)


def _without_mark(content: bytes) -> str:
    """UTF-16 whose mark is missing: every other byte of Latin text is zero."""
    head = content[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) >= 8 and zeros.count(0) > len(zeros) * 0.7:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return ""
    return ""


def _plain(text: str) -> str:
    if "\x00" in text:
        raise TableRefused("This file holds NUL characters, which no list holds.")
    return text


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text without a `sep=` line, and how many lines were skipped."""
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest, 1
    counts = dict.fromkeys(_SEPARATORS, 0)
    quoted = False
    for mark in text[:_FIELD].lstrip("\n"):
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark == "\n":
            break
        elif not quoted and mark in counts:
            counts[mark] += 1
    return max(_SEPARATORS, key=lambda mark: counts[mark]), text, 0


def _numbered(reader: Iterator[list[str]], skipped: int) -> Iterator[tuple[int, list[str]]]:
    number = skipped
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise TableRefused(f"Row {number} holds a text longer than {_FIELD:,} characters.") from None
            raise TableRefused(f"A quotation mark in row {number} is never closed, or text follows it.") from None
        yield number, cells
