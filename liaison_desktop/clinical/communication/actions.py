"""Writing into the log, and beginning and ending a session: the only writers of both."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.communication.record import (
    Channel,
    Direction,
    InterpreterSession,
    LogEntry,
    Party,
    ReadBack,
    Sbar,
    Topic,
    UsedFor,
)
from liaison_desktop.clinical.communication.rules import entry_faults, session_faults
from liaison_desktop.clinical.patients.record import InterpreterModality, InterpreterNeed, Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


def record_talk(store: Store, entry: LogEntry) -> LogEntry:
    """Write one entry. Raises Refused (COM-1, COM-2); COM-3 is said where it is typed and does not stop."""
    require(store, "record_clinical")
    policy, now = policy_of(store), store.clock()
    found = (*entry.faults(), *entry_faults(entry, policy, now=now))
    if stopping := tuple(fault for fault in found if fault.severity is Severity.REFUSE):
        raise Refused(stopping)
    return store.save(
        msgspec.structs.replace(entry, recorded_at=now, recorded_by=store.actor.name, policy_version=policy.version)
    )


def record_session(store: Store, session: InterpreterSession) -> InterpreterSession:
    """Save a session that begins, goes on or is over. Raises Refused (V10-WHO, V10-LANGUAGE, COM-2, V10-END)."""
    require(store, "record_clinical")
    policy = policy_of(store)
    found = (*session.faults(), *session_faults(session, policy, now=store.clock()))
    if stopping := tuple(fault for fault in found if fault.severity is Severity.REFUSE):
        raise Refused(stopping)
    return store.save(
        msgspec.structs.replace(
            session, recorded_by=session.recorded_by or store.actor.name, policy_version=policy.version
        )
    )


def end_session(store: Store, session: InterpreterSession, at: datetime.datetime | None = None) -> InterpreterSession:
    """The interpreter is gone. Raises Refused."""
    return record_session(store, msgspec.structs.replace(session, ended_at=at or store.clock()))


def fill_practice_communication(store: Store) -> None:
    """Two invented talks and a session about the first practice patient. All names are made up."""
    patient = next((one for one in store.all(Patient) if one.communication.interpreter is InterpreterNeed.YES), None)
    if patient is None:
        return
    now = store.clock().replace(minute=0, second=0, microsecond=0)
    hour = datetime.timedelta(hours=1)
    record_talk(
        store,
        LogEntry(
            patient=patient.id,
            at=now - 20 * hour,
            direction=Direction.OUT,
            channel=Channel.PHONE,
            topic=Topic.CLINICAL,
            parties=(Party(name="Dana Whitfield", relation="charge nurse, Northlake", contact="(555) 010-0171"),),
            sbar=Sbar(
                situation="Nausea since the morning dose.",
                background="Day 4 of her stay, new iron tablets since yesterday.",
                assessment="Drinks well, no fever, no pain.",
                recommendation="Ask the practitioner whether the tablets can be given with food.",
            ),
            read_back=ReadBack.YES,
        ),
    )
    record_talk(
        store,
        LogEntry(
            patient=patient.id,
            at=now - 3 * hour,
            direction=Direction.IN,
            channel=Channel.PHONE,
            topic=Topic.FAMILY,
            parties=(Party(name="Lucía Álvarez", relation="daughter", contact="(555) 010-4417"),),
            summary="She can drive on the day after four, not before. Asks who will explain the medicines.",
            action_required="Call her back about the ride home.",
            read_back=ReadBack.NOT_NEEDED,
        ),
    )
    session = record_session(
        store,
        InterpreterSession(
            patient=patient.id,
            language=patient.communication.spoken,
            modality=InterpreterModality.VIDEO,
            interpreter_name="Elena Ruiz",
            interpreter_number="60417",
            company="Riverbend Language Line (practice)",
            qualified=True,
            started_at=now - 21 * hour,
            used_for=(UsedFor.SCREENING,),
        ),
    )
    end_session(store, session, at=now - 20 * hour)


def use_session(store: Store, session: InterpreterSession, purpose: UsedFor) -> InterpreterSession:
    """Write down what the session was used for; once is enough."""
    require(store, "record_clinical")
    if purpose in session.used_for:
        return session
    return store.save(msgspec.structs.replace(session, used_for=(*session.used_for, purpose)))
