"""Sources of referrals as places and people, and the events of outreach."""

from liaison_desktop.clinical.outreach.record.codes import EventKind, Outcome, VisitFrequency
from liaison_desktop.clinical.outreach.record.event import OutreachEvent
from liaison_desktop.clinical.outreach.record.source import SourceContact, SourcePlace

__all__ = ["EventKind", "Outcome", "OutreachEvent", "SourceContact", "SourcePlace", "VisitFrequency"]
