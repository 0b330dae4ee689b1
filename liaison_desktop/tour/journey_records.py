"""What is told on the journey and would take a hundred taps: medicines, an insurance call, a plan. Invented, by actions."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.coverage.actions import (
    begin_verification,
    coverage_standing,
    record_verification,
    save_coverage,
)
from liaison_desktop.clinical.coverage.record import (
    Asked,
    Coverage,
    Method,
    MspScreen,
    Network,
    Outcome,
    PlanType,
    Subscriber,
    SubscriberIs,
)
from liaison_desktop.clinical.coverage.rules import Standing
from liaison_desktop.clinical.discharge.actions import save_plan, teach
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import AreaCode, DischargePlan, Ready
from liaison_desktop.clinical.episodes.record import Disposition, Episode
from liaison_desktop.clinical.medications.actions import (
    Line,
    compare,
    enter_line,
    finish_comparison,
    finish_history,
    give_list,
    history_for,
    row_of,
    save_history,
    save_medicine,
    say_same,
    standing_of,
    tell,
    unresolved,
)
from liaison_desktop.clinical.medications.record import (
    Action,
    Adherence,
    Discrepancy,
    Frequency,
    Intent,
    Keeper,
    LastTaken,
    MedicineList,
    Prompt,
    Route,
    Source,
    Told,
)
from liaison_desktop.clinical.medications.record import Asked as Prompted
from liaison_desktop.store import Store

replace = msgspec.structs.replace
PRESCRIBER = "Wei Chen"
_HOME = (("levothyroxine", "75 mcg", "thyroid"), ("amlodipine", "5 mg", "blood pressure"))
_PROMPTS = (Prompt.RX, Prompt.OTC, Prompt.INHALER, Prompt.SKIN, Prompt.DROPS, Prompt.INJECTION, Prompt.INTERVAL)
_TAUGHT = {
    AreaCode.LIFE: "My son sleeps at my place the first week.",
    AreaCode.MEDICINES: "The thyroid pill in the morning, before breakfast. No more pressure pill.",
    AreaCode.WARNINGS: "If my leg gets fat and red I call, I do not wait.",
    AreaCode.RESULTS: "The blood test comes Monday, the nurse calls me.",
    AreaCode.APPOINTMENTS: "The surgeon on the tenth, my son drives.",
}


def ask_for_medicines(store: Store, stay: Episode) -> None:
    """The interview: openly first, then two medicines that the patient and the record both name."""
    save_history(
        store,
        replace(
            history_for(store, stay),
            open_question=True,
            open_words="One for the thyroid and one for pressure.",
            list_reviewed=True,
            asked=tuple(Prompted(prompt=prompt) for prompt in _PROMPTS),
            keepers=(Keeper.SELF,),
            pharmacy="Example Pharmacy",
            pharmacy_phone="(555) 010-0188",
            allergies_read=True,
        ),
    )
    for name, dose, purpose in _HOME:
        line = Line(name=name, dose=dose, route=Route.PO, frequency=Frequency.MORNING)
        one = enter_line(store, _patient(stay), stay.id, MedicineList.HOME, line, Source.PATIENT)
        told = {"adherence": Adherence.AS_PRESCRIBED, "last_taken": LastTaken.TODAY, "strength": f"{dose} tablet"}
        say_same(store, save_medicine(store, replace(one, purpose=purpose, **told)), Source.RECORD)


def reconcile(store: Store, stay: Episode) -> None:
    """One medicine is ordered on, the other left out: the prescriber is asked, answers, and it is read back."""
    line = Line(name=_HOME[0][0], dose=_HOME[0][1], route=Route.PO, frequency=Frequency.MORNING)
    enter_line(store, _patient(stay), stay.id, MedicineList.ORDER, line)
    history = finish_history(store, history_for(store, stay))
    first, second = standing_of(store, stay.id).pairs
    compare(store, first, replace(row_of(first), action=Action.CONTINUE, discrepancy=Discrepancy.NONE))
    left_out = replace(
        row_of(second),
        action=Action.STOP,
        action_reason="Your pressure is low without it.",
        discrepancy=Discrepancy.OMISSION,
        intent=Intent.DOCUMENTED,
    )
    (told,) = tell(store, [compare(store, second, left_out)], PRESCRIBER, Told.PHONE)
    second = standing_of(store, stay.id).pairs[1]
    said = {"answer": "Stop amlodipine.", "answered_by": PRESCRIBER, "answered_at": store.clock(), "read_back": True}
    compare(store, second, replace(told, **said))
    finish_comparison(store, history)


def settled(store: Store, stay: Episode) -> bool:
    """Whether no difference of medicines is open."""
    return not unresolved(store, stay.id).total


def verify_insurance(store: Store, patient: uuid.UUID) -> Standing:
    """The payer is recorded and called; how the coverage stands then."""
    coverage = save_coverage(
        store,
        Coverage(
            patient=patient,
            payer="Riverbend Advantage",
            payer_phone="(555) 010-7000",
            plan_type=PlanType.PPO,
            member_id="RBA-5512-0041",
            subscriber=Subscriber(relation=SubscriberIs.SELF),
            effective_from=datetime.date(store.clock().year, 1, 1),
            msp_screen=MspScreen.NA,
        ),
    )
    record_verification(
        store,
        replace(
            begin_verification(store, coverage),
            method=Method.PHONE,
            representative="Dana, benefits desk",
            call_reference="C-559377",
            outcome=Outcome.ACTIVE,
            network=Network.IN,
            service="Skilled nursing",
            covered=Asked.YES,
            authorisation=Asked.NO,
            disclaimer_given=True,
        ),
    )
    return coverage_standing(store, patient, store.clock().date())


def plan_discharge(store: Store, stay: Episode) -> DischargePlan:
    """What the patient wants, who helps, where to, and the five areas in the patient's words."""
    plan = save_plan(
        store,
        DischargePlan(
            patient=stay.patient,
            episode=stay.id,
            goals="Walk to the mailbox and back.",
            caregiver="His son Anton",
            destination=Disposition.HOME,
            transport="The son drives",
            contact_name="Ruth Okafor",
            contact_phone="(555) 010-4400",
            contact_hours="8 to 20, every day",
            ready=Ready.YES,
        ),
    )
    for code, words in _TAUGHT.items():
        plan = teach(store, plan, code, TeachBackState.OK_FIRST, words)
    return plan


def hand_out_list(store: Store, stay: Episode) -> None:
    """The patient gets the list of medicines as it is now."""
    give_list(store, history_for(store, stay), "The patient", "English")


def the_plan(store: Store, stay: Episode) -> DischargePlan:
    """The plan of this stay as it is stored."""
    return plan_of(store, stay.id) or DischargePlan()


def _patient(stay: Episode) -> uuid.UUID:
    return stay.patient or uuid.UUID(int=0)
