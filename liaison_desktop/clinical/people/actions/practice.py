"""Staff and capabilities of the practice store. Everybody and every house is invented."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.people.actions.working import own_entry
from liaison_desktop.clinical.people.record import (
    Availability,
    Capability,
    CapabilityCode,
    Facility,
    FacilityType,
    StaffCredential,
    StaffMember,
    StaffRole,
)
from liaison_desktop.store import Store

replace = msgspec.structs.replace
_C, _YES, _NO, _ASK = CapabilityCode, Availability.YES, Availability.NO, Availability.BY_ARRANGEMENT
_OURS = {
    _YES: (_C.TRACH, _C.BIPAP, _C.IV_ABX, _C.PICC, _C.TUBE_FEED, _C.WOUND_VAC, _C.OSTOMY, _C.ISOLATION_PRIVATE),
    _ASK: (_C.DIALYSIS_TRANSPORT, _C.TPN, _C.ONE_TO_ONE),
    _NO: (_C.VENT, _C.LVAD, _C.HD_INHOUSE, _C.CHEST_TUBE, _C.ISOLATION_AIRBORNE, _C.TBI_SECURE_UNIT),
}
_LAKESIDE = {
    _YES: (
        _C.VENT, _C.VENT_WEAN, _C.TRACH, _C.BIPAP, _C.HD_INHOUSE, _C.TPN, _C.TUBE_FEED, _C.IV_ABX, _C.PICC,
        _C.TELEMETRY, _C.CHEST_TUBE, _C.WOUND_VAC, _C.ISOLATION_PRIVATE, _C.ISOLATION_AIRBORNE,
    ),
    _ASK: (_C.LVAD,),
}  # fmt: skip


def fill_practice_people(store: Store) -> tuple[StaffMember, ...]:
    """Put staff, capabilities and a third house into a practice store that has its facilities."""
    own = next((each for each in store.all(Facility) if each.own), None)
    if own is None:
        return ()
    today = store.clock().date()
    me = replace(
        own_entry(store),
        license_no="RN 204-118",
        license_state="IL",
        license_expires=today + datetime.timedelta(days=45),
    )
    others = (
        StaffMember(
            name="Marta Lindqvist", credential=StaffCredential.RN, role=StaffRole.SUPERVISOR, can_witness=True,
            license_state="IL", license_expires=today + datetime.timedelta(days=400),
        ),
        StaffMember(name="Lee Park", credential=StaffCredential.LPN, role=StaffRole.LIAISON, license_state="IL"),
        StaffMember(name="Joan Abara", credential=StaffCredential.MD, role=StaffRole.PRACTITIONER_VIEW),
    )  # fmt: skip
    lakeside = Facility(
        name="Lakeside Specialty Hospital (practice)",
        type=FacilityType.LTACH,
        state="IL",
        phone="(555) 010-0180",
        capabilities=(*_rows(_LAKESIDE), _counted(_C.HIGH_FLOW_O2, 60, "L/min"), _counted(_C.BARIATRIC, 300, "kg")),
    )
    ours = replace(
        own,
        type=FacilityType.IRF,
        state="IL",
        capabilities=(*_rows(_OURS), _counted(_C.HIGH_FLOW_O2, 10, "L/min"), _counted(_C.BARIATRIC, 200, "kg")),
    )
    with store.transaction("synthetic practice record") as transaction:
        transaction.save(ours)
        transaction.save(lakeside)
        return tuple(transaction.save(each) for each in (me, *others))


def _rows(held: dict[Availability, tuple[CapabilityCode, ...]]) -> tuple[Capability, ...]:
    return tuple(Capability(code=code, available=answer) for answer, codes in held.items() for code in codes)


def _counted(code: CapabilityCode, most: float, unit: str) -> Capability:
    return Capability(code=code, available=_YES, most=most, unit=unit)
