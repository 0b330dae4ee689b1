"""The merge: which record went into which, everything that moved with it, why, and whether it was taken apart again."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, Row, Seal

_UNDOING = frozenset({"version", "undone_at", "undone_by", "undone_reason"})


class Moved(Row, frozen=True, kw_only=True):
    """One reference that pointed to the absorbed record and points to the kept one now."""

    record_kind: Annotated[str, Field("Kind", most=60)]
    record_id: Annotated[uuid.UUID, Field("Record")]
    field: Annotated[str, Field("Reference", most=60)]


class PatientMerge(Record, frozen=True, kw_only=True):
    """One merge. Both ids stay what they were, so neither is a reference that a later merge would move.

    `kept_before` and `kept_after` are the versions of the kept record around the merge, by which it can be taken apart.
    """

    kind: ClassVar[str] = "patient_merge"
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(may_change=("undone_at", "undone_by", "undone_reason")),)
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("kept",), ("absorbed",))

    kept: Annotated[uuid.UUID | None, Field("Stays", required=True)] = None
    absorbed: Annotated[uuid.UUID | None, Field("Went into it", required=True)] = None
    moved: Annotated[tuple[Moved, ...], Field("What moved")] = ()
    kept_before: Annotated[uuid.UUID | None, Field("Version before")] = None
    kept_after: Annotated[uuid.UUID | None, Field("Version after")] = None
    reason: Annotated[str, Field("Why they are one patient", required=True, lines=2, most=1000)] = ""
    by: Annotated[str, Field("Merged by", most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("Merged at")] = None
    approval: Annotated[Approval | None, Field("Approval")] = None
    undone_at: Annotated[datetime.datetime | None, Field("Taken apart at")] = None
    undone_by: Annotated[str, Field("Taken apart by", most=200)] = ""
    undone_reason: Annotated[str, Field("Why it was taken apart", lines=2, most=1000)] = ""

    def title(self) -> str:
        """What it is; no name, because both have one."""
        return "Two records merged"

    def facts(self) -> str:
        """By whom."""
        return self.by

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Written once; only that it was taken apart is added."""
        changed = [
            name
            for name in self.__struct_fields__
            if name not in _UNDOING and getattr(self, name) != getattr(previous, name)
        ]
        if changed or previous.undone_at is not None:
            return (Fault(field="", message="A merge cannot be changed.", rule="MERGE-FIXED"),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """It tells where records went."""
        return (Fault(field="", message="A merge cannot be removed.", rule="MERGE-FIXED"),)
