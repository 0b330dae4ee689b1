"""A report that is not saved yet: what was typed of it, and what it comes from."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.msl.safety.record.codes import AwareHow, SafetyKind


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """Kept among the drafts until it is saved. `heard_at` is when it was heard, None for now."""

    description: str = ""
    kind: SafetyKind = SafetyKind.ADVERSE_EVENT
    how: AwareHow = AwareHow.OTHER
    heard_at: datetime.datetime | None = None
    visit_id: uuid.UUID | None = None
    inquiry_id: uuid.UUID | None = None
    reporter_id: uuid.UUID | None = None
    product_id: uuid.UUID | None = None


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The record that is worked on: what a mark in its texts is about, and what a report from it begins with.

    `reported` says that its texts are a safety report already, so that only patients are looked for.
    """

    kind: str = ""
    id: uuid.UUID | None = None
    begun: Begun = Begun()
    reported: bool = False
