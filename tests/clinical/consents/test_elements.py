"""Elements of a consent: V40 and V48 stop and are silent; the proof quotes what is printed; ink and sentence are found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from liaison_desktop.clinical.consents.actions import (
    make_ready,
    record_discussion,
    specimen_of,
    start_teach_back,
    template_of,
    templates_of,
)
from liaison_desktop.clinical.consents.document import consent_summary, make_summary, proof_of
from liaison_desktop.clinical.consents.document.filling import content_of
from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.document.proof import proof_lines
from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    ConsentState,
    ConsentStep,
    Element,
    OnForm,
    SpecialCategory,
)
from liaison_desktop.clinical.consents.rules import open_faults, ready_faults, roles_left, roles_needed
from liaison_desktop.documents.reading import ink_outlines, letters
from liaison_desktop.documents.styles import PEN, sheet
from liaison_desktop.errors import Fault, Refused, Unprintable
from liaison_desktop.policies import load_policy
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import DOCTOR, a_draft, a_facility, a_signature, filled, put
from tests.documents.samples import page_texts
from tests.fakes import TODAY, Clock

POLICY = load_policy("clinical")
LETTER = sheet("letter")
replace = msgspec.structs.replace


def stops(consent: Consent) -> tuple[Fault, ...]:
    found = ready_faults(consent, POLICY, nurse="Renee Okafor RN", now=TODAY)
    return open_faults(consent, found)


def a_release(store: Store, **other: object) -> Consent:
    """A release of information, complete; one protected kind with its initials."""
    draft = a_draft(store, "RI-001")
    kinds = tuple(
        replace(kind, included=kind.category is SpecialCategory.HIV, initials="ML" if kind.category is SpecialCategory.HIV else "")
        for kind in draft.release_special
    )  # fmt: skip
    answers: dict[str, object] = {
        "release_description": "The record of my stay in November",
        "release_from": "Riverbend Regional Medical Center",
        "release_to": "Elm Street Family Practice",
        "release_purpose": "Going on with my care",
        "release_until": dt.date(2027, 5, 18),
        "release_special": kinds,
    }
    return filled(draft, TODAY, **{**answers, **other})


def signed(store: Store, consent: Consent) -> Consent:
    """The consent with every signature it needs."""
    consent = record_discussion(store, consent)
    if consent.has(ConsentStep.TEACH):
        consent = start_teach_back(store, consent)
    consent = make_ready(store, consent)
    names = {Role.PATIENT: "María L. Álvarez", Role.WITNESS: "Renee Okafor", Role.PRACTITIONER: DOCTOR}
    while left := roles_left(consent):
        agrees = Answer.YES if left[0] is Role.PATIENT else None
        consent = put(store, consent, a_signature(left[0], names[left[0]]), agrees=agrees)
    return consent


# -- V40 --------------------------------------------------------------------------------------------------------------
def test_an_element_that_lost_its_sentence_stops_and_says_where_to_mend(clinical_store: Store) -> None:
    whole = filled(a_draft(clinical_store), TODAY)
    assert not stops(whole)
    cut = tuple(
        replace(said, words="My questions were answered.") if said.code == "told" else said for said in whole.statements
    )
    (fault,) = stops(replace(whole, statements=cut))
    assert fault.rule == "V40"
    assert "Benefits, risks and alternatives were explained is missing" in fault.message
    assert "were explained" in fault.message
    assert "statement What I was told" in fault.message
    with pytest.raises(Refused):
        make_ready(
            clinical_store, start_teach_back(clinical_store, record_discussion_without(clinical_store, whole, cut))
        )


def record_discussion_without(store: Store, whole: Consent, statements: object) -> Consent:
    return store.save(replace(record_discussion(store, whole), statements=statements))


@pytest.mark.parametrize("element", [Element.T01, Element.T02, Element.T03, Element.T04, Element.T05, Element.T06])
def test_each_of_the_minimum_stops_by_itself(clinical_store: Store, element: Element) -> None:
    whole = filled(a_draft(clinical_store), TODAY)
    without = tuple(
        replace(check, on_form=OnForm.NO) if check.element is element else check for check in whole.elements
    )
    assert {fault.rule for fault in stops(replace(whole, elements=without))} == {"V40"}


def test_a_type_is_held_to_its_own_minimum(clinical_store: Store) -> None:
    video = filled(a_draft(clinical_store, "TE-001"), TODAY)
    assert not stops(video)
    assert {fault.rule for fault in stops(replace(video, facility=" "))} == {"V40"}
    assert not stops(replace(video, practitioner_responsible=""))  # nobody performs anything


# -- V48 --------------------------------------------------------------------------------------------------------------
def test_a_whole_release_has_nothing_against_it(clinical_store: Store) -> None:
    assert not stops(a_release(clinical_store))


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"release_description": " "}, "V48", "release_description"),
        ({"release_from": ""}, "V48", "release_from"),
        ({"release_to": ""}, "V48", "release_to"),
        ({"release_purpose": ""}, "V48", "release_purpose"),
        ({"release_until": None}, "V48", "release_until"),
        ({"release_until": dt.date(2026, 11, 1)}, "V48-OVER", "release_until"),
    ],
)
def test_a_release_without_one_of_its_core_stops(
    clinical_store: Store, change: dict[str, object], rule: str, field: str
) -> None:
    (fault,) = stops(a_release(clinical_store, **change))
    assert (fault.rule, fault.field) == (rule, field)


def test_an_event_may_end_it_in_place_of_a_day(clinical_store: Store) -> None:
    assert not stops(a_release(clinical_store, release_until=None, release_event="My care there ends"))


@pytest.mark.parametrize("code", ["back", "free", "after"])
def test_a_release_without_one_of_the_statements_stops(clinical_store: Store, code: str) -> None:
    whole = a_release(clinical_store)
    (fault,) = stops(replace(whole, statements=tuple(one for one in whole.statements if one.code != code)))
    assert fault.rule == "V48"


def test_protected_kinds_are_asked_one_by_one_and_initialled(clinical_store: Store) -> None:
    whole = a_release(clinical_store)

    def with_kind(category: SpecialCategory, **change: object) -> Consent:
        kinds = tuple(replace(kind, **change) if kind.category is category else kind for kind in whole.release_special)
        return replace(whole, release_special=kinds)

    assert [fault.rule for fault in stops(with_kind(SpecialCategory.GENETIC, included=None))] == ["V48-ASK"]
    assert [fault.rule for fault in stops(with_kind(SpecialCategory.HIV, initials=" "))] == ["V48-INITIALS"]
    notes = with_kind(SpecialCategory.PSYCHOTHERAPY_NOTES, included=True, initials="ML")
    assert [fault.rule for fault in stops(notes)] == ["V48-NOTES"]
    drugs = with_kind(SpecialCategory.SUBSTANCE_USE, included=True, initials="ML")
    assert [fault.field for fault in stops(drugs)] == ["release_part2_to", "release_part2_purpose"]
    assert not stops(replace(drugs, release_part2_to="Dr. Ortiz", release_part2_purpose="Treatment"))


def test_nothing_of_a_release_is_asked_of_a_procedure(clinical_store: Store) -> None:
    whole = filled(a_draft(clinical_store), TODAY)
    assert whole.release_special == ()
    assert not [fault for fault in stops(whole) if fault.rule.startswith("V48")]


# -- steps and signers ------------------------------------------------------------------------------------------------
def test_a_form_asks_for_its_steps_and_signers_only(clinical_store: Store) -> None:
    release = a_release(clinical_store)
    assert roles_needed(release) == (Role.PATIENT,)
    done = signed(clinical_store, release)
    assert done.state is ConsentState.ACTIVE
    assert done.fingerprint == done.content_fingerprint()
    procedure = a_draft(clinical_store)
    assert roles_needed(procedure) == (Role.PATIENT, Role.WITNESS, Role.PRACTITIONER)
    assert roles_needed(replace(procedure, signers=(), steps=())) == (Role.PATIENT, Role.WITNESS, Role.PRACTITIONER)


def test_staff_may_explain_a_paper_and_never_a_procedure(clinical_store: Store) -> None:
    nurse = {"discussed_by": "Renee Okafor", "discussed_by_credential": "RN"}
    assert not stops(a_release(clinical_store, **nurse))
    assert {fault.rule for fault in stops(filled(a_draft(clinical_store), TODAY, **nurse))} == {"V37-NURSE"}


# -- the document and the proof ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["GI-014", "RI-001"])
def test_the_proof_of_a_signed_consent_finds_every_sentence_on_its_page(
    clinical_store: Store, clock: Clock, code: str
) -> None:
    draft = filled(a_draft(clinical_store), clock()) if code == "GI-014" else a_release(clinical_store)
    consent = signed(clinical_store, draft)
    paper = consent_summary(consent)
    lines = [*proof_lines(consent, paper.content, footer_height=LETTER.bottom - 1)]
    assert not [line.element for line in lines if line.missing]
    pages = page_texts(paper.content)
    for line, check in zip(lines, consent.elements, strict=True):
        for said, number in zip(check.says, line.page.split(", "), strict=False):
            assert letters(said) in letters(pages[int(number) - 1])
    proof = proof_of(consent)
    told = letters("".join(page_texts(proof.content)))
    for check in consent.elements:
        assert letters(f"{check.element} {check.element.label}") in told
        assert letters(check.citation) in told
    assert proof_of(consent).content == proof.content


def test_a_sentence_that_is_not_in_the_document_is_marked_as_missing(clinical_store: Store) -> None:
    whole = specimen_of(clinical_store, template_of(clinical_store, "GI-014"))
    shorter = replace(whole, topics=tuple(topic for topic in whole.topics if topic.code != "options"))
    lines = proof_lines(shorter, consent_summary(shorter).content, footer_height=LETTER.bottom - 1, specimen=True)
    assert [line.element for line in lines if line.missing] == [Element.T15]
    assert "! " in "".join(page_texts(proof_of(shorter, specimen=True).content))


def test_every_form_prints_and_proves_itself(clinical_store: Store) -> None:
    clinical_store.save(a_facility())
    for form in templates_of(clinical_store):
        blank = specimen_of(clinical_store, form)
        paper = consent_summary(blank)
        lines = [*proof_lines(blank, paper.content, footer_height=LETTER.bottom - 1, specimen=True)]
        assert not [line.element for line in lines if line.missing], form.code
        assert {line.element for line in lines} >= set(catalogue().of(form.type).minimum)
    assert clinical_store.all(Consent) == ()


def test_ink_that_is_left_out_of_the_paper_is_found_out(clinical_store: Store, clock: Clock) -> None:
    consent = signed(clinical_store, filled(a_draft(clinical_store), clock()))
    paper = consent_summary(consent)
    assert ink_outlines(paper.content, PEN) == sum(len(one.strokes) for one in consent.signatures) == 3

    def without_ink(content: object, on: object, copy_for: str) -> bytes:
        bare = tuple(replace(line, strokes=()) for line in content.signatures)  # type: ignore[attr-defined]
        return lay_out(replace(content, signatures=bare), on, copy_for)  # type: ignore[type-var]

    leave_out: Callable[..., bytes] = without_ink
    with pytest.raises(Unprintable, match="ink is missing in it: 0 of 3"):
        make_summary(content_of(consent), LETTER, "Patient copy", layout=leave_out)
