"""How referrals look in the pipeline: sorted into what waits, with state, age and the clock of the first answer."""

from __future__ import annotations

import datetime
import enum
import uuid
from collections.abc import Iterable, Mapping

from liaison_desktop.clinical.patients.record import Patient, full_name
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.clinical.referrals.rules import OFFERED, SCREENED, WORK_OVER
from liaison_desktop.tasks.rules import Clock, ClockState
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.lists import ListRow

W, D = WorkStatus, Decision


class Wanted(enum.Enum):
    """What a referral waits for; the filters of the list."""

    ANSWER = "To answer"
    PACKET = "Packet"
    SCREENING = "Screening"
    DECIDE = "To decide"
    ADMIT = "To admit"
    ENDED = "Ended"


CAPTIONS: Mapping[Wanted, str] = {
    Wanted.ANSWER: "To answer",
    Wanted.PACKET: "Packet to read",
    Wanted.SCREENING: "To screen",
    Wanted.DECIDE: "To decide",
    Wanted.ADMIT: "Accepted, to admit",
    Wanted.ENDED: "Ended",
}
_TONES = {
    D.ACCEPT_PENDING: "amber",
    D.ACCEPTED: "green",
    D.BED_RESERVED: "green",
    D.DECLINED_FACILITY: "outline",
    D.DECLINED_PATIENT: "outline",
}


def waits_for(referral: Referral) -> Wanted:
    """What is to be done with it next."""
    if referral.work in WORK_OVER:
        return Wanted.ENDED
    if referral.decision in OFFERED:
        return Wanted.ADMIT
    if referral.work is W.NEW:
        return Wanted.ANSWER
    if referral.work is W.RECEIVED:
        return Wanted.PACKET
    return Wanted.DECIDE if referral.work in SCREENED else Wanted.SCREENING


def span(gone: datetime.timedelta) -> str:
    """How long: `12 min`, `5 h`, `3 d`."""
    minutes = max(0, int(gone.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def age(referral: Referral, now: datetime.datetime) -> str:
    """How long ago it came in."""
    return span(now - referral.received_at) if referral.received_at is not None else ""


def clock_chip(clock: Clock, now: datetime.datetime) -> ChipSpec:
    """The clock of the first answer, while it runs."""
    left = clock.left(now)
    if clock.state is ClockState.OVERDUE:
        return ChipSpec(f"answer {span(-left)} late", "red", "clock")
    return ChipSpec(f"answer in {span(left)}", "amber" if clock.state is ClockState.WARNED else "accent", "clock")


def state_chip(referral: Referral) -> ChipSpec:
    """The decision where there is one, else how far the work is."""
    if referral.work in (W.DUPLICATE, W.ENTERED_IN_ERROR):
        return ChipSpec(referral.work.label, "outline")
    if referral.work is W.CLOSED and referral.decision in OFFERED:
        return ChipSpec("Admitted", "green", "check")
    if referral.decision is not D.NONE:
        return ChipSpec(referral.decision.label, _TONES.get(referral.decision, "outline"))
    return ChipSpec(referral.work.label, "neutral")


def referral_row(referral: Referral, patient: Patient | None, clock: Clock | None, now: datetime.datetime) -> ListRow:
    """A referral in the list."""
    name = full_name(patient) if patient is not None else "No longer here"
    service = referral.service.label if referral.service is not None else ""
    facts = " · ".join(filter(None, (service, referral.source_text)))
    runs = clock is not None and clock.state is not ClockState.STOPPED and referral.responded_at is None
    chip = clock_chip(clock, now) if clock is not None and runs else state_chip(referral)
    return ListRow(name, facts, chip, age(referral, now), key=referral.id)


Groups = dict[Wanted, list[ListRow]]


def grouped(
    referrals: Iterable[Referral],
    people: Mapping[uuid.UUID, Patient],
    clocks: Mapping[uuid.UUID, Clock],
    now: datetime.datetime,
) -> Groups:
    """The rows by what they wait for; what runs out first stands first."""
    far = now + datetime.timedelta(days=3650)

    def order(one: Referral) -> tuple[datetime.datetime, datetime.datetime]:
        clock = clocks.get(one.id)
        runs = clock is not None and one.responded_at is None
        return (clock.due_at if clock is not None and runs else far, one.received_at or now)

    groups: Groups = {wanted: [] for wanted in Wanted}
    held = tuple(referrals)
    for one in (
        *sorted((o for o in held if o.work not in WORK_OVER), key=order),
        *(o for o in held if o.work in WORK_OVER),
    ):
        patient = people.get(one.patient) if one.patient is not None else None
        groups[waits_for(one)].append(referral_row(one, patient, clocks.get(one.id), now))
    return groups


def rows_of(groups: Groups, wanted: Wanted | None) -> list[ListRow | str]:
    """The rows that fit the filter, under their captions."""
    rows: list[ListRow | str] = []
    for group, held in groups.items():
        if held and wanted in (None, group):
            rows += [CAPTIONS[group], *held]
    return rows
