"""Sources and events of the practice store. Everybody and every place is invented."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.outreach.record import (
    EventKind,
    Outcome,
    OutreachEvent,
    SourceContact,
    SourcePlace,
    VisitFrequency,
)
from liaison_desktop.clinical.people.record import FacilityType
from liaison_desktop.store import Store

_PLACES = (
    ("Northlake Medical Center (practice)", FacilityType.ACH),
    ("Cedar Grove Surgical Clinic (practice)", FacilityType.OUTPT),
    ("Willow Home Health (practice)", FacilityType.HHA),
)
_PEOPLE = (
    (0, "Dana Whitfield", "Case manager", VisitFrequency.WEEKLY, 5),
    (0, "Omar Haddad", "Discharge planner", VisitFrequency.BIWEEKLY, 4),
    (1, "Greta Lindholm", "Practice administrator", VisitFrequency.MONTHLY, 3),
    (2, "Samuel Adeyemi", "Intake coordinator", VisitFrequency.QUARTERLY, None),
)
# Days ago, what, contact, topic, outcome, next action and in how many days from today, cents, people there.
_EVENTS = (
    (2, EventKind.IN_SERVICE, 0, "What we take after stroke", Outcome.WILL_REFER, "Bring the admission criteria", 1, 2450, 9),
    (9, EventKind.FOLLOW_UP_VISIT, 1, "How fast we answer", Outcome.CONCERN, "Show the response times of October", -1, None, None),
    (16, EventKind.LUNCH_LEARN, 2, "Wound care after surgery", Outcome.INTERESTED, "", None, 8600, 6),
    (35, EventKind.COLD_VISIT, 3, "Who we are", Outcome.WANTS_MORE, "Call with the brochure", 12, None, None),
)  # fmt: skip


def fill_practice_outreach(store: Store) -> tuple[OutreachEvent, ...]:
    """Put places, people and events into a practice store."""
    today = store.clock().date()
    with store.transaction("synthetic practice record") as transaction:
        places = [
            transaction.save(SourcePlace(name=name, type=type, phone=f"(555) 010-02{number}0"))
            for number, (name, type) in enumerate(_PLACES)
        ]
        people = [
            transaction.save(
                SourceContact(name=name, place_id=places[place].id, role=role, visit_frequency=often, rating=rating)
            )
            for place, name, role, often, rating in _PEOPLE
        ]
        made = []
        for ago, kind, contact, topic, outcome, words, ahead, cents, heads in _EVENTS:
            who = people[contact]
            event = OutreachEvent(
                event_kind=kind,
                held_on=today - datetime.timedelta(days=ago),
                place_id=who.place_id,
                contact_ids=(who.id,),
                topic=topic,
                outcome=outcome,
                next_action=words,
                next_on=None if ahead is None else today + datetime.timedelta(days=ahead),
                expense_cents=cents,
                headcount=heads,
                by=store.actor.name,
                by_id=store.actor.id,
            )
            made.append(transaction.save(event))
        return tuple(made)
