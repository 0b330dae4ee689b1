"""The packet: files kept once and encrypted, pages named, what is missing asked for again, and its tasks ended."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.referrals.actions import (
    add_file,
    ask_for_missing,
    cite,
    decide,
    mark_read,
    name_pages,
    not_needed,
    take_back_pages,
)
from liaison_desktop.clinical.referrals.actions.deciding import Chosen
from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import Decision, DeclineReason, DocumentKind, Referral, ReferralDocument
from liaison_desktop.clinical.referrals.rules.expected import expected, keyed
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.paths import resource
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import TaskState
from tests.clinical.referrals.making import taken

K = DocumentKind


@pytest.fixture
def referral(clinical_store: Store) -> Referral:
    """A referral for rehabilitation."""
    return taken(clinical_store)


@pytest.fixture
def packet(clinical_store: Store, referral: Referral) -> ReferralDocument:
    """A file of nine pages that came in."""
    return add_file(clinical_store, referral.id, resource("practice", "packet.pdf").read_bytes())


def of(store: Store, referral: Referral, kind: DocumentKind) -> ReferralDocument:
    """The line of one kind."""
    return next(one for one in papers_of(store, referral.id) if one.document is kind)


def test_a_file_is_kept_once_and_only_what_can_be_shown(
    clinical_store: Store, referral: Referral, packet: ReferralDocument
) -> None:
    assert (packet.document, packet.pages, packet.reviewed) == (K.PACKET, 9, False)
    content = clinical_store.attachments.get(packet.file_sha256)
    for wrong in (content, b"no document at all"):
        with pytest.raises(LiaisonError):
            add_file(clinical_store, referral.id, wrong)


def test_naming_pages_fills_the_placeholder_and_the_whole_sorts_the_file(
    clinical_store: Store, referral: Referral, packet: ReferralDocument
) -> None:
    awaited = of(clinical_store, referral, K.H_AND_P)
    named = name_pages(clinical_store, referral.id, packet.file_sha256, 1, 4, K.H_AND_P)
    assert (named.id, named.missing, named.pages, named.reviewed) == (awaited.id, False, 4, False)
    for first, last in ((0, 2), (3, 2), (8, 10)):
        with pytest.raises(Refused):
            name_pages(clinical_store, referral.id, packet.file_sha256, first, last, K.LABS)
    name_pages(clinical_store, referral.id, packet.file_sha256, 5, 9, K.LABS)
    assert all(one.document is not K.PACKET for one in papers_of(clinical_store, referral.id))
    take_back_pages(clinical_store, named.id)
    assert of(clinical_store, referral, K.PACKET).pages == 9
    assert of(clinical_store, referral, K.H_AND_P).awaited


def test_what_is_missing_is_asked_for_with_a_task_that_ends_when_it_comes(
    clinical_store: Store, referral: Referral, packet: ReferralDocument
) -> None:
    asked = ask_for_missing(clinical_store, referral.id)
    labs = of(clinical_store, referral, K.LABS)
    assert {one.document for one in asked} == set(expected(referral.service, policy_of(clinical_store)))
    assert labs.requested_from == "Kim Ortiz, (555) 010-0171"
    (task,) = tasks_about(clinical_store, labs.id)
    assert task.due_at == labs.chase_at == clinical_store.clock() + dt.timedelta(hours=24)
    name_pages(clinical_store, referral.id, packet.file_sha256, 1, 1, K.LABS)
    (ended,) = tasks_about(clinical_store, labs.id, ended=True)
    assert (ended.state, ended.outcome) == (TaskState.COMPLETED, "Received")
    mar = of(clinical_store, referral, K.MAR)
    with pytest.raises(Refused):
        not_needed(clinical_store, mar.id, " ")
    not_needed(clinical_store, mar.id, "Takes no medicine")
    assert not of(clinical_store, referral, K.MAR).awaited
    assert [one.state for one in tasks_about(clinical_store, mar.id, ended=True)] == [TaskState.CANCELLED]


def test_asked_again_there_is_one_open_task(clinical_store: Store, referral: Referral) -> None:
    ask_for_missing(clinical_store, referral.id)
    ask_for_missing(clinical_store, referral.id, of="Dele Brook")
    labs = of(clinical_store, referral, K.LABS)
    assert labs.requested_from == "Dele Brook"
    assert len(tasks_about(clinical_store, labs.id)) == 1


def test_read_is_said_by_somebody_and_can_be_taken_back(clinical_store: Store, packet: ReferralDocument) -> None:
    assert mark_read(clinical_store, packet.id).reviewed_by == clinical_store.actor.name
    assert not mark_read(clinical_store, packet.id, read=False).reviewed


def test_where_a_detail_was_read(clinical_store: Store, referral: Referral, packet: ReferralDocument) -> None:
    cite(clinical_store, referral.id, "dx_text", packet, 3)
    again = cite(clinical_store, referral.id, "dx_text", packet, 4)
    assert [(one.field, one.document, one.page) for one in again.cited] == [("dx_text", packet.id, 4)]


def test_the_packet_of_a_closed_referral_stays(
    clinical_store: Store, referral: Referral, packet: ReferralDocument
) -> None:
    decide(clinical_store, referral.id, Decision.DECLINED_PATIENT, Chosen(reason=DeclineReason.PT_COST, note="Cost"))
    with pytest.raises(Refused):
        mark_read(clinical_store, packet.id)


def test_nine_keys_begin_with_what_is_expected(clinical_store: Store, referral: Referral) -> None:
    policy = policy_of(clinical_store)
    keys = keyed(referral.service, policy)
    assert len(keys) == 9
    assert keys[: len(expected(referral.service, policy))] == expected(referral.service, policy)[:9]
