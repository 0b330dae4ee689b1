"""What stands in the way of submitting a visit: one test for each rule, with the sentence a person reads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.directory.record import ContactPermission
from liaison_desktop.msl.inquiries import actions as inquiries
from liaison_desktop.msl.inquiries.record import Disclosure, SiuuPackage, SourceKind
from liaison_desktop.msl.visits.actions import cancel_visit, check_visit, context_of, save_visit, submit_visit
from liaison_desktop.msl.visits.record import (
    Attendee,
    CancelReason,
    CompanyFunction,
    Confirmation,
    Direction,
    ExchangeBasis,
    FollowUp,
    Heard,
    InitiatedBy,
    PresentForOffLabel,
    Topic,
    Visit,
    VisitStatus,
)
from liaison_desktop.msl.visits.rules import Context, visit_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.own_file import apply_own
from tests.fakes import TODAY
from tests.msl.builders import World, a_visit, a_world

if TYPE_CHECKING:
    from liaison_desktop.store import Store
    from tests.fakes import Clock

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world(msl_store: Store) -> World:
    return a_world(msl_store)


def found(store: Store, visit: Visit) -> dict[str, Fault]:
    return {fault.rule: fault for fault in check_visit(store, visit)}


def about(topic: Any, basis: ExchangeBasis | None, **changes: Any) -> Topic:
    row = Topic(topic_id=topic.id, exchange_basis=basis, direction=Direction.ASKED_BY_HCP)
    return msgspec.structs.replace(row, **changes)


def test_a_complete_visit_has_nothing_against_it(msl_store: Store, clock: Clock, world: World) -> None:
    assert check_visit(msl_store, a_visit(world, clock() - HOUR)) == ()


def test_vis_1_names_what_is_missing_beside_each_field(msl_store: Store) -> None:
    faults = [fault for fault in check_visit(msl_store, Visit()) if fault.rule == "VIS-1"]
    assert {fault.field: fault.message for fault in faults} == {
        "primary_person_id": "Add the person before submitting. Your draft is saved.",
        "channel": "Add the channel before submitting. Your draft is saved.",
        "start_at": "Add the start before submitting. Your draft is saved.",
        "topics": "Add a topic before submitting. Your draft is saved.",
    }


def test_vis_2_the_future_cannot_be_submitted(msl_store: Store, clock: Clock, world: World) -> None:
    fault = found(msl_store, a_visit(world, clock() + HOUR))["VIS-2"]
    assert fault.severity is Severity.REFUSE
    assert fault.message.startswith("This visit starts ")
    assert fault.message.endswith(". A visit can be submitted only after it has happened.")


def test_vis_3_a_late_visit_says_why(msl_store: Store, clock: Clock, world: World) -> None:
    late = a_visit(world, clock() - dt.timedelta(days=9))
    fault = found(msl_store, late)["VIS-3"]
    assert fault.message == "This visit was 9 days ago; policy is 7. Say why it is late."
    assert (fault.severity, fault.field) == (Severity.CONFIRM, "late_reason")
    assert "VIS-3" not in found(msl_store, msgspec.structs.replace(late, late_reason="On leave"))
    assert "VIS-3" not in found(msl_store, a_visit(world, clock() - dt.timedelta(days=7)))


def test_vis_4_warns_of_two_visits_at_one_time(msl_store: Store, clock: Clock, world: World) -> None:
    other = save_visit(msl_store, a_visit(world, clock() - 2 * HOUR, primary_person_id=None))
    visit = a_visit(world, clock() - 2 * HOUR + dt.timedelta(minutes=20))
    fault = found(msl_store, visit)["VIS-4"]
    assert fault.message == f"You also recorded {other.title()} at this time. Keep both?"
    assert fault.severity is Severity.WARN
    assert submit_visit(msl_store, visit).locked


def test_vis_5_the_question_is_never_answered_in_advance(msl_store: Store, clock: Clock, world: World) -> None:
    assert Visit().ae_heard is Heard.UNANSWERED
    fault = found(msl_store, a_visit(world, clock() - HOUR, ae_heard=Heard.UNANSWERED))["VIS-5"]
    assert fault.message == "Did you hear of any adverse event or product complaint? Answer Yes or No to submit."


def test_vis_6_the_same_visit_twice_is_asked_about(msl_store: Store, clock: Clock, world: World) -> None:
    submit_visit(msl_store, a_visit(world, clock() - 3 * HOUR))
    again = a_visit(world, clock() - HOUR)
    fault = found(msl_store, again)["VIS-6"]
    time = (clock() - 3 * HOUR).strftime("%H:%M")
    assert fault.message == (f"This looks like the visit you recorded at {time}. Add to it, or keep as a second visit?")
    kept = Confirmation(rule="VIS-6", about="start_at", answer="Keep as a second visit")
    assert "VIS-6" not in found(msl_store, msgspec.structs.replace(again, confirmations=(kept,)))


def test_hcp_2_who_asked_not_to_be_contacted_may_still_start(msl_store: Store, clock: Clock, world: World) -> None:
    save_person(
        msl_store,
        msgspec.structs.replace(
            world.person, contact_permission=ContactPermission.NO_CONTACT, do_not_contact_on=dt.date(2026, 9, 3)
        ),
    )
    mine = a_visit(world, clock() - HOUR, initiated_by=InitiatedBy.MSL_PROACTIVE)
    fault = found(msl_store, mine)["HCP-2"]
    assert fault.message == (
        "Dr Okonkwo asked not to be contacted on 3 Sep 2026. You can record a contact they started."
    )
    assert "HCP-2" not in found(msl_store, a_visit(world, clock() - HOUR, initiated_by=InitiatedBy.HCP_REQUEST))
    assert "HCP-2" in found(msl_store, a_visit(world, clock() - HOUR, initiated_by=None))


@pytest.mark.parametrize("basis", [None, ExchangeBasis.ON_LABEL, ExchangeBasis.DISEASE_STATE])
def test_off_1_off_label_needs_its_ground(
    msl_store: Store, clock: Clock, world: World, basis: ExchangeBasis | None
) -> None:
    fault = found(msl_store, a_visit(world, clock() - HOUR, topics=(about(world.off_label, basis),)))["OFF-1"]
    assert fault.message == (
        "Renal dosing is not in the approved label. Choose: unsolicited request, standing request, or SIUU."
    )
    assert fault.field == "topics.0.exchange_basis"


def test_off_1b_an_unapproved_product_needs_its_ground(msl_store: Store, clock: Clock, world: World) -> None:
    bad = a_visit(world, clock() - HOUR, topics=(about(world.pipeline, ExchangeBasis.ON_LABEL),))
    assert found(msl_store, bad)["OFF-1b"].message == (
        "HB-204 is not approved. Record this as an investigational exchange or as the doctor's own question."
    )
    good = a_visit(world, clock() - HOUR, topics=(about(world.pipeline, ExchangeBasis.INVESTIGATIONAL_EXCHANGE),))
    assert check_visit(msl_store, good) == ()


@pytest.mark.parametrize("direction", [None, Direction.RAISED_BY_MSL])
def test_off_2_and_4_an_unsolicited_question_is_the_doctors(
    msl_store: Store, clock: Clock, world: World, direction: Direction | None
) -> None:
    row = about(world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, direction=direction, verbatim_question="dose?")
    faults = found(msl_store, a_visit(world, clock() - HOUR, topics=(row,)))
    assert faults["OFF-2"].message == (
        "An unsolicited request must come from the doctor. Record who raised it, or choose another basis."
    )
    assert faults["OFF-4"].message == "Write the question in the doctor's own words."
    right = about(
        world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, verbatim_question="Can I start 5 mg at an eGFR of 28?"
    )
    assert check_visit(msl_store, a_visit(world, clock() - HOUR, topics=(right,))) == ()


def test_off_3_a_colleague_from_sales_leaves_the_room(msl_store: Store, clock: Clock, world: World) -> None:
    asked = {"verbatim_question": "Can I start 5 mg at an eGFR of 28?"}
    topics = (about(world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, **asked),)
    seller = Attendee(external_name="Colleague", function=CompanyFunction.SALES)
    fault = found(msl_store, a_visit(world, clock() - HOUR, topics=topics, attendees=(seller,)))["OFF-3"]
    assert fault.message == (
        "A commercial colleague is listed as present for an off-label discussion. "
        "Record that they left the discussion, or send this to Compliance."
    )
    gone = msgspec.structs.replace(seller, present_for_offlabel=PresentForOffLabel.NO)
    assert check_visit(msl_store, a_visit(world, clock() - HOUR, topics=topics, attendees=(gone,))) == ()
    assert check_visit(msl_store, a_visit(world, clock() - HOUR, attendees=(seller,))) == ()


def test_off_5_an_answer_in_public_is_asked_about(msl_store: Store, clock: Clock, world: World) -> None:
    row = about(world.off_label, ExchangeBasis.STANDING_REQUEST, public_setting=True)
    fault = found(msl_store, a_visit(world, clock() - HOUR, topics=(row,)))["OFF-5"]
    assert fault.message == "Off-label answers belong in private. Was the answer given one to one afterwards?"
    assert fault.severity is Severity.CONFIRM


def test_off_6_siuu_is_for_approved_products(msl_store: Store, clock: Clock, world: World) -> None:
    bad = a_visit(world, clock() - HOUR, topics=(about(world.pipeline, ExchangeBasis.SIUU),))
    assert found(msl_store, bad)["OFF-6"].message == (
        "SIUU covers unapproved uses of approved products only. HB-204 is investigational."
    )
    good = a_visit(world, clock() - HOUR, topics=(about(world.off_label, ExchangeBasis.SIUU),))
    assert "OFF-6" not in found(msl_store, good)


def test_off_7_siuu_rests_on_a_complete_package(msl_store: Store, clock: Clock, world: World) -> None:
    lacking = SiuuPackage(
        name="Renal dosing reprint",
        product_id=world.approved.id,
        source_kind=SourceKind.REPRINT,
        source="Reyes 2024",
        approval_ref="SIUU-2026-014",
        disclosures=tuple(Disclosure)[:12],
    )
    package = inquiries.save_package(msl_store, lacking)
    bare = about(world.off_label, ExchangeBasis.SIUU)
    faults = found(msl_store, a_visit(world, clock() - HOUR, topics=(bare,)))
    assert faults["OFF-7"].message == "Attach the approved SIUU package; 13 disclosure(s) missing."
    cited = a_visit(world, clock() - HOUR, topics=(msgspec.structs.replace(bare, siuu_id=package.id),))
    assert found(msl_store, cited)["OFF-7"].message == "Attach the approved SIUU package; 1 disclosure(s) missing."
    assert found(msl_store, cited)["OFF-7"].field == "topics.0.siuu_id"
    inquiries.save_package(msl_store, msgspec.structs.replace(package, disclosures=tuple(Disclosure)))
    assert check_visit(msl_store, cited) == ()


def test_off_8_a_standing_request_holds_on_the_day_of_the_visit(msl_store: Store, clock: Clock, world: World) -> None:
    asked = inquiries.new_request(
        msl_store, person_id=world.person.id, text="New data, as they come", requested_at=clock() - 400 * 24 * HOUR
    )
    request = inquiries.record_request(msl_store, asked, topic_id=world.off_label.id)
    row = about(world.off_label, ExchangeBasis.STANDING_REQUEST, standing_request_id=request.id)
    late = a_visit(world, clock() - HOUR, topics=(row,))
    assert found(msl_store, late)["OFF-8"].message == (
        "This standing request ended 15 Oct 2026. Renew it with the doctor or record a new question."
    )
    fresh = inquiries.renew_request(msl_store, request)
    renewed = msgspec.structs.replace(row, standing_request_id=fresh.id)
    assert check_visit(msl_store, msgspec.structs.replace(late, topics=(renewed,))) == ()
    none = msgspec.structs.replace(row, standing_request_id=None)
    assert [fault.field for fault in check_visit(msl_store, msgspec.structs.replace(late, topics=(none,)))] == [
        "topics.0.standing_request_id"
    ]


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("notes", {"notes": "Mrs. Jones stopped."}),
        ("agenda", {"agenda": "Mrs. Jones stopped."}),
        ("follow_ups.0.text", {"follow_ups": (FollowUp(text="Call Mrs. Jones back", due_on=dt.date(2026, 12, 1)),)}),
    ],
)
def test_phi_1_names_what_looks_like_a_patient(
    msl_store: Store, clock: Clock, world: World, path: str, changes: dict[str, Any]
) -> None:
    fault = found(msl_store, a_visit(world, clock() - HOUR, **changes))["PHI-1"]
    assert fault.message == "This looks like patient identity: “Mrs. Jones”. Replace with age group and sex."
    assert fault.field == path


def test_vis_1_is_silent_on_what_is_there(msl_store: Store, clock: Clock, world: World) -> None:
    lacking = a_visit(world, clock() - HOUR, channel=None)
    assert [one.field for one in check_visit(msl_store, lacking)] == ["channel"]
    with pytest.raises(Refused):
        submit_visit(msl_store, lacking)
    assert save_visit(msl_store, lacking).status is VisitStatus.DRAFT, "a draft always saves"


def test_vis_2_is_silent_from_the_first_minute(msl_store: Store, clock: Clock, world: World) -> None:
    begun = a_visit(world, clock() + HOUR)
    clock.tick(3600)
    assert "VIS-2" not in found(msl_store, begun)


def test_vis_4_is_silent_beside_a_visit_that_was_called_off_or_ends_as_this_begins(
    msl_store: Store, clock: Clock, world: World
) -> None:
    other = save_visit(msl_store, a_visit(world, clock() - 2 * HOUR, primary_person_id=None, duration_min=30))
    after = a_visit(world, clock() - 2 * HOUR + dt.timedelta(minutes=30))
    assert "VIS-4" not in found(msl_store, after)
    cancel_visit(msl_store, other, CancelReason.DUPLICATE)
    assert "VIS-4" not in found(msl_store, a_visit(world, clock() - 2 * HOUR))


@pytest.mark.parametrize("answer", [Heard.YES, Heard.NO])
def test_vis_5_is_silent_once_it_is_answered(msl_store: Store, clock: Clock, world: World, answer: Heard) -> None:
    assert "VIS-5" not in found(msl_store, a_visit(world, clock() - HOUR, ae_heard=answer))


def test_vis_6_is_silent_on_another_topic_day_or_person(msl_store: Store, clock: Clock, world: World) -> None:
    submit_visit(msl_store, a_visit(world, clock() - 3 * HOUR))
    again = a_visit(world, clock() - HOUR)
    other = (about(world.disease, ExchangeBasis.DISEASE_STATE),)
    assert "VIS-6" not in found(msl_store, msgspec.structs.replace(again, topics=other))
    assert "VIS-6" not in found(msl_store, msgspec.structs.replace(again, start_at=clock() - 27 * HOUR))
    assert "VIS-6" not in found(msl_store, msgspec.structs.replace(again, primary_person_id=None))


def test_off_1_is_silent_on_a_label_topic_and_on_a_standing_ground(
    msl_store: Store, clock: Clock, world: World
) -> None:
    on_label = a_visit(world, clock() - HOUR, topics=(about(world.on_label, ExchangeBasis.ON_LABEL),))
    assert "OFF-1" not in found(msl_store, on_label)
    siuu = a_visit(world, clock() - HOUR, topics=(about(world.off_label, ExchangeBasis.SIUU),))
    assert "OFF-1" not in found(msl_store, siuu)


@pytest.mark.parametrize("length", [9, 10])
def test_off_4_asks_for_ten_characters(msl_store: Store, clock: Clock, world: World, length: int) -> None:
    row = about(world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, verbatim_question="q" * length + "  ")
    assert ("OFF-4" in found(msl_store, a_visit(world, clock() - HOUR, topics=(row,)))) is (length < 10)


def test_off_3_may_be_set_to_confirm_by_a_company(msl_store: Store, clock: Clock, world: World) -> None:
    asked = about(
        world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, verbatim_question="Can I start 5 mg at an eGFR of 28?"
    )
    seller = Attendee(external_name="Colleague", function=CompanyFunction.SALES)
    visit = a_visit(world, clock() - HOUR, topics=(asked,), attendees=(seller,))
    context = context_of(msl_store, visit)
    own = apply_own('version = "own-1"\n[rules.OFF-3]\nseverity = "confirm"\n', load_policy("msl"))
    (fault,) = visit_faults(visit, msgspec.structs.replace(context, policy=own))
    assert (fault.rule, fault.severity) == ("OFF-3", Severity.CONFIRM)
    said = Confirmation(rule="OFF-3", about=fault.field, answer="Sent to Compliance")
    confirmed = msgspec.structs.replace(visit, confirmations=(said,))
    assert visit_faults(confirmed, msgspec.structs.replace(context, policy=own)) == ()


def test_off_5_is_silent_in_private_on_label_and_once_answered(msl_store: Store, clock: Clock, world: World) -> None:
    row = about(
        world.off_label, ExchangeBasis.UNSOLICITED_REQUEST, public_setting=True, verbatim_question="At an eGFR of 28?"
    )
    public = a_visit(world, clock() - HOUR, topics=(row,))
    fault = found(msl_store, public)["OFF-5"]
    given = Confirmation(rule="OFF-5", about=fault.field, answer="Yes, in her office afterwards")
    assert "OFF-5" not in found(msl_store, msgspec.structs.replace(public, confirmations=(given,)))
    private = msgspec.structs.replace(row, public_setting=False)
    assert "OFF-5" not in found(msl_store, msgspec.structs.replace(public, topics=(private,)))
    on_label = about(world.on_label, ExchangeBasis.ON_LABEL, public_setting=True)
    assert "OFF-5" not in found(msl_store, msgspec.structs.replace(public, topics=(on_label,)))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Velacor is the best option.", "best"),
        ("It has no  side effects at all.", "no  side effects"),
        ("Told her to Switch to Velacor.", "Switch to"),
        ("She could start patients on 5 mg.", "start patients on"),
        ("Superior to placebo.", "Superior"),
    ],
)
def test_off_9_warns_of_promotion_and_lets_it_pass(
    msl_store: Store, clock: Clock, world: World, text: str, span: str
) -> None:
    visit = a_visit(world, clock() - HOUR, notes=text)
    fault = found(msl_store, visit)["OFF-9"]
    assert fault.message == f"This reads as promotion: “{span}”. Reword as what was discussed."
    assert (fault.severity, fault.field) == (Severity.WARN, "notes")
    assert submit_visit(msl_store, visit).locked
    answered = about(world.on_label, ExchangeBasis.ON_LABEL, answer_given=text)
    fault = found(msl_store, a_visit(world, clock() - HOUR, topics=(answered,)))["OFF-9"]
    assert fault.field == "topics.0.answer_given"


@pytest.mark.parametrize(
    "text",
    [
        "Compared with best supportive care.",
        "She said “it is the best option”.",
        "Thrombosis of the superior vena cava.",
        "Side effects were discussed.",
        "Bestowed an award; switched topics.",
        "",
    ],
)
def test_off_9_is_silent_on_science_and_on_what_somebody_else_said(
    msl_store: Store, clock: Clock, world: World, text: str
) -> None:
    question = about(world.on_label, ExchangeBasis.ON_LABEL, verbatim_question="Is it the best?")
    assert "OFF-9" not in found(msl_store, a_visit(world, clock() - HOUR, notes=text, topics=(question,)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=400), st.text(max_size=80))
def test_no_text_makes_a_rule_raise(notes: str, said: str) -> None:
    world = Topic(verbatim_question=said, answer_given=notes, indication=said)
    visit = Visit(notes=notes, agenda=said, topics=(world,), follow_ups=(FollowUp(text=said),), next_step=notes)
    context = Context(now=TODAY, policy=load_policy("msl"), topics={}, products={})
    assert all(isinstance(one, Fault) for one in visit_faults(visit, context))
