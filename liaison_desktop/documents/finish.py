"""What is done to a document between its layout and the reader: an ordered row of stages, each from bytes to bytes.

A stage that tags, attaches or seals is added to the row that a feature's `document.py` passes in; reading back
comes last, so that what is checked is what is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Stage = Callable[[bytes], bytes]


def finish(content: bytes, stages: Sequence[Stage]) -> bytes:
    """The document after every stage, in order. A stage that cannot do its work raises; nothing is handed out then."""
    for stage in stages:
        content = stage(content)
    return content
