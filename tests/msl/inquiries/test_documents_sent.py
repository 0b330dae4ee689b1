"""What is sent with an answer: MAT-1 and MAT-3 on the day it was used, MIR-4 question by question, what is proposed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.queries import asked_before
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, OffLabel, Question, Response
from liaison_desktop.msl.inquiries.rules import proposed
from liaison_desktop.msl.materials.actions import add_version, withdraw_version
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.record import Material, MaterialKind, MaterialVersion, Use
from liaison_desktop.store import Store
from tests.fakes import Clock
from tests.msl.builders import World, a_world
from tests.msl.inquiries.builders import a_reply, an_inquiry, in_progress

DAY = dt.timedelta(days=1)


def a_letter(store: Store, world: World, *, expires_in: int = 30, **changes: object) -> Material:
    today = store.clock().date()
    made = Material(
        name="Renal dosing, standard response",
        material_kind=MaterialKind.STANDARD_RESPONSE,
        product_id=world.approved.id,
        topic_id=world.off_label.id,
        use=Use.REACTIVE_ONLY,
    )
    version = MaterialVersion(
        number="2", approval_ref="MED-1", approved_on=today - 400 * DAY, expires_on=today + expires_in * DAY
    )
    return add_version(store, msgspec.structs.replace(made, **changes), version, b"%PDF-1.4", "letter.pdf")


def sent(inquiry: MedicalInquiry, letter: Material, **changes: object) -> Response:
    version = letter.versions[-1]
    chosen = {"material_id": letter.id, "version_id": version.id, "version_number": version.number}
    return a_reply(inquiry, **{"material_title": letter.name, **chosen, **changes})


def test_an_expired_letter_is_refused_and_one_in_force_is_taken(msl_store: Store) -> None:
    world = a_world(msl_store)
    inquiry = in_progress(msl_store, world)
    old = a_letter(msl_store, world, expires_in=-3)
    with pytest.raises(Refused) as refused:
        actions.record_response(msl_store, inquiry, sent(inquiry, old))
    assert [(one.rule, one.field, one.message) for one in refused.value.faults] == [
        (
            "MAT-1",
            "material_title",
            "Renal dosing, standard response v2 expired 16 Nov 2026. Choose the current version or remove it.",
        )
    ]
    answered = actions.record_response(msl_store, inquiry, sent(inquiry, a_letter(msl_store, world)))
    assert answered.responses[0].document() == "Renal dosing, standard response, v2"


def test_the_day_it_was_used_counts_not_the_day_it_is_written_down(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    inquiry = in_progress(msl_store, world)
    letter = a_letter(msl_store, world, expires_in=1)
    then = clock() + dt.timedelta(hours=1)
    clock.tick(5 * 86_400)
    with pytest.raises(Refused):
        actions.record_response(msl_store, inquiry, sent(inquiry, letter))
    answered = actions.record_response(msl_store, inquiry, sent(inquiry, letter, responded_at=then))
    assert answered.responses[0].responded_at == then


def test_a_withdrawn_letter_and_one_for_the_company_alone_are_refused(msl_store: Store) -> None:
    world = a_world(msl_store)
    inquiry = in_progress(msl_store, world)
    letter = a_letter(msl_store, world)
    gone = withdraw_version(msl_store, letter.id, letter.versions[0].id, "Wrong dose")
    inside = a_letter(msl_store, world, name="Briefing", use=Use.INTERNAL_ONLY)
    for document, rule in ((gone, "MAT-1b"), (inside, "MAT-3")):
        with pytest.raises(Refused) as refused:
            actions.record_response(msl_store, inquiry, sent(inquiry, document))
        assert [one.rule for one in refused.value.faults] == [rule]


def test_each_question_is_judged_by_itself(msl_store: Store) -> None:
    world = a_world(msl_store)
    outside = an_inquiry(msl_store, world).questions[0]
    within = Question(verbatim="What is the usual first dose?", product_id=world.approved.id, off_label=OffLabel.NO)
    inquiry = in_progress(msl_store, world, questions=(outside, within))
    bare = {"label_copy_included": False, "not_approved_statement": False, "safety_included": False, "references": ""}
    with pytest.raises(Refused) as refused:
        actions.record_response(msl_store, inquiry, a_reply(inquiry, 0, **bare))
    assert [one.rule for one in refused.value.faults] == ["MIR-4"]
    inquiry = actions.record_response(msl_store, inquiry, a_reply(inquiry, 1, **bare))
    assert inquiry.status is InquiryStatus.IN_PROGRESS


def test_a_question_sorted_anew_is_judged_again_before_delivery(msl_store: Store) -> None:
    world = a_world(msl_store)
    within = Question(verbatim="What is the usual first dose?", product_id=world.approved.id, off_label=OffLabel.NO)
    inquiry = in_progress(msl_store, world, questions=(within,))
    inquiry = actions.record_response(msl_store, inquiry, a_reply(inquiry, references=""))
    sorted_anew = (msgspec.structs.replace(inquiry.questions[0], off_label=OffLabel.YES),)
    inquiry = actions.save_inquiry(msl_store, msgspec.structs.replace(inquiry, questions=sorted_anew))
    with pytest.raises(Refused) as refused:
        actions.deliver(msl_store, inquiry, "Tracking 1Z-77")
    assert [one.message for one in refused.value.faults] == ["The reply is missing: references."]


def test_times_that_cannot_be_are_refused(msl_store: Store, clock: Clock) -> None:
    inquiry = in_progress(msl_store, a_world(msl_store))
    for at in (clock() + DAY, clock() - DAY):
        with pytest.raises(Refused) as refused:
            actions.record_response(msl_store, inquiry, a_reply(inquiry, responded_at=at))
        assert [one.field for one in refused.value.faults] == ["responded_at"]
    inquiry = actions.record_response(msl_store, inquiry, a_reply(inquiry))
    for at in (clock() + DAY, clock() - DAY):
        with pytest.raises(Refused) as refused:
            actions.deliver(msl_store, inquiry, "Tracking", at=at)
        assert [one.field for one in refused.value.faults] == ["delivered_at"]
    assert actions.deliver(msl_store, inquiry, "Tracking", at=clock()).delivered_at == clock()


def test_standard_responses_to_the_topic_are_proposed_before_those_to_the_product(msl_store: Store) -> None:
    world = a_world(msl_store)
    product = a_letter(msl_store, world, name="About Velacor", topic_id=None)
    topic = a_letter(msl_store, world)
    a_letter(msl_store, world, name="Another product", topic_id=None, product_id=world.investigational.id)
    a_letter(msl_store, world, name="A reprint", material_kind=MaterialKind.REPRINT)
    question = an_inquiry(msl_store, world).questions[0]
    assert [one.name for one in proposed(question, materials(msl_store))] == [topic.name, product.name]
    assert not proposed(Question(verbatim="Anything"), materials(msl_store))


def test_a_question_that_was_asked_before_is_found_with_its_answer(msl_store: Store) -> None:
    world = a_world(msl_store)
    inquiry = in_progress(msl_store, world)
    actions.record_response(msl_store, inquiry, sent(inquiry, a_letter(msl_store, world)))
    open_one = Question(verbatim="Can Velacor be started below an eGFR of 25?", product_id=world.approved.id)
    waiting = in_progress(msl_store, world, questions=(msgspec.structs.replace(open_one, off_label=OffLabel.YES),))
    found = asked_before(msl_store, "May Velacor be started at an eGFR of 25 or below?")
    assert [one.inquiry.id for one in found] == [inquiry.id, waiting.id]
    assert found[0].answer is not None
    assert found[1].answer is None
    assert not asked_before(msl_store, "May Velacor be started at an eGFR of 25?", but=inquiry.id, limit=3, least=101)
    assert not asked_before(msl_store, "Velacor")
    assert not asked_before(msl_store, "What of the itch as a goal of treatment in children?")
