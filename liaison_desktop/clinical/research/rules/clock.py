"""What the clocks are told of a study: each approved form, until when it may be signed, and that it no longer counts."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.research.record import Study
from liaison_desktop.tasks.rules import Event

_DAY_END = datetime.time(23, 59, 59)


def approval_events(study: Study, zone: datetime.tzinfo | None = None) -> tuple[Event, ...]:
    """The newest version that has an end, with it; a study that is closed stops the clock (ICF-WINDOW)."""
    ending = [one for one in study.versions if one.approved_from is not None and one.approved_to is not None]
    newest = max(ending, key=lambda one: one.approved_from or datetime.date.min, default=None)
    if newest is None or newest.approved_from is None or newest.approved_to is None or not study.open:
        return ()
    endless = [one for one in study.versions if one.approved_from and one.approved_to is None]
    if any(one.approved_from and one.approved_from >= newest.approved_from for one in endless):
        return ()
    return (
        Event(
            name="icf_approved",
            at=datetime.datetime.combine(newest.approved_from, datetime.time(), zone or datetime.UTC),
            until=datetime.datetime.combine(newest.approved_to, _DAY_END, zone or datetime.UTC),
            about=study.id,
            about_kind=Study.kind,
            words=f"{study.title()}, version {newest.version}",
        ),
    )
