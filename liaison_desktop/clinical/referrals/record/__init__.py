"""What a referral is made of: itself, the documents of its packet, and the visits at the bedside."""

from liaison_desktop.clinical.referrals.record.codes import (
    Agreement,
    Channel,
    Decision,
    DeclineReason,
    DocumentKind,
    HowIdentified,
    ToldBy,
    WorkStatus,
)
from liaison_desktop.clinical.referrals.record.paper import ReferralDocument
from liaison_desktop.clinical.referrals.record.referral import CareNeed, Cited, Referral, Told
from liaison_desktop.clinical.referrals.record.visit import BedsideVisit, Present
from liaison_desktop.tasks.record import Priority

__all__ = [
    "Agreement",
    "BedsideVisit",
    "CareNeed",
    "Channel",
    "Cited",
    "Decision",
    "DeclineReason",
    "DocumentKind",
    "HowIdentified",
    "Present",
    "Priority",
    "Referral",
    "ReferralDocument",
    "Told",
    "ToldBy",
    "WorkStatus",
]
