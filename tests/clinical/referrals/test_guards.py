"""Each guard stops where what it asks is missing, and is silent where it is there."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    Communication,
    InterpreterNeed,
    Patient,
)
from liaison_desktop.clinical.referrals.record import (
    Agreement,
    BedsideVisit,
    Channel,
    Decision,
    DeclineReason,
    DocumentKind,
    HowIdentified,
    Priority,
    Referral,
    ReferralDocument,
    Told,
    ToldBy,
    WorkStatus,
)
from liaison_desktop.clinical.referrals.rules import GUARDS, Facts, FormFact, Found, judge
from liaison_desktop.policies import load_policy
from tests.fakes import TODAY

POLICY = load_policy("clinical")
HOUR = dt.timedelta(hours=1)
IRF = ServiceLine.IRF


def facts(referral: Referral | None = None, **parts: object) -> Facts:
    """Facts of a referral for rehabilitation, with these parts."""
    return msgspec.structs.replace(Facts(now=TODAY, referral=referral or Referral(service=IRF)), **parts)


def passes(guard: str, given: Facts) -> bool:
    """What one guard says."""
    (judged,) = judge((guard,), given, POLICY)
    return judged.passed


def ref(**fields: object) -> Referral:
    """A referral for rehabilitation."""
    return msgspec.structs.replace(Referral(service=IRF), **fields)


def paper(kind: DocumentKind, **fields: object) -> ReferralDocument:
    """A document."""
    return msgspec.structs.replace(ReferralDocument(document=kind), **fields)


def whole_packet(**fields: object) -> tuple[ReferralDocument, ...]:
    """Every document that is expected, each like this."""
    return tuple(paper(DocumentKind(code), **fields) for code in POLICY.words("documents_IRF"))


def visit(**fields: object) -> BedsideVisit:
    """A visit."""
    return msgspec.structs.replace(BedsideVisit(at=TODAY), **fields)


ADA = Patient(family="Example", given="Ada", birth_date="1950-02-03")
ASKED = {"missing": True, "requested_at": TODAY, "chase_at": TODAY + HOUR}
NOT_ASKED = {"missing": True}
YES = Found(True, "yes")
NO = Found(False, "no")
PAS = FormFact(
    finished=True,
    screened_at=(TODAY - 20 * HOUR,),
    concurred=True,
    physician=True,
    signature=True,
    concurred_at=TODAY - 10 * HOUR,
    changed_at=TODAY - 21 * HOUR,
)
TOLD = (Told(who="Kim", how=ToldBy.PHONE, at=TODAY - HOUR),)

PROCEDURE = ref(service=ServiceLine.PROC_ELECTIVE)

CASES: list[tuple[str, Facts, Facts]] = [
    ("source", facts(ref(source_text="Northlake", channel=Channel.FAX)), facts(ref(source_text="Northlake"))),
    ("source", facts(ref(source_text="Northlake", channel=Channel.FAX)), facts(ref(channel=Channel.FAX))),
    ("identified", facts(patient=ADA), facts(patient=msgspec.structs.replace(ADA, birth_date="1950"))),
    ("identified", facts(patient=ADA), facts(patient=msgspec.structs.replace(ADA, given=""))),
    ("packet", facts(ref(no_packet=True)), facts()),
    (
        "packet",
        facts(papers=(paper(DocumentKind.LABS, reviewed_at=TODAY),)),
        facts(ref(no_packet=True), papers=(paper(DocumentKind.LABS),)),
    ),
    ("missing_listed", facts(papers=whole_packet(**ASKED)), facts(papers=whole_packet(**NOT_ASKED))),
    ("missing_listed", facts(papers=whole_packet(missing=True, not_needed="Has none")), facts()),
    ("missing_listed", facts(papers=whole_packet()), facts(papers=whole_packet()[1:])),
    ("priority", facts(ref(priority=Priority.STAT)), facts()),
    ("screening_time", facts(ref(screening_at=TODAY)), facts()),
    ("two_identifiers", facts(visits=(visit(identified=HowIdentified.SAID),)), facts(visits=(visit(),))),
    (
        "language",
        facts(patient=msgspec.structs.replace(ADA, communication=Communication(interpreter=InterpreterNeed.NO))),
        facts(patient=ADA),
    ),
    (
        "agreement",
        facts(visits=(visit(agreement=Agreement.PATIENT),)),
        facts(visits=(visit(agreement=Agreement.NOT_NOW),)),
    ),
    (
        "agreement",
        facts(visits=(visit(agreement=Agreement.REPRESENTATIVE, agreed_by="Cleo"),)),
        facts(visits=(visit(agreement=Agreement.REPRESENTATIVE),)),
    ),
    (
        "agreement",
        facts(visits=(visit(agreement=Agreement.PATIENT), visit(agreement=Agreement.REFUSED, at=TODAY - HOUR))),
        facts(visits=(visit(agreement=Agreement.PATIENT, at=TODAY - HOUR), visit(agreement=Agreement.REFUSED))),
    ),
    ("nursing", facts(forms={"pan": FormFact(finished=True)}), facts(forms={"pan": FormFact(left=3)})),
    ("nursing", facts(forms={"pan": FormFact(finished=True)}), facts(forms={"pan": FormFact(waits_for_review=True)})),
    ("nursing", facts(forms={"pan": FormFact(finished=True)}), facts()),
    ("screening", facts(ref(service=ServiceLine.SNF)), facts()),
    ("screening", facts(forms={"pas": FormFact(screened_at=(TODAY,))}), facts(forms={"pas": FormFact()})),
    (
        "screening",
        facts(forms={"pas": FormFact(screened_at=(TODAY,))}),
        facts(forms={"pas": FormFact(screened_at=(TODAY,), left=1)}),
    ),
    (
        "allergies",
        facts(patient=msgspec.structs.replace(ADA, allergy_assertion=AllergyAssertion.NKA)),
        facts(patient=ADA),
    ),
    ("screened", facts(ref(work=WorkStatus.PENDING_AUTH)), facts(ref(work=WorkStatus.SCREENING))),
    ("capability", facts(ref(capability_shown_at=TODAY)), facts()),
    ("pending_named", facts(ref(pending_on="A bed")), facts()),
    ("bed_named", facts(ref(bed="12 A")), facts()),
    (
        "reason_facility",
        facts(ref(decision_reason=DeclineReason.NC_NO_BED)),
        facts(ref(decision_reason=DeclineReason.PT_COST)),
    ),
    (
        "reason_patient",
        facts(ref(decision_reason=DeclineReason.PT_COST)),
        facts(ref(decision_reason=DeclineReason.NC_NO_BED)),
    ),
    ("note", facts(ref(decision_note="Full")), facts(ref(decision_note="  "))),
    ("alternative", facts(ref(alternative=ServiceLine.SNF)), facts()),
    (
        "alternative",
        facts(ref(alternative=IRF, decision_reason=DeclineReason.NC_NO_BED)),
        facts(ref(alternative=IRF, decision_reason=DeclineReason.CLIN_LOC_TOO_HIGH)),
    ),
    ("source_told", facts(ref(told=TOLD)), facts()),
    (
        "source_told",
        facts(ref(told=TOLD)),
        facts(ref(told=(Told(who="Kim", how=ToldBy.PHONE, at=TODAY + HOUR),))),
    ),
    ("source_told", facts(ref(told=TOLD)), facts(ref(told=(Told(who="Kim", at=TODAY),)))),
    ("time_lost", facts(ref(lost_hours=0)), facts()),
    (
        "declined",
        facts(ref(decision=Decision.LOST_TO_OTHER, decision_note="Went home")),
        facts(ref(decision=Decision.ACCEPTED, decision_note="Yes")),
    ),
    ("declined", facts(ref(work=WorkStatus.DUPLICATE)), facts(ref(work=WorkStatus.CLOSED))),
    ("accepted", facts(ref(decision=Decision.BED_RESERVED)), facts(ref(decision=Decision.ACCEPT_PENDING))),
    ("concurrence", facts(ref(service=ServiceLine.SNF)), facts()),
    ("concurrence", facts(forms={"pas": PAS}), facts(forms={"pas": msgspec.structs.replace(PAS, finished=False)})),
    ("consents", facts(consents=(ConsentState.READY,)), facts(PROCEDURE)),
    (
        "consents",
        facts(PROCEDURE, consents=(ConsentState.ACTIVE, ConsentState.REFUSED)),
        facts(PROCEDURE, consents=(ConsentState.ACTIVE, ConsentState.READY)),
    ),
    (
        "consents",
        facts(ref(service=ServiceLine.PROC_ELECTIVE, consent_obtained_by="Dr. Chen"), consents=(ConsentState.READY,)),
        facts(PROCEDURE, consents=(ConsentState.REFUSED,)),
    ),
]
OF_OTHERS = {
    "medicine_sources": "medicine_sources",
    "coverage": "coverage",
    "authorisation_known": "authorisation",
    "authorisation": "authorisation",
    "handover": "handover",
    "high_alert": "high_alert",
    "rights_given": "rights",
    "may_decide": "may_decide",
}


@pytest.mark.parametrize(("guard", "holds", "stops"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_guard_is_silent_and_stops(guard: str, holds: Facts, stops: Facts) -> None:
    assert passes(guard, holds)
    assert not passes(guard, stops)


@pytest.mark.parametrize(("guard", "part"), OF_OTHERS.items())
def test_what_another_feature_found_is_told_as_it_is_and_never_passes_unknown(guard: str, part: str) -> None:
    assert passes(guard, facts(**{part: YES}))
    (stopped,) = judge((guard,), facts(**{part: NO}), POLICY)
    assert (stopped.passed, stopped.words) == (False, "no")
    (unknown,) = judge((guard,), facts(), POLICY)
    assert (unknown.passed, unknown.may_override) == (False, True)
    assert not unknown.stands


def test_every_guard_has_its_case() -> None:
    assert set(GUARDS) == {guard for guard, _holds, _stops in CASES} | set(OF_OTHERS)


def test_only_what_the_policy_names_may_be_taken_on() -> None:
    given = facts(authorisation=NO, handover=NO, high_alert=NO)
    said = judge(("identified", "authorisation", "handover", "high_alert", "concurrence"), given, POLICY)
    assert [one.may_override for one in said] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"concurred": False}, "not all there"),
        ({"physician": False}, "not all there"),
        ({"signature": False}, "not all there"),
        ({"concurred_at": None}, "not all there"),
        ({"screened_at": (TODAY - 20 * HOUR, TODAY - 9 * HOUR)}, "before the screening or its update"),
        ({"changed_at": TODAY - 9 * HOUR}, "changed after"),
        ({"concurred_at": TODAY + HOUR}, "after the admission"),
        ({"screened_at": (TODAY - 49 * HOUR,)}, "more than 48 hours"),
    ],
)
def test_v29_and_v24_name_what_a_reviewer_would_deny(change: dict[str, object], words: str) -> None:
    given = facts(forms={"pas": msgspec.structs.replace(PAS, **change)})
    (stopped,) = judge(("concurrence",), given, POLICY)
    assert not stopped.passed
    assert words in stopped.words


def test_an_update_within_the_window_and_a_later_concurrence_hold() -> None:
    updated = msgspec.structs.replace(
        PAS, screened_at=(TODAY - 60 * HOUR, TODAY - 5 * HOUR), concurred_at=TODAY - 4 * HOUR
    )
    assert passes("concurrence", facts(forms={"pas": updated}))
    assert not passes("concurrence", facts(forms={"pas": updated}, admission_at=TODAY - 6 * HOUR))
