"""One request as a route sees it: whose it is, what it holds, what its path and query say. Nothing of HTTP beside."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.database import Database
from liaison_desktop.server.problems import NotDone
from liaison_desktop.sync.wire import ProblemCode

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")
_MOST = 2**53


class Ask(msgspec.Struct, kw_only=True):
    """A request. `caller` is somebody only where the rule of the route asks for a device."""

    database: Database
    host: str
    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    given: Caller | None = None
    body: Any = None
    content: bytes = b""
    range_text: str = ""

    @property
    def caller(self) -> Caller:
        """Whose request it is."""
        if self.given is None:
            raise NotDone(ProblemCode.TOKEN)
        return self.given

    def text(self, name: str) -> str:
        """A value of the query, empty if it is not there."""
        return self.query.get(name, "")[:200]

    def whole(self, name: str, otherwise: int) -> int:
        """A whole number of the query. Raises NotDone `invalid` if it is none."""
        text = self.query.get(name)
        if text is None:
            return otherwise
        if not re.fullmatch(r"[0-9]{1,16}", text, re.ASCII) or int(text) > _MOST:
            raise NotDone(ProblemCode.INVALID, f"{name} is a whole number")
        return int(text)

    def id_in_path(self, name: str) -> uuid.UUID:
        """An id of the path; what is none is the id of nothing."""
        try:
            return uuid.UUID(self.path[name])
        except ValueError:
            raise NotDone(ProblemCode.NOT_FOUND) from None

    def number_in_path(self, name: str) -> int:
        """A number of the path; what is none is the number of nothing."""
        if not re.fullmatch(r"[0-9]{1,9}", self.path[name], re.ASCII):
            raise NotDone(ProblemCode.NOT_FOUND)
        return int(self.path[name])

    @property
    def range(self) -> tuple[int | None, int | None]:
        """The first and last byte wanted (RFC 9110, 14.1.2), from the beginning if nothing is said."""
        if not self.range_text:
            return 0, None
        found = _RANGE.match(self.range_text)
        if found is None or found.groups() == ("", ""):
            raise NotDone(ProblemCode.RANGE)
        first, last = (int(part) if part else None for part in found.groups())
        return first, last
