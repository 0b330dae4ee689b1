"""Reading a file that somebody chose, whole and within a limit; nothing in it is interpreted."""

from __future__ import annotations

from pathlib import Path

from liaison_desktop.errors import Unreadable


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises Unreadable if it is no plain file, cannot be read, is empty or has more than `most`."""
    try:
        if not path.is_file():
            # A pipe or a device of that name would never end.
            raise Unreadable("This is not a file.")
        with path.open("rb") as held:
            content = held.read(most + 1)
    except OSError:
        raise Unreadable("This file cannot be read.") from None
    if not content:
        raise Unreadable("This file is empty.")
    if len(content) > most:
        raise Unreadable(f"This file is too large; the most is {most / 1_000_000:.0f} MB.")
    return content
