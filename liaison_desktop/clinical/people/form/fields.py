"""Which fields each of the three has, and their editors."""

from __future__ import annotations

from liaison_desktop.clinical.people.form.which import PersonOrPlace
from liaison_desktop.clinical.people.record import (
    Credential,
    Facility,
    FacilityType,
    LpnPolicy,
    Practitioner,
    StaffCredential,
    StaffMember,
    StaffRole,
)
from liaison_desktop.store import Store
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, matching


def fields_for(record: PersonOrPlace, store: Store) -> RecordForm:
    """The form over the fields of this one."""
    if isinstance(record, Facility):
        return RecordForm(
            Facility,
            "name",
            ("unit", "phone"),
            ("type", "npi"),
            "address",
            ("state", "fax", "zone"),
            "lpn_policy",
            "own",
            store=store,
            editors={"type": ComboEditor(FacilityType), "lpn_policy": ComboEditor(LpnPolicy)},
        )
    if isinstance(record, StaffMember):
        return RecordForm(
            StaffMember,
            "name",
            ("credential", "role"),
            (("license_no", 2), ("license_state", 1), ("license_expires", 2)),
            ("can_witness", "can_consent_research"),
            "active",
            store=store,
            editors={"credential": ComboEditor(StaffCredential), "role": ComboEditor(StaffRole)},
        )
    return RecordForm(
        Practitioner,
        "name",
        ("credential", "service"),
        ("phone", "facility"),
        "active",
        store=store,
        editors={"credential": ComboEditor(Credential), "facility": _facilities(store)},
    )


def _facilities(store: Store) -> Picker:
    picker = Picker(store, Facility.kind, "Any facility")
    options = [Option(each.id, each.title(), each.facts()) for each in store.all(Facility)]
    picker.set_scope(lambda text: matching(options, text))
    return picker
