"""Code lists of a safety report."""

from __future__ import annotations

from liaison_desktop.records import Code


class SafetyKind(Code):
    """What was heard."""

    ADVERSE_EVENT = "adverse_event"
    PRODUCT_QUALITY_COMPLAINT = "product_quality_complaint", "Product complaint"
    SPECIAL_SITUATION = "special_situation"
    COMBINED = "combined", "Both"


class AwareHow(Code):
    """How the company came to know."""

    IN_VISIT = "in_visit", "In a visit"
    EMAIL = "email", "E-mail"
    PHONE = "phone"
    CONGRESS = "congress"
    LITERATURE = "literature"
    SOCIAL = "social", "Social media"
    TRAINING_QUESTION = "training_question", "A question in training"
    OTHER = "other"


class Qualification(Code):
    """What the reporter is."""

    PHYSICIAN = "physician"
    PHARMACIST = "pharmacist"
    OTHER_HCP = "other_hcp", "Other health professional"
    LAWYER = "lawyer"
    CONSUMER = "consumer", "Consumer or patient"
    OTHER = "other"
    UNKNOWN = "unknown"


class ContactOk(Code):
    """Whether Safety may ask the reporter more."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AgeUnit(Code):
    """What an age is counted in."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


class AgeGroup(Code):
    """An age that names nobody."""

    NEONATE = "neonate"
    INFANT = "infant"
    CHILD = "child"
    ADOLESCENT = "adolescent"
    ADULT = "adult"
    ELDERLY = "elderly"
    UNKNOWN = "unknown"


class Sex(Code):
    """The patient's sex as told."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class EventOutcome(Code):
    """How the event ended."""

    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not_recovered"
    RECOVERED_WITH_SEQUELAE = "recovered_with_sequelae"
    FATAL = "fatal"
    UNKNOWN = "unknown"


class Serious(Code):
    """What makes an event serious."""

    DEATH = "death"
    LIFE_THREATENING = "life_threatening", "Life-threatening"
    HOSPITALISATION_OR_PROLONGED = "hospitalisation_or_prolonged", "Hospital stay, new or longer"
    DISABILITY_INCAPACITY = "disability_incapacity", "Disability or incapacity"
    CONGENITAL_ANOMALY = "congenital_anomaly"
    MEDICALLY_IMPORTANT = "medically_important"
    NONE_KNOWN = "none_known"


class Situation(Code):
    """What is reported even without an adverse event."""

    PREGNANCY_EXPOSURE = "pregnancy_exposure", "Pregnancy"
    BREASTFEEDING_EXPOSURE = "breastfeeding_exposure", "Breastfeeding"
    PATERNAL_EXPOSURE = "paternal_exposure", "Exposure of the father"
    OVERDOSE = "overdose"
    ABUSE = "abuse"
    MISUSE = "misuse"
    MEDICATION_ERROR = "medication_error"
    NEAR_MISS = "near_miss"
    OCCUPATIONAL_EXPOSURE = "occupational_exposure", "Exposure at work"
    OFF_LABEL_USE = "off_label_use", "Off-label use"
    LACK_OF_EFFICACY = "lack_of_efficacy"
    UNEXPECTED_BENEFIT = "unexpected_benefit"
    DRUG_INTERACTION = "drug_interaction"
    TRANSMISSION_OF_INFECTION = "transmission_of_infection"
    COUNTERFEIT_SUSPECTED = "counterfeit_suspected"


class HandoverMethod(Code):
    """How Safety got it. `SERVER` is kept for the day this laptop can send."""

    SERVER = "server", "Sent by this laptop"
    EMAIL_FILE = "email_file", "Sealed file"
    PHONE = "phone", "By telephone"
    PORTAL = "portal", "Safety's own portal"
    PAPER = "paper", "On paper"


class SafetyStatus(Code):
    """How far a report is. `DUE` is a captured report whose time is running out; it is counted, never stored."""

    CAPTURED = "captured", "Not handed over"
    DUE = "due", "Due soon"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    FOLLOW_UP_REQUESTED = "follow_up_requested", "Safety asks more"
    CLOSED = "closed"


RUNNING = frozenset({SafetyStatus.CAPTURED, SafetyStatus.DUE})
"""The clock runs in these states."""


class NoReport(Code):
    """Why a flagged text is not a safety report."""

    NOT_OUR_PRODUCT = "not_our_product"
    HISTORY_ONLY = "history_only"
    HYPOTHETICAL = "hypothetical"
    ALREADY_REPORTED = "already_reported"
    OTHER = "other", "Something else"
