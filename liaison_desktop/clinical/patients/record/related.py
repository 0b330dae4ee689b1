"""The people around a patient: whom to call, who may be told, who may decide."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated

import msgspec

from liaison_desktop.records import AttachedFile, Code, Field, Row, new_id


class Relationship(Code):
    """What the person is to the patient (HL7 v3 RoleCode)."""

    SPS = "SPS", "Spouse"
    DOMPART = "DOMPART", "Domestic partner"
    CHILD = "CHILD", "Child"
    DAU = "DAU", "Daughter"
    SON = "SON", "Son"
    PRN = "PRN", "Parent"
    SIB = "SIB", "Brother or sister"
    GRPRN = "GRPRN", "Grandparent"
    GUARD = "GUARD", "Guardian"
    FRND = "FRND", "Friend"
    NBOR = "NBOR", "Neighbour"
    EXT = "EXT", "Other family"
    POWATT = "POWATT", "Power of attorney"
    OTH = "OTH", "Other"


class PersonRole(Code):
    """What the person does for the patient."""

    EMERGENCY_CONTACT = "emergency_contact"
    NEXT_OF_KIN = "next_of_kin", "Next of kin"
    CAREGIVER_PRIMARY = "caregiver_primary", "Main caregiver"
    CAREGIVER_BACKUP = "caregiver_backup", "Backup caregiver"
    HEALTH_CARE_AGENT = "health_care_agent", "Health-care agent"
    GUARDIAN = "guardian"
    LEGAL_REPRESENTATIVE = "legal_representative"
    INFORMANT = "informant"
    FINANCIAL_RESPONSIBLE = "financial_responsible", "Pays the bills"
    INTERPRETER_NOT_ALLOWED = "interpreter_not_allowed", "Must not interpret"


class MayDiscuss(Code):
    """Whether health matters may be discussed with the person."""

    YES = "yes"
    NO = "no"
    LIMITED = "limited", "Within limits"


class AuthorityBasis(Code):
    """What gives a representative the right to decide."""

    HCPOA = "HCPOA", "Health-care power of attorney"
    GUARDIAN = "guardian", "Guardian by court"
    STATUTORY_SURROGATE = "statutory_surrogate", "Surrogate by state law"
    PARENT = "parent"
    LAR_RESEARCH = "LAR_research", "Representative for research"
    OTHER = "other"


DECIDING = (PersonRole.HEALTH_CARE_AGENT, PersonRole.GUARDIAN, PersonRole.LEGAL_REPRESENTATIVE)


class RelatedPerson(Row, frozen=True, kw_only=True):
    """One person around the patient. `id` is stable, so that a consent can name its representative."""

    id: Annotated[uuid.UUID, Field("Id")] = msgspec.field(default_factory=new_id)
    name: Annotated[str, Field("Name", required=True, most=200)] = ""
    relationship: Annotated[Relationship | None, Field("Relationship")] = None
    phones: Annotated[tuple[str, ...], Field("Phones", most=60)] = ()
    roles: Annotated[tuple[PersonRole, ...], Field("Roles")] = ()
    authority_basis: Annotated[AuthorityBasis | None, Field("Right to decide")] = None
    authority_scope: Annotated[str, Field("What they may decide, and what not", lines=2, most=600)] = ""
    authority_document: Annotated[str, Field("Authority document", most=200)] = ""
    authority_paper: Annotated[tuple[AttachedFile, ...], Field("Copy of the document")] = ()
    authority_seen_on: Annotated[datetime.date | None, Field("Document seen on")] = None
    authority_seen_by: Annotated[str, Field("Document seen by", most=200)] = ""
    authority_reason: Annotated[str, Field("Why it is right to go on", lines=2, most=600)] = ""
    patient_objects: Annotated[bool | None, Field("The patient objects")] = None
    objection: Annotated[str, Field("The objection, in the patient's words", lines=2, most=600)] = ""
    may_discuss: Annotated[MayDiscuss | None, Field("May discuss health matters")] = None
    limits: Annotated[str, Field("Limits", lines=2, most=600)] = ""

    @property
    def decides(self) -> bool:
        """Whether the person is named as one who may decide for the patient."""
        return any(role in DECIDING for role in self.roles)

    def text(self) -> str:
        """Name and relationship: "Lucía Álvarez, daughter"."""
        return f"{self.name}, {self.relationship.label.lower()}" if self.relationship else self.name
