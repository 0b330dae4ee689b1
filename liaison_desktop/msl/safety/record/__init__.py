"""What a safety report is, and why a marked text is none."""

from liaison_desktop.msl.safety.record.begun import About, Begun
from liaison_desktop.msl.safety.record.codes import (
    RUNNING,
    AgeGroup,
    AgeUnit,
    AwareHow,
    ContactOk,
    EventOutcome,
    HandoverMethod,
    NoReport,
    Qualification,
    SafetyKind,
    SafetyStatus,
    Serious,
    Sex,
    Situation,
)
from liaison_desktop.msl.safety.record.dismissal import SafetyDismissal
from liaison_desktop.msl.safety.record.event import SafetyEvent, SafetyFollowUp

__all__ = [
    "RUNNING",
    "About",
    "AgeGroup",
    "AgeUnit",
    "AwareHow",
    "Begun",
    "ContactOk",
    "EventOutcome",
    "HandoverMethod",
    "NoReport",
    "Qualification",
    "SafetyDismissal",
    "SafetyEvent",
    "SafetyFollowUp",
    "SafetyKind",
    "SafetyStatus",
    "Serious",
    "Sex",
    "Situation",
]
