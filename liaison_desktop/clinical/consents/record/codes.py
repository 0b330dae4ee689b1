"""Code lists of a procedure consent."""

from __future__ import annotations

from liaison_desktop.records import Code


class ConsentState(Code):
    """Where a consent stands. EXPIRED, REVOKED and SUPERSEDED are worked out, never written into a signed consent."""

    DRAFT = "draft"
    DISCUSSED = "discussed_by_practitioner", "Explained"
    VERIFYING = "verifying", "Teach-back"
    RETURNED = "returned_to_practitioner", "Stopped"
    READY = "ready", "Ready to sign"
    SIGNED = "signed", "Signed by patient"
    WITNESSED = "witnessed", "Witnessed"
    ACTIVE = "active", "Active"
    REFUSED = "refused"
    WITHDRAWN_BY_PRACTITIONER = "withdrawn_by_practitioner", "Called off"
    REVOKED = "revoked", "Withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded", "Replaced"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class Element(Code):
    """What a consent must or should hold. T01 to T06 are the minimum set."""

    T01 = "T01", "Name of the hospital"
    T02 = "T02", "Name of the procedure"
    T03 = "T03", "Practitioner who performs it"
    T04 = "T04", "Benefits, risks and alternatives were explained"
    T05 = "T05", "Signature of patient or representative"
    T06 = "T06", "Date and time signed"
    T07 = "T07", "Who held the talk"
    T08 = "T08", "Witness, date and time"
    T09 = "T09", "List of the material risks"
    T10 = "T10", "Residents and others doing important tasks"
    T11 = "T11", "Other practitioners within their scope"
    T12 = "T12", "Description, with anaesthesia"
    T13 = "T13", "Why it is proposed"
    T14 = "T14", "How likely risks and benefits are"
    T15 = "T15", "Alternatives and their risks"
    T16 = "T16", "What happens without it"
    T17 = "T17", "Examinations by students or for training"
    T18 = "T18", "Site and side"
    T19 = "T19", "Blood products"
    T20 = "T20", "Implants, tissue, photographs"


class OnForm(Code):
    """Whether an element is on the form."""

    YES = "yes"
    NO = "no"
    NA = "na", "Does not apply"


class Discussed(Code):
    """Whether, as the patient says, it was talked about."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure", "Not sure"


class TeachBackState(Code):
    """How clear a point was. Words about our explaining, never a score of the patient."""

    NOT_DONE = "not_done", "Not asked yet"
    OK_FIRST = "ok_first", "Clear first time"
    OK_AFTER_RETEACH = "ok_after_reteach", "Clear after re-explaining"
    NOT_OK = "not_ok", "Not yet clear"
    DECLINED = "declined", "Did not want to say"


class Answer(Code):
    """A choice of the patient."""

    YES = "yes"
    NO = "no"
    NA = "na", "Does not apply"


class Laterality(Code):
    """The side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both", "Both sides"
    NOT_APPLICABLE = "not_applicable", "No side"


class DecidedBy(Code):
    """Who decides."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    PARENT = "parent"
    EMERGENCY = "emergency", "Emergency exception"


class Decision(Code):
    """What the patient decided."""

    AGREES = "agrees"
    REFUSES = "refuses"
    WANTS_TIME = "wants_time", "Wants time"
    WANTS_SECOND_OPINION = "wants_second_opinion", "Wants a second opinion"


class Ending(Code):
    """Why a consent no longer holds."""

    PATIENT = "withdrawn_by_patient", "The patient changed their mind"
    PRACTITIONER = "withdrawn_by_practitioner", "The practitioner called it off"
    REPLACED = "replaced", "A newer consent replaces it"
    ERROR = "entered_in_error", "Entered in error"
