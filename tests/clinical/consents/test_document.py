"""The consent on paper: all of it, the same each time, and refused when anything is missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.consents.actions import (
    make_ready,
    record_discussion,
    record_teach_back,
    start_teach_back,
    withdraw_consent,
)
from liaison_desktop.clinical.consents.document import (
    SummaryContent,
    check_consent,
    consent_summary,
    make_summary,
    withdrawal_addendum,
)
from liaison_desktop.clinical.consents.document.content import Allergies, Clarity, TeachBackLine
from liaison_desktop.clinical.consents.document.filling import content_of
from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.record import Answer, Consent, Laterality, MedicineNote, TeachBackState
from liaison_desktop.documents.moments import moment_text, zone_text
from liaison_desktop.documents.reading import letters
from liaison_desktop.documents.styles import PaperName, Sheet, sheet
from liaison_desktop.errors import Unprintable
from liaison_desktop.records.record import storable
from liaison_desktop.signing import Method, Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import DOCTOR, a_draft, a_signature, filled, put
from tests.documents.samples import CENTRAL, HOSTILE, LONG_NAME, NAME, a_summary, filled_paths, page_texts, strokes
from tests.fakes import Clock

LETTER = sheet("letter")
PEN = (16, 33, 74)
replace = msgspec.structs.replace


def ready(store: Store, clock: Clock, form: str = "GI-014") -> Consent:
    consent = filled(a_draft(store, form), clock())
    consent = replace(
        consent,
        teach_back=a_new_teach_back(consent),
        medicines=(MedicineNote(name="Apixaban 5 mg", how_taken="2 times a day", what_to_do="Stopped.", alert=True),),
    )
    consent = start_teach_back(store, record_discussion(store, consent))
    for point in consent.teach_back:
        consent = record_teach_back(store, consent, point.code, TeachBackState.OK_FIRST, f"My words on {point.code}")
    return make_ready(store, consent)


def a_new_teach_back(consent: Consent) -> Any:
    return tuple(
        replace(point, state=TeachBackState.NOT_DONE, attempts=0, patient_words="") for point in consent.teach_back
    )


def active(store: Store, clock: Clock, form: str = "GI-014") -> Consent:
    consent = put(store, ready(store, clock, form), a_signature(Role.PATIENT, NAME), agrees=Answer.YES)
    clock.tick(60)
    consent = put(store, consent, a_signature(Role.WITNESS, "Renee Okafor", credential="RN"))
    clock.tick(60)
    return put(store, consent, a_signature(Role.PRACTITIONER, DOCTOR, credential="MD"))


def whole(content: bytes) -> str:
    return " ".join(page_texts(content))


# -- a consent from the store ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["GI-014", "CC-031", "OR-102"])
def test_a_signed_consent_comes_out_whole(clinical_store: Store, clock: Clock, form: str) -> None:
    consent = active(clinical_store, clock, form)
    made = consent_summary(consent)
    text = letters(whole(made.content))
    wanted = [
        consent.shown_name,
        "14 Mar 1961",
        consent.shown_record_number,
        "Penicillin (hives, 2014)",
        consent.procedure_text,
        consent.plain_words,
        *(part for topic in consent.topics for part in (topic.heading, topic.words, topic.covered_by)),
        *(part for point in consent.teach_back for part in (point.ask, point.patient_words, "Clear first time")),
        "Apixaban 5 mg",
        "! Stopped.",
        *(choice.words for choice in consent.choices),
        *(part for statement in consent.statements for part in (statement.heading, statement.words)),
        *(given.meaning for given in consent.signatures),
        "Renee Okafor, RN",
        "Wei Chen, MD",
        "19 Nov 2026, 2:00 PM UTC-06:00",
        "19 Nov 2026, 2:01 PM UTC-06:00",
        "19 Nov 2026, 2:02 PM UTC-06:00",
    ]
    assert [part for part in wanted if letters(part) not in text] == []
    assert made.fingerprint == consent.fingerprint == consent.content_fingerprint()
    assert letters(made.fingerprint) in text
    assert (made.document_number, made.file_name) == ("CS-2026-T0001", "CS-2026-T0001.pdf")


def test_the_consent_read_again_from_the_store_gives_the_same_bytes(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    first = consent_summary(consent)
    clock.tick(86_400 * 40)
    assert consent_summary(clinical_store.get(Consent, consent.id)) == first


def test_a_consent_that_no_longer_matches_its_fingerprint_is_refused(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    with pytest.raises(Unprintable, match="fingerprint"):
        consent_summary(replace(consent, site="somewhere else"))


def test_a_draft_says_what_is_missing(clinical_store: Store) -> None:
    text = whole(consent_summary(a_draft(clinical_store)).content)
    assert "not yet signed" in text
    assert "Not asked yet" in text
    assert "Not answered" in text
    assert "Not covered" in text
    assert "Whether an interpreter was needed was not recorded." in text
    assert "It is not complete" in text


def test_the_side_and_the_interpreter_are_named(clinical_store: Store, clock: Clock) -> None:
    consent = replace(
        a_draft(clinical_store, "OR-102"),
        laterality=Laterality.RIGHT,
        site="knee",
        language="Spanish",
        interpreter_needed=True,
        interpreter_name="J. Molina",
        interpreter_number="60417",
        interpreter_qualified=True,
        interpreter_from=clock(),
        interpreter_to=clock() + dt.timedelta(minutes=17),
    )
    text = whole(consent_summary(consent).content)
    assert "right side (knee)" in text
    assert "J. Molina, a qualified interpreter (ID 60417) from 2:00 PM to 2:17 PM." in text.replace("\u00a0", " ")


def test_no_record_of_an_interpreter_is_said_aloud(clinical_store: Store) -> None:
    consent = replace(a_draft(clinical_store), interpreter_needed=True)
    assert "An interpreter was needed and none is recorded." in whole(consent_summary(consent).content)


def test_letters_that_cannot_be_printed_are_named_before_anybody_signs(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    check_consent(consent)
    spoken = replace(consent.teach_back[1], patient_words="კუჭი")  # Georgian: no font of ours has it
    with pytest.raises(Unprintable, match=r"Teach-back 2: patient's own words\.$") as refused:
        check_consent(replace(consent, teach_back=(consent.teach_back[0], spoken)))
    assert "კ" not in str(refused.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_every_field_come_out_as_words(text: str, clinical_store: Store) -> None:
    consent, text = a_draft(clinical_store), storable(text)
    texts = [name for name in consent.__struct_fields__ if getattr(consent, name) == "" and name != "fingerprint"]
    hostile = replace(
        consent,
        **dict.fromkeys(texts, text[:2_000]),
        teach_back=tuple(replace(point, patient_words=text[:10_000]) for point in consent.teach_back),
        topics=tuple(replace(topic, words=text, heading=text[:80]) for topic in consent.topics),
        signatures=(
            a_signature(Role.PATIENT, text[:200], method=Method.VERBAL_WITNESSED, strokes=(), spoken=text[:80]),
        ),
    )
    made = consent_summary(hostile)
    if "<img" in text:
        assert '<img src="/etc/passwd" width="9999"/> and a tail' in whole(made.content)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_every_line_come_out_as_words(text: str) -> None:
    content = replace(
        a_summary(),
        facility=text,
        facility_place=text,
        subtitle=text,
        patient_name=text[:400],
        allergy_text=text,
        plain_words=(text, text),
        topics=tuple(replace(line, topic=text, told=text, covered=text) for line in a_summary().topics),
        choices=tuple(replace(line, question=text, remark=text) for line in a_summary().choices),
        support=tuple(replace(line, label=text, text=text) for line in a_summary().support),
        signatures=tuple(replace(line, name=text[:400], relation=text[:400]) for line in a_summary().signatures),
        history=(text, text),
    )
    make_summary(content, LETTER, "Patient copy")


def test_a_withdrawal_is_one_page_that_cites_the_consent(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    before = consent_summary(consent)
    gone = withdraw_consent(clinical_store, consent, said_by=NAME, reason="I want to wait", told="Dr. Chen, 3 PM")
    made = withdrawal_addendum(gone, consent)
    text = whole(made.content)
    assert made.pages == 1
    assert "“I want to wait”" in text
    assert consent.document_number in text
    assert letters(consent.fingerprint) in letters(text)
    assert letters(made.fingerprint) in letters(text)
    assert made == withdrawal_addendum(gone, consent)
    assert made.file_name == "CS-2026-T0001-withdrawal.pdf"
    assert consent_summary(clinical_store.get(Consent, consent.id)) == before


# -- the layout --------------------------------------------------------------------------------------------------------

EDITIONS: list[tuple[PaperName, bool]] = [("letter", False), ("a4", False), ("letter", True), ("a4", True)]


@pytest.mark.parametrize(("paper", "large"), EDITIONS)
def test_every_edition_is_complete_and_the_same_twice(paper: PaperName, large: bool) -> None:
    first = make_summary(a_summary(), sheet(paper, large=large), "Chart copy")
    assert first == make_summary(a_summary(), sheet(paper, large=large), "Chart copy")
    for number, text in enumerate(page_texts(first.content), start=1):
        assert f"Page {number} of {first.pages}" in text
        assert "Chart copy" in text
        assert f"{NAME} · DOB 14 Mar 1961 · MRN 0049-3382" in text
        assert "GI-014 v6.2 · CS-2026-004187 · fingerprint 25873eb8 7b137a69" in text


def test_large_print_is_large() -> None:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    document = pdfium.PdfDocument(make_summary(a_summary(), sheet("letter", large=True), "Patient copy").content)
    text = document[0].get_textpage()
    start = text.get_text_range().index("To find the cause")
    assert raw.FPDFText_GetFontSize(text.raw, start) == pytest.approx(16)
    document.close()


def test_the_file_says_nothing_of_the_patient_outside_its_pages() -> None:
    import pypdfium2 as pdfium

    made = make_summary(a_summary(), LETTER, "Patient copy")
    document = pdfium.PdfDocument(made.content)
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == "Consent summary CS-2026-004187"
    assert about["CreationDate"] == "D:20261122102100-06'00'"
    assert not any(part in value for value in about.values() for part in ("María", "Álvarez", "0049", "1961"))
    assert NAME.encode() not in made.content
    assert "Álvarez" not in made.file_name


def test_ink_is_in_the_page_and_each_signature_is_its_own() -> None:
    made = make_summary(a_summary(), LETTER, "Patient copy")
    ink = filled_paths(made.content, PEN)
    assert len(ink) == 8  # two signatures of four strokes; the third was spoken
    assert len({tuple(round(edges[at + 2] - edges[at], 1) for at in (0, 1)) for edges in ink}) == 8
    spoken = replace(a_summary().signatures[0], strokes=(), stand_in="Spoken")
    without = replace(a_summary(), signatures=(spoken, *a_summary().signatures[1:]))
    assert len(filled_paths(make_summary(without, LETTER, "Patient copy").content, PEN)) == 4


def test_ink_is_never_a_picture() -> None:
    assert b"/Image" not in make_summary(a_summary(), LETTER, "Patient copy").content.replace(
        b"/ImageB /ImageC /ImageI", b""
    )


@pytest.mark.parametrize("allergies", [Allergies.NONE_KNOWN, Allergies.NOT_RECORDED])
def test_no_allergies_and_no_answer_are_told_apart(allergies: Allergies) -> None:
    content = replace(a_summary(), allergies=allergies, allergy_text="")
    assert f"ALLERGIES {allergies.value}" in whole(make_summary(content, LETTER, "Patient copy").content)


def test_a_very_long_name_keeps_its_barcode_and_its_letters() -> None:
    content = replace(a_summary(), patient_name=LONG_NAME)
    assert LONG_NAME in page_texts(make_summary(content, LETTER, "Patient copy").content)[0]


def test_many_long_answers_of_a_patient_stay_whole() -> None:
    lines = tuple(
        TeachBackLine(asked=f"Question {n}?", answer=f"Answer {n} " * (n * 30 % 400 + 1), clarity=list(Clarity)[n % 5])
        for n in range(40)
    )
    made = make_summary(replace(a_summary(), teach_back=lines), LETTER, "Patient copy")
    assert letters(whole(made.content)).count(letters("Question 39?")) == 1


def test_many_signatures_each_keep_their_ink_with_their_name() -> None:
    line = a_summary().signatures[0]
    many = tuple(replace(line, name=f"Person {n:02d}", strokes=strokes(n)) for n in range(9))
    texts = page_texts(make_summary(replace(a_summary(), signatures=many), LETTER, "Patient copy").content)
    assert sum(f"Person {n:02d}" in text for n in range(9) for text in texts) == 9


# -- sabotage: whatever the layout leaves out, the document is refused ---------------------------------------------------


def _blanked(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one text in it blanked or one answer turned, for each of them in turn."""
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if name in ("made", "strokes", "fingerprint"):
            continue
        if isinstance(held, str) and held:
            yield name, replace(value, **{name: ""})
        elif isinstance(held, bool) and not (name == "urgent" and not held):  # a mark too many leaves nothing out
            yield name, replace(value, **{name: not held})
        elif isinstance(held, Clarity):
            yield name, replace(value, **{name: Clarity.NOT_ASKED})
        elif isinstance(held, tuple) and held:
            yield name, replace(value, **{name: held[1:]})
            for number, item in enumerate(held):
                turned = [("", "")] if isinstance(item, str) else _blanked(item)
                for path, other in turned:
                    changed = (*held[:number], other, *held[number + 1 :])
                    yield f"{name}.{number}.{path}", replace(value, **{name: changed})


