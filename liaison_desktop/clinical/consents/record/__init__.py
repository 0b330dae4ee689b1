"""Kinds of this feature: the consent, its withdrawal, and the template a consent is begun from."""

from liaison_desktop.clinical.consents.record.codes import (
    Answer,
    ConsentState,
    DecidedBy,
    Decision,
    Discussed,
    Element,
    Ending,
    Laterality,
    OnForm,
    TeachBackState,
)
from liaison_desktop.clinical.consents.record.consent import Consent
from liaison_desktop.clinical.consents.record.rows import (
    Choice,
    ElementCheck,
    MedicineNote,
    Question,
    Statement,
    TeachBack,
    Topic,
)
from liaison_desktop.clinical.consents.record.template import Template
from liaison_desktop.clinical.consents.record.withdrawal import ConsentWithdrawal
from liaison_desktop.clinical.directives.record import Concern, Determination
from liaison_desktop.clinical.patients.record import AuthorityBasis, InterpreterModality

__all__ = [
    "Answer",
    "AuthorityBasis",
    "Choice",
    "Concern",
    "Consent",
    "ConsentState",
    "ConsentWithdrawal",
    "DecidedBy",
    "Decision",
    "Determination",
    "Discussed",
    "Element",
    "ElementCheck",
    "Ending",
    "InterpreterModality",
    "Laterality",
    "MedicineNote",
    "OnForm",
    "Question",
    "Statement",
    "TeachBack",
    "TeachBackState",
    "Template",
    "Topic",
]
