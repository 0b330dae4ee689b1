"""Entering medicines: by one line, by what a source says, by taking over the last list. The only writers of medicines."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import msgspec

from liaison_desktop.clinical.medications.queries import (
    folded,
    history_of,
    known_medicines,
    medicines_before,
    medicines_of,
)
from liaison_desktop.clinical.medications.record import (
    Accepted,
    Frequency,
    Medicine,
    MedicineList,
    MedicineStatus,
    Route,
    Says,
    Source,
)
from liaison_desktop.clinical.medications.rules.entry import Around, marked, medicine_faults, standing
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction

replace = msgspec.structs.replace


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line as it is typed: a name, a dose, a route, how often."""

    name: str
    dose: str = ""
    route: Route | None = None
    frequency: Frequency | None = None
    frequency_text: str = ""


def _around(store: Store, medicine: Medicine) -> Around:
    episode = medicine.episode or uuid.UUID(int=0)
    patient, history = store.find(Patient, medicine.patient), history_of(store, episode)
    return Around(
        now=store.clock(),
        known=known_medicines(),
        others=medicines_of(store, episode),
        allergies=patient.allergies if patient is not None else (),
        procedure_on=history.procedure_on if history is not None else None,
    )


def look_over(store: Store, medicine: Medicine) -> tuple[Fault, ...]:
    """Every fault of a medicine as it would be saved now, the warnings too."""
    return medicine_faults(marked(medicine, known_medicines()), _around(store, medicine), policy_of(store))


def save_medicine(store: Store, medicine: Medicine, *, reason: str = "") -> Medicine:
    """Save a new medicine or a new version of one, with its high-alert mark.

    Raises Refused if a rule forbids it or asks for a reason that was not given (V14, V20), Stale if it was changed.
    """
    require(store, "record_clinical")
    made = marked(medicine, known_medicines())
    if stopping := standing(made, medicine_faults(made, _around(store, made), policy_of(store))):
        raise Refused(stopping)
    return store.save(made, reason=reason)


def accept_warning(store: Store, medicine: Medicine, rule: str, reason: str) -> Medicine:
    """The medicine with a warning taken on for a reason. It is not saved by this."""
    kept = tuple(each for each in medicine.accepted if each.rule != rule)
    if not reason.strip():
        return replace(medicine, accepted=kept)
    made = Accepted(rule=rule, reason=reason.strip(), by=store.actor.name, at=store.clock())
    return replace(medicine, accepted=(*kept, made))


def enter_line(
    store: Store,
    patient: uuid.UUID,
    episode: uuid.UUID,
    onto: MedicineList,
    line: Line,
    source: Source | None = None,
    *,
    reasons: Mapping[str, str] | None = None,
) -> Medicine:
    """Take a typed line: a new medicine, or what this source says of one that stands there already.

    On the list of what is taken at home a source is named. `reasons` say by rule why a warning is right. Raises Refused.
    """
    found = same_medicine(medicines_of(store, episode), onto, line.name)
    if found is None:
        found = Medicine(
            patient=patient,
            episode=episode,
            list=onto,
            name=line.name.strip(),
            dose=line.dose.strip(),
            route=line.route,
            frequency=line.frequency,
            frequency_text=line.frequency_text.strip(),
            prn=line.frequency is Frequency.PRN,
        )
    elif source is None:
        found = replace(found, **_taken(line))
    if source is not None:
        found = _with(found, _said(store, source, line))
    for rule, reason in (reasons or {}).items():
        found = accept_warning(store, found, rule, reason)
    return save_medicine(store, found)


def same_medicine(medicines: tuple[Medicine, ...], onto: MedicineList, name: str) -> Medicine | None:
    """The medicine of that list that this name means, None if it is not there yet."""
    generic = " + ".join(known.name for known in known_medicines().inside(name))
    for each in medicines:
        same = bool(generic) and each.generic == generic
        if each.list is onto and each.current and (same or folded(each.name) == folded(name)):
            return each
    return None


