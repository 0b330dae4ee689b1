"""Code lists of an insight."""

from __future__ import annotations

from liaison_desktop.records import Code


class Category(Code):
    """What an insight is about."""

    UNMET_NEED = "unmet_need"
    DIAGNOSIS_PATHWAY = "diagnosis_pathway"
    TREATMENT_SEQUENCING = "treatment_sequencing"
    EFFICACY_PERCEPTION = "efficacy_perception"
    SAFETY_PERCEPTION = "safety_perception"
    MISSING_EVIDENCE = "data_gap", "Data gap"
    TRIAL_DESIGN = "trial_design"
    SITE_FEASIBILITY = "site_feasibility"
    RECRUITMENT_BARRIER = "recruitment_barrier"
    GUIDELINE_CHANGE = "guideline_change"
    COMPETITOR_SCIENCE = "competitor_science"
    ACCESS_BARRIER = "access_barrier"
    DOSING_ADMINISTRATION = "dosing_administration", "Dosing and administration"
    PATIENT_SELECTION = "patient_selection"
    EDUCATION_NEED = "education_need"
    DIGITAL_CHANNEL = "digital_channel"
    REAL_WORLD_EVIDENCE = "real_world_evidence", "Real-world evidence"
    MISCONCEPTION = "misconception"
    OTHER = "other"


class SourceKind(Code):
    """Where it was heard."""

    HCP_CONVERSATION = "hcp_conversation", "Conversation with a doctor"
    CONGRESS = "congress"
    ADVISORY_BOARD = "advisory_board"
    PUBLICATION = "publication"
    TRIAL_SITE = "trial_site"
    INTERNAL_TRAINING_QUESTION = "internal_training_question", "Question in a training"
    SOCIAL_SCIENTIFIC = "social_scientific", "Scientific social media"
    OTHER = "other"


class Attribution(Code):
    """How the source may be named to others."""

    NAMED = "named", "By name"
    ROLE_ONLY = "role_only", "By role only"
    ANONYMOUS = "anonymous", "Not at all"


class EvidenceBasis(Code):
    """What the statement rests on."""

    OBSERVED_PRACTICE = "observed_practice"
    STATED_OPINION = "stated_opinion"
    PUBLISHED = "published"
    CONFERENCE_DISCUSSION = "conference_discussion", "Discussed at a conference"
    HEARSAY = "hearsay"


class Confidence(Code):
    """How sure the author is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Urgency(Code):
    """How soon somebody should read it."""

    ROUTINE = "routine"
    WITHIN_MONTH = "within_month", "A month"
    WITHIN_WEEK = "within_week", "A week"
    IMMEDIATE = "immediate", "At once"


class Audience(Code):
    """A function of the company that an insight is for, that asks a question, or that answers."""

    MEDICAL_AFFAIRS = "medical_affairs"
    CLINICAL_DEVELOPMENT = "clinical_development"
    MEDICAL_INFORMATION = "medical_information"
    SAFETY = "safety"
    HEOR = "heor", "Health economics"
    REGULATORY = "regulatory"
    PUBLICATIONS = "publications"


class InsightStatus(Code):
    """The life of an insight, in its order."""

    DRAFT = "draft"
    SUBMITTED = "submitted", "Sent"
    TRIAGED = "triaged"
    NEEDS_DETAIL = "needs_detail"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    NOT_AN_INSIGHT = "not_an_insight"
    ACTION_PLANNED = "action_planned"
    ACTIONED = "actioned", "Acted on"
    OUTCOME_RECORDED = "outcome_recorded"
    CLOSED = "closed"


class LinkKind(Code):
    """How one insight stands to another."""

    SIMILAR = "similar", "Similar to"
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    SUPERSEDES = "supersedes", "Takes the place of"


class Decision(Code):
    """What a function decided about an insight."""

    READ = "read", "Read"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


class ArrivedAs(Code):
    """How a word about an insight came in."""

    TYPED = "typed"
    FILE = "file", "From a file"


class PriorityStatus(Code):
    """Whether a question is asked for now."""

    ACTIVE = "active"
    ANSWERED = "answered"
    DROPPED = "dropped"
