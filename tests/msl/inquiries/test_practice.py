"""The practice inquiries: every part of a life, dated back from today, and each signature holds."""

from __future__ import annotations

from pathlib import Path

from liaison_desktop.msl import practice
from liaison_desktop.msl.inquiries.document import evidence_pack, sent_with
from liaison_desktop.msl.inquiries.document.verifying import verify_evidence
from liaison_desktop.msl.inquiries.queries import expiring, journal_of, standing_requests
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Standing
from liaison_desktop.msl.inquiries.rules import ReplyContext, overdue_days, reply_faults
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from tests.fakes import Clock


def test_every_part_of_a_life_on_days_before_today(msl_store: Store, clock: Clock) -> None:
    practice.fill(msl_store)
    held = list(msl_store.all(MedicalInquiry))
    assert {one.status for one in held} == set(InquiryStatus)
    context = ReplyContext(now=clock(), policy=load_policy("msl"), materials=materials(msl_store))
    for one in held:
        signed = one.signature.signed_at if one.signature else None
        answered = one.responses[0].responded_at if one.responses else None
        moments = [one.received_at, signed, one.submitted_at, answered, one.delivered_at, one.closed_at]
        known = [at for at in moments if at is not None]
        assert known == sorted(known)
        assert all(at <= clock() for at in known)
        assert not [fault for reply in one.responses for fault in reply_faults(one, reply, context)]
    assert [overdue_days(one, clock.today()) for one in held if overdue_days(one, clock.today())] == [3]


def test_standing_requests_hold_end_soon_and_are_over(msl_store: Store, clock: Clock) -> None:
    practice.fill(msl_store)
    states = {one.standing(clock.today(), 60) for one in standing_requests(msl_store)}
    assert states == {Standing.ACTIVE, Standing.EXPIRING, Standing.EXPIRED}
    assert len(expiring(msl_store, clock.today(), 60)) == 2
    assert any(one.is_signed and not one.signature_faults() for one in standing_requests(msl_store))


def test_each_of_them_makes_a_pack_that_is_verified(msl_store: Store, tmp_path: Path) -> None:
    practice.fill(msl_store)
    for one in msl_store.all(MedicalInquiry):
        written = msl_store.attachments.get(one.written_sha256) if one.written_sha256 else b""
        lines, head = journal_of(msl_store, one.id), msl_store.lines(limit=1)[0]
        sent = sent_with(one, materials(msl_store))
        path = tmp_path / f"{one.id}.zip"
        path.write_bytes(evidence_pack(one, lines, head, sent=sent, written=written))
        assert verify_evidence(path).changed == (), one.status
