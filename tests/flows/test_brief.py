"""The brief before a visit, by keyboard alone: Space shows it, F9 prints it, Space or Escape leaves it."""

from __future__ import annotations

import datetime as dt

import msgspec

from liaison_desktop.msl.directory.record import ContactChannel, ContactPermission, KnownOrNot, Person
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Question, StandingRequest
from liaison_desktop.msl.insights.record import Audience, Category, Decision, Insight, InsightFeedback, InsightStatus
from liaison_desktop.msl.materials.record import Material, MaterialKind, MaterialVersion, ScientificTopic, Use
from liaison_desktop.msl.today.page import TodayPage
from liaison_desktop.msl.today.page.slots import VisitSlot
from liaison_desktop.msl.visits.document import Brief, brief_of
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.text import Label
from tests.fakes import TODAY, PaperTray
from tests.flows.keyboard import CTRL, KEY, SHIFT, frame, here, press
from tests.msl.builders import a_person, a_visit, a_world

__all__ = ["frame"]


def noted(store: Store, act: str) -> list[str]:
    return [line.reason for line in store.lines(limit=20) if line.act == act]


def test_space_on_a_row_of_today_shows_the_brief_and_f9_prints_it(frame: WorkFrame, printer: PaperTray) -> None:
    page = frame.page
    assert isinstance(page, TodayPage)
    assert isinstance(here(), VisitSlot), "Today begins on the first visit of the day"
    press(KEY.Key_Space)
    assert page.view.isVisible()
    shown = page.view.shown
    assert shown is not None
    assert shown.person.title() in here().accessibleName()
    press(KEY.Key_F9)
    assert len(printer.printed) == 1
    assert printer.printed[0][0].startswith(b"%PDF")
    assert [reason.partition(":")[0] for reason in noted(frame.desk.store, "printed")] == ["brief"]
    press(KEY.Key_Escape)
    assert not page.view.isVisible()
    assert isinstance(here(), VisitSlot)
    press(KEY.Key_Return)
    assert frame.page_key == "visits"


def test_space_in_the_list_of_visits_and_the_arrows_turn_the_pages(frame: WorkFrame) -> None:
    press(KEY.Key_3, CTRL)
    page = frame.page
    assert isinstance(page, VisitsPage)
    press(KEY.Key_Down)
    press(KEY.Key_Space)
    first = page.reading.view.shown
    assert first is not None
    assert page.reading.view.isVisible()
    assert not page.brief.isVisible()
    press(KEY.Key_Down)
    second = page.reading.view.shown
    assert second is not None
    assert second.person.id != first.person.id, "the arrows turn to the next brief"
    press(KEY.Key_Space)
    assert not page.reading.view.isVisible()
    assert page.pane.isVisible()


def test_a_pinned_brief_stays_on_today_until_it_is_taken_off(frame: WorkFrame) -> None:
    def on_today() -> list[str]:
        return [one.text() for one in frame.pages["today"].findChildren(Label) if one.isVisibleTo(frame)]

    assert "Pinned brief" not in on_today()
    press(KEY.Key_Space)
    press(KEY.Key_F9, SHIFT)
    press(KEY.Key_Escape)
    assert "Pinned brief" in on_today()
    press(KEY.Key_3, CTRL)
    press(KEY.Key_1, CTRL)
    assert "Pinned brief" in on_today()
    press(KEY.Key_Space)
    press(KEY.Key_F9, SHIFT)
    press(KEY.Key_Escape)
    assert "Pinned brief" not in on_today()


def parts(brief: Brief) -> dict[str, list[tuple[str, str, str]]]:
    return {part.title: [(one.what, one.mark, one.tone) for one in part.lines] for part in (*brief.left, *brief.right)}


def test_a_first_visit_says_only_what_is_there(msl_store: Store) -> None:
    person = msl_store.save(a_person())
    brief = brief_of(msl_store, person.id)
    assert (brief.promises, brief.left) == ((), ())
    (only,) = brief.right
    assert [(one.what, one.mark) for one in only.lines] == [
        ("May be contacted", ""),
        ("No privacy notice is on record", "not recorded"),
        ("No consent to e-mail is on record", "not recorded"),
    ]


