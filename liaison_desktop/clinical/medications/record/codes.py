"""Code lists of medicines. A code is stored and never changes; its label is for whoever works here."""

from __future__ import annotations

from liaison_desktop.records import Code


class MedicineList(Code):
    """Which list a medicine stands on."""

    HOME = "home", "Taken at home"
    ACUTE = "acute_inpatient", "Given in the hospital now"
    ORDER = "admission_order", "Admission order"
    DISCHARGE = "discharge", "Discharge list"


class Source(Code):
    """Who or what names a medicine."""

    PATIENT = "patient", "Patient"
    CAREGIVER = "caregiver", "Caregiver"
    BOTTLE = "bottle", "Bottles"
    PHARMACY = "pharmacy_printout", "Pharmacy's list"
    PCP = "pcp_list", "Own doctor's list"
    RECORD = "referring_MAR", "Sending record"
    SUMMARY = "dc_summary", "Discharge summary"
    PDMP = "pdmp", "Prescription monitoring"
    OTHER = "other", "Other"


class DoseUnit(Code):
    """Units of a dose (UCUM, printed so that none is misread)."""

    MG = "mg", "mg"
    MCG = "mcg", "mcg"
    G = "g", "g"
    ML = "mL", "mL"
    UNITS = "units", "units"
    MEQ = "mEq", "mEq"
    MMOL = "mmol", "mmol"
    PUFF = "puff", "puff"
    DROP = "drop", "drop"
    TAB = "tab", "tablet"
    CAP = "cap", "capsule"
    PATCH = "patch", "patch"
    SPRAY = "spray", "spray"
    APPLICATION = "application", "application"
    MCG_HOUR = "mcg/h", "mcg/h"
    L_MIN = "L/min", "L/min"
    PERCENT = "%", "%"


class Route(Code):
    """The way in."""

    PO = "PO", "By mouth (PO)"
    SL = "SL", "Under the tongue (SL)"
    BUCCAL = "BUCCAL", "Inside the cheek (buccal)"
    TUBE = "NG_PEG", "By feeding tube (NG, PEG)"
    IV = "IV", "Into a vein (IV)"
    IM = "IM", "Into a muscle (IM)"
    SC = "SC", "Under the skin (subcut)"
    TD = "TD", "Patch on the skin (TD)"
    TOP = "TOP", "On the skin (topical)"
    INH = "INH", "Inhaled (INH)"
    NEB = "NEB", "Nebuliser (NEB)"
    NASAL = "NASAL", "In the nose (nasal)"
    OPH = "OPH", "In the eye (ophthalmic)"
    OTIC = "OTIC", "In the ear (otic)"
    PR = "PR", "In the rectum (PR)"
    PV = "PV", "In the vagina (PV)"
    INTRATHECAL = "INTRATHECAL", "Into the spinal canal (intrathecal)"
    OTHER = "OTHER", "Other way"


class Frequency(Code):
    """How often. Latin that is misread (QD, QOD) is not among them."""

    DAILY = "daily", "Once a day (daily)"
    BID = "BID", "Twice a day (BID)"
    TID = "TID", "Three times a day (TID)"
    QID = "QID", "Four times a day (QID)"
    Q4H = "q4h", "Every 4 hours (q4h)"
    Q6H = "q6h", "Every 6 hours (q6h)"
    Q8H = "q8h", "Every 8 hours (q8h)"
    Q12H = "q12h", "Every 12 hours (q12h)"
    BEDTIME = "qHS", "At bedtime (nightly)"
    MORNING = "qAM", "Every morning (qAM)"
    MEALS = "with_meals", "With meals"
    WEEKLY = "weekly", "Once a week (weekly)"
    TWICE_WEEKLY = "twice_weekly", "Twice a week"
    MONTHLY = "monthly", "Once a month (monthly)"
    Q3MONTHS = "q3months", "Every 3 months"
    Q72H = "q72h", "Every 3 days (q72h)"
    ONCE = "once", "One time only"
    CONTINUOUS = "continuous", "All the time (continuous)"
    PRN = "PRN", "Only when needed (PRN)"
    OTHER = "other", "Other, in words"


class LastTaken(Code):
    """How sure it is when the last dose was."""

    EXACT = "exact", "At this time"
    TODAY = "today"
    YESTERDAY = "yesterday"
    DAYS = "days", "Days ago"
    UNKNOWN = "unknown", "Not known"


class Adherence(Code):
    """Whether the patient takes it as it was meant."""

    AS_PRESCRIBED = "as_prescribed", "As prescribed"
    PARTIAL = "partial", "In part"
    NOT_TAKING = "not_taking", "Not taken"
    UNKNOWN = "unknown", "Not known"


