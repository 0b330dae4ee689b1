"""PC25: what stops the day of a procedure, what does not, and the page that two people sign."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.consents.actions import complete_day_check, new_day_check, withdraw_consent
from liaison_desktop.clinical.consents.document import day_page
from liaison_desktop.clinical.consents.queries import day_checks_of
from liaison_desktop.clinical.consents.record import Consent, ConsentState, DayAnswer, DayCheck, Laterality
from liaison_desktop.clinical.consents.rules import day_faults
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.errors import Refused, Severity, Unprintable
from liaison_desktop.policies import load_policy
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import a_signature
from tests.clinical.consents.test_actions import active
from tests.fakes import TODAY, Clock

POLICY = load_policy("clinical")
SECOND = "Marta Lindqvist"
replace = msgspec.structs.replace


def filled_check(check: DayCheck, consent: Consent, **other: object) -> DayCheck:
    """Everything done and as the consent says, and these answers instead."""
    answers: dict[str, object] = {
        "name_said": "Maria Alvarez",
        "birth_date_said": consent.shown_birth_date,
        "procedure_said": "A camera in my bowel",
        "procedure_matches": True,
        "items": tuple(replace(item, answer=DayAnswer.DONE) for item in check.items),
        "second_person": SECOND,
    }
    return replace(check, **{**answers, **other})


def rules(check: DayCheck, consent: Consent, standing: ConsentState = ConsentState.ACTIVE) -> set[str]:
    found = day_faults(check, consent, standing, POLICY, who="Renee Okafor RN", today=TODAY.date())
    return {fault.rule for fault in found if fault.severity is Severity.REFUSE}


@pytest.fixture
def consent(clinical_store: Store, clock: Clock) -> Consent:
    return replace(active(clinical_store, clock), shown_name="María L. Álvarez")


@pytest.fixture
def check(clinical_store: Store, consent: Consent) -> DayCheck:
    return new_day_check(clinical_store, clinical_store.get(Consent, consent.id))


def signed(store: Store, check: DayCheck) -> DayCheck:
    first, second = a_signature(Role.VERIFIER, "Renee Okafor RN"), a_signature(Role.SECOND_VERIFIER, SECOND)
    return complete_day_check(store, check, first, second)


def test_nothing_is_answered_beforehand_and_the_items_are_those_of_the_form(check: DayCheck) -> None:
    assert len(check.items) == 17
    assert [item.code for item in check.items][:3] == ["identity", "side", "consent"]
    assert {item.answer for item in check.items} == {None}


def test_everything_done_stops_nothing(check: DayCheck, consent: Consent) -> None:
    assert rules(filled_check(check, consent), consent) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"name_said": "Ana Alvarez"}, "DAY-NAME"),
        ({"name_said": ""}, "DAY-ASK"),
        ({"birth_date_said": "1961-03-15"}, "DAY-BIRTH"),
        ({"procedure_matches": False}, "DAY-PROCEDURE"),
        ({"procedure_said": " "}, "DAY-ASK"),
        ({"second_person": ""}, "DAY-TWO"),
        ({"second_person": "Okafor, Renee"}, "DAY-TWO"),
    ],
)
def test_what_stops_the_day(check: DayCheck, consent: Consent, change: dict[str, object], rule: str) -> None:
    assert rules(filled_check(check, consent, **change), consent) == {rule}


@pytest.mark.parametrize(
    ("code", "answer", "reason", "rule"),
    [
        ("npo", None, "", "DAY-ITEM"),
        ("npo", DayAnswer.NOT_DONE, "", "DAY-REASON"),
        ("npo", DayAnswer.NOT_DONE, "Drank water at 6, anaesthesia told", None),
        ("pregnancy", DayAnswer.NA, "", None),
        ("identity", DayAnswer.NOT_DONE, "No time", "DAY-MUST"),
        ("consent", DayAnswer.NA, "", "DAY-MUST"),
        ("side", DayAnswer.NA, "", None),
    ],
)
def test_each_item(
    check: DayCheck, consent: Consent, code: str, answer: DayAnswer | None, reason: str, rule: str | None
) -> None:
    whole = filled_check(check, consent)
    items = tuple(replace(one, answer=answer, reason=reason) if one.code == code else one for one in whole.items)
    assert rules(replace(whole, items=items), consent) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("said", "marked", "found"),
    [
        (Laterality.LEFT, Laterality.LEFT, set()),
        (Laterality.RIGHT, Laterality.LEFT, {"DAY-SIDE"}),
        (Laterality.LEFT, Laterality.RIGHT, {"DAY-SIDE"}),
        (None, Laterality.LEFT, {"DAY-ASK"}),
    ],
)
def test_the_side(
    check: DayCheck, consent: Consent, said: Laterality | None, marked: Laterality, found: set[str]
) -> None:
    knee = replace(consent, needs_side=True, laterality=Laterality.LEFT)
    assert rules(filled_check(check, knee, side_said=said, side_marked=marked), knee) == found


@pytest.mark.parametrize("state", [state for state in ConsentState if state is not ConsentState.ACTIVE])
def test_a_consent_that_does_not_hold_stops_it(check: DayCheck, consent: Consent, state: ConsentState) -> None:
    expected = "DAY-EXPIRED" if state is ConsentState.EXPIRED else "DAY-CONSENT"
    assert rules(filled_check(check, consent), consent, state) == {expected}


def test_two_sign_and_it_cites_the_consent(clinical_store: Store, check: DayCheck, consent: Consent) -> None:
    store = clinical_store
    whole = filled_check(check, consent)
    items = tuple(
        replace(one, answer=DayAnswer.NOT_DONE, reason="Drank water at 6") if one.code == "npo" else one
        for one in whole.items
    )
    done = signed(store, replace(whole, items=items))
    assert [one.role for one in done.signatures] == [Role.VERIFIER, Role.SECOND_VERIFIER]
    assert done.fingerprint == done.content_fingerprint()
    assert done.consent_fingerprint == consent.fingerprint
    assert day_checks_of(store, consent.id) == (done,)
    with pytest.raises(Refused):
        store.save(replace(done, items=()))
    held = store.get(Consent, consent.id)
    text = letters(" ".join(page.body + page.foot for page in read(day_page(done, held).content, 40)))
    for words in (consent.document_number, consent.fingerprint[:8], SECOND, "! Nothing by mouth", "Drank water at 6",
                  "I checked what is written here with the patient, today", "I checked it too, by myself"):  # fmt: skip
        assert letters(words) in text
    with pytest.raises(Unprintable):
        day_page(replace(done, procedure_said="Another"), held)
    assert store.verify().verified


def test_without_a_second_signature_nothing_is_complete(
    clinical_store: Store, check: DayCheck, consent: Consent
) -> None:
    first, empty = a_signature(Role.VERIFIER, "Renee Okafor RN"), a_signature(Role.SECOND_VERIFIER, SECOND, strokes=())
    with pytest.raises(Refused) as caught:
        complete_day_check(clinical_store, filled_check(check, consent), first, empty)
    assert {fault.field for fault in caught.value.faults} == {"second"}
    assert day_checks_of(clinical_store, consent.id) == ()


def test_withdrawn_or_run_out_since(clinical_store: Store, clock: Clock, check: DayCheck, consent: Consent) -> None:
    store = clinical_store
    held = store.get(Consent, consent.id)
    whole = filled_check(check, consent)
    clock.tick(40 * 86400)
    with pytest.raises(Refused) as caught:
        signed(store, whole)
    assert {fault.rule for fault in caught.value.faults} == {"DAY-EXPIRED"}
    with pytest.raises(Refused):
        new_day_check(store, held)
    withdraw_consent(store, held, said_by=held.shown_name)
    with pytest.raises(Refused) as caught:
        signed(store, whole)
    assert {fault.rule for fault in caught.value.faults} == {"DAY-CONSENT"}
