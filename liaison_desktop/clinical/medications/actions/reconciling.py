"""Comparing, telling the prescriber, and writing down the answer: nothing else closes a difference (V23)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.medications.queries import known_medicines
from liaison_desktop.clinical.medications.record import MedicationHistory, Reconciliation, Told
from liaison_desktop.clinical.medications.rules.allergies import twice
from liaison_desktop.clinical.medications.rules.comparing import Pair, answer_faults, row_faults
from liaison_desktop.clinical.medications.rules.life import reconciling_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Credential, Practitioner, StaffCredential, StaffMember
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def row_of(pair: Pair) -> Reconciliation:
    """What was said of a pair, or a new row that says nothing: no action is ever chosen beforehand."""
    if pair.row is not None:
        return pair.row
    return Reconciliation(
        patient=pair.medicine.patient,
        episode=pair.medicine.episode,
        taken=pair.taken.id if pair.taken is not None else None,
        ordered=pair.ordered.id if pair.ordered is not None else None,
        against=pair.against,
    )


_MAY_PRESCRIBE = frozenset(
    (StaffCredential.MD, StaffCredential.DO, StaffCredential.NP, StaffCredential.PA, StaffCredential.APRN)
)


def prescribers(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names known as prescribers', and those known as somebody else's: practitioners and the staff."""
    known = [(each.name, each.credential not in (None, Credential.OTHER)) for each in store.all(Practitioner)]
    known += [(each.name, each.credential in _MAY_PRESCRIBE) for each in store.all(StaffMember)]
    return tuple(name for name, may in known if may), tuple(name for name, may in known if not may)


def faults_of_answer(store: Store, row: Reconciliation) -> tuple[Fault, ...]:
    """What is wrong with an answer that was begun; nothing while there is none."""
    if not (row.answer.strip() or row.answered_by.strip() or row.answered_at is not None):
        return ()
    may, may_not = prescribers(store)
    held = answer_faults(
        row, policy_of(store), now=store.clock(), actor=store.actor.name, prescribers=may, not_prescribers=may_not
    )
    return tuple(held)


def compare(store: Store, pair: Pair, row: Reconciliation) -> Reconciliation:
    """Keep what is done with a medicine, and the prescriber's answer if there is one.

    Raises Refused: without an action, a word on the difference, or with an answer that is not a prescriber's whole one.
    """
    require(store, "record_clinical")
    policy = policy_of(store)
    held = replace(row, ordered=pair.ordered.id if pair.ordered is not None else None)
    faults = (*held.faults(), *row_faults(pair, held, policy), *faults_of_answer(store, held))
    if stopping := [fault for fault in faults if fault.severity is Severity.REFUSE]:
        raise Refused(stopping)
    changed = pair.row is None or _without_stamp(pair.row) != _without_stamp(held) or not pair.compared
    if changed:
        held = replace(held, as_compared=pair.words, decided_by=store.actor.name, decided_at=store.clock())
    return store.save(held)


def _without_stamp(row: Reconciliation) -> Reconciliation:
    return replace(row, decided_by="", decided_at=None, as_compared="", version=None)


def tell(
    store: Store, rows: Iterable[Reconciliation], to: str, how: Told | None, *, at: datetime.datetime | None = None
) -> tuple[Reconciliation, ...]:
    """The prescriber was told of these differences, in one call or on one paper. It closes none of them.

    Raises Refused without a name and a way.
    """
    require(store, "record_clinical")
    policy, moment = policy_of(store), at or store.clock()
    if not to.strip() or how is None:
        raise Refused([policy.fault("V23-TOLD", field="told_how" if to.strip() else "told_to")])
    if moment > store.clock() + datetime.timedelta(minutes=1):
        raise Refused([policy.fault("V23-FUTURE", field="told_at")])
    with store.transaction("told to a prescriber") as transaction:
        return tuple(
            transaction.save(replace(row, told_to=to.strip(), told_how=how, told_at=moment)) for row in rows if row.open
        )


def open_again(store: Store, row: Reconciliation, reason: str) -> Reconciliation:
    """Take an answer back because it was written down wrongly or is no longer so. The answer stays in the journal.

    Raises Refused without a reason.
    """
    require(store, "record_clinical")
    if not reason.strip():
        raise Refused([policy_of(store).fault("V23-AGAIN", field="opened_again")])
    moment = store.clock()
    words = f"{moment:%Y-%m-%d %H:%M} {store.actor.name}: {reason.strip()}"
    return store.save(
        replace(
            row,
            answer="",
            answered_by="",
            answered_at=None,
            read_back=None,
            opened_again=words,
            decided_at=moment,
            decided_by=store.actor.name,
        ),
        reason="opened again",
    )


def missing_for_reconciled(store: Store, history: MedicationHistory) -> tuple[Fault, ...]:
    """What stands before the comparison may be called done, and what is worth a look."""
    from liaison_desktop.clinical.medications.actions.standing import standing_of

    if history.episode is None:
        return ()
    stands = standing_of(store, history.episode)
    doubled = twice(((str(each.id), each.name) for each in stands.home if each.current), known_medicines())
    labels = [f"{label} ({', '.join(names)})" for label, names in doubled]
    return tuple(reconciling_faults(history, stands.left, labels, policy_of(store)))


def finish_comparison(store: Store, history: MedicationHistory) -> MedicationHistory:
    """Sign that every medicine is compared and every difference answered. Raises Refused (V31, V32)."""
    require(store, "reconcile_medicines")
    faults = missing_for_reconciled(store, history)
    if stopping := [fault for fault in faults if fault.severity is Severity.REFUSE]:
        raise Refused(stopping)
    return store.save(replace(history, reconciled_by=store.actor.name, reconciled_at=store.clock()))
