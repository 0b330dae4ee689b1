"""The life of an inquiry after it was submitted, and MIR-4."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, OffLabel, Question, ResponseKind
from liaison_desktop.msl.inquiries.rules import ReplyContext, overdue_days, reply_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from tests.fakes import Clock
from tests.msl.builders import a_world
from tests.msl.inquiries.builders import a_reply, an_inquiry, in_progress, signed

S = InquiryStatus


def test_the_whole_life(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    first = an_inquiry(msl_store, world).questions[0]
    second = Question(verbatim="And with dialysis?", product_id=world.approved.id, off_label=OffLabel.UNSURE)
    inquiry = in_progress(msl_store, world, questions=(first, second))
    clock.tick(3600)
    inquiry = actions.record_response(msl_store, inquiry, a_reply(inquiry, 0))
    assert inquiry.status is S.IN_PROGRESS
    inquiry = actions.record_response(msl_store, inquiry, a_reply(inquiry, 1))
    assert inquiry.status is S.RESPONDED
    with pytest.raises(Refused):
        actions.deliver(msl_store, inquiry, " ")
    inquiry = actions.deliver(msl_store, inquiry, "Tracking 1Z-77")
    assert {one.delivery_proof for one in inquiry.responses} == {"Tracking 1Z-77"}
    inquiry = actions.close(msl_store, inquiry)
    assert inquiry.status is S.CLOSED
    assert inquiry.is_signed
    with pytest.raises(Refused):
        actions.withdraw(msl_store, inquiry, "too late")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"label_copy_included": False}, "label copy"),
        ({"not_approved_statement": False}, "statement that the use is not approved"),
        ({"safety_included": False}, "safety information"),
        ({"references": " "}, "references"),
        ({"label_copy_included": False, "references": ""}, "label copy, references"),
    ],
)
def test_an_off_label_answer_carries_everything(msl_store: Store, changes: dict[str, object], missing: str) -> None:
    inquiry = in_progress(msl_store, a_world(msl_store))
    with pytest.raises(Refused) as refused:
        actions.record_response(msl_store, inquiry, a_reply(inquiry, **changes))
    said = [fault.message for fault in refused.value.faults if fault.rule == "MIR-4"]
    assert said == [f"The reply is missing: {missing}."]


def test_an_answer_within_the_label_or_none_at_all_needs_less(msl_store: Store) -> None:
    world = a_world(msl_store)
    policy = ReplyContext(now=msl_store.clock(), policy=load_policy("msl"))
    on_label = an_inquiry(msl_store, world)
    rows = (msgspec.structs.replace(on_label.questions[0], off_label=OffLabel.NO),)
    on_label = msgspec.structs.replace(on_label, questions=rows)
    bare = {"label_copy_included": False, "not_approved_statement": False, "safety_included": False}
    assert not reply_faults(on_label, a_reply(on_label, references="", **bare), policy)
    off_label = an_inquiry(msl_store, world)
    referred = a_reply(off_label, response_kind=ResponseKind.REFERRED, references="", **bare)
    assert not reply_faults(off_label, referred, policy)
    assert not reply_faults(off_label, a_reply(off_label), policy)


def test_one_that_was_sent_back_keeps_what_was_signed(msl_store: Store) -> None:
    inquiry = actions.submit_inquiry(msl_store, signed(msl_store, a_world(msl_store)))
    with pytest.raises(Refused):
        actions.send_back(msl_store, inquiry, "")
    inquiry = actions.reopen(msl_store, actions.send_back(msl_store, inquiry, "Which formulation?"))
    assert inquiry.status is S.DRAFT
    with pytest.raises(Refused) as refused:
        actions.save_inquiry(msl_store, msgspec.structs.replace(inquiry, delivery_detail="elsewhere"))
    assert refused.value.faults[0].rule == "MIR-2"
    rows = (msgspec.structs.replace(inquiry.questions[0], population="tablets"),)
    again = actions.submit_inquiry(msl_store, msgspec.structs.replace(inquiry, questions=rows))
    assert (again.status, again.number) == (S.SUBMITTED, inquiry.number)


def test_nothing_skips_a_state_or_answers_before_it_was_taken_up(msl_store: Store) -> None:
    inquiry = actions.submit_inquiry(msl_store, signed(msl_store, a_world(msl_store)))
    for skip in (actions.take_up, actions.close):
        with pytest.raises(Refused):
            skip(msl_store, inquiry)
    with pytest.raises(Refused):
        actions.record_response(msl_store, inquiry, a_reply(inquiry))


def test_withdrawn_with_a_reason_and_kept(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    with pytest.raises(Refused):
        actions.withdraw(msl_store, inquiry, " ")
    gone = actions.withdraw(msl_store, inquiry, "Found the answer in the label")
    assert gone.status is S.WITHDRAWN
    assert msl_store.get(MedicalInquiry, inquiry.id).signature == inquiry.signature


def test_an_answer_is_late_after_its_day(msl_store: Store, clock: Clock) -> None:
    inquiry = actions.submit_inquiry(msl_store, signed(msl_store, a_world(msl_store)))
    assert not overdue_days(inquiry, clock.today())
    clock.tick(12 * 86_400)
    assert overdue_days(inquiry, clock.today()) == 2
