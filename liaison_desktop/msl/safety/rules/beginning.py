"""What a report begins with when it comes from a record, whatever kind: it follows the fields that say what they refer to."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec

from liaison_desktop.msl.safety.record import About, AwareHow, Begun, SafetyEvent
from liaison_desktop.records import Record, fields_of

# The field of a record that says when something was heard, and the one that says how, whichever it has.
_WHEN = ("heard_at", "start_at", "received_at", "requested_at")
_HOW = ("channel", "received_channel", "source_kind")
_HEARD = {
    "email": AwareHow.EMAIL,
    "phone": AwareHow.PHONE,
    "congress": AwareHow.CONGRESS,
    "congress_booth": AwareHow.CONGRESS,
    "publication": AwareHow.LITERATURE,
    "social_scientific": AwareHow.SOCIAL,
    "internal_training_question": AwareHow.TRAINING_QUESTION,
}


def about_record(record: Record, now: datetime.datetime) -> About:
    """What a mark in a record's texts is about."""
    return About(
        kind=record.kind,
        id=record.id,
        begun=begun_about(record, now),
        reported=record.kind == SafetyEvent.kind,
    )


def begun_about(record: Record, now: datetime.datetime) -> Begun:
    """Visit or inquiry, who told it, the product spoken of, and when it was heard, never later than now."""
    held = [getattr(record, name, None) for name in _WHEN]
    heard = next((one for one in held if isinstance(one, datetime.datetime)), None)
    how = [str(getattr(record, name, None) or "") for name in _HOW]
    visit = record.id if record.kind == "visit" else _first(record, "visit")
    return Begun(
        how=next((_HEARD[one] for one in how if one in _HEARD), AwareHow.IN_VISIT if visit else AwareHow.OTHER),
        heard_at=heard if heard is not None and heard < now else None,
        visit_id=visit,
        inquiry_id=record.id if record.kind == "medical_inquiry" else None,
        reporter_id=record.id if record.kind == "person" else _first(record, "person"),
        product_id=_first(record, "product"),
    )


def _first(value: msgspec.Struct, kind: str) -> uuid.UUID | None:
    return next(_ids(value, kind), None)


def _ids(value: msgspec.Struct, kind: str) -> Iterator[uuid.UUID]:
    """Every id of that kind, those of the record itself before those of its rows."""
    rows: list[Any] = []
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        each = held if spec.many else (held,)
        if spec.field.refers_to == kind:
            yield from (one for one in each if isinstance(one, uuid.UUID))
        rows += [one for one in each if isinstance(one, msgspec.Struct)]
    for row in rows:
        yield from _ids(row, kind)
