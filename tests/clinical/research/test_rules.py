"""The rules before a signature under a study: V42 to V45, each where it stops and where it is silent; and the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest

from liaison_desktop.clinical.consents.record import (
    Answer,
    AuthorityBasis,
    Concern,
    DecidedBy,
    Element,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.research.queries import all_words
from liaison_desktop.clinical.research.record import (
    Again,
    Assent,
    Authorisation,
    AuthorisationPart,
    Delegate,
    Regulation,
    ResearchConsent,
    ResearchState,
    Study,
)
from liaison_desktop.clinical.research.rules import (
    approval_events,
    approval_faults,
    ask_again,
    delegation_faults,
    procedure_faults,
    ready_faults,
    roles_needed,
    signature_faults,
    statement_faults,
    timing_faults,
)
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.policies import load_policy
from liaison_desktop.records import new_id
from liaison_desktop.signing import Role
from tests.builders import a_store
from tests.clinical.consents.examples import a_signature
from tests.clinical.research.examples import NURSE, STATEMENT, a_draft, a_study, filled, given
from tests.fakes import TODAY, Clock

POLICY = load_policy("clinical")
DAY = TODAY.date()
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Study, ResearchConsent]]:
    """A study and a filled consent, made once in a real store: the rules here only read them."""
    store = a_store(tmp_path_factory.mktemp("research") / "clinical", SCHEMA, Clock())
    study = a_study(store)
    yield study, filled(given(store, a_draft(store, study)))
    store.close()


@pytest.fixture
def study(held: tuple[Study, ResearchConsent]) -> Study:
    return held[0]


@pytest.fixture
def consent(held: tuple[Study, ResearchConsent]) -> ResearchConsent:
    return held[1]


def with_form(study: Study, **other: object) -> Study:
    return replace(study, versions=(replace(study.versions[0], **other),))


def rules(faults: object) -> set[str]:
    return {fault.rule for fault in faults}  # type: ignore[attr-defined]


def blocking(consent: ResearchConsent, study: Study) -> set[str]:
    return rules(open_faults(consent, ready_faults(consent, study, POLICY, now=TODAY)))


def test_a_filled_consent_has_nothing_against_it(consent: ResearchConsent, study: Study) -> None:
    assert blocking(consent, study) == set()


# -- V42


@pytest.mark.parametrize(
    ("statement", "stops"),
    [
        (STATEMENT, False),
        ("  " + STATEMENT.replace(" ", "\n  ") + "\n", False),  # white space is all that is forgiven
        (STATEMENT.replace("Web site", "website"), True),
        (STATEMENT.rstrip("."), True),
        (STATEMENT.lower(), True),
        ("See http://www.ClinicalTrials.gov.", True),
        ("", True),
    ],
)
def test_v42_word_for_word(study: Study, statement: str, stops: bool) -> None:
    found = rules(statement_faults(study, replace(study.versions[0], statement=statement), POLICY))
    assert found == ({"V42"} if stops else set())


@pytest.mark.parametrize(
    ("regulated", "applicable", "stops"),
    [
        (Regulation.FDA, True, True),
        (Regulation.BOTH, True, True),
        (Regulation.FDA, False, False),
        (Regulation.COMMON_RULE, None, False),
    ],
)
def test_v42_asks_only_applicable_trials(
    study: Study, regulated: Regulation, applicable: bool | None, stops: bool
) -> None:
    held = replace(study, regulated=regulated, applicable_trial=applicable)
    found = rules(statement_faults(held, replace(held.versions[0], statement=""), POLICY))
    assert found == ({"V42"} if stops else set())


# -- V43


@pytest.mark.parametrize(
    ("since", "until", "stops"),
    [(-60, 305, False), (0, 0, False), (-60, None, False), (1, 300, True), (-400, -1, True)],
)
def test_v43_the_window(study: Study, since: int, until: int | None, stops: bool) -> None:
    end = DAY + dt.timedelta(days=until) if until is not None else None
    held = with_form(study, approved_from=DAY + dt.timedelta(days=since), approved_to=end)
    sha = study.versions[0].approved_sha256
    assert rules(approval_faults(held, "1.2", sha, DAY, POLICY)) == ({"V43"} if stops else set())


def test_v43_the_file(study: Study) -> None:
    sha = study.versions[0].approved_sha256
    assert rules(approval_faults(study, "1.2", sha.upper(), DAY, POLICY)) == set()
    assert rules(approval_faults(study, "1.2", "0" * 64, DAY, POLICY)) == {"V43-HASH"}
    # The letter of the board names another file than the one that is kept.
    assert rules(approval_faults(with_form(study, approved_sha256="0" * 64), "1.2", sha, DAY, POLICY)) == {"V43-HASH"}
    assert rules(approval_faults(with_form(study, file=None), "1.2", sha, DAY, POLICY)) == {"V43-FILE"}
    assert rules(approval_faults(with_form(study, stamped=None), "1.2", sha, DAY, POLICY)) == {"V43-STAMP"}
    assert rules(approval_faults(study, "9", sha, DAY, POLICY)) == {"V43-NONE"}


# -- V44


def test_v44_the_delegation_log(study: Study) -> None:
    log = study.delegates[0]
    assert rules(delegation_faults(study, log.name, log.staff, DAY, POLICY)) == set()
    assert rules(delegation_faults(study, NURSE, None, DAY, POLICY)) == set()  # by name where no id is known
    assert rules(delegation_faults(study, "Lee Park LPN", None, DAY, POLICY)) == {"V44"}
    # A second nurse of the same name is another person.
    assert rules(delegation_faults(study, log.name, new_id(), DAY, POLICY)) == {"V44"}
    for since, until in ((1, None), (-30, -1)):
        line = Delegate(
            name=log.name,
            staff=log.staff,
            since=DAY + dt.timedelta(days=since),
            until=DAY + dt.timedelta(days=until) if until else None,
        )
        held = replace(study, delegates=(line,))
        assert rules(delegation_faults(held, log.name, log.staff, DAY, POLICY)) == {"V44-DAYS"}
    assert rules(delegation_faults(study, " ", None, DAY, POLICY)) == {"RC-ASK"}


# -- V45


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(40, set()), (10, set()), (9, {"V45-SHORT"}), (-1, {"V45-ORDER"}), (None, {"V45-GIVEN"})],
)
def test_v45_the_form_comes_before_the_signature(
    consent: ResearchConsent, minutes: int | None, found: set[str]
) -> None:
    at = TODAY - dt.timedelta(minutes=minutes) if minutes is not None else None
    assert rules(timing_faults(replace(consent, given_at=at), POLICY, TODAY)) == found


def test_v45_a_short_time_takes_a_reason(consent: ResearchConsent, study: Study) -> None:
    short = replace(consent, given_at=TODAY - dt.timedelta(minutes=3))
    assert blocking(short, study) == {"V45-SHORT"}
    said = replace(short, confirmed=("V45-SHORT",), confirm_reason="She had read it at home last week.")
    assert blocking(said, study) == set()


@pytest.mark.parametrize("state", list(ResearchState))
def test_v45_no_procedure_but_under_a_complete_consent(consent: ResearchConsent, state: ResearchState) -> None:
    found = rules(procedure_faults(consent, state, POLICY))
    assert found == (set() if state is ResearchState.ACTIVE else {"V45-PROCEDURE"})


def test_v45_every_choice_is_the_persons_own(consent: ResearchConsent, study: Study) -> None:
    open_choice = tuple(replace(it, answer=None) for it in consent.choices)
    assert blocking(replace(consent, choices=open_choice), study) == {"V45"}
    yes = tuple(it if it.code == "agree" else replace(it, answer=Answer.YES) for it in consent.choices)
    assert blocking(replace(consent, choices=yes), study) == set()


# -- who decides, what was told, what was understood


def test_a_representative_by_law_and_the_dissent_that_stops(consent: ResearchConsent, study: Study) -> None:
    lar = replace(
        consent,
        decided_by=DecidedBy.REPRESENTATIVE,
        representative_name="Luis Álvarez",
        representative_relationship="Son",
        authority_basis=AuthorityBasis.LAR_RESEARCH,
        authority_law="Illinois Health Care Surrogate Act",
        document_seen=True,
        assent=Assent.GIVEN,
    )
    assert blocking(lar, study) == set()
    assert roles_needed(lar)[0] is Role.REPRESENTATIVE
    assert blocking(replace(lar, assent=Assent.NOT_ABLE), study) == set()
    assert blocking(replace(lar, assent=Assent.DISSENTS), study) == {"RC-DISSENT"}
    assert blocking(replace(lar, assent=None), study) == {"RC-ASK"}
    assert blocking(replace(lar, authority_law=""), study) == {"RC-LAW"}
    assert blocking(replace(lar, authority_basis=None), study) == {"V38"}
    assert blocking(replace(lar, document_seen=False), study) == {"V38-PAPER"}


def test_the_short_form_takes_an_impartial_witness(consent: ResearchConsent, study: Study) -> None:
    short = replace(
        consent,
        short_form=True,
        told_aloud=True,
        summary_approved=True,
        impartial_witness="Pat Quill",
        witness_impartial=True,
    )
    assert blocking(short, study) == set()
    assert roles_needed(short) == (Role.PATIENT, Role.WITNESS, Role.PERSON_OBTAINING)
    assert roles_needed(consent) == (Role.PATIENT, Role.PERSON_OBTAINING)
    for name, rule in (
        ("told_aloud", "RC-ALOUD"),
        ("summary_approved", "RC-SUMMARY"),
        ("witness_impartial", "RC-WITNESS"),
    ):
        assert blocking(replace(short, **{name: False}), study) == {rule}
    assert blocking(replace(short, impartial_witness=""), study) == {"RC-ASK"}
    assert blocking(replace(consent, short_form=None), study) == {"RC-ASK"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Pat Quill", None),
        (NURSE, "V8"),
        ("Amara Osei", "V8"),
        ("Luis Álvarez", "V8"),
        ("María Álvarez", "V8"),
        ("Somebody Else", "RC-OTHER-WITNESS"),
    ],
)
def test_who_is_no_impartial_witness(consent: ResearchConsent, study: Study, name: str, rule: str | None) -> None:
    short = replace(consent, short_form=True, impartial_witness="Pat Quill", representative_name="Luis Álvarez")
    short = replace(short, shown_name="María Álvarez", signatures=(a_signature(Role.PATIENT, "María Álvarez"),))
    found = rules(signature_faults(short, study, a_signature(Role.WITNESS, name), POLICY))
    assert found == ({rule} if rule else set())


def test_who_obtained_it_signs_for_it(consent: ResearchConsent, study: Study) -> None:
    signed = replace(consent, signatures=(a_signature(Role.PATIENT, consent.shown_name),))
    mine, other = a_signature(Role.PERSON_OBTAINING, NURSE), a_signature(Role.PERSON_OBTAINING, "Lee Park")
    assert rules(signature_faults(signed, study, mine, POLICY)) == set()
    assert rules(signature_faults(signed, study, other, POLICY)) == {"RC-OBTAINED"}
    assert rules(signature_faults(consent, study, mine, POLICY)) == {"V8-TURN"}  # the person signs first


@pytest.mark.parametrize(
    ("code", "state", "words", "rule"),
    [
        ("Q7", TeachBackState.OK_AFTER_RETEACH, "My heart", None),
        ("Q7", TeachBackState.OK_FIRST, " ", "RC-WORDS"),
        ("Q7", TeachBackState.NOT_OK, "No idea", "RC-UNCLEAR"),
        ("Q7", TeachBackState.NOT_DONE, "", "RC-UNCLEAR"),
        ("Q7", TeachBackState.DECLINED, "", "RC-NOT-SAID"),
        ("Q4", TeachBackState.NOT_OK, "I have to", "RC-VOLUNTARY"),
        ("Q4", TeachBackState.DECLINED, "", "RC-VOLUNTARY"),
    ],
)
def test_ten_questions_in_own_words(
    consent: ResearchConsent, study: Study, code: str, state: TeachBackState, words: str, rule: str | None
) -> None:
    answers = tuple(
        replace(one, state=state, patient_words=words) if one.code == code else one for one in consent.comprehension
    )
    assert len(answers) == 10
    assert blocking(replace(consent, comprehension=answers), study) == ({rule} if rule else set())


def test_time_questions_capacity_and_a_closed_study(consent: ResearchConsent, study: Study) -> None:
    assert blocking(replace(consent, enough_time=False), study) == {"RC-TIME"}
    assert blocking(replace(consent, questions_answered=None), study) == {"RC-QUESTIONS"}
    assert blocking(replace(consent, capacity_concern=Concern.MARKED), study) == {"V11"}
    assert blocking(replace(consent, outcome=None), study) == {"RC-ASK"}
    assert blocking(consent, replace(study, open=False)) == {"RC-CLOSED"}


# -- the words


@pytest.mark.parametrize("element", ["R06", "R07", "R08", "R11F", "R12", "R14", "R15", "R19"])
def test_a_missing_element_stops(consent: ResearchConsent, study: Study, element: str) -> None:
    gone = Element(element)
    parts = tuple(
        replace(one, elements=tuple(each for each in one.elements if each is not gone)) for one in consent.parts
    )
    assert blocking(replace(consent, parts=parts), study) == {"RC-ELEMENT"}
    assert blocking(replace(consent, key_points=()), study) == {"RC-ELEMENT"}


@pytest.mark.parametrize("part", list(AuthorisationPart))
def test_an_authorisation_has_all_of_its_parts(consent: ResearchConsent, study: Study, part: AuthorisationPart) -> None:
    lines = tuple(one for one in consent.authorisation_lines if one.part is not part)
    held = replace(consent, authorisation_lines=lines)
    assert blocking(held, study) == {"RC-AUTH"}
    assert blocking(replace(held, authorisation=Authorisation.SEPARATE), study) == set()


def test_the_words_that_ship_are_plain_and_whole() -> None:
    from liaison_desktop.clinical.consents.record.reading import reading_grade
    from liaison_desktop.clinical.research.rules.content import needed

    assert {one.code for one in all_words()} == {"RW-101", "RW-201"}
    for words in all_words():
        held = {element for part in words.parts for element in part.elements}
        assert held >= set(needed(Regulation.BOTH if words.code == "RW-101" else Regulation.COMMON_RULE))
        assert {line.part for line in words.authorisation} == set(AuthorisationPart)
        assert set(words.listen_for) == {f"Q{number}" for number in range(1, 11)}
        assert all(choice.answer is None for choice in words.choices)
        assert [choice.code for choice in words.choices][0] == "agree"
        told = [point.words for point in words.key_points] + [part.words for part in words.parts]
        told += [words.after_withdrawal, *(line.words for line in words.authorisation)]
        assert max(reading_grade(one) for one in told) <= 8
        assert reading_grade(" ".join(told)) <= 6
    drug = all_words()[0]
    assert STATEMENT in [part.words for part in drug.parts if Element.R25 in part.elements]


# -- the clock, and asking again


def test_the_window_of_a_form_is_told_to_the_clock(study: Study) -> None:
    (event,) = approval_events(study)
    assert (event.name, event.about, event.words) == ("icf_approved", study.id, "VELORIN-2, version 1.2")
    assert event.until is not None
    assert event.until.date() == study.versions[0].approved_to
    assert approval_events(replace(study, open=False)) == ()
    assert approval_events(with_form(study, approved_to=None)) == ()


def test_who_is_asked_again(consent: ResearchConsent, study: Study) -> None:
    newer = replace(study.versions[0], version="2.0", approved_from=DAY - dt.timedelta(days=1), again=Again.RISK)
    both = replace(study, versions=(study.versions[0], newer))
    (found,) = ask_again((consent,), {study.id: both}, DAY)
    assert (found.version, found.why) == ("2.0", Again.RISK)
    assert ask_again((consent,), {study.id: study}, DAY) == ()
    # A newer form that the board wants nobody asked with again, and one that is not in force yet.
    quiet = replace(both, versions=(study.versions[0], replace(newer, again=None)))
    later = replace(newer, approved_from=DAY + dt.timedelta(days=1))
    assert ask_again((consent,), {study.id: quiet}, DAY) == ()
    assert ask_again((consent,), {study.id: replace(both, versions=(study.versions[0], later))}, DAY) == ()


def test_who_turned_18_is_asked_themselves(consent: ResearchConsent, study: Study) -> None:
    child = replace(consent, decided_by=DecidedBy.PARENT, shown_birth_date=f"{DAY.year - 18}-{DAY:%m-%d}")
    (found,) = ask_again((child,), {study.id: study}, DAY)
    assert found.why is Again.TURNED_18
    tomorrow = DAY + dt.timedelta(days=1)
    younger = replace(child, shown_birth_date=f"{tomorrow.year - 18}-{tomorrow:%m-%d}")
    assert ask_again((younger,), {study.id: study}, DAY) == ()
