"""SIG-1 and the store's own watch over signatures: of an inquiry and of a standing request."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.record import (
    DeliveryMethod,
    InquiryStatus,
    MedicalInquiry,
    StandingRequest,
    WaiverReason,
    standing_statement,
    statement_of,
)
from liaison_desktop.signing import Role, Signature, SignaturePoint, Stroke, fingerprint_of
from liaison_desktop.store import Act, Store
from tests.fakes import Clock
from tests.msl.builders import World, a_world
from tests.msl.inquiries.builders import a_signature, an_inquiry, signed

SIG_1 = "Name, time and meaning are part of the signature."
INK = (Stroke(points=(SignaturePoint(x=1.0, y=2.0, t_ms=0), SignaturePoint(x=9.0, y=4.0, t_ms=16))),)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(fault.rule, fault.message) for fault in refused.value.faults]


def test_a_signature_without_a_name_is_refused_and_a_whole_one_is_taken(msl_store: Store) -> None:
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, a_world(msl_store)))
    with pytest.raises(Refused) as refused:
        actions.sign_inquiry(msl_store, ready, a_signature(ready, name_printed=" "))
    assert rules_of(refused) == [("SIG-1", SIG_1)]
    assert actions.sign_inquiry(msl_store, ready, a_signature(ready)).is_signed


@pytest.mark.parametrize("lacking", [{"signed_at": None}, {"meaning": ""}, {"name_printed": ""}])
def test_the_store_refuses_a_signature_that_lacks_a_part(msl_store: Store, lacking: dict[str, object]) -> None:
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, a_world(msl_store)))
    given = a_signature(ready, **{"signed_at": msl_store.clock(), "meaning": "I asked", **lacking})
    with pytest.raises(Refused) as refused:
        msl_store.save(msgspec.structs.replace(ready, signature=given, status=InquiryStatus.SIGNED))
    assert rules_of(refused) == [("SIG-1", SIG_1)]


def test_the_store_refuses_a_signature_under_other_words(msl_store: Store) -> None:
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, a_world(msl_store)))
    given = a_signature(ready, signed_at=msl_store.clock(), meaning="I asked")
    other = (msgspec.structs.replace(ready.questions[0], verbatim="Something she never asked at all?"),)
    with pytest.raises(Refused) as refused:
        msl_store.save(msgspec.structs.replace(ready, signature=given, status=InquiryStatus.SIGNED, questions=other))
    assert "The text on the screen was not the text that is kept" in refused.value.faults[0].message


def test_the_store_knows_no_signed_inquiry_without_a_signature(msl_store: Store) -> None:
    ready = actions.ready_for_signature(msl_store, an_inquiry(msl_store, a_world(msl_store)))
    for change in (
        {"status": InquiryStatus.SIGNED},
        {"status": InquiryStatus.SIGNED, "signature_waiver_reason": WaiverReason.DECLINED},
        {"status": InquiryStatus.SUBMITTED},
    ):
        with pytest.raises(Refused) as refused:
            msl_store.save(msgspec.structs.replace(ready, **change))
        assert rules_of(refused)[0][0] == "MIR-1"


def test_consent_to_e_mail_stands_in_the_text_that_is_signed(msl_store: Store) -> None:
    world = a_world(msl_store)
    by_post = actions.ready_for_signature(msl_store, an_inquiry(msl_store, world))
    assert "by e-mail about this" not in statement_of(by_post)
    by_mail = an_inquiry(
        msl_store,
        world,
        delivery_method=DeliveryMethod.EMAIL,
        delivery_detail="h@x.example",
        consent_to_send_email=True,
    )
    ready = actions.ready_for_signature(msl_store, by_mail)
    assert "I agree to be written to by e-mail about this, at the address above." in statement_of(ready)


# ---- standing requests


def begun(store: Store, world: World, **changes: object) -> StandingRequest:
    fresh = actions.new_request(store, person_id=world.person.id, topic_id=world.off_label.id, text="New data, please")
    return msgspec.structs.replace(fresh, **changes)


def ink_under(request: StandingRequest, **changes: object) -> Signature:
    given = Signature(
        role=Role.REQUESTER,
        name_printed=request.shown_name,
        strokes=INK,
        shown_sha256=fingerprint_of(standing_statement(request).encode()),
    )
    return msgspec.structs.replace(given, **changes)


def test_a_standing_request_is_signed_when_it_is_recorded(msl_store: Store) -> None:
    world = a_world(msl_store)
    shown = actions.ready_request(msl_store, begun(msl_store, world), topic_id=world.off_label.id)
    words = standing_statement(shown)
    assert "Dr. Hannah Okonkwo, Northlake University Hospital" in words
    assert "New data, please\nRenal dosing, Velacor" in words
    assert "Please keep me informed until 19 Nov 2027." in words
    assert "Statement version 2026-11" in words
    saved = actions.record_request(msl_store, shown, topic_id=world.off_label.id, signature=ink_under(shown))
    assert saved.is_signed
    assert saved.signature is not None
    assert saved.signature.signed_at == msl_store.clock()
    assert standing_statement(saved) == words
    assert any(line.act == Act.SIGNED and line.subject == saved.id for line in msl_store.lines())


def test_one_that_was_recorded_may_be_signed_once(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    plain = actions.record_request(msl_store, begun(msl_store, world), topic_id=world.off_label.id)
    shown = actions.ready_request(msl_store, plain)
    saved = actions.sign_request(msl_store, shown, ink_under(shown))
    assert saved.text == plain.text
    with pytest.raises(Refused):
        actions.sign_request(msl_store, saved, ink_under(saved))
    for change in ({"signature": None}, {"shown_name": "Somebody else"}, {"disclaimer_text": "other"}):
        with pytest.raises(Refused):
            msl_store.save(msgspec.structs.replace(saved, **change))
    clock.tick(60)
    with pytest.raises(Refused):
        msl_store.save(msgspec.structs.replace(saved, signature=ink_under(saved, signed_at=clock(), meaning="x")))


def test_a_standing_request_over_other_words_or_without_a_name_is_not_signed(msl_store: Store) -> None:
    world = a_world(msl_store)
    shown = actions.ready_request(msl_store, begun(msl_store, world), topic_id=world.off_label.id)
    for lacking in ({"shown_sha256": "0" * 64}, {"name_printed": ""}, {"strokes": ()}):
        with pytest.raises(Refused):
            actions.record_request(msl_store, shown, topic_id=world.off_label.id, signature=ink_under(shown, **lacking))
    assert not msl_store.all(StandingRequest)


def test_news_by_e_mail_need_consent_which_the_signature_gives(msl_store: Store) -> None:
    world = a_world(msl_store)
    by_mail = begun(msl_store, world, delivery_method=DeliveryMethod.EMAIL, channel_ok="h@northlake.example")
    with pytest.raises(Refused) as refused:
        actions.record_request(msl_store, by_mail, topic_id=world.off_label.id)
    assert rules_of(refused) == [
        ("MIR-5", "No e-mail consent on file for Dr Okonkwo. Capture it now or choose another way.")
    ]
    shown = actions.ready_request(msl_store, by_mail, topic_id=world.off_label.id)
    assert "I agree to be written to by e-mail about this" in standing_statement(shown)
    saved = actions.record_request(msl_store, shown, topic_id=world.off_label.id, signature=ink_under(shown))
    assert saved.consent_to_send_email
    by_post = begun(msl_store, world, delivery_method=DeliveryMethod.POST, channel_ok="Clinic 4B")
    assert (
        actions.record_request(msl_store, by_post, topic_id=world.off_label.id).delivery_method is DeliveryMethod.POST
    )


def test_one_that_is_over_is_not_signed(msl_store: Store) -> None:
    world = a_world(msl_store)
    plain = actions.record_request(msl_store, begun(msl_store, world), topic_id=world.off_label.id)
    gone = actions.withdraw_request(msl_store, plain, "no longer")
    shown = actions.ready_request(msl_store, gone)
    with pytest.raises(Refused, match="over"):
        actions.sign_request(msl_store, shown, ink_under(shown))


def test_no_patient_stands_in_a_standing_request(msl_store: Store) -> None:
    world = a_world(msl_store)
    told = begun(msl_store, world, text="News on the dose for Mrs Jones, please")
    with pytest.raises(Refused) as refused:
        actions.record_request(msl_store, told, topic_id=world.off_label.id)
    assert rules_of(refused)[0][0] == "PHI-1"


def test_a_signed_inquiry_saved_unchanged_is_silent(msl_store: Store) -> None:
    inquiry = signed(msl_store, a_world(msl_store))
    assert msl_store.save(inquiry) == msl_store.get(MedicalInquiry, inquiry.id)
