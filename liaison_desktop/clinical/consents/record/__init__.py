"""Kinds of this feature: the consent, its withdrawal, and the template a consent is begun from."""

from liaison_desktop.clinical.consents.record.catalogue import CarriedBy, Catalogue, ElementRule, TypeRule
from liaison_desktop.clinical.consents.record.codes import (
    Answer,
    ConsentState,
    ConsentStep,
    ConsentType,
    DecidedBy,
    Decision,
    Discussed,
    Ending,
    Explainer,
    Laterality,
    OnForm,
    SpecialCategory,
    TeachBackState,
)
from liaison_desktop.clinical.consents.record.consent import Consent
from liaison_desktop.clinical.consents.record.day_of import DayAnswer, DayCheck, DayItem
from liaison_desktop.clinical.consents.record.elements import Element
from liaison_desktop.clinical.consents.record.rows import (
    Choice,
    ElementCheck,
    MedicineNote,
    Question,
    SpecialRelease,
    Statement,
    TeachBack,
    Topic,
)
from liaison_desktop.clinical.consents.record.sealed import sealing_faults
from liaison_desktop.clinical.consents.record.template import Carried, Template
from liaison_desktop.clinical.consents.record.translation import Translation
from liaison_desktop.clinical.consents.record.withdrawal import ConsentWithdrawal
from liaison_desktop.clinical.directives.record import Concern, Determination
from liaison_desktop.clinical.patients.record import AuthorityBasis, InterpreterModality

__all__ = [
    "Answer",
    "AuthorityBasis",
    "Carried",
    "CarriedBy",
    "Catalogue",
    "Choice",
    "Concern",
    "Consent",
    "ConsentState",
    "ConsentStep",
    "ConsentType",
    "ConsentWithdrawal",
    "DayAnswer",
    "DayCheck",
    "DayItem",
    "DecidedBy",
    "Decision",
    "Determination",
    "Discussed",
    "Element",
    "ElementCheck",
    "ElementRule",
    "Ending",
    "Explainer",
    "InterpreterModality",
    "Laterality",
    "MedicineNote",
    "OnForm",
    "Question",
    "SpecialCategory",
    "SpecialRelease",
    "Statement",
    "TeachBack",
    "TeachBackState",
    "Template",
    "Topic",
    "Translation",
    "TypeRule",
    "sealing_faults",
]
