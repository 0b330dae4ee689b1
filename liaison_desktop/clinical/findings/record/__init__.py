"""The kinds of bedside findings, and their code lists. Values only."""

from liaison_desktop.clinical.findings.record.codes import (
    Device,
    FindingSource,
    Support,
    TypedUnit,
    WeightHow,
    WoundType,
)
from liaison_desktop.clinical.findings.record.line import LineDevice
from liaison_desktop.clinical.findings.record.problem import Problem, ProblemRole, ProblemStatus, ProblemVerification
from liaison_desktop.clinical.findings.record.proposal import ProposalAnswer
from liaison_desktop.clinical.findings.record.vital_signs import Score, ScoreName, VitalMethod, VitalSigns
from liaison_desktop.clinical.findings.record.wound import Wound, WoundLook

KINDS = (Problem, VitalSigns, LineDevice, Wound, ProposalAnswer)

__all__ = [
    "KINDS",
    "Device",
    "FindingSource",
    "LineDevice",
    "Problem",
    "ProblemRole",
    "ProblemStatus",
    "ProblemVerification",
    "ProposalAnswer",
    "Score",
    "ScoreName",
    "Support",
    "TypedUnit",
    "VitalMethod",
    "VitalSigns",
    "WeightHow",
    "Wound",
    "WoundLook",
    "WoundType",
]
