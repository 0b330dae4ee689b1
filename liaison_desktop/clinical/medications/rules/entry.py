"""What stands in the way of one medicine: V20 for doses, V31 for allergies, V14 for blood thinners, V9 for times."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from liaison_desktop.clinical.medications.queries import KnownMedicines
from liaison_desktop.clinical.medications.record import Frequency, HighAlert, Medicine, MedicineList, Route, Sort
from liaison_desktop.clinical.medications.rules.allergies import conflicts
from liaison_desktop.clinical.medications.rules.doses import dose_without_unit, unsafe_number, unsafe_words
from liaison_desktop.clinical.medications.rules.reading import jump, read_dose, written
from liaison_desktop.clinical.patients.record import Allergy, day_text
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.policies import Policy

_EVERY_DAY = frozenset((
    Frequency.DAILY, Frequency.BID, Frequency.TID, Frequency.QID, Frequency.Q4H, Frequency.Q6H, Frequency.Q8H,
    Frequency.Q12H, Frequency.BEDTIME, Frequency.MORNING, Frequency.MEALS,
))  # fmt: skip


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What a medicine is judged by beside itself: the others of the stay, the allergies, the procedure, the time."""

    now: datetime.datetime
    known: KnownMedicines
    others: Sequence[Medicine] = ()
    allergies: Sequence[Allergy] = ()
    procedure_on: datetime.date | None = None


def medicine_faults(medicine: Medicine, around: Around, policy: Policy) -> tuple[Fault, ...]:
    """Everything that stands in the way of saving this medicine, or is worth a look."""
    found = [
        *medicine.faults(),
        *dose_faults(medicine, around.known, policy),
        *jump_faults(medicine, around.others, policy),
        *opioid_faults(medicine, around, policy),
        *plan_faults(medicine, around.now.date(), around.procedure_on, policy),
        *time_faults(medicine, around.now, policy),
        *allergy_faults(medicine, around, policy),
    ]
    return tuple(found)


# What is shown while a medicine is entered, and asked for when the history is called complete: it must not stop her pen.
LATER = frozenset(("V14",))


def standing(medicine: Medicine, faults: Iterable[Fault], later: frozenset[str] = LATER) -> tuple[Fault, ...]:
    """Those faults that stop a save: what is refused, and what asks for a reason that was not given."""
    return tuple(
        fault
        for fault in faults
        if fault.severity is Severity.REFUSE
        or (
            fault.severity is Severity.CONFIRM
            and fault.rule not in later
            and not medicine.reason_for(fault.rule).strip()
        )
    )


def _texts(medicine: Medicine) -> Iterator[tuple[str, str]]:
    for name in ("name", "strength", "dose", "frequency_text"):
        yield name, getattr(medicine, name)
    for said in medicine.says:
        yield "says", said.dose
        yield "says", said.frequency_text


def dose_faults(medicine: Medicine, known: KnownMedicines, policy: Policy) -> Iterator[Fault]:
    """V20: words and numbers that are misread, doses without unit, units not written out, methotrexate every day."""
    words = policy.words("unsafe_abbreviations")
    for field, text in _texts(medicine):
        for word in unsafe_words(text, words):
            yield policy.fault("V20", field=field, word=word)
        if wrong := unsafe_number(text):
            yield policy.fault("V20-NUMBER", field=field, what=wrong)
    doses = [("dose", medicine.dose), *(("says", said.dose) for said in medicine.says)]
    in_units = any(each.family.units for each in known.inside(medicine.name))
    for field, text in doses:
        if not text.strip() or text.strip().casefold() == "not known":
            continue
        if dose_without_unit(text):
            yield policy.fault("V20-UNIT", field=field)
        elif in_units and "unit" not in text.casefold().split("/")[0]:
            yield policy.fault("V20-SPELLED", field=field)
    if _weekly_taken_daily(medicine, policy):
        yield policy.fault("V20-DAILY", field="frequency")


def _weekly_taken_daily(medicine: Medicine, policy: Policy) -> bool:
    named = any(word in medicine.name.casefold() for word in policy.words("never_daily"))
    if not named or medicine.route not in (Route.PO, Route.TUBE):
        return False
    in_words = medicine.frequency is Frequency.OTHER
    # In words it may be meant daily, and then what it is for is said.
    return medicine.frequency in _EVERY_DAY or (in_words and not medicine.purpose.strip())


