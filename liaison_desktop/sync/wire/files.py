"""Files in pieces, each named by its hash."""

from __future__ import annotations

from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import LIMITS, Hash, Struct


class FileOffer(Struct, frozen=True, kw_only=True):
    """A file by the hash of the whole and of each of its pieces. `size` in bytes."""

    sha256: Hash
    size: Annotated[int, msgspec.Meta(ge=1, le=LIMITS.file)]
    pieces: Annotated[tuple[Hash, ...], msgspec.Meta(min_length=1, max_length=256)]


class FileWanted(Struct, frozen=True, kw_only=True):
    """Which pieces the server lacks. `complete` says it has the file already."""

    missing: tuple[int, ...] = ()
    complete: bool = False


class Empty(Struct, frozen=True, kw_only=True):
    """It was done."""
