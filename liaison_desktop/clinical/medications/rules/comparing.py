"""What is taken beside what is ordered: which belongs to which, in what they differ, and what a row may say (V23)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.clinical.medications.queries import KnownMedicines, folded
from liaison_desktop.clinical.medications.record import (
    SPOKEN,
    Action,
    Adherence,
    Discrepancy,
    Medicine,
    MedicineList,
    MedicineStatus,
    Reconciliation,
)
from liaison_desktop.clinical.medications.rules.allergies import conflicts
from liaison_desktop.clinical.medications.rules.reading import same_dose, same_frequency, same_route
from liaison_desktop.clinical.patients.record import Allergy
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

ORDERS = (MedicineList.ORDER, MedicineList.ACUTE)

# Differences that two lines show by themselves: for a high-alert medicine nobody but a prescriber says that it is none.
PLAIN = frozenset((
    Discrepancy.OMISSION, Discrepancy.DOSE, Discrepancy.ROUTE, Discrepancy.FREQUENCY, Discrepancy.DUPLICATION,
    Discrepancy.ALLERGY_CONFLICT, Discrepancy.INCOMPLETE_ORDER,
))  # fmt: skip


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the comparison: what is taken, what is ordered, what was said of it, and what the two lines show."""

    taken: Medicine | None = None
    ordered: Medicine | None = None
    against: MedicineList = MedicineList.ORDER
    row: Reconciliation | None = None
    shows: Discrepancy = Discrepancy.NONE

    @property
    def medicine(self) -> Medicine:
        """What the row is called after: what is taken, else what is ordered."""
        found = self.taken or self.ordered
        if found is None:
            raise ValueError("a row of a comparison has a medicine")
        return found

    @property
    def alert(self) -> bool:
        """Whether either of the two is a high-alert medicine."""
        return any(one is not None and one.alert for one in (self.taken, self.ordered))

    @property
    def words(self) -> str:
        """The two lines as they stand now, to notice when one of them changes after it was compared."""
        return " | ".join(f"{one.name} {one.line()}" if one is not None else "-" for one in (self.taken, self.ordered))

    @property
    def compared(self) -> bool:
        """Whether somebody compared these two lines as they stand now."""
        return self.row is not None and self.row.compared and self.row.as_compared == self.words

    @property
    def open(self) -> bool:
        """Whether it waits for a prescriber's answer."""
        return self.row is not None and self.row.open

    @property
    def settled(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.compared and not self.open


def _key(medicine: Medicine) -> str:
    return medicine.generic or folded(medicine.name)


def pairs_of(
    medicines: Sequence[Medicine],
    rows: Sequence[Reconciliation],
    against: MedicineList,
    known: KnownMedicines,
    allergies: Iterable[Allergy] = (),
) -> tuple[Pair, ...]:
    """Every medicine taken beside its order, then what is ordered alone; `against` is the orders or the discharge list."""
    wanted = ORDERS if against is MedicineList.ORDER else (against,)
    taken = [each for each in medicines if each.list is MedicineList.HOME and each.current]
    ordered = [each for each in medicines if each.list in wanted and each.current]
    # What is given now and ordered for the admission as well is one medicine, and the order is what counts.
    meant = {_key(each) for each in ordered if each.list is not MedicineList.ACUTE}
    ordered = [each for each in ordered if each.list is not MedicineList.ACUTE or _key(each) not in meant]
    left = list(ordered)
    made = []
    for home in taken:
        match = next((each for each in left if _key(each) == _key(home)), None)
        if match is not None:
            left.remove(match)
        made.append((home, match))
    found = [*made, *((None, each) for each in left)]
    mine = [row for row in rows if row.against is against]
    held = tuple(allergies)
    return tuple(_pair(home, order, against, mine, (taken, ordered), known, held) for home, order in found)


def _pair(
    home: Medicine | None,
    order: Medicine | None,
    against: MedicineList,
    rows: Sequence[Reconciliation],
    lists: tuple[Sequence[Medicine], Sequence[Medicine]],
    known: KnownMedicines,
    allergies: Sequence[Allergy],
) -> Pair:
    if home is not None:
        row = next((row for row in rows if row.taken == home.id), None)
    else:
        # A row without what is taken is about the order alone.
        row = next((row for row in rows if order is not None and row.taken is None and row.ordered == order.id), None)
    shows = proposed(home, order, lists, known, allergies)
    return Pair(taken=home, ordered=order, against=against, row=row, shows=shows)


def proposed(
    home: Medicine | None,
    order: Medicine | None,
    lists: tuple[Sequence[Medicine], Sequence[Medicine]],
    known: KnownMedicines,
    allergies: Sequence[Allergy] = (),
) -> Discrepancy:
    """What the two lines show by themselves, the gravest first. It is shown, never chosen."""
    if order is not None and conflicts(order.name, allergies, known):
        return Discrepancy.ALLERGY_CONFLICT
    if order is None:
        return Discrepancy.NONE if home is None or _not_taken(home) else Discrepancy.OMISSION
    if _doubled(order, home, lists, known):
        return Discrepancy.DUPLICATION
    if not order.dose.strip() or order.route is None or order.frequency is None:
        return Discrepancy.INCOMPLETE_ORDER
    if home is None or _not_taken(home):
        return Discrepancy.COMMISSION
    if home.dose and not same_dose(home.dose, order.dose):
        return Discrepancy.DOSE
    if home.route and not same_route(home.route, order.route):
        return Discrepancy.ROUTE
    words = (home.frequency, home.frequency_text, order.frequency, order.frequency_text)
    return Discrepancy.FREQUENCY if home.frequency and not same_frequency(*words) else Discrepancy.NONE


def _not_taken(medicine: Medicine) -> bool:
    return medicine.adherence is Adherence.NOT_TAKING or medicine.status is MedicineStatus.NOT_TAKEN


def _doubled(
    order: Medicine, home: Medicine | None, lists: tuple[Sequence[Medicine], Sequence[Medicine]], known: KnownMedicines
) -> bool:
    """Whether another order, or another medicine taken at home, is of the same kind."""
    taken, ordered = lists
    groups = {each.group for each in known.inside(order.name) if each.group}
    mine = {order.id, home.id if home is not None else None}
    others = [each for each in (*ordered, *(taken if home is None else ())) if each.id not in mine]
    same = (each for each in others if _key(each) == _key(order))
    alike = (each for each in others if groups & {known_one.group for known_one in known.inside(each.name)})
    return any(True for _ in same) or any(True for _ in alike)


def row_faults(pair: Pair, row: Reconciliation, policy: Policy) -> Iterator[Fault]:
    """What a compared row needs: an action, whether it differs, and a reason where it is not simply continued."""
    if row.action is None:
        yield policy.fault("V23-ACTION", field="action")
    if row.discrepancy is None:
        yield policy.fault("V23-DIFFERENCE", field="discrepancy")
    if row.action not in (None, Action.CONTINUE) and not row.action_reason.strip():
        yield policy.fault("V23-REASON", field="action_reason")
    if row.discrepancy is Discrepancy.NONE and pair.shows in PLAIN and not row.answered:
        if pair.alert:
            yield policy.fault("V23-ALERT", field="discrepancy", shows=pair.shows.label.lower())
        elif not row.note.strip():
            yield policy.fault("V23-NONE", field="note", shows=pair.shows.label.lower())
    if row.discrepancy not in (None, Discrepancy.NONE) and row.intent is None:
        yield policy.fault("V23-INTENT", field="intent")


def answer_faults(
    row: Reconciliation,
    policy: Policy,
    *,
    now: datetime.datetime,
    actor: str,
    prescribers: Collection[str],
    not_prescribers: Collection[str] = (),
) -> Iterator[Fault]:
    """V23: name, time and answer of a prescriber, whoever sits at the desk.

    Whoever works here is no prescriber unless known as one; a name known as that of somebody else's trade is none.
    """
    if not row.answered:
        for name in ("answered_by", "answered_at", "answer"):
            value = getattr(row, name)
            if value is None or (isinstance(value, str) and not value.strip()):
                yield policy.fault("V23", field=name)
    who = row.answered_by.strip()
    known = any(same_person(who, name) for name in prescribers)
    if who and not known and any(same_person(who, name) for name in (actor, *not_prescribers)):
        yield policy.fault("V23-WHO", field="answered_by")
    soon = now + datetime.timedelta(minutes=1)
    if row.answered_at is not None and row.answered_at > soon:
        yield policy.fault("V23-FUTURE", field="answered_at")
    if row.told_at is not None and row.told_at > soon:
        yield policy.fault("V23-FUTURE", field="told_at")
    if row.answered_at is not None and row.told_at is not None and row.answered_at < row.told_at:
        yield policy.fault("V23-ORDER", field="answered_at")
    if row.told_how in SPOKEN and row.answer.strip() and row.read_back is not True:
        yield policy.fault("V23-READ", field="read_back")
