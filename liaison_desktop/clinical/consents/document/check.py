"""Everything a consent summary must show, listed from its content and not from its layout, and the refusal if not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import SummaryContent
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.reading import Expected


def expected_body(content: SummaryContent) -> tuple[Expected, ...]:
    """Every text above the footers, the fixed words too; the label names the field, never its value."""
    return tuple(Expected(label, text) for label, text in _pairs(content) if text.strip())


def expected_footer(content: SummaryContent, copy_for: str) -> tuple[Expected, ...]:
    """Every text at the foot of each page."""
    return (
        Expected("Footer: patient", wording.footer_subject(content)),
        Expected("Footer: document and fingerprint", wording.footer_document(content)),
        Expected("Footer: whose copy", copy_for),
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
    yield from _tables(content)
    if content.support:
        yield "Heading", wording.SUPPORT
    for line in content.support:
        yield line.label, f"{line.label}: {line.text}"
    yield from _signatures(content)
    yield "Heading", wording.RECORD.upper()
    yield from _each("Document record", content.history)
    yield "Heading", wording.FINGERPRINT.upper()
    yield "Fingerprint", grouped(content.fingerprint)
    yield "About the fingerprint", content.fingerprint_note


def _each(label: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts, start=1):
        yield f"{label} {number}", text


def _tables(content: SummaryContent) -> Iterator[tuple[str, str]]:
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


def _signatures(content: SummaryContent) -> Iterator[tuple[str, str]]:
    yield "Heading", wording.SIGNATURES
    if not content.signatures:
        yield "Signatures", wording.NOT_SIGNED
    for number, line in enumerate(content.signatures, start=1):
        yield f"Signature {number}: role", line.role.upper()
        yield f"Signature {number}: name and relation", f"{line.name} · {line.relation}" if line.relation else line.name
        yield f"Signature {number}: time and method", f"{line.moment} · {line.method}" if line.method else line.moment
        yield f"Signature {number}: meaning", f"Meaning: {line.meaning}"
        if not line.strokes:
            yield f"Signature {number}: stand-in", line.stand_in or wording.NOT_SIGNED
