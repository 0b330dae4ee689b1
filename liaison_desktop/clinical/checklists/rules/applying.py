"""Which checklists are called for, and why: the forms say it of themselves, for a service line and a plan."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from liaison_desktop.questionnaires.library import Applies, Entry


class Call(msgspec.Struct, frozen=True):
    """A form for this patient. Without `now` it is only for those who ask for it, or is not called for at all."""

    form: str
    title: str
    why: str
    now: bool


def called_for(entries: Iterable[Entry], *, service: str, procedure: bool, setting: str) -> tuple[Call, ...]:
    """Every form: those that are called for now first, each with the reason; the order is the library's."""
    calls = [_call(entry, service, procedure, setting) for entry in entries]
    return tuple(sorted(calls, key=lambda call: not call.now))


def _call(entry: Entry, service: str, procedure: bool, setting: str) -> Call:
    for one in entry.applies:
        if _holds(one, service, procedure, setting):
            return Call(entry.name, entry.title, one.why, True)
    asked = next((one.why for one in entry.applies if one.ask), "")
    return Call(entry.name, entry.title, asked or "Not called for by this plan", False)


def _holds(one: Applies, service: str, procedure: bool, setting: str) -> bool:
    return (
        not one.ask
        and (not one.service or service in one.service)
        and (one.procedure is None or one.procedure == procedure)
        and (not one.setting or one.setting == setting)
    )
