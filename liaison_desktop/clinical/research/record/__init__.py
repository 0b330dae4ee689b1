"""Kinds of this feature: the study, the consent to take part in it, its withdrawal, and the words it is begun with."""

from liaison_desktop.clinical.research.record.codes import (
    Again,
    Assent,
    Authorisation,
    AuthorisationPart,
    Outcome,
    Regulation,
    ResearchState,
)
from liaison_desktop.clinical.research.record.consent import ResearchConsent
from liaison_desktop.clinical.research.record.study import Delegate, FormVersion, Study
from liaison_desktop.clinical.research.record.withdrawal import ResearchWithdrawal
from liaison_desktop.clinical.research.record.words import (
    AuthorisationLine,
    KeyPoint,
    ResearchWords,
    StudyPart,
)

__all__ = [
    "Again",
    "Assent",
    "Authorisation",
    "AuthorisationLine",
    "AuthorisationPart",
    "Delegate",
    "FormVersion",
    "KeyPoint",
    "Outcome",
    "Regulation",
    "ResearchConsent",
    "ResearchState",
    "ResearchWithdrawal",
    "ResearchWords",
    "Study",
    "StudyPart",
]
