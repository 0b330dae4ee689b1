"""Everything a consent summary must show, listed from its content and not from its layout, and the refusal if not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import SummaryContent
from liaison_desktop.documents.reading import Expected
from liaison_desktop.documents.signatures import SIGNATURES, expected_record, expected_signatures


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
    yield "Title", content.both(content.title)
    yield "Procedure and date", wording.subtitle(content)
    for label, value in wording.identifiers(content):
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "Label of Allergies", content.both(wording.ALLERGIES).upper()
    yield "Allergies", wording.allergy_words(content)
    if content.second is not None and not content.second.reviewed:
        yield "Translation not reviewed", content.both(wording.UNREVIEWED).upper()
        yield "Translation not reviewed: what it means", content.both(wording.UNREVIEWED_WORDS)
    yield "Heading", content.both(wording.PLAIN_WORDS)
    yield from _each("In plain words", content.plain_words)
    yield "In plain words, second language", content.beside("plain_words").words
    yield from expected_tables(content)
    if content.support:
        yield "Heading", content.both(wording.SUPPORT)
    for line in content.support:
        yield line.label, f"{line.label}: {line.text}"
        second = content.beside(line.place)
        yield f"{line.label}, second language", f"{second.heading}: {second.words}" if second.words else ""
    yield from expected_signatures(content.signatures, content.both(SIGNATURES))
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
    yield from _headed(content.both(wording.TOPICS), _apart(content, wording.TOPIC_COLUMNS), bool(content.topics))
    for number, topic in enumerate(content.topics, start=1):
        yield f"Topic {number}", topic.topic
        yield f"Topic {number}: what was told", topic.told
        yield f"Topic {number}: covered by", topic.covered or content.both(wording.NOT_COVERED)
        second = content.beside(topic.place)
        yield f"Topic {number}, second language", second.heading
        yield f"Topic {number}: what was told, second language", second.words
    yield from _headed(
        content.both(wording.TEACH_BACK), _apart(content, wording.TEACH_BACK_COLUMNS), bool(content.teach_back)
    )
    for number, answer in enumerate(content.teach_back, start=1):
        yield f"Teach-back {number}: question", answer.asked
        yield f"Teach-back {number}: patient's own words", wording.quoted(answer.answer)
        yield (
            f"Teach-back {number}: result",
            f"{wording.CLARITY_MARKS[answer.clarity][0]}{content.both(answer.clarity.value)}",
        )
        yield f"Teach-back {number}: question, second language", content.beside(answer.place).words
    yield from _headed(
        content.both(wording.MEDICINES), _apart(content, wording.MEDICINE_COLUMNS), bool(content.medicines)
    )
    for number, medicine in enumerate(content.medicines, start=1):
        yield f"Medicine {number}", medicine.medicine
        yield f"Medicine {number}: how it is taken", medicine.taken
        yield f"Medicine {number}: what to do", f"! {medicine.instruction}" if medicine.urgent else medicine.instruction
    yield from _headed(content.both(wording.CHOICES), _apart(content, wording.CHOICE_COLUMNS), bool(content.choices))
    for number, choice in enumerate(content.choices, start=1):
        yield f"Choice {number}", choice.question
        yield (
            f"Choice {number}: remark",
            choice.remark or (content.both(wording.NOT_ANSWERED) if choice.answer is None else ""),
        )
        yield f"Choice {number}: answer", _boxes(content, choice.answer)
        yield f"Choice {number}, second language", content.beside(choice.place).words


def _apart(content: SummaryContent, columns: Sequence[str]) -> tuple[str, ...]:
    """Each name of a column, and by itself the same in the second language: they may stand in two columns."""
    second = content.second.words if content.second is not None else {}
    return (*columns, *(second[column] for column in columns if second.get(column, column) != column))


def _boxes(content: SummaryContent, answer: bool | None) -> str:
    yes = wording.TICKED if answer is True else wording.EMPTY_BOX
    no = wording.TICKED if answer is False else wording.EMPTY_BOX
    return f"{yes} {content.both('Yes')} {no} {content.both('No')}"


def _headed(title: str, columns: Sequence[str], there: bool) -> Iterator[tuple[str, str]]:
    if there:
        yield "Heading", title
        yield from (("Column name", column) for column in columns)
