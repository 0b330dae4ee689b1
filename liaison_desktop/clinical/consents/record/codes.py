"""Code lists of a consent. The elements it has to hold are in `elements`."""

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


class ConsentType(Code):
    """What is consented to. Each type has its own required elements (`resources/policies/consent-elements.toml`)."""

    PROCEDURE = "procedure"
    ANAESTHESIA = "anaesthesia"
    BLOOD = "blood", "Blood products"
    ADMISSION = "admission_general", "Admission and everyday care"
    RELEASE = "roi_164_508", "Release of information"
    PHOTO = "photo_av", "Photographs and video"
    TELEHEALTH = "telehealth", "Visits by video"
    FINANCIAL = "financial", "Paying for care"
    STUDENT_EXAM = "student_exam", "Examinations by students"
    REFUSAL = "advance_care_refusal", "Refusal of a treatment"
    RESEARCH = "research"


class ConsentStep(Code):
    """A step of the nurse's page that a form asks for. Document and signatures always follow."""

    MATCH = "match", "Same procedure"
    TALK = "explained", "Explained by"
    PERSON = "decides", "Who decides"
    RELEASE = "release", "What is released"
    TALKED = "talked", "Talked about"
    TEACH = "teach_back", "Teach-back"
    CHOICES = "choices", "Choices"


class Explainer(Code):
    """Who may explain what a form says. A procedure is explained by a practitioner and never by the nurse (V37)."""

    PRACTITIONER = "practitioner"
    STAFF = "staff", "Anybody of the staff"


class SpecialCategory(Code):
    """Kinds of health information that some laws protect beyond HIPAA; each is released only by its own yes."""

    SUBSTANCE_USE = "SUD_42CFR2", "Treatment for alcohol or drug use"
    MENTAL_HEALTH = "mental_health"
    HIV = "HIV", "HIV or AIDS"
    GENETIC = "genetic", "Genetic tests"
    REPRODUCTIVE = "reproductive", "Reproductive health"
    PSYCHOTHERAPY_NOTES = "psychotherapy_notes"


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


class SecondLanguage(Code):
    """The language a document says everything in beside English; the value is its BCP 47 tag."""

    SPANISH = "es", "Spanish"
    ARABIC = "ar", "Arabic"
    HINDI = "hi", "Hindi"
    CHINESE = "zh", "Chinese"
    RUSSIAN = "ru", "Russian"
    VIETNAMESE = "vi", "Vietnamese"