def test_everything_that_should_be_known_stands_on_the_page(msl_store: Store) -> None:
    world, day = a_world(msl_store), TODAY.date()
    with msl_store.transaction() as transaction:
        person = msgspec.structs.replace(
            transaction.get(Person, world.person.id),
            is_formulary_member=KnownOrNot.YES,
            contact_permission=ContactPermission.EMAIL_ONLY,
            preferred_channel=ContactChannel.VIDEO,
            privacy_notice_given_at=TODAY - dt.timedelta(days=40),
        )
        transaction.save(person)
        visit = transaction.save(a_visit(world, TODAY - dt.timedelta(days=9), notes="Spoke of dosing."))
        insight = transaction.save(
            Insight(
                headline="Dosing is unclear",
                person_id=world.person.id,
                category=Category.MISSING_EVIDENCE,
                heard_at=TODAY,
                status=InsightStatus.SUBMITTED,
            )
        )
        transaction.save(
            InsightFeedback(
                insight_id=insight.id,
                from_function=Audience.CLINICAL_DEVELOPMENT,
                decision=Decision.TAKEN_UP,
                action_text="Changed protocol amendment 3",
                at=day,
            )
        )
        transaction.save(
            MedicalInquiry(
                number="MI-1",
                person_id=world.person.id,
                received_at=TODAY - dt.timedelta(days=12),
                due_at=TODAY - dt.timedelta(days=2),
                status=InquiryStatus.SUBMITTED,
                consent_to_send_email=True,
                questions=(Question(verbatim="What about an eGFR of 28?"),),
            )
        )
        for days, subject in ((30, "Renal data"), (200, "Far away"), (-5, "Over")):
            transaction.save(
                StandingRequest(
                    person_id=world.person.id,
                    subject=subject,
                    text="Keep me informed",
                    expires_on=day + dt.timedelta(days=days),
                )
            )
        for name, use, ends in (
            ("Starting dose deck", Use.PROACTIVE, 90),
            ("Old deck", Use.PROACTIVE, -1),
            ("For us only", Use.INTERNAL_ONLY, 90),
        ):
            transaction.save(
                Material(
                    name=name,
                    material_kind=MaterialKind.SLIDE_DECK,
                    topic_id=world.on_label.id,
                    use=use,
                    versions=(
                        MaterialVersion(
                            number="2",
                            approval_ref="A-77",
                            approved_on=day - dt.timedelta(days=100),
                            expires_on=day + dt.timedelta(days=ends),
                        ),
                    ),
                )
            )
    found = brief_of(msl_store, world.person.id)
    told = parts(found)
    assert [one[1] for one in told["Keep to"]] == ["E-mail only", "Disclose"]
    assert told["Open inquiries"] == [("What about an eGFR of 28?", "12 d old", "red")]
    assert told["Standing requests that end"] == [("Over", "ended", "red"), ("Renal data", "30 d left", "amber")]
    assert [one[0] for one in told["Materials approved for the topics"]] == ["Starting dose deck"]
    given = next(part for part in found.right if part.title.startswith("Insights"))
    assert given.lines[0].facts == "Clinical development: Changed protocol amendment 3"
    assert told["Contact and consent"] == [
        ("E-mail only", "", "neutral"),
        ("Privacy notice given", "10 Oct 2026", "neutral"),
        ("Agreed to an answer by e-mail", "7 Nov 2026", "neutral"),
    ]
    assert told["Last visit"][0][1] == "10 Nov 2026"
    assert told["Works at"][0][0] == "Northlake University Hospital"
    assert msl_store.find(ScientificTopic, world.on_label.id)
    assert visit.id == next(part for part in found.left if part.title == "Last visit").lines[0].id
    assert brief_of(msl_store, world.person.id, msl_store.get(Visit, visit.id)).visit.startswith("10 Nov 2026")
