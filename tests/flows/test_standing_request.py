"""A doctor asks to be kept informed: from the topic of a visit, signed, over its end, to the renewal; keys alone.

1, Tab, the question         the topic is the doctor's own question
Ctrl+G                       a standing request of this doctor about this topic, for a year
E, F6                        by e-mail; request and consent under one signature
Ctrl+R                       renewed with the doctor
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.queries import standing_requests
from liaison_desktop.msl.inquiries.record import (
    DeliveryMethod,
    RequestStatus,
    SiuuPackage,
    SourceKind,
    StandingRequest,
    standing_statement,
)
from liaison_desktop.msl.visits.record import Direction, ExchangeBasis, Topic, Visit, VisitStatus
from liaison_desktop.signing import fingerprint_of
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents import hand
from tests.fakes import Clock
from tests.flows.keyboard import CTRL, KEY, SHIFT, press, types
from tests.msl.inquiries.story import INQUIRIES, Story, pick, spoken, tab_to

ASKED = "Please tell me of new data on renal dosing"
MAIL = "h.okonkwo@northlake.example"
HOUR = dt.timedelta(hours=1)


class Standing(Story):
    """A visit about an off-label topic whose ground nobody has given yet."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(desk, qtbot)
        self.person = self.store.save(msgspec.structs.replace(self.world.person, email=MAIL))
        self.visit = self.about(desk.clock() - HOUR / 2)

    def about(self, start: dt.datetime, **row: object) -> Visit:
        """A visit about renal dosing, which lies outside the label."""
        return self.visit_at(start, topics=(Topic(topic_id=self.world.off_label.id, **row),))

    def saved(self) -> Visit:
        return self.store.get(Visit, self.visit.id)

    def requests(self) -> tuple[StandingRequest, ...]:
        return standing_requests(self.store)


@pytest.fixture
def story(msl_desk: Desk, qtbot: QtBot) -> Iterator[Standing]:
    made = Standing(msl_desk, qtbot)
    yield made
    made.end()


def begin_from_the_visit(story: Standing) -> None:
    """The doctor asks, and then wants to hear on."""
    story.to_visit(story.visit)
    tab_to("Basis of Renal dosing")
    press(KEY.Key_1)
    tab_to("The question, word for word")
    types(ASKED)
    press(KEY.Key_G, CTRL)
    assert story.frame.page_key == "inquiries"
    assert spoken() == "What the doctor wants to hear about"


def test_workflow_6_a_question_then_a_standing_request_and_consent_under_one_signature(story: Standing) -> None:
    begin_from_the_visit(story)
    row = story.page("visits").pane.typed().topics[0]
    assert (row.exchange_basis, row.direction) == (ExchangeBasis.UNSOLICITED_REQUEST, Direction.ASKED_BY_HCP)
    assert not story.requests()
    tab_to("News by")
    types("e")
    tab_to("Address, number or place", most=1)
    # Without the consent it is not recorded (MIR-5) ...
    press(KEY.Key_Return, CTRL)
    form = story.page("inquiries").standing.form
    assert form.form.field("consent_to_send_email").fault() == (
        "No e-mail consent on file for Dr Okonkwo. Capture it now or choose another way."
    )
    # ... and the page for the doctor asks for both at once.
    press(KEY.Key_F6)
    assert story.frame.covered
    screen = story.page("inquiries").standing.turning.screen
    for words in (ASKED, "Renal dosing, Velacor", "until 19 Nov 2027 by E-mail", MAIL, "I agree to be written to"):
        assert words in screen.shown
    assert not story.requests()
    hand.draw(screen.field.pad)
    tab_to("Accept")
    press(KEY.Key_Space)
    (request,) = story.requests()
    assert story.frame.covered
    story.take_back()
    assert not story.frame.covered
    assert (request.person_id, request.visit_id) == (story.person.id, story.visit.id)
    assert (request.delivery_method, request.channel_ok) == (DeliveryMethod.EMAIL, MAIL)
    assert (request.text, request.expires_on) == (ASKED, dt.date(2027, 11, 19))
    assert request.consent_to_send_email
    assert request.signature is not None
    assert request.signature.shown_sha256 == fingerprint_of(standing_statement(request).encode())
    assert screen.shown == standing_statement(request)
    assert "Signed Thu 19 Nov 2026" in story.page("inquiries").standing._said.text()
    assert any(line.act == "signed" and line.subject == request.id for line in story.store.lines())


def test_a_doctor_who_does_not_sign_is_recorded_without(story: Standing) -> None:
    begin_from_the_visit(story)
    press(KEY.Key_F6)
    tab_to("I do not want to sign")
    press(KEY.Key_Space)
    story.take_back()
    assert not story.requests()
    assert spoken() == "Record"
    press(KEY.Key_Return, CTRL)
    (request,) = story.requests()
    assert not request.is_signed
    # It may be signed later, once.
    press(KEY.Key_F6)
    hand.draw(story.page("inquiries").standing.turning.screen.field.pad)
    tab_to("Accept")
    press(KEY.Key_Space)
    story.take_back()
    assert story.requests()[0].is_signed
    press(KEY.Key_F6)
    assert not story.frame.covered


