"""Keeping a coverage, its place in the order, and its end."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.coverage.queries import coverages_of
from liaison_desktop.clinical.coverage.record import Coverage
from liaison_desktop.clinical.coverage.rules import coverage_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace
RECORD = "record_clinical"  # of the file of roles


def stop_if(faults: Iterable[Fault]) -> None:
    """Raise Refused if one of these stands in the way; what is only worth a look does not."""
    stopping = tuple(fault for fault in faults if fault.severity is Severity.REFUSE)
    if stopping:
        raise Refused(stopping)


def save_coverage(store: Store, coverage: Coverage) -> Coverage:
    """A new coverage, last in the order, or other words in one. Raises Refused, Stale."""
    require(store, RECORD)
    if coverage.version is None and coverage.patient is not None:
        coverage = replace(coverage, rank=len(coverages_of(store, coverage.patient)) + 1)
    stop_if(coverage_faults(coverage, policy_of(store), today=store.clock().date()))
    return store.save(coverage, reason="Coverage")


def pay_earlier(store: Store, coverage: Coverage) -> Coverage:
    """This payer pays before the one that came before it. Raises Stale."""
    require(store, RECORD)
    ordered = list(coverages_of(store, coverage.patient)) if coverage.patient is not None else []
    place = next((at for at, one in enumerate(ordered) if one.id == coverage.id), 0)
    if place == 0:
        return coverage
    ordered[place - 1], ordered[place] = ordered[place], ordered[place - 1]
    _renumber(store, ordered, "Order of payers")
    return store.get(Coverage, coverage.id)


def end_coverage(store: Store, coverage: Coverage, reason: str) -> Coverage:
    """It is no longer used; what was said about it stays, and those after it move up. Raises Refused, Stale."""
    require(store, RECORD)
    if not reason.strip():
        raise Refused((policy_of(store).fault("COV-WHY", field="ended_reason"),))
    ended = replace(coverage, ended_at=store.clock(), ended_reason=reason.strip())
    others = [one for one in coverages_of(store, coverage.patient) if one.id != coverage.id] if coverage.patient else []
    _renumber(store, others, "Coverage ended", ended)
    return store.get(Coverage, coverage.id)


def _renumber(store: Store, ordered: Iterable[Coverage], reason: str, *also: Coverage) -> None:
    with store.transaction(reason) as transaction:
        for one in also:
            transaction.save(one)
        for rank, one in enumerate(ordered, 1):
            transaction.save(replace(one, rank=rank))
