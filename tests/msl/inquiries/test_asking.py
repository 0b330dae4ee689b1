"""From question to submission: MIR-1, MIR-2, MIR-3, MIR-5, numbers, and the store that keeps what was signed."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.queries import inquiries
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    InquiryStatus,
    MedicalInquiry,
    Question,
    RequesterKind,
    WaiverReason,
    statement_of,
)
from liaison_desktop.msl.inquiries.rules import Context, asking_faults, before_submission
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Device, Store
from tests import builders
from tests.fakes import Clock
from tests.msl.builders import a_person, a_world
from tests.msl.inquiries.builders import a_signature, an_inquiry, signed

S = InquiryStatus


def messages(refused: pytest.ExceptionInfo[Refused], rule: str) -> list[str]:
    return [fault.message for fault in refused.value.faults if fault.rule == rule]


def test_without_a_signature_nothing_is_submitted(msl_store: Store) -> None:
    world = a_world(msl_store)
    with pytest.raises(Refused) as refused:
        actions.submit_inquiry(msl_store, an_inquiry(msl_store, world))
    assert messages(refused, "MIR-1") == ["Ask the doctor to sign, or choose why there is no signature."]
    assert not inquiries(msl_store)


def test_a_reason_stands_in_for_the_signature(msl_store: Store) -> None:
    world = a_world(msl_store)
    draft = an_inquiry(msl_store, world, signature_waiver_reason=WaiverReason.REMOTE)
    submitted = actions.submit_inquiry(msl_store, draft)
    assert (submitted.status, submitted.number) == (S.SUBMITTED, "MI-2026-T-0001")
    assert submitted.due_at is not None
    assert submitted.policy_version == load_policy("msl").version


def test_a_written_request_is_attached_and_kept_encrypted(msl_store: Store, tmp_path: Path) -> None:
    world = a_world(msl_store)
    draft = an_inquiry(msl_store, world, signature_waiver_reason=WaiverReason.WRITTEN, waiver_note="E-mail of today")
    with pytest.raises(Refused) as refused:
        actions.submit_inquiry(msl_store, draft)
    assert [fault.field for fault in refused.value.faults] == ["written_name"]
    assert messages(refused, "MIR-1") == ["Attach the letter or e-mail the doctor wrote."]
    letter = b"From: Hannah Okonkwo. Please tell me about the renal dose."
    attached = actions.attach_written(msl_store, draft, letter, "../her\x07 request.eml")
    assert (attached.written_name, attached.written_size) == ("her request.eml", len(letter))
    assert all(letter[:20] not in one.read_bytes() for one in msl_store.folder.iterdir() if one.is_file())
    submitted = actions.submit_inquiry(msl_store, attached)
    assert actions.open_written(msl_store, submitted) == letter
    assert msl_store.lines(limit=1)[0].act == "viewed"
    # What stands in for a signature stands as one would.
    for change in ({"written_sha256": ""}, {"signature_waiver_reason": WaiverReason.REMOTE}, {"waiver_note": "other"}):
        with pytest.raises(Refused) as refused:
            msl_store.save(msgspec.structs.replace(submitted, **change))
        assert messages(refused, "MIR-2")
    with pytest.raises(Refused):
        actions.attach_written(msl_store, submitted, b"another", "other.eml")
    with pytest.raises(Refused):
        actions.detach_written(msl_store, submitted)


def test_a_file_attached_by_mistake_goes_from_a_draft(msl_store: Store) -> None:
    draft = actions.attach_written(msl_store, an_inquiry(msl_store, a_world(msl_store)), b"letter", "wrong.eml")
    assert actions.detach_written(msl_store, draft).written_name == ""
    with pytest.raises(Refused):
        actions.attach_written(msl_store, msl_store.get(MedicalInquiry, draft.id), b"", "empty.eml")


def test_e_mail_needs_consent(msl_store: Store) -> None:
    world = a_world(msl_store)
    by_mail = an_inquiry(
        msl_store, world, delivery_method=DeliveryMethod.EMAIL, delivery_detail="h.okonkwo@northlake.example"
    )
    with pytest.raises(Refused) as refused:
        actions.ready_for_signature(msl_store, by_mail)
    assert messages(refused, "MIR-5") == [
        "No e-mail consent on file for Dr Okonkwo. Capture it now or choose another way."
    ]
    ready = actions.ready_for_signature(msl_store, msgspec.structs.replace(by_mail, consent_to_send_email=True))
    assert ready.number


def test_both_attestations_and_every_field_are_asked(msl_store: Store) -> None:
    world = a_world(msl_store)
    context = Context(now=msl_store.clock(), policy=load_policy("msl"), person=world.person)
    empty = {fault.field for fault in asking_faults(MedicalInquiry(questions=(Question(),)), context)}
    assert {
        "person_id", "received_at", "received_channel", "unsolicited_attestation", "delivery_method",
        "delivery_detail", "questions.0.verbatim", "questions.0.product_id", "questions.0.off_label",
    } <= empty  # fmt: skip
    one = an_inquiry(msl_store, world, unsolicited_attestation=(Attestation.HCP_INITIATED,))
    assert [fault.field for fault in asking_faults(one, context)] == ["unsolicited_attestation"]
    behalf = an_inquiry(msl_store, world, requester_kind=RequesterKind.ON_BEHALF)
    assert [fault.field for fault in asking_faults(behalf, context)] == ["on_behalf_name"]
    assert not asking_faults(an_inquiry(msl_store, world), context)


def test_a_patient_is_refused(msl_store: Store) -> None:
    world = a_world(msl_store)
    told = an_inquiry(msl_store, world)
    rows = (msgspec.structs.replace(told.questions[0], verbatim="Can Mrs Jones take Velacor with an eGFR of 20?"),)
    with pytest.raises(Refused) as refused:
        actions.ready_for_signature(msl_store, msgspec.structs.replace(told, questions=rows))
    assert messages(refused, "PHI-1")


@pytest.mark.parametrize(
    "changes",
    [
        {"person_id": uuid.uuid4()},
        {"delivery_method": DeliveryMethod.FAX},
        {"delivery_detail": "somewhere else"},
        {"consent_to_send_email": True},
        {"unsolicited_attestation": ()},
        {"signature": None},
        {"disclaimer_text": "other words"},
        {"number": "MI-2026-T-0099"},
        {"questions": ()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_was_signed_never_changes_in_the_store(msl_store: Store, changes: dict[str, object]) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    with pytest.raises(Refused) as refused:
        msl_store.save(msgspec.structs.replace(inquiry, **changes))
    assert messages(refused, "MIR-2") == [
        "The doctor signed this text at 19 Nov 2026, 14:00. To change it, make a new inquiry."
    ]
    assert msl_store.get(MedicalInquiry, inquiry.id) == inquiry


@pytest.mark.parametrize("name", ["verbatim", "product_id", "product_name"])
def test_no_word_of_a_signed_question_changes(msl_store: Store, name: str) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    other = {"verbatim": "Another question altogether?", "product_id": uuid.uuid4(), "product_name": "Other"}[name]
    rows = (msgspec.structs.replace(inquiry.questions[0], **{name: other}),)
    with pytest.raises(Refused) as refused:
        msl_store.save(msgspec.structs.replace(inquiry, questions=rows))
    assert messages(refused, "MIR-2")


def test_who_answers_may_still_be_set_after_the_signature(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    rows = (msgspec.structs.replace(inquiry.questions[0], keywords="renal"),)
    saved = actions.save_inquiry(
        msl_store, msgspec.structs.replace(inquiry, assigned_to="Medical information, Basel", questions=rows)
    )
    assert saved.assigned_to
    assert saved.questions[0].keywords == "renal"


def test_a_signed_inquiry_is_never_taken_away(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    for take_away in (
        lambda: actions.remove_inquiry(msl_store, inquiry),
        lambda: msl_store.remove(inquiry, reason="mine"),
    ):
        with pytest.raises(Refused) as refused:
            take_away()
        assert messages(refused, "MIR-3") == ["A signed inquiry is kept. You can withdraw it with a reason."]
    assert msl_store.find(MedicalInquiry, inquiry.id) == inquiry


def test_a_draft_without_number_may_go_and_its_number_was_never_given(msl_store: Store) -> None:
    world = a_world(msl_store)
    draft = actions.save_inquiry(msl_store, an_inquiry(msl_store, world))
    actions.remove_inquiry(msl_store, draft)
    assert msl_store.find(MedicalInquiry, draft.id) is None
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, world))
    with pytest.raises(Refused):
        msl_store.remove(ready, reason="mine")
    assert actions.ready_for_signature(msl_store, ready).number == ready.number == "MI-2026-T-0001"


def test_two_devices_never_give_the_same_number(tmp_path: Path, clock: Clock) -> None:
    given_out: list[str] = []
    for prefix in ("K7", "K8"):
        device = Device(id=uuid.uuid4(), name=f"laptop {prefix}", prefix=prefix)
        store = Store.create(
            tmp_path / prefix, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=device, clock=clock
        )
        world = a_world(store)
        for _ in range(3):
            ready = actions.ready_for_signature(store, an_inquiry(store, world))
            given_out.append(ready.number)
            actions.withdraw(store, ready, "asked by mistake")
        store.close()
        store = Store.open(
            tmp_path / prefix, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=device, clock=clock
        )
        given_out.append(actions.ready_for_signature(store, an_inquiry(store, world)).number)
        store.close()
    assert len(set(given_out)) == len(given_out) == 8
    assert given_out[3] == "MI-2026-K7-0004"


def test_the_signature_holds_what_was_shown(msl_store: Store) -> None:
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, a_world(msl_store)))
    assert "I asked for this information without being prompted." in statement_of(ready)
    with pytest.raises(Refused):
        actions.sign_inquiry(msl_store, ready, a_signature(ready, shown_sha256="0" * 64))
    with pytest.raises(Refused):
        actions.sign_inquiry(msl_store, ready, a_signature(ready, strokes=()))
    inquiry = actions.sign_inquiry(msl_store, ready, a_signature(ready))
    assert inquiry.signature is not None
    assert inquiry.signature.meaning == "I asked for this information without being prompted"
    assert (inquiry.signature.device, inquiry.signature.signed_at) == ("test laptop", msl_store.clock())
    with pytest.raises(Refused):
        actions.sign_inquiry(msl_store, inquiry, a_signature(inquiry))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_breaks_the_rules(text: str, other: str) -> None:
    now = dt.datetime(2026, 11, 19, 14, tzinfo=dt.UTC)
    context = Context(now=now, policy=load_policy("msl"), person=a_person(last_name=other))
    inquiry = MedicalInquiry(
        questions=(Question(verbatim=text, population=other, keywords=text),),
        delivery_method=DeliveryMethod.EMAIL,
        delivery_detail=other,
        waiver_note=text,
    )
    assert before_submission(inquiry, context)
