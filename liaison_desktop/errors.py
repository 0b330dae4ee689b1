"""Errors a person can act on. Anything else is a bug and goes, redacted, to the crash window.

A message is a plain sentence for the person at the screen; it never holds a record's value.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable

import msgspec


class Severity(enum.StrEnum):
    """What a broken rule does to the act it guards."""

    REFUSE = "refuse"  # the act cannot be done
    CONFIRM = "confirm"  # the act needs a reason or an attestation first
    WARN = "warn"  # shown; the act goes on
    INFO = "info"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a record, and the field it is shown beside.

    `field` is the field's name; inside nested rows it is a path such as `topics.0.exchange_basis`.
    An empty `field` concerns the whole record. `rule` is the id in the policy file, such as `VIS-3`.
    `names` are what was filled into its sentence, so that a facility's own words can be filled in again.
    """

    field: str
    message: str
    rule: str = ""
    severity: Severity = Severity.REFUSE
    names: tuple[tuple[str, str], ...] = ()


class LiaisonError(Exception):
    """Base of every expected error. `str(error)` is what the person reads."""


class Refused(LiaisonError):
    """One or more rules stand in the way; `faults` says which and where.

    `record` is kind and id of the record they lie in, where that is not the one a person has before them.
    """

    def __init__(self, faults: Iterable[Fault], record: tuple[str, uuid.UUID] | None = None) -> None:
        self.faults, self.record = tuple(faults), record
        super().__init__(" ".join(fault.message for fault in self.faults))


class Stale(LiaisonError):
    """The record was changed since it was read; nothing was written."""


class Missing(LiaisonError):
    """There is no such record."""


class Locked(LiaisonError):
    """The store is locked."""


class WrongPassphrase(LiaisonError):
    """The secret opens no key slot. The store itself is not damaged."""


class Throttled(LiaisonError):
    """Too many failed tries; `seconds` is how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Damaged(LiaisonError):
    """The key fits, and what lies behind it cannot be read."""


class StoreMissing(LiaisonError):
    """A store that should be here is not. It is never created in place of a lost one."""


class TooNew(LiaisonError):
    """The store was written by a newer version of the application."""


class InUse(LiaisonError):
    """Another window or process holds the store."""


class Unreadable(LiaisonError):
    """A file given to us cannot be read; nothing was taken from it."""


class Unprintable(LiaisonError):
    """A document did not come out as it was written, so it is not handed out."""


class DiskFull(LiaisonError):
    """There is no room left to save; everything saved before is safe."""


class Unreachable(LiaisonError):
    """The central server did not answer, or what answered is not it. Nothing is lost; it is tried again later."""


class TurnedAway(LiaisonError):
    """The central server answered and would not do it; `code` is its word for why."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