class Sort(Code):
    """What sort of medicine it is, beside one that is swallowed by prescription."""

    OTC = "otc", "Without prescription"
    HERBAL = "herbal", "Herbal"
    SUPPLEMENT = "supplement", "Supplement"
    PATCH = "patch"
    INHALER = "inhaler"
    DROPS = "drops"
    INJECTION = "injection"


class HighAlert(Code):
    """Medicines with which a mistake does the most harm. The table of names marks them by itself."""

    NONE = "none", "None"
    ANTICOAG = "anticoag", "Blood thinner"
    INSULIN = "insulin"
    OPIOID = "opioid"
    ANTIARRHYTHMIC = "antiarrhythmic"
    CHEMO = "chemo", "Chemotherapy"
    IMMUNOSUPPRESSANT = "immunosuppressant"
    ANTICONVULSANT = "anticonvulsant"
    DIGOXIN = "digoxin"
    LITHIUM = "lithium"


class MedicineStatus(Code):
    """Whether it is taken (FHIR MedicationStatement)."""

    ACTIVE = "active"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error", "Entered in error"
    INTENDED = "intended"
    STOPPED = "stopped"
    ON_HOLD = "on-hold", "On hold"
    UNKNOWN = "unknown"
    NOT_TAKEN = "not-taken", "Not taken"


class Action(Code):
    """What is done with a medicine. None of them is ever chosen beforehand."""

    CONTINUE = "continue"
    CHANGE_DOSE = "change_dose", "Change the dose"
    CHANGE_ROUTE = "change_route", "Change the route"
    CHANGE_FREQUENCY = "change_frequency", "Change how often"
    SUBSTITUTE = "substitute"
    HOLD = "hold"
    STOP = "stop"
    START = "start"
    CLARIFY = "clarify", "Clarify with the prescriber"


class Discrepancy(Code):
    """In what two lists differ."""

    NONE = "none", "No difference"
    OMISSION = "omission", "Left out"
    COMMISSION = "commission", "Ordered, but not taken"
    DOSE = "dose"
    ROUTE = "route"
    FREQUENCY = "frequency", "How often"
    DUPLICATION = "duplication", "Twice"
    INTERACTION = "interaction"
    WRONG_DRUG = "wrong_drug", "Wrong medicine"
    INCOMPLETE_ORDER = "incomplete_order", "Order incomplete"
    ALLERGY_CONFLICT = "allergy_conflict", "Allergy"


class Intent(Code):
    """Whether the prescriber meant it so (AHRQ MATCH)."""

    DOCUMENTED = "intentional_documented", "Meant so, documented"
    UNDOCUMENTED = "intentional_undocumented", "Meant so, not documented"
    UNINTENTIONAL = "unintentional", "Not meant"
    PENDING = "pending", "Not known yet"


class Told(Code):
    """How the prescriber was told."""

    PHONE = "phone"
    IN_PERSON = "in_person", "In person"
    MESSAGE = "message", "Secure message"
    PAPER = "paper", "On paper"


SPOKEN = (Told.PHONE, Told.IN_PERSON)  # what is answered by word of mouth is read back


class Keeper(Code):
    """Who takes care of the medicines."""

    SELF = "self", "Patient"
    FAMILY = "family"
    PILLBOX = "pillbox", "Patient with a pill box"
    FACILITY = "facility"


class Trouble(Code):
    """What makes taking them hard."""

    COST = "cost"
    SWALLOWING = "swallowing"
    MEMORY = "memory"
    SIDE_EFFECTS = "side_effects"
    CONFUSION = "confusion"


class Prompt(Code):
    """What is asked about one by one, because nobody tells it unasked (AHRQ MATCH)."""

    RX = "rx", "Prescribed medicines"
    OTC = "otc", "Bought without prescription"
    VITAMINS = "vitamins"
    HERBAL = "herbal", "Herbs and supplements"
    INHALER = "inhaler", "Inhaler or nebuliser"
    SKIN = "skin", "Skin, cream, patch"
    DROPS = "drops", "Eye, ear, nose drops"
    INJECTION = "injection", "Injections, infusions"
    INTERVAL = "interval", "Weekly, monthly, yearly"
    SAMPLES = "samples"
    BORROWED = "borrowed", "Somebody else's"
    STARTED = "started", "Lately started"
    STOPPED = "stopped", "Lately stopped"
    CONDITION = "condition", "For each illness"
    SPECIALIST = "specialist", "From each specialist"
    CANNABIS = "cannabis", "Cannabis, CBD"
    PRN = "prn", "Only when needed"


class ListLife(Code):
    """How far the medicines of a stay have come. Worked out from what is recorded, never set by hand."""

    COLLECTING = "collecting", "Being collected"
    COLLECTED = "collected"
    COMPARED = "compared"
    SENT = "sent_to_prescriber", "With the prescriber"
    ANSWERED = "answered"
    RECONCILED = "reconciled"
    GIVEN = "list_given", "List given"