def jump_faults(medicine: Medicine, others: Iterable[Medicine], policy: Policy) -> Iterator[Fault]:
    """V20: a dose ten or a thousand times that of another source; somebody has to say why it is right.

    An order is held against what is taken at home as well.
    """
    doses = [("", medicine.dose), *((said.source.label, said.dose) for said in medicine.says if not said.absent)]
    if medicine.list is not MedicineList.HOME and medicine.generic:
        same = (each for each in others if each.list is MedicineList.HOME and each.generic == medicine.generic)
        doses += [(MedicineList.HOME.label.lower(), each.dose) for each in same if each.current]
    read = [(name, dose) for name, text in doses if (dose := read_dose(text)) is not None]
    for number, (_name, dose) in enumerate(read):
        for name, other in read[number + 1 :]:
            if n := jump(dose, other):
                yield policy.fault("V20-JUMP", field="dose", n=f"{n:,}", source=name)
                return


def opioid_naive(medicine: Medicine, others: Iterable[Medicine]) -> bool:
    """Whether nothing recorded says that the patient is used to opioids: no other one is taken at home."""
    return not any(
        other.id != medicine.id
        and other.list is MedicineList.HOME
        and other.current
        and other.high_alert is HighAlert.OPIOID
        and (other.adherence is None or other.adherence.value in ("as_prescribed", "partial"))
        for other in others
    )


def opioid_faults(medicine: Medicine, around: Around, policy: Policy) -> Iterator[Fault]:
    """V20: a fentanyl patch on somebody who is not used to opioids stops the breath."""
    fentanyl = any(each.name == "fentanyl" for each in around.known.inside(medicine.name))
    patch = medicine.route is Route.TD or Sort.PATCH in medicine.sorts or "patch" in medicine.form.casefold()
    if fentanyl and patch and medicine.current and opioid_naive(medicine, around.others):
        yield policy.fault("V20-PATCH", field="route")


def plan_needed(medicine: Medicine, today: datetime.date, procedure_on: datetime.date | None, policy: Policy) -> bool:
    """V14: whether a blood thinner meets a procedure within the days of the policy, and nobody named has said what then."""
    if medicine.high_alert is not HighAlert.ANTICOAG or not medicine.current or procedure_on is None:
        return False
    near = 0 <= (procedure_on - today).days <= policy.number("anticoagulant_days")
    return near and not (medicine.plan.strip() and medicine.plan_by.strip())


def plan_faults(
    medicine: Medicine, today: datetime.date, procedure_on: datetime.date | None, policy: Policy
) -> Iterator[Fault]:
    """V14: a plan and the prescriber's name, both, or the reason why there is none."""
    if procedure_on is not None and plan_needed(medicine, today, procedure_on, policy):
        yield policy.fault("V14", field="plan_by" if medicine.plan.strip() else "plan", day=day_text(procedure_on))


def time_faults(medicine: Medicine, now: datetime.datetime, policy: Policy) -> Iterator[Fault]:
    """V9: no last dose was taken tomorrow."""
    for name in ("last_taken_at", "plan_at"):
        moment = getattr(medicine, name)
        if moment is not None and moment > now + datetime.timedelta(minutes=1):
            yield policy.fault("V9-MEDICINE", field=name)


def allergy_faults(medicine: Medicine, around: Around, policy: Policy) -> Iterator[Fault]:
    """V31: an allergy that names this medicine or its class. A small table; it does not replace a pharmacist."""
    if not medicine.current:
        return
    for allergy, found in conflicts(medicine.name, around.allergies, around.known):
        rule = "V31-NEAR" if found.near else "V31"
        yield policy.fault(rule, field="name", allergy=allergy.substance, kind=found.label)


def marked(medicine: Medicine, known: KnownMedicines) -> Medicine:
    """The medicine with what its name and dose say by themselves: generic name, high-alert class, number and unit.

    A class that was chosen by hand stays as long as the name is of the same medicine.
    """
    found = known.inside(medicine.name)
    generic = " + ".join(each.name for each in found)
    alert = next((each.family.alert for each in found if each.family.alert is not HighAlert.NONE), None)
    held = medicine.high_alert if generic == medicine.generic or not medicine.generic else HighAlert.NONE
    read = read_dose(medicine.dose)
    return msgspec.structs.replace(
        medicine,
        generic=generic,
        dose=written(medicine.dose),
        says=tuple(msgspec.structs.replace(said, dose=written(said.dose)) for said in medicine.says),
        high_alert=alert or held,
        dose_value=read[0] if read else None,
        dose_unit=read[1] if read else None,
    )
