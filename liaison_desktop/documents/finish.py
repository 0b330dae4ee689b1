"""What is done to a document between its layout and the reader: an ordered row of stages, each from bytes to bytes.

Tags, metadata, the record inside and the empty place of the seal are written by the layout itself (`tagging`), so the
first stage gets a whole document; a seal fills its place and is the last that may touch a byte. Reading back comes after
every stage, so that what is checked is what is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Stage = Callable[[bytes], bytes]


def finish(content: bytes, stages: Sequence[Stage]) -> bytes:
    """The document after every stage, in order. A stage that cannot do its work raises; nothing is handed out then."""
    for stage in stages:
        content = stage(content)
    return content