def _taken(line: Line) -> dict[str, object]:
    typed = {"dose": line.dose.strip(), "route": line.route, "frequency": line.frequency}
    if line.frequency is not None:
        typed["frequency_text"] = line.frequency_text.strip()
    return {name: value for name, value in typed.items() if value}


def _said(store: Store, source: Source, line: Line) -> Says:
    return Says(
        source=source,
        dose=line.dose.strip(),
        route=line.route,
        frequency=line.frequency,
        frequency_text=line.frequency_text.strip(),
        seen_by=store.actor.name,
        seen_at=store.clock(),
    )


def _with(medicine: Medicine, said: Says) -> Medicine:
    kept = tuple(each for each in medicine.says if each.source is not said.source)
    return replace(medicine, says=(*kept, said))


def say_same(store: Store, medicine: Medicine, source: Source) -> Medicine:
    """This source says of this one medicine what is held to be taken. There is no such word for all of them."""
    line = Line(
        name=medicine.name,
        dose=medicine.dose,
        route=medicine.route,
        frequency=medicine.frequency,
        frequency_text=medicine.frequency_text,
    )
    return save_medicine(store, _with(medicine, _said(store, source, line)))


def say_absent(store: Store, medicine: Medicine, source: Source) -> Medicine:
    """This source was looked at and does not name the medicine."""
    said = Says(source=source, absent=True, seen_by=store.actor.name, seen_at=store.clock())
    return save_medicine(store, _with(medicine, said))


def unsay(store: Store, medicine: Medicine, source: Source) -> Medicine:
    """Take back what a source says, because it was entered wrongly; the version before stays in the journal."""
    kept = tuple(each for each in medicine.says if each.source is not source)
    return save_medicine(store, replace(medicine, says=kept))


def take_word(store: Store, medicine: Medicine, source: Source) -> Medicine:
    """Hold what this source says for what is taken."""
    said = medicine.said_by(source)
    if said is None or said.absent:
        return medicine
    line = Line(
        name=medicine.name,
        dose=said.dose,
        route=said.route,
        frequency=said.frequency,
        frequency_text=said.frequency_text,
    )
    return save_medicine(store, replace(medicine, **_taken(line)), reason=f"as said by: {source.value}")


def end_medicine(store: Store, medicine: Medicine, status: MedicineStatus, *, reason: str = "") -> Medicine:
    """Take a medicine off its list: stopped, completed, or entered in error. It stays in the store."""
    require(store, "record_clinical")
    stop = store.clock().date().isoformat() if status is not MedicineStatus.ENTERED_IN_ERROR else medicine.stop
    return store.save(replace(medicine, status=status, stop=medicine.stop or stop), reason=reason)


_ASKED_ANEW = {
    "last_taken": None,
    "last_taken_at": None,
    "adherence": None,
    "reason_not_taking": "",
    "says": (),
    "accepted": (),
    "plan": "",
    "plan_by": "",
    "plan_at": None,
}


def take_over(store: Store, patient: uuid.UUID, episode: uuid.UUID, words: str) -> tuple[Medicine, ...]:
    """Put the last list of the patient into this stay, every row unanswered: what was true then is asked again."""
    require(store, "record_clinical")
    here = medicines_of(store, episode)
    held = medicines_before(store, patient, episode)
    leaving = [each for each in held if each.list is MedicineList.DISCHARGE]
    wanted = leaving or [each for each in held if each.list is MedicineList.HOME]
    with store.transaction("taken over") as transaction:
        return tuple(
            _anew(transaction, each, episode, words)
            for each in wanted
            if each.current and same_medicine(here, MedicineList.HOME, each.name) is None
        )


def _anew(transaction: Transaction, medicine: Medicine, episode: uuid.UUID, words: str) -> Medicine:
    fresh = Medicine(patient=medicine.patient, episode=episode)
    values = msgspec.structs.asdict(medicine) | {"id": fresh.id, "version": None, "episode": episode}
    values |= {**_ASKED_ANEW, "list": MedicineList.HOME, "prefilled": words}
    return transaction.save(Medicine(**values))
