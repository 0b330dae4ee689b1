"""Which checklists are called for, and why: the forms say it of themselves, for a service line and a plan."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.questionnaires.library import Applies, Entry


class Call(msgspec.Struct, frozen=True):
    """A form for this patient. Without `now` it is only for those who ask for it, or is not called for at all."""

    form: str
    title: str
    why: str
    now: bool


UNPLANNED = "Whether it is called for follows from what is planned"


def called_for(entries: Iterable[Entry], *, service: str, procedure: bool, setting: str) -> tuple[Call, ...]:
    """Every form: those that are called for now first, each with the reason; the order is the library's."""
    calls = [_call(entry, service, procedure, setting) for entry in entries]
    return tuple(sorted(calls, key=lambda call: not call.now))


def _call(entry: Entry, service: str, procedure: bool, setting: str) -> Call:
    for one in entry.applies:
        if _holds(one, service, procedure, setting):
            return Call(entry.name, entry.title, one.why, True)
    asked = next((one.why for one in entry.applies if one.ask), "")
    return Call(entry.name, entry.title, asked or ("Not called for by this plan" if service else UNPLANNED), False)


def _holds(one: Applies, service: str, procedure: bool, setting: str) -> bool:
    return (
        not one.ask
        and (not one.service or service in one.service)
        and (one.procedure is None or one.procedure == procedure)
        and (not one.setting or one.setting == setting)
    )


def standing(checklists: Iterable[Checklist]) -> dict[str, Checklist]:
    """By the form's name: the checklist that is in progress, else the newest finished one. Newest come first."""
    found: dict[str, Checklist] = {}
    for one in checklists:
        name = one.form_url.rpartition("/")[2]
        if one.status is ChecklistStatus.IN_PROGRESS or (one.status in FINISHED and name not in found):
            if found.get(name) is None or found[name].status is not ChecklistStatus.IN_PROGRESS:
                found[name] = one
    return found


def standing_under(checklists: Iterable[Checklist], form_url: str) -> Checklist | None:
    """The checklist under the form of that address that is in progress, else the newest finished one."""
    under = [one for one in checklists if one.form_url == form_url]
    going = [one for one in under if one.status is ChecklistStatus.IN_PROGRESS]
    return next(iter([*going, *(one for one in under if one.status in FINISHED)]), None)
