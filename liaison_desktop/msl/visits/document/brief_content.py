"""What a brief is made of: plain values, for the screen and for paper."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.visits.queries import Promise


class BriefLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what, the words beside it, and a mark such as `12 d`. `tone` is the colour of the mark.

    `kind` and `id` say what it opens.
    """

    what: str
    facts: str = ""
    mark: str = ""
    tone: str = "neutral"
    icon: str = ""
    kind: str = ""
    id: uuid.UUID | None = None


class BriefPart(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the page."""

    title: str
    lines: tuple[BriefLine, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The page. `visit` is what it is for, in words; parts without a line are left out."""

    person: Person
    place: str
    visit: str
    promises: tuple[Promise, ...]
    left: tuple[BriefPart, ...]
    right: tuple[BriefPart, ...]
