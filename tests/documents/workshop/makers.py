"""Makers of documents that go wrong in every way, for the process that carries them out."""

from __future__ import annotations

import os
import sys
import threading

from liaison_desktop.documents.made import Document
from liaison_desktop.errors import Unprintable

SECRET = "Zanthia Quorrel"


def small(text: str, stages: tuple[object, ...] = ()) -> Document:
    """Nearly nothing."""
    return Document(content=text.encode(), document_number="1", fingerprint="", pages=1)


def refused(text: str) -> Document:
    """Cannot be printed."""
    raise Unprintable("It has a letter that cannot be printed.")


def faulty(text: str) -> Document:
    """A bug, with a person's name in its message."""
    raise ValueError(text)


def dying(text: str) -> Document:
    """The process is gone."""
    os._exit(3)


def dying_once(text: str) -> Document:
    """The process is gone the first time only; `text` names what tells the times apart."""
    if not os.path.exists(text):  # noqa: PTH110
        open(text, "w").close()  # noqa: PTH123
        os._exit(3)
    return small(text)


def hanging(text: str) -> Document:
    """Never comes back."""
    threading.Event().wait()
    return small(text)


def noisy(text: str) -> Document:
    """Prints."""
    print(text)
    os.write(1, b"more")
    return small(text)


def loaded(text: str) -> Document:
    """Says which modules its process has loaded."""
    return small(" ".join(sorted(sys.modules)))


def nice(text: str) -> Document:
    """Says its priority."""
    return small(str(os.nice(0)))
