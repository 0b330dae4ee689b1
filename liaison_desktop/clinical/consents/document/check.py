"""Everything a consent summary must show, listed from its content and not from its layout, and the refusal if not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import SummaryContent
from liaison_desktop.documents.reading import Expected
from liaison_desktop.documents.signatures import expected_record, expected_signatures


def expected_body(content: SummaryContent) -> tuple[Expected, ...]:
    """Every text above the footers, the fixed words too; the label names the field, never its value."""
    return tuple(Expected(label, text) for label, text in _pairs(content) if text.strip())


def expected_footer(content: SummaryContent, copy_for: str) -> tuple[Expected, ...]:
    """Every text at the foot of each page."""
    return (
        Expected("Footer: patient", wording.footer_subject(content)),
        Expected("Footer: document and fingerprint", wording.footer_document(content)),
        *((Expected("Footer: whose copy", copy_for),) if copy_for else ()),
    )


def _pairs(content: SummaryContent) -> Iterator[tuple[str, str]]:
    yield "Facility", content.facility
    yield "Place and telephone of the facility", content.facility_place
    yield "Title", content.title
    yield "Procedure and date", content.subtitle
    for label, value in wording.identifiers(content):
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "Label of Allergies", wording.ALLERGIES.upper()
    yield "Allergies", wording.allergy_words(content)
    yield "Heading", wording.PLAIN_WORDS
    yield from _each("In plain words", content.plain_words)
    yield from expected_tables(content)
    if content.support:
        yield "Heading", wording.SUPPORT
    for line in content.support:
        yield line.label, f"{line.label}: {line.text}"
    yield from expected_signatures(content.signatures)
    yield from expected_record(content.history, content.fingerprint, content.fingerprint_note)


def _each(label: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        yield f"{label} {number}", text


def expected_tables(content: SummaryContent) -> Iterator[tuple[str, str]]:
    """Label and text of every table, for reading back."""
    yield from _headed(wording.RELEASE, wording.RELEASE_COLUMNS, bool(content.release))
    for number, line in enumerate(content.release, start=1):
        yield f"Release {number}", line.point
        yield f"Release {number}: what is allowed", line.said
    yield from _headed(wording.TOPICS, wording.TOPIC_COLUMNS, bool(content.topics))
    for number, topic in enumerate(content.topics, start=1):
        yield f"Topic {number}", topic.topic
        yield f"Topic {number}: what was told", topic.told
        yield f"Topic {number}: covered by", topic.covered or wording.NOT_COVERED
    yield from _headed(wording.TEACH_BACK, wording.TEACH_BACK_COLUMNS, bool(content.teach_back))
    for number, answer in enumerate(content.teach_back, start=1):
        yield f"Teach-back {number}: question", answer.asked
        yield f"Teach-back {number}: patient's own words", wording.quoted(answer.answer)
        yield f"Teach-back {number}: result", f"{wording.CLARITY_MARKS[answer.clarity][0]}{answer.clarity.value}"
    yield from _headed(wording.MEDICINES, wording.MEDICINE_COLUMNS, bool(content.medicines))
    for number, medicine in enumerate(content.medicines, start=1):
        yield f"Medicine {number}", medicine.medicine
        yield f"Medicine {number}: how it is taken", medicine.taken
        yield f"Medicine {number}: what to do", f"! {medicine.instruction}" if medicine.urgent else medicine.instruction
    yield from _headed(wording.CHOICES, wording.CHOICE_COLUMNS, bool(content.choices))
    for number, choice in enumerate(content.choices, start=1):
        yield f"Choice {number}", choice.question
        yield f"Choice {number}: remark", choice.remark or (wording.NOT_ANSWERED if choice.answer is None else "")
        yield f"Choice {number}: answer", _boxes(choice.answer)


def _boxes(answer: bool | None) -> str:
    yes = wording.TICKED if answer is True else wording.EMPTY_BOX
    no = wording.TICKED if answer is False else wording.EMPTY_BOX
    return f"{yes} Yes {no} No"


def _headed(title: str, columns: Sequence[str], there: bool) -> Iterator[tuple[str, str]]:
    if there:
        yield "Heading", title
        yield from (("Column name", column) for column in columns)
