"""The guards of planning, of leaving and of closing: each a pure function from facts to a judgement in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.record import Call, DischargePlan, Ready
from liaison_desktop.clinical.episodes.record import EpisodeState, Judgement
from liaison_desktop.clinical.episodes.rules import NEEDS
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

S = EpisodeState
PLANNING = NEEDS[S.ADMITTED, S.DISCHARGE_PLANNING]
LEAVING = NEEDS[S.DISCHARGE_PLANNING, S.DISCHARGED]
AFTERWARDS = NEEDS[S.FOLLOW_UP, S.CLOSED]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the guards ask about. `medicines` is the judgement of the feature that keeps the list."""

    plan: DischargePlan
    checklist: bool = False  # the discharge checklist is finished
    medicines: Judgement
    open_concerns: int = 0
    open_tasks: int = 0


Judge = Callable[[Facts, Policy], tuple[bool, str]]


class Guard(msgspec.Struct, frozen=True):
    """What a guard is called, the part of the plan where it is mended, and how it judges."""

    title: str
    mend: str
    judge: Judge


def _destination(facts: Facts, _policy: Policy) -> tuple[bool, str]:
    where = facts.plan.destination
    return where is not None, where.label if where is not None else "Say where the patient is likely to go."


def _caregiver(facts: Facts, _policy: Policy) -> tuple[bool, str]:
    plan = facts.plan
    if plan.caregiver.strip():
        return True, "Somebody at home is named."
    arranged = bool(plan.nobody_why.strip())
    return arranged, "Nobody at home; it is said what is arranged." if arranged else "Name who helps at home."


def _items(facts: Facts, policy: Policy) -> tuple[bool, str]:
    missing = [*missing_items(facts.plan), *(fault.message for fault in ready_faults(facts.plan, policy))]
    if not facts.checklist:
        missing.append("The discharge checklist is not finished.")
    return not missing, " ".join(missing) or "Everything is said back and in hand."


def _contact(facts: Facts, _policy: Policy) -> tuple[bool, str]:
    plan = facts.plan
    whole = all(text.strip() for text in (plan.contact_name, plan.contact_phone, plan.contact_hours))
    return whole, "Name, phone and hours are given." if whole else "Give a name, a phone and the hours to call."


def _concerns(facts: Facts, policy: Policy) -> tuple[bool, str]:
    if not facts.open_concerns:
        return True, "No concern of the patient is open."
    return False, policy.fault("V47", n=facts.open_concerns).message


def _call(facts: Facts, policy: Policy) -> tuple[bool, str]:
    tries, enough = len(facts.plan.calls), int(policy.number("follow_up_tries"))
    if facts.plan.followed_up:
        return True, "Somebody was reached."
    words = f"{tries} of {enough} tries were made; nobody was reached."
    return tries >= enough, words if tries else "Nobody has called yet."


def _tasks(facts: Facts, _policy: Policy) -> tuple[bool, str]:
    left = facts.open_tasks
    return (
        not left,
        "No task is open." if not left else f"{left} task{'s' if left != 1 else ''} of this stay still open.",
    )


GUARDS: Mapping[str, Guard] = {
    "destination": Guard("Where to", "before", _destination),
    "caregiver": Guard("Help at home", "admission", _caregiver),
    "discharge_items": Guard("Said back and in hand", "areas", _items),
    "medicines_given": Guard(
        "List of medicines given",
        "chart:Medicines",
        lambda facts, _policy: (facts.medicines.passed, facts.medicines.words),
    ),
    "contact_given": Guard("Whom to call", "day", _contact),
    "concerns": Guard("The patient's concerns", "chart:Concerns", _concerns),
    "follow_up_call": Guard("Call afterwards", "after", _call),
    "tasks": Guard("Tasks", "tasks", _tasks),
}


def missing_items(plan: DischargePlan) -> Iterator[str]:
    """What the plan still lacks before anybody goes, each in a sentence (AHRQ IDEAL; 42 CFR 482.43)."""
    for area in plan.areas:
        if area.state in (TeachBackState.NOT_DONE, TeachBackState.NOT_OK):
            yield f"{area.area.label}: not said back yet."
    if plan.needs_choice and not (plan.offered and plan.list_given_at is not None and plan.choice.strip()):
        yield "The list to choose from and the patient's choice are missing."
    if plan.medicare and plan.imm_first_at is None:
        yield "The Important Message from Medicare was not given."
    if not plan.transport.strip():
        yield "Say how the patient gets home, and with whom."


def ready_faults(plan: DischargePlan, policy: Policy) -> Iterator[Fault]:
    """V46: a patient who does not feel ready does not go without a named action."""
    if plan.ready is None:
        yield policy.fault("V46-ASK", field="ready")
    elif plan.ready is not Ready.YES and not plan.ready_action.strip():
        yield policy.fault("V46", field="ready_action")


def ama_faults(plan: DischargePlan, policy: Policy) -> Iterator[Fault]:
    """Who leaves against advice is still told and still given what they need."""
    for name in ("ama_risks", "ama_choices", "ama_prescriptions", "ama_follow_up"):
        if getattr(plan, name) is None:
            yield policy.fault("DC-AMA", field=name)


def call_faults(call: Call, policy: Policy) -> Iterator[Fault]:
    """Whether somebody was reached, and if so how it goes; a question is passed on to somebody."""
    if call.reached is None:
        yield policy.fault("DC-CALL-REACHED", field="reached")
    if call.reached and not call.symptoms.strip():
        yield policy.fault("DC-CALL-HOW", field="symptoms")
    troubled = call.reached and (call.questions.strip() or False in (call.medicines, call.appointment, call.equipment))
    if troubled and not call.passed_on.strip():
        yield policy.fault("DC-CALL-PASS", field="passed_on")


def judge(names: Iterable[str], facts: Facts, policy: Policy) -> tuple[Judgement, ...]:
    """What each of these guards says; those of the policy's list may be taken on with a reason."""
    found = []
    for name in names:
        holds, words = GUARDS[name].judge(facts, policy)
        soft = name in policy.words("override_discharge")
        found.append(Judgement(guard=name, passed=holds, may_override=soft and not holds, words=words[:600]))
    return tuple(found)


def mend_of(name: str) -> str:
    """Where what a guard misses is mended."""
    return GUARDS[name].mend if name in GUARDS else ""


def title_of(name: str) -> str:
    """What a guard is called."""
    return GUARDS[name].title if name in GUARDS else name.replace("_", " ").capitalize()
