"""Who works with this laptop: credential, licence, role; and what one of them approved for another."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row


class StaffCredential(Code):
    """What somebody on the staff is licensed as."""

    RN = "rn", "RN"
    LPN = "lpn", "LPN"
    LVN = "lvn", "LVN"
    APRN = "aprn", "APRN"
    CM = "cm", "Case manager"
    SW = "sw", "Social worker"
    PT = "pt", "PT"
    OT = "ot", "OT"
    SLP = "slp", "SLP"
    MD = "md", "MD"
    DO = "do", "DO"
    NP = "np", "NP"
    PA = "pa", "PA"
    ADMIN = "admin", "Administration"


# These are no letters behind a name.
_NO_LETTERS = (StaffCredential.CM, StaffCredential.SW, StaffCredential.ADMIN)


class StaffRole(Code):
    """As what somebody works here; what each role may do stands in `resources/policies/roles-clinical.toml`."""

    LIAISON = "liaison", "Clinical liaison"
    REVIEWER_RN = "reviewer_rn", "Reviewing RN"
    SUPERVISOR = "supervisor"
    PRACTITIONER_VIEW = "practitioner_view", "Practitioner, reads only"
    RESEARCH_COORDINATOR = "research_coordinator", "Research coordinator"
    AUDITOR = "auditor"
    ADMIN = "admin", "Administrator"


class StaffMember(Record, frozen=True, kw_only=True):
    """Somebody of the facility who works with this laptop, with or without a passphrase of their own.

    `actor` is the person of the key slots who unlocks the store as this one. `pin` is the Argon2id verifier of the PIN
    by which they approve something on a colleague's screen; the PIN itself is nowhere.
    """

    kind: ClassVar[str] = "staff_member"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    credential: Annotated[StaffCredential | None, Field("Credential", required=True)] = None
    role: Annotated[StaffRole | None, Field("Works here as", required=True)] = None
    license_no: Annotated[str, Field("Licence number", most=40)] = ""
    license_state: Annotated[str, Field("Licence state", most=2)] = ""
    license_expires: Annotated[datetime.date | None, Field("Licence valid until")] = None
    can_witness: Annotated[bool, Field("May witness signatures")] = False
    can_consent_research: Annotated[bool, Field("May take research consents")] = False
    active: Annotated[bool, Field("Works here now")] = True
    actor: Annotated[uuid.UUID | None, Field("Unlocks this laptop as")] = None
    pin: Annotated[str, Field("Verifier of the PIN", most=200)] = ""
    pin_set_at: Annotated[datetime.datetime | None, Field("PIN set")] = None

    def title(self) -> str:
        """Name and credential: "Ruth Okafor, RN"."""
        shown = "" if self.credential in (None, *_NO_LETTERS) else f", {self.credential.label}"
        return f"{self.name}{shown}"

    def facts(self) -> str:
        """As what they work here, and the credential where it is no letters."""
        letters = self.credential.label if self.credential in _NO_LETTERS and self.credential else ""
        return " · ".join(part for part in (self.role.label if self.role else "", letters) if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, and a state of two letters."""
        found = super().faults()
        state = self.license_state
        if state and not (len(state) == 2 and state.isascii() and state.isalpha()):
            found = (*found, Fault(field="license_state", message="Write the state with two letters, such as IL."))
        return found


class Approval(Row, frozen=True, kw_only=True):
    """That a second person let something pass, by name and PIN on this laptop. `right` is a verb of the role file."""

    right: Annotated[str, Field("What was approved", required=True, most=60)] = ""
    rule: Annotated[str, Field("Rule", most=40)] = ""
    by_id: Annotated[uuid.UUID | None, Field("Approved by, id", refers_to="staff_member")] = None
    by: Annotated[str, Field("Approved by", required=True, most=200)] = ""
    reason: Annotated[str, Field("Reason", lines=2, most=1000)] = ""
    at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
