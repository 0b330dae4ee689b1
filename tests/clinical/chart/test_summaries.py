"""What leaves a chart: each recipient gets the parts of their profile and no other, and a relative only if they may."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.chart.actions import check_recipient
from liaison_desktop.clinical.chart.document import summary_paper
from liaison_desktop.clinical.chart.queries import Charted, charted
from liaison_desktop.clinical.chart.rules import Part, left_out, profile_file, stages_of, summary_parts, timeline
from liaison_desktop.clinical.chart.rules.profiles import NEVER, WORDS
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.coverage.record import Coverage
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, ServiceLine, StateEvent
from liaison_desktop.clinical.findings.record import FindingSource, Problem, VitalSigns
from liaison_desktop.clinical.medications.record import Medicine
from liaison_desktop.clinical.patients.record import Allergy, AllergyAssertion, MayDiscuss, Patient, RelatedPerson
from liaison_desktop.clinical.workspace import WORKSPACE as CLINICAL
from liaison_desktop.documents.reading import read
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store

NOW = datetime.datetime(2026, 11, 19, 14, 0, tzinfo=datetime.UTC)
SECRETS = {
    Part.ALLERGIES: "Sulfasecret",
    Part.PROBLEMS: "Problemsecret",
    Part.MEDICINES: "Medicinesecret",
    Part.COVERAGE: "Payersecret",
    Part.CONCERNS: "Concernsecret",
    Part.PEOPLE: "Relativesecret",
}


@pytest.fixture(scope="module")
def known() -> Charted:
    """A patient of whom each part has a word that is found nowhere else."""
    patient = Patient(
        family="Example",
        given="Ada",
        birth_date="1950-02-03",
        allergy_assertion=AllergyAssertion.HAS_ALLERGIES,
        allergies=(Allergy(substance="Sulfasecret"),),
        related=(RelatedPerson(name="Relativesecret", may_discuss=MayDiscuss.YES),),
    )
    who: dict[str, Any] = {"patient": patient.id}
    stay = Episode(**who, service=ServiceLine.IRF, state=EpisodeState.ADMITTED, admitted_at=NOW)
    return Charted(
        patient=patient,
        episode=stay,
        events=(StateEvent(episode=stay.id, subject=stay.id, after="admitted", at=NOW, by="Ruth"),),
        problems=(Problem(**who, text="Problemsecret", source=FindingSource.CHART),),
        vitals=(VitalSigns(**who, systolic=120, diastolic=70, taken_at=NOW - datetime.timedelta(hours=2)),),
        medicines=(Medicine(**who, episode=stay.id, name="Medicinesecret"),),
        coverages=(Coverage(**who, payer="Payersecret", member_id="X"),),
        concerns=(Concern(**who, words="Concernsecret"),),
    )


@pytest.mark.parametrize("name", list(profile_file().profiles))
def test_a_recipient_gets_the_parts_of_the_profile_and_no_other(known: Charted, name: str) -> None:
    profile = profile_file().profiles[name]
    made = summary_paper(known, profile, now=NOW, ours=None, printed_by="Ruth")
    text = " ".join(page.body for page in read(made.content, 40))
    for part, secret in SECRETS.items():
        assert (secret in text) == (part in profile.parts), (name, part)
    assert "Example" not in made.file_name
    assert set(left_out(profile)) == {WORDS[part] for part in Part if part not in profile.parts} | set(NEVER)


def test_every_part_can_be_told_and_says_so_when_it_has_nothing(known: Charted) -> None:
    full = summary_parts(known, Part, NOW)
    assert [one.part for one in full] == list(Part)
    empty = summary_parts(Charted(patient=Patient(family="Example", birth_date="1950")), Part, NOW)
    assert {one.part for one in empty if not one.lines} >= {Part.PROBLEMS, Part.VITALS, Part.COVERAGE, Part.DISCHARGE}


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        (None, "P2-FAMILY"),
        (RelatedPerson(name="A"), "P2-NO"),
        (RelatedPerson(name="A", may_discuss=MayDiscuss.NO), "P2-NO"),
        (RelatedPerson(name="A", may_discuss=MayDiscuss.LIMITED), ""),
        (RelatedPerson(name="A", may_discuss=MayDiscuss.YES), ""),
    ],
)
def test_who_of_the_family_may_be_given_it(clinical_store: Store, person: RelatedPerson | None, rule: str) -> None:
    profile = profile_file().profiles["family"]
    if not rule:
        check_recipient(clinical_store, profile, person)
        return
    with pytest.raises(Refused) as caught:
        check_recipient(clinical_store, profile, person)
    assert {fault.rule for fault in caught.value.faults} == {rule}
    check_recipient(clinical_store, profile_file().profiles["payer"], person)


def test_the_timeline_is_in_order_and_tells_of_every_sort(clinical_store: Store) -> None:
    assert CLINICAL.practice is not None
    CLINICAL.practice(clinical_store)
    patient = next(one for one in clinical_store.all(Patient) if one.family == "Álvarez")
    found = timeline(charted(clinical_store, patient))
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    titles = " | ".join(one.title for one in found)
    for words in ("Referral came in", "Decision: Accepted", "Vital signs", "Talk:", "Coverage verified", "Spanish"):
        assert words in titles


@pytest.mark.parametrize(
    ("state", "now"),
    [
        (EpisodeState.REFERRED, 0),
        (EpisodeState.PRE_ADMISSION, 1),
        (EpisodeState.ADMITTED, 2),
        (EpisodeState.FOLLOW_UP, 3),
        (EpisodeState.CLOSED, 4),
    ],
)
def test_the_stages_of_a_stay(known: Charted, state: EpisodeState, now: int) -> None:
    assert known.episode is not None
    stages, here, share = stages_of(msgspec.structs.replace(known.episode, state=state, state_since=NOW), NOW)
    assert (len(stages), here) == (4, now)
    assert 0 <= share <= 1


def test_a_paper_says_when_and_never_how_long_ago(known: Charted) -> None:
    told = msgspec.structs.replace(
        known,
        patient=msgspec.structs.replace(known.patient, allergy_asserted_by="Ruth", allergy_asserted_at=NOW),
        problems=(msgspec.structs.replace(known.problems[0], noted_at=NOW - datetime.timedelta(days=3)),),
    )
    lines = [text for part in summary_parts(told, Part, NOW) for _name, text in part.lines]
    assert "Ruth, 19 Nov 2026 14:00" in lines
    assert any(text.endswith("19 Nov 2026 12:00") for text in lines)  # the vital signs
    assert any(text.endswith("16 Nov 2026 14:00") for text in lines)  # the problem
    assert not [text for text in lines if " ago" in text or "just now" in text]