def test_cited_in_a_visit_refused_after_its_end_and_renewed_by_keyboard(story: Standing, clock: Clock) -> None:
    begin_from_the_visit(story)
    press(KEY.Key_Return, CTRL)
    (request,) = story.requests()
    # The next visit rests on it and is submitted (OFF-8 silent).
    basis = {"exchange_basis": ExchangeBasis.STANDING_REQUEST, "direction": Direction.ASKED_BY_HCP}
    row = {**basis, "verbatim_question": ASKED}
    clock.tick(86_400)
    story.visit = story.about(clock() - HOUR, **row)
    cite(story)
    assert (story.saved().status, story.saved().topics[0].standing_request_id) == (VisitStatus.SUBMITTED, request.id)

    # It ends soon, and Today says so; a visit after its end is refused (OFF-8).
    clock.set(dt.datetime(2027, 11, 1, 9, tzinfo=clock().tzinfo))
    press(KEY.Key_2, CTRL)
    press(KEY.Key_1, CTRL)
    tab_to("Dr. Hannah Okonkwo, Renal dosing, Velacor · 19 Nov 2027, Ends soon", most=60)
    clock.set(dt.datetime(2027, 11, 25, 9, tzinfo=clock().tzinfo))
    story.visit = story.about(clock() - HOUR, **row)
    cite(story)
    assert story.saved().status is not VisitStatus.SUBMITTED
    card = story.page("visits").pane.form.topics.cards[0]
    assert "This standing request ended 19 Nov 2027." in card._fields["standing_request_id"].fault()

    # From Today to the request, and renewed with the doctor.
    press(KEY.Key_1, CTRL)
    tab_to("Dr. Hannah Okonkwo, Renal dosing, Velacor · 19 Nov 2027, Ended", most=60)
    press(KEY.Key_Return)
    assert story.frame.page_key == "inquiries"
    assert spoken() == "Renew"
    press(KEY.Key_R, CTRL)
    fresh = next(one for one in story.requests() if one.renewed_from_id == request.id)
    assert fresh.expires_on == dt.date(2028, 11, 25)
    assert story.store.get(StandingRequest, request.id).status is RequestStatus.RENEWED
    assert spoken() == "Hand over to sign"
    cite(story)
    assert story.saved().status is VisitStatus.SUBMITTED
    assert story.saved().topics[0].standing_request_id == fresh.id


def cite(story: Standing) -> None:
    """In the newest visit: choose the newest standing request and submit."""
    story.to_visit(story.visit)
    tab_to("Standing request")
    press(KEY.Key_A, CTRL)
    types("Renal")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)


def test_from_the_profile_of_a_person_and_from_an_inquiry(story: Standing) -> None:
    press(KEY.Key_2, CTRL)
    pick("Okonkwo")
    press(KEY.Key_G, CTRL)
    assert story.frame.page_key == "inquiries"
    form = story.page("inquiries").standing.form
    assert form.request().person_id == story.person.id
    assert spoken() == "Scientific interest"
    pick("Renal")
    tab_to("What the doctor wants to hear about")
    types(ASKED)
    press(KEY.Key_Return, CTRL)
    (request,) = story.requests()
    assert (request.person_id, request.subject) == (story.person.id, "Renal dosing, Velacor")
    # The same person asks a question, and wants to hear on about another topic.
    press(KEY.Key_2, CTRL)
    press(KEY.Key_M, CTRL)
    assert story.page("inquiries").pane.typed().person_id == story.person.id
    press(KEY.Key_G, CTRL)
    assert form.request().person_id == story.person.id
    assert form.request().version is None


def test_withdrawn_with_a_reason(story: Standing) -> None:
    begin_from_the_visit(story)
    press(KEY.Key_Return, CTRL)
    tab_to("Withdraw")
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    assert story.requests()[0].status is RequestStatus.ACTIVE
    types("Moved to another field")
    press(KEY.Key_Return)
    assert story.requests()[0].status is RequestStatus.WITHDRAWN


def test_a_standing_request_that_was_begun_comes_back(story: Standing) -> None:
    begin_from_the_visit(story)
    assert not story.requests()
    story.frame.put_away()
    story.start()
    press(INQUIRIES, CTRL)
    form = story.page("inquiries").standing.form
    assert form.request().text == ASKED
    assert form.topic_id() == story.world.off_label.id


def test_a_visit_on_siuu_needs_a_complete_package(story: Standing) -> None:
    package = actions.save_package(
        story.store,
        SiuuPackage(
            name="Renal dosing reprint",
            product_id=story.world.approved.id,
            source_kind=SourceKind.REPRINT,
            source="Reyes et al. 2024",
            approval_ref="SIUU-2026-014",
        ),
    )
    story.to_visit(story.visit)
    tab_to("Basis of Renal dosing")
    press(KEY.Key_3)
    press(KEY.Key_Return, CTRL | SHIFT)
    fields = story.page("visits").pane.form.topics.cards[0]._fields
    assert fields["siuu_id"].fault() == "Attach the approved SIUU package; 13 disclosure(s) missing."
    # The checklist, by its digits and by Space.
    press(INQUIRIES, CTRL)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    tab_to("Disclosures seen")
    for _ in range(13):
        press(KEY.Key_Space)
        press(KEY.Key_Right)
    press(KEY.Key_Return, CTRL)
    assert not story.store.get(SiuuPackage, package.id).missing()
    story.to_visit(story.visit)
    tab_to("SIUU package")
    pick("Renal")
    assert fields["siuu_id"].fault() == ""
    press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().topics[0].siuu_id == package.id
    assert story.saved().status is VisitStatus.SUBMITTED
