"""V1 at the bedside: name and birth date, or a wristband that bears two; a room never counts. And who is in the room."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.patients.record import Identifier, MayDiscuss, Patient, RelatedPerson
from liaison_desktop.clinical.referrals.actions import Identity, check_visit, identity_faults, start_visit
from liaison_desktop.clinical.referrals.queries import visits_of
from liaison_desktop.clinical.referrals.record import Agreement, BedsideVisit, HowIdentified, Present
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from tests.clinical.referrals.making import replace, taken

MARI = Patient(
    family="Álvarez",
    given="María L.",
    preferred_name="Mari",
    birth_date="1961-03-14",
    identifiers=(Identifier(value="0049-3382"),),
)


@pytest.mark.parametrize(
    ("identity", "rules"),
    [
        (Identity(name="Maria Alvarez", birth="14 Mar 1961"), []),
        (Identity(name="mari álvarez", birth="1961-03-14"), []),
        (Identity(name="Alvarez", birth="14 Mar 1961"), ["V1-DIFFERS"]),
        (Identity(name="Lucia Alvarez", birth="14 Mar 1961"), ["V1-DIFFERS"]),
        (Identity(name="Maria Alvarez", birth="15 Mar 1961"), ["V1-DIFFERS"]),
        (Identity(name="Maria Alvarez", birth="1961"), ["V1-ROOM"]),
        (Identity(name="Maria Alvarez", birth="room 12"), ["V1-ROOM"]),
        (Identity(name="12B", birth="14 Mar 1961"), ["V1-ROOM"]),
        (Identity(), ["V1-ASK", "V1-ASK"]),
        (Identity(wristband="0049-3382 ALVAREZ MARIA"), []),
        (Identity(wristband="00493382^19610314"), []),
        (Identity(wristband="03/14/1961 Alvarez, Maria"), []),
        (Identity(wristband="0049-3382"), ["V1-ONE"]),
        (Identity(wristband="0051-0071 SMITH"), ["V1-DIFFERS"]),
        (Identity(wristband="bed 4"), ["V1-ROOM"]),
    ],
)
def test_two_identifiers(clinical_store: Store, identity: Identity, rules: list[str]) -> None:
    assert [fault.rule for fault in identity_faults(clinical_store, MARI, identity)] == rules


KNOWN = Identity(name="Ada Example", birth="3 Feb 1950")
FATHER = RelatedPerson(name="Tom Example", may_discuss=MayDiscuss.NO)


@pytest.mark.parametrize(
    ("fields", "fields_wrong"),
    [
        ({"alone": True, "agreement": Agreement.PATIENT}, []),
        ({"agreement": Agreement.PATIENT}, ["present"]),
        ({"alone": True, "present": (Present(who="A"),), "agreement": Agreement.NOT_NOW}, ["present"]),
        ({"alone": True}, ["agreement"]),
        ({"alone": True, "agreement": Agreement.REPRESENTATIVE}, ["agreed_by"]),
        ({"present": (Present(who="A"),), "agreement": Agreement.PATIENT}, ["present"]),
        ({"present": (Present(who="A", agreed=True),), "agreement": Agreement.PATIENT}, []),
        ({"present": (Present(who="A"),), "agreement": Agreement.REFUSED}, []),
    ],
)
def test_who_is_there_and_whether_the_patient_agrees(
    clinical_store: Store, fields: dict[str, object], fields_wrong: list[str]
) -> None:
    referral = taken(clinical_store)
    visit = replace(BedsideVisit(patient=referral.patient), **fields)
    if fields_wrong:
        with pytest.raises(Refused) as refused:
            start_visit(clinical_store, visit, KNOWN)
        assert [fault.field for fault in refused.value.faults] == fields_wrong
        assert not visits_of(clinical_store, referral.patient or referral.id)
        return
    made = start_visit(clinical_store, visit, KNOWN)
    episode = current_episode(clinical_store, referral.patient or referral.id)
    assert episode is not None
    assert (made.referral, made.episode, made.identified) == (referral.id, episode.id, HowIdentified.SAID)
    assert made.by == clinical_store.actor.name


@pytest.mark.parametrize(
    ("may", "words"),
    [
        (MayDiscuss.NO, "Health matters are not to be discussed with Tom Example."),
        (MayDiscuss.LIMITED, "Tom Example: Rides only."),
        (MayDiscuss.YES, ""),
    ],
)
def test_somebody_who_must_not_be_told_is_named_and_stops_nothing(
    clinical_store: Store, may: MayDiscuss, words: str
) -> None:
    father = replace(FATHER, may_discuss=may, limits="Rides only.")
    patient = replace(MARI, related=(father,))
    present = (Present(who=father.name, related=father.id, agreed=True),)
    visit = BedsideVisit(patient=patient.id, present=present, agreement=Agreement.PATIENT)
    assert [fault.message for fault in check_visit(clinical_store, visit, patient)] == ([words] if words else [])