SABOTAGE = dict(_blanked(a_summary()))


def test_the_sabotage_reaches_every_kind_of_line() -> None:
    assert len(SABOTAGE) > 70


@pytest.mark.parametrize("path", SABOTAGE)
def test_whatever_the_layout_leaves_out_is_refused(path: str) -> None:
    def careless(_content: SummaryContent, on: Sheet, copy_for: str) -> bytes:
        return lay_out(SABOTAGE[path], on, copy_for)

    with pytest.raises(Unprintable) as refused:
        make_summary(a_summary(), LETTER, "Patient copy", layout=careless)
    assert NAME not in str(refused.value)


def test_a_copy_without_its_label_is_refused() -> None:
    with pytest.raises(Unprintable, match="Footer: whose copy"):
        make_summary(
            a_summary(), LETTER, "Patient copy", layout=lambda content, on, _copy: lay_out(content, on, "copy")
        )


def test_a_stage_that_spoils_the_document_is_caught() -> None:
    with pytest.raises(Unprintable):
        make_summary(a_summary(), LETTER, "Patient copy", stages=(lambda content: content[:200],))


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "letters_of_it"),
    [("CST", "CST"), ("America/Chicago", "CST"), ("Central Standard Time", "UTC-06:00"), ("", "UTC-06:00")],
)
def test_a_moment_says_its_zone(zone: str, letters_of_it: str) -> None:
    moment = dt.datetime(2026, 11, 22, 0, 5, tzinfo=CENTRAL)
    assert moment_text(moment, zone) == f"22 Nov 2026, 12:05 AM {letters_of_it}"


def test_a_zone_that_does_not_fit_the_moment_gives_way_to_the_offset() -> None:
    moment = dt.datetime(2026, 7, 22, 12, 0, tzinfo=CENTRAL)
    assert zone_text(moment, "America/Chicago") == "UTC-06:00"
    assert moment_text(None) == "Time not recorded"


def test_the_content_is_filled_from_the_consent_alone(clinical_store: Store) -> None:
    content = content_of(a_draft(clinical_store))
    assert content.patient_name == NAME
    assert dataclasses.is_dataclass(LETTER)
    assert content.made.utcoffset() is not None
