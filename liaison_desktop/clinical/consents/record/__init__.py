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
    SecondLanguage,
    SpecialCategory,
    TeachBackState,
)
from liaison_desktop.clinical.consents.record.consent import Consent
from liaison_desktop.clinical.consents.record.day_of import DayAnswer, DayCheck, DayItem
from liaison_desktop.clinical.consents.record.elements import Element
from liaison_desktop.clinical.consents.record.rows import (
    WORD,
    Choice,
    ElementCheck,
    MedicineNote,
    Question,
    SpecialRelease,
    Statement,
    TeachBack,
    Topic,
    TranslatedText,
)
from liaison_desktop.clinical.consents.record.sealed import sealing_faults
from liaison_desktop.clinical.consents.record.template import Carried, Template
from liaison_desktop.clinical.consents.record.translation import Translation
from liaison_desktop.clinical.consents.record.withdrawal import ConsentWithdrawal
from liaison_desktop.clinical.directives.record import Concern, Determination
from liaison_desktop.clinical.patients.record import AuthorityBasis, InterpreterModality

__all__ = [
    "WORD",
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
    "SecondLanguage",
    "SpecialCategory",
    "SpecialRelease",
    "Statement",
    "TeachBack",
    "TeachBackState",
    "Template",
    "Topic",
    "TranslatedText",
    "Translation",
    "TypeRule",
    "sealing_faults",
]
