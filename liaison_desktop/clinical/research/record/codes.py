"""Code lists of research. Outcome, reasons to ask again and authorisation have the codes of the checklist RC."""

from __future__ import annotations

from liaison_desktop.records import Code


class Regulation(Code):
    """Under which rules a study runs."""

    COMMON_RULE = "common-rule", "Common Rule"
    FDA = "fda", "FDA"
    BOTH = "both", "Both"


class ResearchState(Code):
    """Where a research consent stands. WITHDRAWN and REPLACED are worked out, never written into a signed one."""

    DRAFT = "draft", "Prepared"
    GIVEN = "given", "Form given"
    HOME = "home", "Took it home"
    CAPACITY = "capacity", "Capacity concern"
    READY = "ready", "Ready to sign"
    SIGNED = "signed", "Signed by participant"
    ACTIVE = "active", "Consented"
    DECLINED = "declined"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    WITHDRAWN = "withdrawn", "Withdrew"
    REPLACED = "replaced", "Replaced"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class Outcome(Code):
    """What came of the talk."""

    CONSENTED = "consented", "Consents"
    HOME = "home", "Takes it home"
    DECLINED = "declined", "Declines"
    NOT_ELIGIBLE = "not-eligible", "Not eligible"
    CAPACITY = "capacity", "Concern"


class Again(Code):
    """Why somebody who consented is asked again."""

    VERSION = "version", "New version"
    RISK = "risk", "New risk"
    CAPACITY = "capacity", "Regained capacity"
    TURNED_18 = "turned-18", "Turned 18"
    LANGUAGE = "language"


class Authorisation(Code):
    """How health information may be used for the study (45 CFR 164.508)."""

    SEPARATE = "separate", "On its own form"
    COMBINED = "combined", "In this consent"
    NOT_NEEDED = "not-needed", "Not needed"


class AuthorisationPart(Code):
    """The six core elements and three statements of 45 CFR 164.508(c). The signature is the consent's own."""

    WHAT = "what", "What information"
    WHO_GIVES = "who_gives", "Who may give it"
    WHO_GETS = "who_gets", "Who may get it"
    PURPOSE = "purpose", "What for"
    EXPIRES = "expires", "Until when"
    REVOKE = "revoke", "Taking it back"
    CONDITION = "condition", "If you say no"
    REDISCLOSURE = "redisclosure", "Passing it on"


class Assent(Code):
    """What somebody for whom another decides says themselves."""

    GIVEN = "given", "Assents"
    NOT_ABLE = "not-able", "Not able to say"
    DISSENTS = "dissents"
