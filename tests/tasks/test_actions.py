"""Tasks: made once, done with an outcome, handed over, put off with a reason, and never lost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from liaison_desktop.errors import Refused, Stale
from liaison_desktop.store import Store
from liaison_desktop.tasks.actions import (
    accept_task,
    cancel_task,
    change_task,
    complete_task,
    fail_task,
    hand_over_task,
    make_task,
    postpone_task,
    reopen_task,
)
from liaison_desktop.tasks.queries import count_mine, ended_tasks, open_tasks, tasks_about, tasks_for
from liaison_desktop.tasks.record import StepKind, Task, TaskKind, TaskState
from tests.fakes import TODAY, Clock

SUBJECT, ABOUT = uuid.UUID(int=1), uuid.UUID(int=2)
SOON = TODAY + dt.timedelta(hours=2)


def call(**fields: object) -> Task:
    return Task(
        **{"what": "Call the daughter", "task_kind": TaskKind.CALL, "subject": SUBJECT, "due_at": SOON, **fields}
    )  # type: ignore[arg-type]


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.rule or fault.field for fault in refused.value.faults}


def test_a_task_is_for_whoever_makes_it_unless_said(clinical_store: Store) -> None:
    mine = make_task(clinical_store, call())
    theirs = make_task(clinical_store, call(what="Send the list", owner="Dr. Chen", due_at=None))
    assert (mine.owner, mine.owner_id, mine.made_at) == ("Renee Okafor RN", clinical_store.actor.id, TODAY)
    assert (theirs.owner, theirs.owner_id) == ("Dr. Chen", None)
    assert open_tasks(clinical_store) == (mine, theirs)
    assert open_tasks(clinical_store, mine=True) == (mine,)
    assert open_tasks(clinical_store, mine=False) == (theirs,)
    assert count_mine(clinical_store) == 1


def test_a_task_needs_words(clinical_store: Store) -> None:
    with pytest.raises(Refused) as refused:
        make_task(clinical_store, call(what=" "))
    assert rules_of(refused) == {"what"}


def test_a_rule_asks_once_until_it_is_done(clinical_store: Store) -> None:
    asked = call(rule="V17", about=ABOUT, about_kind="checklist")
    first = make_task(clinical_store, asked)
    assert make_task(clinical_store, call(rule="V17", about=ABOUT, about_kind="checklist")).id == first.id
    assert make_task(clinical_store, call(rule="V17", about=uuid.UUID(int=9))).id != first.id
    complete_task(clinical_store, first, "Dr. Chen came at 15:10")
    assert make_task(clinical_store, call(rule="V17", about=ABOUT)).id != first.id
    # What a person writes twice is meant twice.
    assert make_task(clinical_store, call()).id != make_task(clinical_store, call()).id


def test_a_task_is_saved_with_what_called_for_it_or_not_at_all(clinical_store: Store) -> None:
    with pytest.raises(RuntimeError), clinical_store.transaction() as transaction:
        make_task(clinical_store, call(), transaction)
        raise RuntimeError
    assert open_tasks(clinical_store) == ()


def test_a_call_ends_with_what_came_of_it(clinical_store: Store) -> None:
    task = make_task(clinical_store, call())
    with pytest.raises(Refused) as refused:
        complete_task(clinical_store, task)
    assert rules_of(refused) == {"TASK-OUTCOME"}
    done = complete_task(clinical_store, task, " She comes at four. ")
    assert (done.state, done.outcome, done.ended_at) == (TaskState.COMPLETED, "She comes at four.", TODAY)
    assert (done.ended_by, open_tasks(clinical_store)) == ("Renee Okafor RN", ())
    assert ended_tasks(clinical_store) == (done,)
    assert clinical_store.versions(task.id)[0].reason == "Done"
    quiet = make_task(clinical_store, call(task_kind=TaskKind.OBTAIN_DOC))
    assert complete_task(clinical_store, quiet).outcome == ""
    with pytest.raises(Refused):
        fail_task(clinical_store, make_task(clinical_store, call(task_kind=TaskKind.OBTAIN_DOC)), "")


def test_what_ended_stays_until_it_is_opened_again(clinical_store: Store, clock: Clock) -> None:
    done = complete_task(clinical_store, make_task(clinical_store, call()), "Nobody there")
    with pytest.raises(Refused) as refused:
        change_task(clinical_store, _changed(done, what="Another"))
    assert rules_of(refused) == {"TASK-ENDED"}
    clock.tick(60)
    again = reopen_task(clinical_store, done)
    assert (again.open, again.outcome, again.ended_at) == (True, "", None)
    assert (again.steps[0].step, again.steps[0].reason) == (StepKind.REOPENED, "Nobody there")
    with pytest.raises(Refused) as refused:
        change_task(clinical_store, _changed(again, steps=()))
    assert rules_of(refused) == {"TASK-STEPS"}
    with pytest.raises(Refused):
        clinical_store.remove(again, reason="gone")


def _changed(task: Task, **fields: object) -> Task:
    import msgspec

    return msgspec.structs.replace(task, **fields)


def test_cancelling_and_putting_off_need_a_reason(clinical_store: Store) -> None:
    task = make_task(clinical_store, call())
    with pytest.raises(Refused) as refused:
        cancel_task(clinical_store, task, "")
    assert rules_of(refused) == {"TASK-WHY"}
    with pytest.raises(Refused) as refused:
        postpone_task(clinical_store, task, SOON - dt.timedelta(minutes=1), "")
    assert rules_of(refused) == {"TASK-LATER", "TASK-WHY"}
    later = postpone_task(clinical_store, task, SOON + dt.timedelta(days=1), "She is at work")
    assert (later.due_at, later.steps[0].due_before) == (SOON + dt.timedelta(days=1), SOON)
    assert cancel_task(clinical_store, later, "The daughter came by").state is TaskState.CANCELLED


def test_handing_over_keeps_whose_it_was(clinical_store: Store) -> None:
    task = make_task(clinical_store, call())
    with pytest.raises(Refused):
        hand_over_task(clinical_store, task, " ")
    given = hand_over_task(clinical_store, task, "Night shift", reason="End of day")
    assert (given.owner, given.owner_id, given.steps[0].owner_before) == ("Night shift", None, "Renee Okafor RN")
    assert count_mine(clinical_store) == 0
    taken = accept_task(clinical_store, given)
    assert (taken.state, taken.owner_id, count_mine(clinical_store)) == (TaskState.ACCEPTED, clinical_store.actor.id, 1)
    with pytest.raises(Stale):
        accept_task(clinical_store, given)


def test_what_is_due_first_stands_first(clinical_store: Store) -> None:
    names = {"later": SOON + dt.timedelta(days=2), "never": None, "soon": SOON, "past": TODAY - dt.timedelta(hours=1)}
    for what, due in names.items():
        make_task(clinical_store, call(what=what, due_at=due, about=ABOUT, episode=ABOUT))
    other = make_task(clinical_store, call(subject=uuid.UUID(int=7)))
    assert [task.what for task in tasks_for(clinical_store, subject=SUBJECT)] == ["past", "soon", "later", "never"]
    assert [task.what for task in tasks_about(clinical_store, ABOUT)] == ["past", "soon", "later", "never"]
    assert [task.what for task in open_tasks(clinical_store, due_before=TODAY)] == ["past"]
    assert [task.overdue(TODAY) for task in tasks_for(clinical_store, episode=ABOUT)] == [True, False, False, False]
    complete_task(clinical_store, other, "Done")
    assert tasks_for(clinical_store, subject=other.subject) == ()
    assert [one.id for one in tasks_for(clinical_store, subject=other.subject, ended=True)] == [other.id]
