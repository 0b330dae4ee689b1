"""What is written down about decisions: directives, rights, reports of a code status, capacity notes."""

from liaison_desktop.clinical.directives.record.capacity import (
    Ability,
    AbilityState,
    CapacityNote,
    Concern,
    Determination,
    Factor,
    SameChoice,
)
from liaison_desktop.clinical.directives.record.code_status import CodeStatusReport, ReportedBy
from liaison_desktop.clinical.directives.record.directive import CopyOnFile, Directive, DirectiveKind, Executed
from liaison_desktop.clinical.directives.record.rights import GivenTo, RightsGiven

__all__ = [
    "Ability",
    "AbilityState",
    "CapacityNote",
    "CodeStatusReport",
    "Concern",
    "CopyOnFile",
    "Determination",
    "Directive",
    "DirectiveKind",
    "Executed",
    "Factor",
    "GivenTo",
    "ReportedBy",
    "RightsGiven",
    "SameChoice",
]
