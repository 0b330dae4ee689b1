"""Code lists of people and places. Codes are stored and never change; labels may."""

from __future__ import annotations

from liaison_desktop.records import Code


class PersonType(Code):
    """What somebody is by profession."""

    PHYSICIAN = "physician"
    PHARMACIST = "pharmacist"
    NURSE = "nurse"
    NURSE_PRACTITIONER = "nurse_practitioner"
    PHYSICIAN_ASSISTANT = "physician_assistant"
    RESEARCHER = "researcher"
    TRIAL_COORDINATOR = "trial_coordinator"
    FELLOW_RESIDENT = "fellow_resident", "Fellow or resident"
    PAYER = "payer"
    POLICY_MAKER = "policy_maker"
    PATIENT_ADVOCATE = "patient_advocate"
    OTHER = "other"


class Credential(Code):
    """Letters after a name."""

    MD = "md", "MD"
    DO = "do", "DO"
    PHARMD = "pharmd", "PharmD"
    PHD = "phd", "PhD"
    RN = "rn", "RN"
    NP = "np", "NP"
    PA = "pa", "PA"
    CNS = "cns", "CNS"
    CRNA = "crna", "CRNA"
    AA = "aa", "AA"
    CNM = "cnm", "CNM"
    DDS = "dds", "DDS"
    DPM = "dpm", "DPM"
    OD = "od", "OD"
    OTHER = "other"


class ScientificTier(Code):
    """Reach by scientific criteria only; prescribing volume is never one of them."""

    GLOBAL = "global"
    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"
    RISING = "rising"
    DIGITAL = "digital"
    NONE = "none"


class ScientificRole(Code):
    """What somebody does in the field beside seeing patients."""

    TRIAL_INVESTIGATOR = "trial_investigator"
    GUIDELINE_AUTHOR = "guideline_author"
    SOCIETY_LEADER = "society_leader"
    JOURNAL_EDITOR = "journal_editor"
    SPEAKER = "speaker"
    ADVISOR = "advisor"
    PUBLISHER = "publisher"
    DIGITAL_OPINION_LEADER = "digital_opinion_leader"
    FORMULARY_COMMITTEE = "formulary_committee"
    EDUCATOR = "educator"
    TUMOUR_BOARD = "tumour_board"


class CoveredRecipient(Code):
    """Recipient types of the Open Payments programme (42 CFR 403.902)."""

    PHYSICIAN = "physician"
    PHYSICIAN_ASSISTANT = "physician_assistant"
    NURSE_PRACTITIONER = "nurse_practitioner"
    CLINICAL_NURSE_SPECIALIST = "clinical_nurse_specialist"
    CRNA_OR_AA = "crna_or_anesthesiologist_assistant", "CRNA or anesthesiologist assistant"
    CERTIFIED_NURSE_MIDWIFE = "certified_nurse_midwife"
    TEACHING_HOSPITAL = "teaching_hospital"
    NOT_COVERED = "not_covered"
    UNKNOWN = "unknown"


class ContactPermission(Code):
    """Whether somebody may be approached."""

    ALLOWED = "allowed"
    EMAIL_ONLY = "email_only", "E-mail only"
    NO_CONTACT = "no_contact", "Asked not to be contacted"


class ContactChannel(Code):
    """How somebody prefers to be reached."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    EMAIL = "email", "E-mail"
    CHAT_TEXT = "chat_text", "Chat or text"
    OTHER = "other"


class Verification(Code):
    """Whether the central directory knows this person."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    REJECTED = "rejected"


class PersonStatus(Code):
    """Whether somebody still works."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    RETIRED = "retired"
    DECEASED = "deceased"


class KnownOrNot(Code):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown", "Not known"


class InstitutionKind(Code):
    """What a place is."""

    ACADEMIC_MEDICAL_CENTER = "academic_medical_center"
    TEACHING_HOSPITAL = "teaching_hospital"
    COMMUNITY_HOSPITAL = "community_hospital"
    CANCER_CENTER = "cancer_center"
    DEPARTMENT = "department"
    CLINIC = "clinic"
    GROUP_PRACTICE = "group_practice"
    RESEARCH_INSTITUTE = "research_institute"
    SITE_MANAGEMENT_ORG = "site_management_org", "Site management organisation"
    PAYER = "payer"
    SOCIETY = "society"
    PHARMACY = "pharmacy"
    GOVERNMENT = "government"
    UNIVERSITY = "university"
    OTHER = "other"


class InstitutionStatus(Code):
    """Whether a place is still open."""

    ACTIVE = "active"
    CLOSED = "closed"


class AffiliationRole(Code):
    """What somebody does at a place."""

    ATTENDING = "attending"
    CHIEF = "chief"
    CHAIR = "chair"
    DIRECTOR = "director"
    FACULTY = "faculty"
    FELLOW = "fellow"
    RESIDENT = "resident"
    PHARMACIST = "pharmacist"
    COORDINATOR = "coordinator"
    INVESTIGATOR = "investigator"
    CONSULTANT = "consultant"
    BOARD_MEMBER = "board_member"
    OTHER = "other"


class Confidence(Code):
    """How sure we are of something learned from others."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
