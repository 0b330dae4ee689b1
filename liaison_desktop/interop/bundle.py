"""A handful of named files together, as a zip or a folder: written the same way every time, read without trust.

Nothing is ever unpacked to the disk. The names that may occur are given by whoever asks, so a path in a name, a file too
many or one that grows beyond its limit while it is unpacked is refused before anybody looks into it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from liaison_desktop.errors import Unreadable

MOST_BYTES = 32 * 1024 * 1024  # of one file, unpacked
MOST_FILES = 64
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can hold; the same for every file, so that bytes repeat


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip. The same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def unpacked(path: Path, known: frozenset[str]) -> dict[str, bytes]:
    """The files of a zip or a folder, in memory. Raises Unreadable, with a sentence for the person, for anything odd."""
    try:
        if path.is_dir():
            return _of_folder(path, known)
        if not path.is_file():
            raise Unreadable("There is no such file.")
        return _of_zip(path, known)
    except (OSError, ValueError):
        raise Unreadable("This cannot be opened.") from None


def _of_folder(path: Path, known: frozenset[str]) -> dict[str, bytes]:
    held: dict[str, bytes] = {}
    for number, entry in enumerate(path.iterdir()):
        if number >= MOST_FILES or entry.name not in known or entry.is_symlink() or not entry.is_file():
            raise Unreadable("This folder holds something that does not belong to it.")
        with entry.open("rb") as stream:
            held[entry.name] = _limited(stream.read(MOST_BYTES + 1))
    return held


def _of_zip(path: Path, known: frozenset[str]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or len({one.filename for one in entries}) != len(entries):
                raise Unreadable("This zip holds too many files, or one of them twice.")
            if any(one.filename not in known or one.is_dir() or one.flag_bits & 0x1 for one in entries):
                raise Unreadable("This zip holds something that does not belong to it.")
            held = {}
            for one in entries:
                # What the directory says of the size is not believed: reading stops at the limit.
                with archive.open(one) as stream:
                    held[one.filename] = _limited(stream.read(MOST_BYTES + 1))
            return held
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("This is not a zip, or it is damaged.") from None


def _limited(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise Unreadable(f"A file in it is larger than {MOST_BYTES // 1024 // 1024} MB.")
    return content
