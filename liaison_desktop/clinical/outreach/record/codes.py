"""Code lists of outreach."""

from __future__ import annotations

from liaison_desktop.records import Code


class EventKind(Code):
    """What was done."""

    IN_SERVICE = "in_service", "In-service"
    HEALTH_FAIR = "health_fair", "Health fair"
    FACILITY_TOUR = "facility_tour", "Facility tour"
    COMMUNITY_TALK = "community_talk", "Community talk"
    LUNCH_LEARN = "lunch_learn", "Lunch and learn"
    COLD_VISIT = "cold_visit", "First visit"
    FOLLOW_UP_VISIT = "follow_up_visit", "Follow-up visit"
    PHONE = "phone", "Phone call"
    VIRTUAL = "virtual", "Virtual meeting"


class Outcome(Code):
    """What came of it."""

    WILL_REFER = "will_refer", "Will refer"
    INTERESTED = "interested"
    WANTS_MORE = "wants_more", "Wants to know more"
    CONCERN = "concern", "Has a concern about us"
    NOT_NOW = "not_now", "Not now"
    NOBODY_THERE = "nobody_there", "Nobody there"
    DONE = "done", "Held as planned"


class VisitFrequency(Code):
    """How often somebody should hear from us."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly", "Every two weeks"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ADHOC = "adhoc", "As needed"
