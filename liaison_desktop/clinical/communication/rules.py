"""What must hold for an entry of the log and for a session; and V10, what a consent may stand on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.communication.record import InterpreterException, InterpreterSession, LogEntry, ReadBack
from liaison_desktop.clinical.patients.record import InterpreterModality, language_tag_fits
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def entry_faults(entry: LogEntry, policy: Policy, *, now: datetime.datetime) -> Iterator[Fault]:
    """An entry says something, about a time that is past; SBAR told without a read-back is asked about (COM-1 to COM-3)."""
    told = bool(entry.sbar is not None and tuple(entry.sbar.parts()))
    if not entry.summary.strip() and not told:
        yield policy.fault("COM-1", field="summary")
    if entry.at is not None and entry.at > now:
        yield policy.fault("COM-2", field="at")
    if told and entry.read_back is not ReadBack.YES:
        yield policy.fault("COM-3", field="read_back")


def session_faults(session: InterpreterSession, policy: Policy, *, now: datetime.datetime) -> Iterator[Fault]:
    """Who interpreted is known, the times are possible, the language can be named. V10 is said, and stops nothing here:
    what took place is recorded as it was; it is the consent that cannot stand on it.
    """
    if not session.interpreter_name.strip() and not session.interpreter_number.strip():
        yield policy.fault("V10-WHO", field="interpreter_name")
    if session.language and not language_tag_fits(session.language):
        yield policy.fault("V10-LANGUAGE", field="language")
    if session.started_at is not None and session.started_at > now:
        yield policy.fault("COM-2", field="started_at")
    if session.ended_at is not None and (session.ended_at > now or _before(session.ended_at, session.started_at)):
        yield policy.fault("V10-END", field="ended_at")
    for fault in interpreter_faults(session, policy):
        yield policy.fault("V10-RECORDED", field=fault.field, words=fault.message)


def _before(one: datetime.datetime, other: datetime.datetime | None) -> bool:
    return other is not None and one < other


def interpreter_faults(session: InterpreterSession, policy: Policy) -> Iterator[Fault]:
    """V10: whether a consent talk or a teach-back may stand on this session."""
    return v10_faults(
        policy,
        name=session.interpreter_name or session.interpreter_number,
        modality=session.modality,
        qualified=session.qualified,
        adult=session.adult,
        exception=session.exception,
        waiver=session.waiver,
    )


def v10_faults(
    policy: Policy,
    *,
    name: str,
    modality: InterpreterModality | None,
    qualified: bool | None,
    adult: bool | None,
    exception: InterpreterException | None,
    waiver: str,
    prefix: str = "",
) -> Iterator[Fault]:
    """V10 (45 CFR 92.201(e)): a qualified interpreter, or one of two exceptions; never a minor but in an emergency.

    `prefix` stands before the field names of whoever asks, such as "interpreter_" on a consent.
    """
    emergency = exception is InterpreterException.EMERGENCY_TEMPORARY
    if adult is False and not emergency:
        yield policy.fault("V10-MINOR", field=f"{prefix}adult")
    if qualified and name.strip() and modality is not None:
        return
    if exception is None:
        yield policy.fault("V10-CONSENT", field=f"{prefix}qualified")
    elif not emergency and not waiver.strip():
        yield policy.fault("V10-WAIVER", field=f"{prefix}waiver")
    elif not emergency and adult is None:
        yield policy.fault("V10-MINOR", field=f"{prefix}adult")
