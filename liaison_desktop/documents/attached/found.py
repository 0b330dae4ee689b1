"""What cleaning a picture gives, and the one way in which it fails."""

from __future__ import annotations

import msgspec

from liaison_desktop.errors import LiaisonError

BROKEN = "This picture is broken and cannot be shown."


class Broken(LiaisonError):
    """The file is not what it says it is."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A cleaned picture with its size in pixels."""

    content: bytes
    wide: int
    high: int
