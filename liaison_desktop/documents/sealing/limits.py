"""Bounds of a check, so that a file made to hurt is refused and not read."""

from __future__ import annotations

MOST_BYTES = 64 * 1024 * 1024  # of a file; a document of ours with many photographs has a tenth of it
MOST_ATTACHED = 32
