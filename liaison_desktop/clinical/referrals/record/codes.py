"""The code lists of referrals. Codes never change; labels may."""

from __future__ import annotations

from liaison_desktop.records import Code


class Channel(Code):
    """How a referral came in."""

    PHONE = "phone", "Phone"
    FAX = "fax", "Fax"
    PORTAL = "portal", "Portal"
    EMAIL = "email", "E-mail"
    WALK_IN = "walk_in", "Walk-in"
    EHR = "ehr", "Hospital record"
    FAMILY = "family", "Family"
    SELF = "self", "Patient"


class WorkStatus(Code):
    """How far the work on a referral is; what was decided about it stands apart."""

    NEW = "new", "New"
    RECEIVED = "received", "Received"
    TRIAGED = "triaged", "Triaged"
    SCREENING_SCHEDULED = "screening_scheduled", "Screening planned"
    SCREENING = "screening", "Screening"
    SCREENED = "screened", "Screened"
    PENDING_CONCURRENCE = "pending_concurrence", "Waits for concurrence"
    PENDING_AUTH = "pending_auth", "Waits for authorisation"
    CLOSED = "closed", "Closed"
    DUPLICATE = "duplicate", "Duplicate"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class Decision(Code):
    """What was decided about a referral; how far the work is stands apart."""

    NONE = "none", "Not decided"
    ACCEPT_PENDING = "accept_pending", "Accepted, pending"
    ACCEPTED = "accepted", "Accepted"
    BED_RESERVED = "bed_reserved", "Bed reserved"
    DECLINED_FACILITY = "declined_facility", "Declined by us"
    DECLINED_PATIENT = "declined_patient", "Declined by the patient"
    WITHDRAWN_SOURCE = "withdrawn_source", "Withdrawn by the source"
    LOST_TO_OTHER = "lost_to_other", "Went elsewhere"
    CANCELLED_AFTER_OFFER = "cancelled_after_offer", "Cancelled after the offer"


class DeclineReason(Code):
    """Why a referral was declined. Those that begin with PT are the patient's, all others the facility's."""

    CLIN_EXCEEDS_CAPABILITY = "CLIN_EXCEEDS_CAPABILITY", "Needs more than we can do"
    CLIN_NOT_MEDICALLY_STABLE = "CLIN_NOT_MEDICALLY_STABLE", "Not medically stable"
    CLIN_LOC_TOO_HIGH = "CLIN_LOC_TOO_HIGH", "Needs a higher level of care"
    CLIN_LOC_TOO_LOW = "CLIN_LOC_TOO_LOW", "Needs a lower level of care"
    CLIN_NO_REHAB_POTENTIAL = "CLIN_NO_REHAB_POTENTIAL", "No rehabilitation potential now"
    CLIN_CANNOT_TOLERATE_THERAPY = "CLIN_CANNOT_TOLERATE_THERAPY", "Cannot tolerate the therapy"
    CLIN_BEHAVIOR_SAFETY = "CLIN_BEHAVIOR_SAFETY", "Behaviour we cannot keep safe"
    CLIN_ISOLATION_NO_ROOM = "CLIN_ISOLATION_NO_ROOM", "No room for the isolation"
    CLIN_NOT_HOMEBOUND = "CLIN_NOT_HOMEBOUND", "Not homebound"
    NC_NO_BED = "NC_NO_BED", "No bed"
    NC_STAFFING = "NC_STAFFING", "Not enough staff"
    NC_GEOGRAPHY = "NC_GEOGRAPHY", "Outside our area"
    NC_ACTIVE_WITH_OTHER_PROVIDER = "NC_ACTIVE_WITH_OTHER_PROVIDER", "In the care of another provider"
    NC_NO_ACCEPTING_PHYSICIAN = "NC_NO_ACCEPTING_PHYSICIAN", "No accepting physician"
    PAY_NO_AUTH = "PAY_NO_AUTH", "No authorisation"
    PAY_OUT_OF_NETWORK = "PAY_OUT_OF_NETWORK", "Out of network"
    PAY_BENEFIT_EXHAUSTED = "PAY_BENEFIT_EXHAUSTED", "Benefit used up"
    PAY_NO_COVERAGE = "PAY_NO_COVERAGE", "No coverage"
    DOC_INCOMPLETE_PACKET = "DOC_INCOMPLETE_PACKET", "Packet stayed incomplete"
    DOC_NO_RESPONSE_FROM_SOURCE = "DOC_NO_RESPONSE_FROM_SOURCE", "No answer from the source"
    LEGAL_PASRR_PENDING = "LEGAL_PASRR_PENDING", "PASRR pending"
    OTHER = "OTHER", "Other, as noted"
    PT_CHOSE_OTHER = "PT_CHOSE_OTHER", "Chose another place"
    PT_WANTS_HOME = "PT_WANTS_HOME", "Wants to go home"
    PT_COST = "PT_COST", "Cost"
    PT_DISTANCE_FAMILY = "PT_DISTANCE_FAMILY", "Too far from the family"
    PT_REFUSES_CARE = "PT_REFUSES_CARE", "Does not want the care"
    PT_FAMILY_DISAGREES = "PT_FAMILY_DISAGREES", "Family disagrees"
    PT_EXPIRED = "PT_EXPIRED", "Died"
    PT_CONDITION_CHANGED = "PT_CONDITION_CHANGED", "Condition changed"

    @property
    def of_patient(self) -> bool:
        """Whether it is the patient's own reason."""
        return self.value.startswith("PT_")


class ToldBy(Code):
    """How somebody was told."""

    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"
    SECURE_MSG = "secure_msg", "Secure message"
    FAX = "fax", "Fax"
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "Portal"


class DocumentKind(Code):
    """What a document of the packet is."""

    FACESHEET = "facesheet", "Face sheet"
    H_AND_P = "h_and_p", "History and physical"
    PROGRESS = "progress", "Progress notes"
    DC_SUMMARY = "dc_summary", "Discharge summary"
    MAR = "MAR", "Medication administration record"
    MED_LIST = "med_list", "Medication list"
    LABS = "labs", "Laboratory"
    IMAGING = "imaging", "Imaging"
    THERAPY_EVAL_PT = "therapy_eval_PT", "Physical therapy evaluation"
    THERAPY_EVAL_OT = "therapy_eval_OT", "Occupational therapy evaluation"
    THERAPY_EVAL_SLP = "therapy_eval_SLP", "Speech therapy evaluation"
    WOUND = "wound", "Wound record"
    ORDERS = "orders", "Orders"
    INSURANCE_CARD_FRONT = "insurance_card_front", "Insurance card, front"
    INSURANCE_CARD_BACK = "insurance_card_back", "Insurance card, back"
    AUTH_LETTER = "auth_letter", "Authorisation letter"
    ADVANCE_DIRECTIVE = "advance_directive", "Advance directive"
    POA = "POA", "Power of attorney"
    POLST = "POLST", "POLST"
    CONSENT = "consent", "Consent"
    PASRR = "PASRR", "PASRR"
    OTHER = "other", "Other"
    PACKET = "packet", "Packet, not sorted yet"


class HowIdentified(Code):
    """How two identifiers were matched at the bedside. A room or bed number never counts (V1)."""

    SAID = "said", "Name and birth date, said"
    WRISTBAND = "wristband", "Wristband"


class Agreement(Code):
    """Whether the patient agrees to talk, with those present."""

    PATIENT = "patient", "Patient agrees"
    REPRESENTATIVE = "representative", "Representative agrees"
    NOT_NOW = "not_now", "Not now"
    REFUSED = "refused", "No"
