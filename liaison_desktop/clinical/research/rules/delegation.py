"""V44: only somebody on the delegation log of the study, on that day, obtains its consent."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.people.rules import Party, same_person
from liaison_desktop.clinical.research.record import Delegate, Study
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def delegation_faults(
    study: Study, name: str, staff: uuid.UUID | None, day: datetime.date, policy: Policy
) -> Iterator[Fault]:
    """V44: whoever obtains the consent is named, and on the log on this day."""
    if not name.strip():
        yield policy.fault("RC-ASK", field="obtained_by", what="Who obtains the consent")
        return
    who = Party(name, StaffMember.kind, staff)
    mine = [line for line in study.delegates if same_person(who, Party(line.name, StaffMember.kind, line.staff))]
    if not any(_covers(line, day) for line in mine):
        rule = "V44-DAYS" if mine else "V44"
        yield policy.fault(rule, field="obtained_by", who=name, study=study.title(), day=day.isoformat())


def _covers(line: Delegate, day: datetime.date) -> bool:
    begun = line.since is not None and line.since <= day
    return begun and (line.until is None or day <= line.until)
