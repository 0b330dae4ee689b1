"""Write a small file so that a crash leaves either the old content or the new one, never half of each."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

_TRIES = 6


def _replace(source: Path, target: Path) -> None:
    for attempt in range(_TRIES):
        try:
            source.replace(target)
            return
        except PermissionError:
            # On Windows a virus scanner may hold the file for a moment; waiting about a second in all is enough.
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.03 * 2**attempt)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder for fsync; its rename is journalled by NTFS.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def previous_of(path: Path) -> Path:
    """Where the content before the last write is kept."""
    return path.with_name(path.name + ".prev")


def write_atomically(path: Path, content: bytes, *, keep_previous: bool = False) -> None:
    """Replace a file's content durably; raises OSError and leaves the old file untouched when it cannot.

    With `keep_previous` the old content stays beside it as `<name>.prev`. The file itself is never absent meanwhile:
    the old content is copied aside before the new one is renamed over it.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if keep_previous and path.exists():
            aside = fresh.with_name(fresh.name + ".prev")
            try:
                shutil.copy(path, aside)
                _replace(aside, previous_of(path))
            finally:
                aside.unlink(missing_ok=True)
        _replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    _sync_folder(path.parent)
