"""What the check of a sealed file found, in words for somebody at a ward's desk."""

from __future__ import annotations

import datetime as dt
import enum

import msgspec


class Verdict(enum.Enum):
    """What may be done with a file; the worst of its findings."""

    GOOD = "good"  # as it was sealed, by somebody who is trusted here
    UNKNOWN = "unknown"  # as it was sealed, but nobody here knows by whom
    CHANGED = "changed"  # not as it was sealed
    NOT_OURS = "not ours"  # carries no seal of this application


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at. `good` is None for what is only told."""

    words: str
    good: bool | None = True


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a check. Empty texts stand for what could not be read."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    sealed_by: str = ""
    sealed_at: dt.datetime | None = None
    certificate_sha256: str = ""
    authority_sha256: str = ""
    fingerprint: str = ""
