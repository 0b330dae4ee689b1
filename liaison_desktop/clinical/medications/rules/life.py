"""How far the medicines of a stay have come, what is unresolved (V32), and what stands before each step (V30, V31)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from liaison_desktop.clinical.medications.record import (
    ListLife,
    MedicationHistory,
    Medicine,
    MedicineList,
)
from liaison_desktop.clinical.medications.rules.comparing import Pair
from liaison_desktop.clinical.medications.rules.entry import plan_faults, standing
from liaison_desktop.clinical.medications.rules.sources import not_asked, sources_used
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of the comparison. `high_alert` and `others` wait for a prescriber, the rest for somebody to compare.

    `collected` is false while nobody said that the history is complete: then the counts say little.
    """

    high_alert: int = 0
    others: int = 0
    not_compared_high_alert: int = 0
    not_compared: int = 0
    collected: bool = False

    @property
    def open(self) -> int:
        """How many differences wait for a prescriber's answer."""
        return self.high_alert + self.others

    @property
    def total(self) -> int:
        """Everything that is left, compared or not."""
        return self.open + self.not_compared_high_alert + self.not_compared

    @property
    def blocks(self) -> bool:
        """V32: whether it stands before a handover or an admission."""
        return bool(self.high_alert or self.not_compared_high_alert)


def count_unresolved(pairs: Sequence[Pair], history: MedicationHistory | None) -> Unresolved:
    """What is left of these rows."""
    left = [pair for pair in pairs if not pair.settled]
    waiting = [pair for pair in left if pair.open]
    untouched = [pair for pair in left if not pair.open]
    return Unresolved(
        high_alert=sum(pair.alert for pair in waiting),
        others=sum(not pair.alert for pair in waiting),
        not_compared_high_alert=sum(pair.alert for pair in untouched),
        not_compared=sum(not pair.alert for pair in untouched),
        collected=history is not None and history.collected_at is not None,
    )


def handover_faults(left: Unresolved, policy: Policy) -> tuple[Fault, ...]:
    """V32: an open high-alert medicine stops a handover or an admission; any other is told with its number."""
    found = []
    if left.blocks:
        found.append(policy.fault("V32", n=left.high_alert + left.not_compared_high_alert))
    if left.others + left.not_compared:
        found.append(policy.fault("V32-OTHERS", n=left.others + left.not_compared))
    return tuple(found)


def life_of(
    history: MedicationHistory | None, medicines: Sequence[Medicine], pairs: Sequence[Pair], mark: str = ""
) -> ListLife:
    """The farthest step whose conditions hold, and those of every step before it. `mark` is that of the list now."""
    state = ListLife.COLLECTING
    for step, reached in _steps(history, medicines, pairs, mark):
        if not reached:
            break
        state = step
    return state


def _steps(
    history: MedicationHistory | None, medicines: Sequence[Medicine], pairs: Sequence[Pair], mark: str
) -> Iterator[tuple[ListLife, bool]]:
    signed = history.reconciled_at if history is not None else None
    decided = [pair.row.decided_at for pair in pairs if pair.row is not None and pair.row.decided_at is not None]
    yield ListLife.COLLECTED, _collected(history, medicines)
    yield ListLife.COMPARED, all(pair.compared for pair in pairs)
    yield ListLife.SENT, all(pair.row is None or pair.row.told or not pair.open for pair in pairs)
    yield ListLife.ANSWERED, not any(pair.open for pair in pairs)
    yield ListLife.RECONCILED, signed is not None and all(moment <= signed for moment in decided)
    yield ListLife.GIVEN, history is not None and history.given_at is not None and history.given_mark == mark


def _collected(history: MedicationHistory | None, medicines: Sequence[Medicine]) -> bool:
    if history is None or history.collected_at is None:
        return False
    enough = len(sources_used(history, medicines)) > 1 or bool(history.why_one_source.strip())
    return enough and not any(not_asked(medicine) for medicine in medicines)


def collecting_faults(
    history: MedicationHistory, medicines: Sequence[Medicine], policy: Policy, today: datetime.date
) -> Iterator[Fault]:
    """What is missing before the history may be called collected: V30, V14, and each medicine asked through."""
    home = [each for each in medicines if each.list is MedicineList.HOME and each.current]
    if history.open_question is None:
        yield policy.fault("V30-QUESTION", field="open_question")
    elif history.open_question is False and not history.not_asked_why.strip():
        yield policy.fault("V30-FIRST", field="not_asked_why")
    yield from source_faults(history, medicines, policy)
    if not home and not history.takes_none:
        yield policy.fault("MED-NONE", field="takes_none")
    if home and history.takes_none:
        yield policy.fault("MED-SOME", field="takes_none", n=len(home))
    if not history.keepers and home:
        yield policy.fault("MED-KEEPER", field="keepers")
    for medicine in home:
        if missing := not_asked(medicine):
            yield policy.fault("MED-ASK", field=f"medicine.{medicine.id}.{missing[0]}", name=medicine.name)
        for fault in standing(medicine, plan_faults(medicine, today, history.procedure_on, policy), frozenset()):
            yield msgspec.structs.replace(
                fault, field=f"medicine.{medicine.id}.{fault.field}", message=f"{medicine.name}: {fault.message}"
            )


def source_faults(history: MedicationHistory, medicines: Sequence[Medicine], policy: Policy) -> Iterator[Fault]:
    """V30: two sources, or the reason for one."""
    used = sources_used(history, medicines)
    if len(used) < 2 and not history.why_one_source.strip():
        yield policy.fault("V30", field="sources" if not used else "why_one_source", n=len(used))


def reconciling_faults(
    history: MedicationHistory, left: Unresolved, twice: Sequence[str], policy: Policy
) -> Iterator[Fault]:
    """What stands before the comparison may be called done. `twice` names what is there two times, only to be seen."""
    if not left.collected:
        yield policy.fault("MED-FIRST", field="collected_at")
    if left.total:
        yield policy.fault("V32-LEFT", field="answer", n=left.total)
    if history.allergies_read is not True:
        yield policy.fault("V31-READ", field="allergies_read")
    for label in twice:
        yield policy.fault("V31-TWICE", field="twice", kind=label)
