"""Keeping a set of vital signs."""

from __future__ import annotations

import datetime as dt

import msgspec

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.findings.queries import last_with
from liaison_desktop.clinical.findings.record import VitalSigns
from liaison_desktop.clinical.findings.rules import Weighed, vital_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

_STOP = (Severity.REFUSE, Severity.CONFIRM)


def last_weighed(store: Store, signs: VitalSigns) -> Weighed | None:
    """The patient's weight before this set, None if nobody recorded one."""
    if signs.patient is None:
        return None
    found = last_with(store, signs.patient, "weight")
    if found is None or found.weight is None or found.taken_at is None or found.id == signs.id:
        return None
    return Weighed(kg=found.weight, at=found.taken_at, how=found.weight_how)


def look_over_vitals(store: Store, signs: VitalSigns) -> tuple[Fault, ...]:
    """Every fault of a set as it would be kept now (V16)."""
    return vital_faults(signs, policy_of(store), now=store.clock(), last=last_weighed(store, signs))


def record_vital_signs(store: Store, signs: VitalSigns) -> VitalSigns:
    """Keep a set. Raises Refused: an implausible number, an unusual one nobody looked at twice, a weight (V16)."""
    require(store, "record_clinical")
    faults = [fault for fault in look_over_vitals(store, signs) if fault.severity in _STOP]
    if faults:
        raise Refused(faults)
    now: dt.datetime = store.clock()
    stay = current_episode(store, signs.patient) if signs.patient is not None else None
    return store.save(
        msgspec.structs.replace(
            signs,
            episode=signs.episode or (stay.id if stay is not None else None),
            recorded_at=now,
            recorded_by=store.actor.name,
            policy_version=policy_of(store).version,
        ),
        reason="Vital signs",
    )
