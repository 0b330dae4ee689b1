"""Code lists of an inquiry and of a standing request."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.records import Code


class ReceivedChannel(Code):
    """How the question reached us."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    EMAIL = "email", "E-mail"
    FAX = "fax"
    MAIL = "mail", "Post"
    WEB = "web"
    CONGRESS_BOOTH = "congress_booth"
    REP_HANDOVER = "rep_handover", "Passed on by sales"


class RequesterKind(Code):
    """Who asked."""

    HCP = "hcp", "The doctor"
    ON_BEHALF = "on_behalf", "Somebody for the doctor"


class Attestation(Code):
    """What whoever records the question vouches for. An unsolicited request needs both."""

    HCP_INITIATED = "hcp_initiated", "The doctor asked first"
    NOT_PROMPTED = "not_prompted_by_company", "Nobody of the company prompted it"


class Urgency(Code):
    """How soon an answer is needed."""

    ROUTINE = "routine"
    URGENT = "urgent_patient_care", "Urgent, patient care"


class DeliveryMethod(Code):
    """How the doctor wants the answer."""

    EMAIL = "email", "E-mail"
    POST = "post"
    FAX = "fax"
    PHONE = "phone"
    IN_PERSON = "in_person_visit", "Visit"
    VIDEO = "video_call"
    PORTAL = "portal"


class WaiverReason(Code):
    """Why there is no signature."""

    REMOTE = "remote_request", "The request came from afar"
    DECLINED = "hcp_declined", "The doctor declined to sign"
    WRITTEN = "written_request_attached", "A written request is attached"
    EMERGENCY = "emergency"


class AssignedFunction(Code):
    """Who answers."""

    MEDICAL_INFORMATION = "medical_information"
    MSL_SELF = "msl_self", "I do"
    OTHER_MSL = "other_msl", "Another MSL"
    SAFETY = "safety"
    CLINICAL_OPS = "clinical_ops", "Clinical operations"


class OffLabel(Code):
    """Whether a question lies outside the label."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class ResponseKind(Code):
    """What kind of answer was given."""

    STANDARD = "standard_response_document"
    CUSTOM = "custom_letter"
    VERBAL = "verbal", "Spoken"
    PUBLICATION = "publication"
    REFERRED = "referred", "Referred elsewhere"
    UNABLE = "unable", "Could not be answered"


ANSWERS = frozenset({ResponseKind.STANDARD, ResponseKind.CUSTOM, ResponseKind.VERBAL, ResponseKind.PUBLICATION})
"""The kinds of response that tell the doctor something about a product."""


class InquiryStatus(Code):
    """The life of an inquiry."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    RESPONDED = "responded"
    DELIVERED = "delivered"
    CLOSED = "closed"
    REJECTED = "rejected_incomplete", "Sent back, incomplete"
    WITHDRAWN = "withdrawn"


_S = InquiryStatus
NEXT: Mapping[InquiryStatus, frozenset[InquiryStatus]] = {
    _S.DRAFT: frozenset({_S.SIGNED, _S.SUBMITTED, _S.WITHDRAWN}),
    _S.SIGNED: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.ACKNOWLEDGED, _S.REJECTED, _S.WITHDRAWN}),
    _S.ACKNOWLEDGED: frozenset({_S.IN_PROGRESS, _S.REJECTED, _S.WITHDRAWN}),
    _S.IN_PROGRESS: frozenset({_S.RESPONDED, _S.REJECTED, _S.WITHDRAWN}),
    _S.RESPONDED: frozenset({_S.DELIVERED, _S.WITHDRAWN}),
    _S.DELIVERED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.REJECTED: frozenset({_S.DRAFT, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}
"""What may follow each state."""

OPEN = frozenset(_S) - {_S.CLOSED, _S.WITHDRAWN}
"""The states in which something is left to do."""


class RequestStatus(Code):
    """The life of a standing request as it is recorded; that it nears its end or is over follows from the day."""

    ACTIVE = "active"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"


class Standing(Code):
    """Where a standing request stands on a day."""

    ACTIVE = "active"
    EXPIRING = "expiring", "Ends soon"
    EXPIRED = "expired", "Ended"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"


class SourceKind(Code):
    """What a SIUU package hands out."""

    REPRINT = "reprint"
    GUIDELINE = "guideline", "Clinical practice guideline"
    REFERENCE_TEXT = "reference_text"
    DIGITAL = "digital", "Digital clinical resource"


class Disclosure(Code):
    """What must go with a SIUU communication, each one seen and ticked (FDA SIUU guidance, 2025)."""

    APPROVED_USE = "approved_use", "Statement of the approved use"
    NOT_APPROVED = "not_approved", "Statement that this use is not approved"
    NOT_ESTABLISHED = "not_established", "Safety and effectiveness not established"
    LABEL = "label", "Copy of the label, or link"
    CONTRAINDICATIONS = "contraindications"
    SERIOUS_RISKS = "serious_risks", "Serious or life-threatening risks"
    LIMITATIONS = "limitations", "Limitations and contrary studies"
    AUTHOR_INTERESTS = "author_interests", "Financial interests of the authors"
    PUBLICATION_DATE = "publication_date"
    FUNDING = "funding"
    COMPLETE_COPY = "complete_copy", "Complete copy, unaltered"
    SEPARATE = "separate", "Kept apart from promotion"
    PLAIN = "plain", "Plain presentation, no praise"
