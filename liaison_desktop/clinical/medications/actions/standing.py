"""How the medicines of a stay stand: read in one go for the chart, the guards of a step, and the checklists above."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.episodes.record import Judgement
from liaison_desktop.clinical.medications.actions.listing import list_mark
from liaison_desktop.clinical.medications.queries import (
    history_of,
    known_medicines,
    medicines_of,
    reconciliations_of,
)
from liaison_desktop.clinical.medications.record import ListLife, MedicationHistory, Medicine, MedicineList
from liaison_desktop.clinical.medications.rules.comparing import Pair, pairs_of
from liaison_desktop.clinical.medications.rules.entry import plan_needed
from liaison_desktop.clinical.medications.rules.life import Unresolved, count_unresolved, handover_faults, life_of
from liaison_desktop.clinical.medications.rules.sources import not_asked
from liaison_desktop.clinical.patients.record import Allergy, Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about the medicines of one stay. `pairs` are compared with the orders, `leaving` with the discharge list."""

    history: MedicationHistory | None
    medicines: tuple[Medicine, ...]
    allergies: tuple[Allergy, ...]
    pairs: tuple[Pair, ...]
    leaving: tuple[Pair, ...]
    left: Unresolved
    life: ListLife

    @property
    def home(self) -> tuple[Medicine, ...]:
        """What is taken at home, ended ones too."""
        return tuple(each for each in self.medicines if each.list is MedicineList.HOME)

    @property
    def last_pairs(self) -> tuple[Pair, ...]:
        """The comparison that the patient's list is made from: with the discharge list, once there is one."""
        return self.leaving or self.pairs


class NeedsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A medicine that waits for somebody: what it is, the question, a word for its chip and how loud that is."""

    medicine: uuid.UUID
    title: str
    question: str
    mark: str
    tone: str


def standing_of(store: Store, episode: uuid.UUID) -> Standing:
    """The medicines of a stay as they stand now."""
    medicines, rows = medicines_of(store, episode), reconciliations_of(store, episode)
    history = history_of(store, episode)
    patient_id = next((each.patient for each in (*medicines, *((history,) if history else ()))), None)
    patient = store.find(Patient, patient_id)
    allergies = patient.allergies if patient is not None else ()
    known = known_medicines()
    pairs = pairs_of(medicines, rows, MedicineList.ORDER, known, allergies)
    leaves = any(each.list is MedicineList.DISCHARGE for each in medicines)
    leaving = pairs_of(medicines, rows, MedicineList.DISCHARGE, known, allergies) if leaves else ()
    every = (*pairs, *leaving)
    return Standing(
        history=history,
        medicines=medicines,
        allergies=allergies,
        pairs=pairs,
        leaving=leaving,
        left=count_unresolved(every, history),
        life=life_of(history, medicines, every, list_mark(leaving or pairs)),
    )


def unresolved(store: Store, episode: uuid.UUID) -> Unresolved:
    """V32: what of the medicines of a stay waits for a prescriber, or for somebody to compare it."""
    return standing_of(store, episode).left


def high_alert_judgement(store: Store, episode: uuid.UUID, read: Standing | None = None) -> Judgement:
    """The guard `high_alert` of an admission: no high-alert medicine is unresolved (V32). `read` is what was read already."""
    stands = read or standing_of(store, episode)
    faults = handover_faults(stands.left, policy_of(store))
    if not stands.left.collected:
        words = "The medication history is not complete."
        return Judgement(guard="high_alert", passed=False, words=words)
    words = " ".join(fault.message for fault in faults) or "Every medicine is settled."
    return Judgement(guard="high_alert", passed=not stands.left.blocks, words=words)


def medicines_given_judgement(store: Store, episode: uuid.UUID) -> Judgement:
    """The guard `medicines_given` of a discharge: the patient holds the list as it is now."""
    given = standing_of(store, episode).life is ListLife.GIVEN
    words = "The patient has the list as it is now." if given else "The patient has no list of medicines as it is now."
    return Judgement(guard="medicines_given", passed=given, words=words)


def medicines_needing_answer(store: Store, episode: uuid.UUID) -> tuple[NeedsAnswer, ...]:
    """The medicines that wait for an answer, high-alert ones first: a prescriber's, or the patient's."""
    return needing_answer(store, standing_of(store, episode))


def needing_answer(store: Store, stands: Standing) -> tuple[NeedsAnswer, ...]:
    """The same from what was read already."""
    found = {}
    for pair in (*stands.pairs, *stands.leaving):
        if pair.open and pair.row is not None:
            mark = "told, no answer" if pair.row.told else "unanswered"
            asked = pair.row.discrepancy.label if pair.row.discrepancy else ""
            found[pair.medicine.id] = _needs(
                pair.medicine, _question(pair, asked), mark, "red" if pair.alert else "amber"
            )
    policy, today = policy_of(store), store.clock().date()
    day = stands.history.procedure_on if stands.history is not None else None
    # An order of what is taken at home is asked about there.
    beside = {pair.ordered.id for pair in (*stands.pairs, *stands.leaving) if pair.taken and pair.ordered}
    for medicine in stands.medicines:
        if medicine.id in found or medicine.id in beside:
            continue
        if plan_needed(medicine, today, day, policy):
            words = "Who, by name, says so?" if medicine.plan.strip() else "Who says hold, and from when?"
            found[medicine.id] = _needs(medicine, words, "unanswered", "red")
        elif missing := not_asked(medicine):
            tone = "red" if medicine.alert and "dose" in missing else "amber"
            found[medicine.id] = _needs(medicine, f"{_ASK[missing[0]]}?", "ask", tone)
    loud = {each.id for each in stands.medicines if each.alert}
    return tuple(sorted(found.values(), key=lambda each: (each.tone != "red", each.medicine not in loud)))


_ASK = {
    "dose": "How much",
    "route": "Taken how",
    "frequency": "How often",
    "frequency_text": "How often, in words",
    "prn_reason": "When is it needed",
    "strength": "Which strength",
    "purpose": "What is it for",
    "last_taken": "When was the last one",
    "last_taken_at": "When exactly was the last one",
    "adherence": "Is it taken as prescribed",
    "reason_not_taking": "Why is it not taken as prescribed",
}


def _needs(medicine: Medicine, question: str, mark: str, tone: str) -> NeedsAnswer:
    title = f"{medicine.name} {medicine.line()}".strip()
    return NeedsAnswer(medicine=medicine.id, title=title, question=question, mark=mark, tone=tone)


def _question(pair: Pair, asked: str) -> str:
    if pair.ordered is None:
        return f"{asked}: not ordered"
    if pair.taken is None:
        return f"{asked}: ordered, not taken at home"
    return f"{asked}: ordered {pair.ordered.line() or 'without a dose'}"
