"""Reading hand-overs, and gathering what one is composed of."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.communication.queries import session_of_the_day
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.findings.queries import lines_of, problems_of, vitals_of, wounds_of
from liaison_desktop.clinical.findings.record import LineDevice, Problem, VitalSigns, Wound
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.medications.queries import medicines_of
from liaison_desktop.clinical.medications.record import Medicine
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a patient when they are handed over."""

    patient: Patient
    episode: Episode
    problems: tuple[Problem, ...] = ()
    vitals: VitalSigns | None = None
    lines: tuple[LineDevice, ...] = ()
    wounds: tuple[Wound, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    concerns: tuple[Concern, ...] = ()
    interpreter: str = ""


def known_of(store: Store, patient: Patient, episode: Episode) -> Known:
    """Read all of it."""
    session = session_of_the_day(store, patient.id, store.clock().date())
    return Known(
        patient=patient,
        episode=episode,
        problems=tuple(one for one in problems_of(store, patient.id) if one.current),
        vitals=next(iter(vitals_of(store, patient.id, 1)), None),
        lines=tuple(one for one in lines_of(store, patient.id) if one.current),
        wounds=tuple(one for one in wounds_of(store, patient.id) if one.current),
        medicines=tuple(one for one in medicines_of(store, episode.id) if one.current),
        concerns=open_concerns(store, patient=patient.id, episode=episode.id),
        interpreter=session.title() if session is not None else "",
    )


def handovers_of(store: Store, patient: uuid.UUID) -> tuple[Handover, ...]:
    """The hand-overs of a patient, newest first."""
    import sqlalchemy as sa

    table = store.table(Handover)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
        return tuple(store.load(Handover, row) for row in connection.execute(query).mappings())


def handover_done(store: Store, episode: uuid.UUID) -> Handover | None:
    """The newest hand-over of an episode that was given, read back and signed; None stands before an admission."""
    import sqlalchemy as sa

    table = store.table(Handover)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.episode == episode).order_by(table.c.rid.desc())
        found = [store.load(Handover, row) for row in connection.execute(query).mappings()]
    return next((one for one in found if one.done), None)
