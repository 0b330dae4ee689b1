"""Code lists of a visit."""

from __future__ import annotations

from liaison_desktop.records import Code


class VisitKind(Code):
    """The setting of an exchange."""

    ONE_TO_ONE = "one_to_one", "One to one"
    GROUP = "group"
    CONGRESS = "congress"
    SITE_VISIT = "site_visit"
    ADVISORY_BOARD = "advisory_board"
    EDUCATIONAL_PRESENTATION = "educational_presentation"
    JOURNAL_CLUB = "journal_club"
    INQUIRY_RESPONSE = "inquiry_response"
    INTRODUCTORY = "introductory"
    IIS_DISCUSSION = "iis_discussion", "Investigator study discussion"
    INTERNAL_TRAINING = "internal_training"
    OTHER = "other"


class Channel(Code):
    """How people met."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    EMAIL = "email", "E-mail"
    CHAT_TEXT = "chat_text", "Chat or text"
    OTHER = "other"


class InitiatedBy(Code):
    """Who wanted the visit."""

    HCP_REQUEST = "hcp_request", "The doctor asked"
    MSL_PROACTIVE = "msl_proactive", "I proposed it"
    MSL_FOLLOWUP = "msl_followup", "Follow-up of mine"
    INQUIRY_ASSIGNMENT = "inquiry_assignment", "Assigned inquiry"
    SITE_NEED = "site_need", "Trial site need"
    CONGRESS_ENCOUNTER = "congress_encounter"
    REP_INTRODUCTION = "rep_introduction", "Introduced by sales"


PROACTIVE = frozenset({InitiatedBy.MSL_PROACTIVE, InitiatedBy.MSL_FOLLOWUP, InitiatedBy.REP_INTRODUCTION})
"""The ways in which the contact starts from the company."""


class Outcome(Code):
    """What came of a visit."""

    INFORMATION_EXCHANGED = "information_exchanged"
    FOLLOW_UP_NEEDED = "follow_up_needed", "Follow-up needed"
    INQUIRY_RAISED = "inquiry_raised"
    INSIGHT_CAPTURED = "insight_captured"
    DECLINED = "declined"
    RESCHEDULED = "rescheduled"


class Reaction(Code):
    """How the doctor took it."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    SCEPTICAL = "sceptical"
    NOT_CAPTURED = "not_captured"


class JointVisit(Code):
    """Whether a commercial colleague came along."""

    NONE = "none", "No"
    INTRO_ONLY = "intro_only", "Introduction only"
    JOINT_ALLOWED = "joint_allowed", "Joint, allowed"


class VisitStatus(Code):
    """The life of a visit. Submitted and amended are locked."""

    PLANNED = "planned"
    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    AMENDED = "amended"
    CANCELLED = "cancelled"


LOCKED = frozenset({VisitStatus.SUBMITTED, VisitStatus.AMENDED})
"""The states in which a visit changes only by amendment."""


class CancelReason(Code):
    """Why a visit did not take place."""

    HCP_CANCELLED = "hcp_cancelled", "The doctor cancelled"
    MSL_CANCELLED = "msl_cancelled", "I cancelled"
    NO_SHOW = "no_show"
    ACCESS_DENIED = "access_denied"
    WEATHER_TRAVEL = "weather_travel", "Weather or travel"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Heard(Code):
    """The answer to the question about adverse events and product complaints. It is never answered in advance."""

    UNANSWERED = "unanswered"
    NO = "no"
    YES = "yes"


class AttendeeRole(Code):
    """What somebody was in the room."""

    PRIMARY = "primary"
    ATTENDEE = "attendee"
    OBSERVER = "observer"


class CompanyFunction(Code):
    """Where a colleague works; empty for people outside the company."""

    MEDICAL = "medical"
    SALES = "sales"
    MARKET_ACCESS = "market_access"
    CLINICAL_OPS = "clinical_ops", "Clinical operations"
    MEDICAL_INFO = "medical_info", "Medical information"
    OTHER = "other"


COMMERCIAL = frozenset({CompanyFunction.SALES, CompanyFunction.MARKET_ACCESS})
"""The functions that may not hear an off-label discussion."""


class PresentForOffLabel(Code):
    """Whether a colleague stayed for the off-label part."""

    NO = "no", "Left before"
    YES = "yes", "Stayed"
    NOT_APPLICABLE = "n/a", "Not applicable"


class ExchangeBasis(Code):
    """On which ground a topic was discussed."""

    ON_LABEL = "on_label", "On-label"
    DISEASE_STATE = "disease_state", "Disease state"
    UNSOLICITED_REQUEST = "unsolicited_request", "Unsolicited"
    STANDING_REQUEST = "standing_request", "Standing request"
    SIUU = "siuu", "SIUU"
    INVESTIGATIONAL_EXCHANGE = "investigational_exchange", "Investigational"
    SAFETY_INFORMATION = "safety_information", "Safety information"
    TRIAL_OPERATIONAL = "trial_operational", "Trial operations"
    NON_PRODUCT = "non_product", "No product"


class Direction(Code):
    """Who brought a topic up."""

    ASKED_BY_HCP = "asked_by_hcp", "The doctor asked"
    RAISED_BY_MSL = "raised_by_msl", "I raised it"


class Depth(Code):
    """How far a topic went."""

    MENTIONED = "mentioned"
    DISCUSSED = "discussed"
    DEEP_DIVE = "deep_dive"


class FairBalance(Code):
    """What balanced the efficacy side."""

    SAFETY_DISCUSSED = "safety_discussed"
    LABEL_PROVIDED = "label_provided"
    NOT_APPLICABLE = "not_applicable"


class MaterialAction(Code):
    """What was done with a material."""

    SHOWN = "shown"
    LEFT = "left"
    EMAILED_LINK = "emailed_link", "Link sent by e-mail"
    REFERENCED = "referenced"


class FollowUpKind(Code):
    """What was promised or is to be done."""

    SEND_INFORMATION = "send_information"
    SCHEDULE = "schedule"
    INTRODUCE_EXPERT = "introduce_expert"
    ANSWER_QUESTION = "answer_question"
    INTERNAL_HANDOVER = "internal_handover"
    OTHER = "other"


class FollowUpStatus(Code):
    """Whether it was done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
