"""Python's hold on widgets, so that none of it is let go while Qt is in the middle of deleting them.

Most widgets of a page are held by their parent alone. When the parent is deleted, Qt deletes its children one by one and
the binding gives up Python's half of each at the same moment; where that half was the last to know of another, the
binding then reads what it has just freed, and the process dies. A widget that also holds itself is given up later, by
the collector, when Qt has long finished with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QObject

_NAME = "_held_until_gone"


def hold(thing: QObject) -> None:
    """Let a widget or a layout hold itself. Its own circle is collected once Qt has deleted it."""
    setattr(thing, _NAME, thing)


@contextmanager
def all_held() -> Iterator[None]:
    """Hold everything there is while a whole window is deleted at once."""
    everything = shiboken6.getAllValidWrappers()
    yield
    del everything
