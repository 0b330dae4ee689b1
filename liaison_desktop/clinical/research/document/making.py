"""Making the document of a research consent: checked before, laid out, finished, read back, and only then handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.consents.document import ConsentDocument, wording
from liaison_desktop.clinical.consents.document.check import expected_tables
from liaison_desktop.clinical.consents.document.making import STAGES
from liaison_desktop.clinical.research.document.content import (
    AUTHORISATION,
    AUTHORISATION_COLUMNS,
    KEY,
    TOLD,
    TOLD_COLUMNS,
    ResearchContent,
)
from liaison_desktop.clinical.research.document.filling import content_of
from liaison_desktop.clinical.research.document.layout import lay_out
from liaison_desktop.clinical.research.record import ResearchConsent
from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable
from liaison_desktop.documents.reading import Expected, refuse_if_missing, refuse_without_ink
from liaison_desktop.documents.signatures import expected_record, expected_signatures
from liaison_desktop.documents.styles import PEN, PaperName, sheet
from liaison_desktop.errors import Unprintable


def research_document(
    consent: ResearchConsent,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: str = "Participant copy",
    stages: Sequence[Stage] = (),
) -> ConsentDocument:
    """The document of a research consent. The same consent gives the same bytes, as long as no stage seals it.

    Raises Unprintable if the record does not match its own fingerprint, if a letter cannot be printed, or if any
    answer, name, time or meaning cannot be read in the finished document.
    """
    if consent.fingerprint and consent.fingerprint != consent.content_fingerprint():
        raise Unprintable("This consent does not match its own fingerprint. It is not printed; have the store checked.")
    content, on = content_of(consent), sheet(paper, large=large_print)
    body, foot = _expected(content), _footer(content, copy_for)
    check_printable((text.label, text.text) for text in (*body, *foot))
    made = finish(lay_out(content, on, copy_for), (*STAGES, *stages))
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    common = content.common
    refuse_without_ink(made, sum(bool(stroke) for line in common.signatures for stroke in line.strokes), PEN)
    return ConsentDocument(
        content=made, document_number=common.document_number, fingerprint=common.fingerprint, pages=pages
    )


def check_research(consent: ResearchConsent) -> None:
    """Raise Unprintable, naming the fields, if this consent holds letters that could not be printed."""
    content = content_of(consent)
    check_printable((text.label, text.text) for text in (*_expected(content), *_footer(content, "")))


def _footer(content: ResearchContent, copy_for: str) -> tuple[Expected, ...]:
    return (
        Expected("Footer: participant", content.subject),
        Expected("Footer: document and fingerprint", content.footer),
        Expected("Footer: whose copy", copy_for),
    )


def _expected(content: ResearchContent) -> tuple[Expected, ...]:
    return tuple(Expected(label, text) for label, text in _texts(content) if text.strip())


def _texts(content: ResearchContent) -> Iterator[tuple[str, str]]:
    common = content.common
    yield "Facility", common.facility
    yield "Place", common.facility_place
    yield "Title", common.title
    yield "Study", common.subtitle
    for label, value in content.participant:
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "What it replaces", content.replaces
    yield "Heading", KEY
    yield "In one sentence", content.lead
    for number, point in enumerate(content.key, start=1):
        yield f"Key information {number}: question", point.heading
        yield f"Key information {number}: answer", point.words
    for title, columns, lines in (
        (TOLD, TOLD_COLUMNS, content.told),
        (AUTHORISATION, AUTHORISATION_COLUMNS, content.authorisation),
    ):
        if lines:
            yield "Heading", title
            yield from (("Column name", column) for column in columns)
        for number, line in enumerate(lines, start=1):
            yield f"{title} {number}: heading", line.heading
            yield f"{title} {number}: words", line.words
    yield from expected_tables(common)
    if common.support:
        yield "Heading", wording.SUPPORT
    for said in common.support:
        yield said.label, f"{said.label}: {said.text}"
    yield from expected_signatures(common.signatures)
    yield from expected_record(common.history, common.fingerprint, common.fingerprint_note)
