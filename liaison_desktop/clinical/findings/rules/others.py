"""Dates and measures of problems, lines and wounds that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from liaison_desktop.clinical.findings.record import LineDevice, Problem, Wound
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def _future(text: str, today: dt.date) -> bool:
    return bool(text) and text > today.isoformat()[: len(text)]


def problem_faults(problem: Problem, policy: Policy, *, today: dt.date) -> tuple[Fault, ...]:
    """A problem that lies in the future is a slip."""
    found = list(problem.faults())
    if _future(problem.onset, today):
        found.append(policy.fault("FIND-FUTURE", field="onset"))
    return tuple(found)


def line_faults(line: LineDevice, policy: Policy, *, today: dt.date) -> tuple[Fault, ...]:
    """In before out, and neither to come; a urinary catheter says what it is for (4.1, I6)."""
    found = list(line.faults())
    if _future(line.inserted_on, today):
        found.append(policy.fault("FIND-FUTURE", field="inserted_on"))
    if line.removed_on is not None:
        out = line.removed_on.isoformat()
        if line.removed_on > today:
            found.append(policy.fault("FIND-FUTURE", field="removed_on"))
        elif line.inserted_on and line.inserted_on > out[: len(line.inserted_on)]:
            found.append(policy.fault("FIND-ORDER", field="removed_on"))
    if line.current and line.device is not None and line.device.value == "foley" and not line.indication.strip():
        found.append(policy.fault("FIND-CATHETER", field="indication"))
    return tuple(found)


def wound_faults(wound: Wound, policy: Policy, *, today: dt.date) -> tuple[Fault, ...]:
    """A wound is measured within reason, and each look says who it is from."""
    found = list(wound.faults())
    if _future(wound.since, today):
        found.append(policy.fault("FIND-FUTURE", field="since"))
    if wound.healed_on is not None and wound.healed_on > today:
        found.append(policy.fault("FIND-FUTURE", field="healed_on"))
    for number, look in enumerate(wound.looks):
        for side in ("length", "width", "depth"):
            found += _side(getattr(look, side), side, f"looks.{number}.{side}", policy)
    return tuple(found)


def _side(value: float | None, side: str, field: str, policy: Policy) -> Iterator[Fault]:
    held = policy.ranges().get(f"wound_{side}")
    if value is not None and held is not None and not held.can_be(value):
        band = f"{held.least:g} to {held.most:g}"
        yield policy.fault("V16-TYPE", field=field, what=held.label, value=f"{value:g}", unit=held.unit, band=band)
