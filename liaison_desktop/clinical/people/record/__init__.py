"""The people and places of a facility: who uses this laptop and as what, who explains and performs, and what a house can do."""

from liaison_desktop.clinical.people.record.capability import UNITS, Availability, Capability, CapabilityCode
from liaison_desktop.clinical.people.record.places import Facility, FacilityType, LpnPolicy
from liaison_desktop.clinical.people.record.practitioner import Credential, Practitioner
from liaison_desktop.clinical.people.record.staff import Approval, StaffCredential, StaffMember, StaffRole

__all__ = [
    "UNITS",
    "Approval",
    "Availability",
    "Capability",
    "CapabilityCode",
    "Credential",
    "Facility",
    "FacilityType",
    "LpnPolicy",
    "Practitioner",
    "StaffCredential",
    "StaffMember",
    "StaffRole",
]
