"""A document that leaves the screen is written into the journal: whose copy, on which printer, or as which file."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.consents.queries import copies_of
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.records import Line
from liaison_desktop.store import Act, Store
from liaison_desktop.tasks.actions import complete_task, make_task
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import Task, TaskKind

SUMMARY, WITHDRAWAL, PROOF = "consent summary", "withdrawal", "proof"
_LATER = "PRINT-LATER"


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """One copy that left: when, by whom, printed or saved, and the journal's words for which copy and how."""

    line: Line

    @property
    def printed(self) -> bool:
        """Whether it is paper."""
        return self.line.act == Act.PRINTED

    @property
    def words(self) -> str:
        """Which copy, on which printer and how many pages; or how it was saved."""
        return self.line.reason


def note_printed(store: Store, consent: Consent, whose: str, how: str, what: str = SUMMARY) -> None:
    """It was printed: whose copy, and in `how` the printer and the pages. What waited for a printer is done with it."""
    require(store, "print")
    with store.transaction("printed") as transaction:
        transaction.note(Act.PRINTED, kind=Consent.kind, subject=consent.id, detail=f"{what}, {whose.lower()}: {how}")
        for task in waiting_for_printer(store, consent.id):
            if task.what == _asked(consent, whose, what):
                complete_task(store, task, how, within=transaction)


def note_exported(store: Store, consent: Consent, how: str, what: str = SUMMARY) -> None:
    """A copy was saved outside the store; `how` says whether it is locked with a password."""
    require(store, "export")
    store.note(Act.EXPORTED, kind=Consent.kind, subject=consent.id, detail=f"{what}: {how}")


def print_later(store: Store, consent: Consent, whose: str, what: str = SUMMARY) -> Task:
    """There is no printer now: a task keeps in mind which copy is to be printed. Asked twice it is one task."""
    require(store, "print")
    return make_task(
        store,
        Task(
            what=_asked(consent, whose, what),
            task_kind=TaskKind.PRINT,
            subject=consent.patient_id,
            about=consent.id,
            about_kind=Consent.kind,
            rule=_LATER,
        ),
    )


def waiting_for_printer(store: Store, consent_id: uuid.UUID) -> tuple[Task, ...]:
    """The copies of this consent that wait for a printer."""
    return tuple(task for task in tasks_about(store, consent_id) if task.task_kind is TaskKind.PRINT)


def handed_out(store: Store, consent_id: uuid.UUID) -> tuple[Handed, ...]:
    """Every copy of this consent that left, newest first (PC23: a copy was given)."""
    return tuple(Handed(line=line) for line in copies_of(store, consent_id))


def _asked(consent: Consent, whose: str, what: str) -> str:
    return f"Print the {what} {consent.document_number}, {whose.lower()}"
