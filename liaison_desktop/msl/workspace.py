"""The medical science workspace: its kinds, its pages, and how the features meet. Pages are imported when first shown."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import structs

from liaison_desktop.msl.directory.record import Affiliation, Institution, Person
from liaison_desktop.msl.inquiries.record import MedicalInquiry, ScientificInterest, SiuuPackage, StandingRequest
from liaison_desktop.msl.insights.record import Insight, InsightFeedback, ListeningPriority
from liaison_desktop.msl.materials.record import Material, Product, ScientificTopic
from liaison_desktop.msl.safety.record import SafetyDismissal, SafetyEvent
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.sealed.record import SealedDocument
from liaison_desktop.store import Schema
from liaison_desktop.ui.workspace import Command, Notice, PageSpec, Workspace

if TYPE_CHECKING:
    from liaison_desktop.msl.directory.page import Story
    from liaison_desktop.msl.safety.form import SafetyWatch
    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page

KINDS = (
    Person,
    Institution,
    Affiliation,
    Product,
    ScientificTopic,
    Material,
    SafetyEvent,
    SafetyDismissal,
    Insight,
    InsightFeedback,
    ListeningPriority,
    ScientificInterest,
    StandingRequest,
    SiuuPackage,
    MedicalInquiry,
    Visit,
    SealedDocument,
)

SCHEMA = Schema(name="msl", kinds=KINDS)


def _today(desk: Desk) -> Page:
    from liaison_desktop.msl.today.page import TodayPage

    return TodayPage(desk)


def _visits(desk: Desk) -> Page:
    from liaison_desktop.msl.visits.page import VisitsPage

    return VisitsPage(desk)


def _people(desk: Desk) -> Page:
    from liaison_desktop.msl.directory.page import PeoplePage

    # The directory stands below the visits and does not know them; here they meet.
    return PeoplePage(
        desk,
        history=lambda person, nested: _history(desk, person, nested),
        visit=lambda person: _begin(desk, person),
        stored=lambda person: desk.open("stored", person),
        repeat=lambda person: _repeat(desk, person),
        inquire=lambda person: _ask(desk, person),
        standing=lambda person: _ask(desk, person, standing=True),
    )


def _insights(desk: Desk) -> Page:
    from liaison_desktop.msl.insights.page import InsightsPage
    from liaison_desktop.msl.visits.page.turning import turns_of

    # Insights, inquiries and safety do not know each other; the visits above them know how one becomes the other.
    return InsightsPage(desk, turns_of(desk))


def _inquiries(desk: Desk) -> Page:
    from liaison_desktop.msl.inquiries.page import InquiriesPage
    from liaison_desktop.msl.visits.page.turning import insight_of_inquiry

    return InquiriesPage(desk, insight=lambda inquiry: insight_of_inquiry(desk, inquiry))


def _safety(desk: Desk) -> Page:
    from liaison_desktop.msl.safety.page import SafetyPage

    return SafetyPage(desk)


def _count_clocks(store: Store) -> int:
    from liaison_desktop.msl.safety.queries import count_running

    return count_running(store)


def _watch(desk: Desk) -> SafetyWatch:
    from liaison_desktop.msl.safety.form import SafetyWatch

    return SafetyWatch(desk)


def _watching(desk: Desk) -> SafetyWatch:
    watch: Any = desk.frame.strip
    made: SafetyWatch = watch
    return made


def _clock(desk: Desk) -> Notice | None:
    from liaison_desktop.msl.safety.actions import now_for
    from liaison_desktop.msl.safety.queries import running_events
    from liaison_desktop.msl.safety.rules import clock_fault, left
    from liaison_desktop.policies import policy_of

    policy = policy_of(desk.store)
    for event in running_events(desk.store):
        now = now_for(desk.store, event)
        fault = clock_fault(event, now, policy)
        if fault is None:
            return None
        tone = left(event, now, policy).alarm.value
        return Notice(fault.message, tone, "siren", "safety", leaving="A safety report is not handed over")
    return None


def _topics(desk: Desk) -> Page:
    from liaison_desktop.msl.materials.page import TopicsPage

    return TopicsPage(desk)


def _materials(desk: Desk) -> Page:
    from liaison_desktop.msl.materials.page import MaterialsPage

    return MaterialsPage(desk)


def _stored(desk: Desk) -> Page:
    from liaison_desktop.msl.report.page import StoredPage

    return StoredPage(desk)


def _history(desk: Desk, person_id: uuid.UUID, nested: bool) -> Story:
    """Everything with somebody, whatever kind it is, the newest first."""
    from liaison_desktop.msl.report.page import PersonStory

    return PersonStory(desk.store, person_id, nested=nested)


def _begin(desk: Desk, person_id: uuid.UUID) -> None:
    from liaison_desktop.msl.visits.actions import begin_visit

    desk.open(Visit.kind, begin_visit(desk.store, person_id=person_id).id)


def _repeat(desk: Desk, person_id: uuid.UUID) -> None:
    from liaison_desktop.msl.visits.actions import repeat_visit

    if (made := repeat_visit(desk.store, person_id)) is not None:
        desk.open(Visit.kind, made.id)
    else:
        desk.trouble("There is no visit with this person to repeat yet")


def _ask(desk: Desk, person_id: uuid.UUID, *, standing: bool = False) -> None:
    from liaison_desktop.msl.inquiries.page import begin_asked

    begin_asked(desk, person_id, standing=standing)


def _count_today(store: Store) -> int:
    import datetime

    from liaison_desktop.msl.visits.queries import open_promises

    today = store.clock().date()
    soon = today + datetime.timedelta(days=1)
    found = open_promises(store, until=soon)
    return sum(1 for one in found if one.row.due_on is not None and one.row.due_on <= soon)


def _count_inquiries(store: Store) -> int:
    from liaison_desktop.msl.inquiries.queries import count_open

    return count_open(store)


def _count_open(store: Store) -> int:
    from liaison_desktop.msl.visits.queries import count_visits

    return count_visits(store, open_only=True)


def _commands(desk: Desk) -> tuple[Command, ...]:
    from liaison_desktop.msl.visits.actions import begin_visit

    def record() -> None:
        desk.open(Visit.kind, begin_visit(desk.store).id)

    return (
        Command("Record a visit", record, "now", "plus"),
        Command("Report a safety event", lambda: _watching(desk).report(), "One sentence is enough", "siren", "F12"),
        Command("No safety report: say why", lambda: _watching(desk).ask_why(), "what is marked", "siren", "Shift+F12"),
        Command("Reword patient identity", lambda: _watching(desk).reword(), "what is marked", "user-x", "F7"),
    )


def _understands(desk: Desk, text: str) -> tuple[Command, ...]:
    """A visit in one line, such as `v oko 14:00 30m #dosing`; one offer for each person the name may mean."""
    from liaison_desktop.msl.visits.rules import is_visit_line

    if not is_visit_line(text):
        return ()
    from liaison_desktop.msl.visits.form import read_line, said
    from liaison_desktop.msl.visits.page.flags import begin_line

    found = read_line(desk.store, text)

    def record(person_id: uuid.UUID | None) -> Callable[[], object]:
        return lambda: begin_line(desk, found, person_id)

    meant = [structs.replace(found, people=(one,)) for one in found.people[:3]] or [found]
    return tuple(
        Command(
            f"Record a visit with {one.person}" if one.person else "Record a visit",
            record(one.person_id),
            "" if one.person else "nobody of that name yet",
            "plus",
            chips=tuple((chip.text, chip.tone, chip.icon) for chip in said(desk.store, one)),
        )
        for one in meant
    )


def _practice(store: Store) -> None:
    from liaison_desktop.msl.practice import fill

    fill(store)


_FEATURES = ("directory", "materials", "insights", "inquiries", "safety", "visits", "report", "today")

_NONE: frozenset[str] = frozenset()
_TAXONOMY = frozenset({ScientificTopic.kind, Product.kind})

WORKSPACE = Workspace(
    key="msl",
    title="Medical science",
    schema=SCHEMA,
    pages=(
        PageSpec("today", "Today", "sun", _today, _count_today, ahead=_NONE),
        PageSpec("people", "People", "users", _people, ahead=_NONE),
        PageSpec("visits", "Visits", "messages-square", _visits, _count_open, ahead=_NONE),
        PageSpec("insights", "Insights", "lightbulb", _insights, ahead=_NONE),
        PageSpec("inquiries", "Inquiries", "circle-question-mark", _inquiries, _count_inquiries, ahead=_NONE),
        PageSpec(
            "safety", "Safety", "shield-alert", _safety, _count_clocks, alert=True, ahead=frozenset({SafetyEvent.kind})
        ),
        PageSpec("stored", "What we store", "", _stored),
        PageSpec("topics", "Topics", "book-open", _topics, ahead=_TAXONOMY),
        PageSpec("materials", "Materials", "files", _materials, ahead=_TAXONOMY | {Material.kind}),
    ),
    opens={
        "stored": "stored",
        Person.kind: "people",
        Visit.kind: "visits",
        Insight.kind: "insights",
        ListeningPriority.kind: "insights",
        MedicalInquiry.kind: "inquiries",
        StandingRequest.kind: "inquiries",
        SiuuPackage.kind: "inquiries",
        SafetyEvent.kind: "safety",
        "safety_report": "safety",
        ScientificTopic.kind: "topics",
        Product.kind: "topics",
        Material.kind: "materials",
    },
    practice=_practice,
    commands=_commands,
    notice=_clock,
    understands=_understands,
    strip=_watch,
    features=tuple(f"liaison_desktop.msl.{one}" for one in _FEATURES),
)
