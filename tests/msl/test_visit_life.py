"""The life of a visit: drafts always save, a submitted visit is locked, an amendment keeps the old version."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
import pytest

from liaison_desktop.errors import Refused, Stale
from liaison_desktop.msl.visits.actions import (
    amend_visit,
    cancel_visit,
    remove_visit,
    save_visit,
    settle_follow_up,
    submit_visit,
)
from liaison_desktop.msl.visits.queries import open_promises
from liaison_desktop.msl.visits.record import CancelReason, FollowUp, FollowUpStatus, Visit, VisitStatus
from tests.msl.builders import World, a_visit, a_world

if TYPE_CHECKING:
    from liaison_desktop.store import Store
    from tests.fakes import Clock

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world(msl_store: Store) -> World:
    return a_world(msl_store)


def test_an_empty_draft_saves(msl_store: Store) -> None:
    saved = save_visit(msl_store, Visit())
    assert msl_store.get(Visit, saved.id).status is VisitStatus.DRAFT


def test_the_state_follows_from_what_the_visit_holds(msl_store: Store, clock: Clock, world: World) -> None:
    planned = save_visit(msl_store, a_visit(world, clock() + HOUR))
    assert planned.status is VisitStatus.PLANNED
    clock.tick(7200)
    assert save_visit(msl_store, planned).status is VisitStatus.READY
    assert planned.heading == "Dr. Hannah Okonkwo, starting dose"


def test_submitting_refuses_with_every_fault_and_writes_nothing(msl_store: Store, clock: Clock) -> None:
    draft = save_visit(msl_store, Visit(notes="kept"))
    with pytest.raises(Refused) as refused:
        submit_visit(msl_store, draft)
    assert {fault.rule for fault in refused.value.faults} >= {"VIS-1", "VIS-5"}
    assert msl_store.get(Visit, draft.id) == draft


def test_a_submitted_visit_is_locked_whoever_saves(msl_store: Store, clock: Clock, world: World) -> None:
    done = submit_visit(msl_store, a_visit(world, clock() - HOUR))
    for changed in (
        msgspec.structs.replace(done, notes="changed"),
        msgspec.structs.replace(done, status=VisitStatus.DRAFT),
        msgspec.structs.replace(done, notes="changed", status=VisitStatus.AMENDED, amendment=1),
        msgspec.structs.replace(done, notes="changed", status=VisitStatus.AMENDED, amend_reason="typo"),
    ):
        with pytest.raises(Refused):
            msl_store.save(changed)
    with pytest.raises(Refused):
        remove_visit(msl_store, done)
    assert msl_store.get(Visit, done.id) == done


def test_an_amendment_needs_a_reason_and_keeps_the_old_version(msl_store: Store, clock: Clock, world: World) -> None:
    done = submit_visit(msl_store, a_visit(world, clock() - HOUR, notes="first"))
    with pytest.raises(Refused) as refused:
        amend_visit(msl_store, msgspec.structs.replace(done, notes="second"), "  ")
    assert refused.value.faults[0].message == "State the reason. The old version is kept and shown."
    amended = amend_visit(msl_store, msgspec.structs.replace(done, notes="second"), "A word was wrong")
    assert (amended.status, amended.amendment) == (VisitStatus.AMENDED, 1)
    newest, oldest = msl_store.versions(done.id)
    assert msl_store.version(Visit, oldest.version).notes == "first"
    assert msl_store.version(Visit, newest.version).amend_reason == "A word was wrong"
    again = amend_visit(msl_store, msgspec.structs.replace(amended, notes="third"), "Another word")
    assert again.amendment == 2


def test_an_amendment_is_checked_like_a_submission(msl_store: Store, clock: Clock, world: World) -> None:
    done = submit_visit(msl_store, a_visit(world, clock() - HOUR))
    with pytest.raises(Refused):
        amend_visit(msl_store, msgspec.structs.replace(done, notes="Mrs. Jones stopped."), "More detail")


def test_an_old_visit_can_be_amended_without_a_reason_for_lateness(
    msl_store: Store, clock: Clock, world: World
) -> None:
    done = submit_visit(msl_store, a_visit(world, clock() - HOUR))
    clock.tick(60 * 86400)
    assert amend_visit(msl_store, msgspec.structs.replace(done, notes="more"), "Added later").amendment == 1


def test_ticking_off_a_promise_leaves_the_lock_alone(msl_store: Store, clock: Clock, world: World) -> None:
    row = FollowUp(text="Send the letter", due_on=dt.date(2026, 11, 20))
    done = submit_visit(msl_store, a_visit(world, clock() - HOUR, follow_ups=(row,)))
    assert [promise.row.text for promise in open_promises(msl_store)] == ["Send the letter"]
    ticked = settle_follow_up(msl_store, done.id, 0, FollowUpStatus.DONE)
    assert ticked.status is VisitStatus.SUBMITTED
    assert ticked.follow_ups[0].status is FollowUpStatus.DONE
    assert open_promises(msl_store) == ()


def test_a_cancelled_visit_says_why_and_stays_as_it_was(msl_store: Store, clock: Clock, world: World) -> None:
    planned = save_visit(msl_store, a_visit(world, clock() + HOUR))
    with pytest.raises(Refused):
        msl_store.save(msgspec.structs.replace(planned, status=VisitStatus.CANCELLED))
    cancelled = cancel_visit(msl_store, planned, CancelReason.NO_SHOW)
    assert cancelled.status is VisitStatus.CANCELLED
    with pytest.raises(Refused):
        save_visit(msl_store, cancelled)


def test_a_draft_can_be_removed_and_the_journal_keeps_it(msl_store: Store) -> None:
    draft = save_visit(msl_store, Visit(notes="gone soon"))
    remove_visit(msl_store, draft)
    assert msl_store.find(Visit, draft.id) is None
    assert msl_store.version(Visit, draft.version).notes == "gone soon"


def test_two_windows_do_not_overwrite_each_other(msl_store: Store) -> None:
    draft = save_visit(msl_store, Visit(notes="first"))
    save_visit(msl_store, msgspec.structs.replace(draft, notes="second"))
    with pytest.raises(Stale):
        save_visit(msl_store, msgspec.structs.replace(draft, notes="third"))
