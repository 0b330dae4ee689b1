"""Where everything of an inquiry stands on paper, with the furniture every document shares."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Spacer

from liaison_desktop.documents import boxes, fonts
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.reading import Expected
from liaison_desktop.documents.signatures import (
    expected_record,
    expected_signatures,
    record_block,
    signature_block,
)
from liaison_desktop.documents.styles import Sheet, Styles
from liaison_desktop.documents.tables import heading, ruled, words
from liaison_desktop.msl.inquiries.document.content import (
    ANSWERS,
    PAIR_COLUMNS,
    QUESTION_COLUMNS,
    QUESTIONS,
    REQUEST,
    STATEMENT,
    TITLE,
    InquiryContent,
    Pair,
)

PLACE = "Medical affairs"


def lay_out(content: InquiryContent, sheet: Sheet, copy_for: str) -> bytes:
    """The inquiry as a PDF, not yet read back."""
    fonts.register()
    about = About(
        title=f"{TITLE} {content.number}",
        subject=TITLE,
        author=PLACE,
        made=content.made,
        record=content.record,
        seal=True,
    )
    return make([*_story(content, sheet)], sheet, Footer(*_footer(content), copy_for), about)


def _footer(content: InquiryContent) -> tuple[str, str]:
    return f"{TITLE} {content.number}", f"{content.number} · fingerprint {grouped(content.digest, 2)}"


def _story(content: InquiryContent, sheet: Sheet) -> Iterator[Flowable]:
    code = f"inquiry:{content.number}?sha256={content.digest[:32]}"
    yield from letterhead(PLACE, "", TITLE, content.subtitle, code, sheet)
    yield boxes.identifier_box(content.identifiers, content.number, sheet)
    yield Spacer(1, 9)
    yield boxes.lead_box(STATEMENT, content.statement, sheet)
    yield from _questions(content, sheet)
    yield from pairs_table(REQUEST, content.request, sheet)
    yield from signature_block(content.signatures, sheet)
    yield from pairs_table(ANSWERS, content.answers, sheet)
    yield Spacer(1, 6)
    yield from record_block(content.history, content.digest, content.note, sheet)


def _questions(content: InquiryContent, sheet: Sheet) -> Iterator[Flowable]:
    styles = Styles(sheet)
    yield from heading(QUESTIONS, sheet)
    rows = [
        [words(number, styles.cell), words(asked, styles.cell_strong), words(about, styles.cell)]
        for number, asked, about in content.questions
    ]
    yield ruled(QUESTION_COLUMNS, rows, (0.07, 0.6, 0.33), sheet)


def pairs_table(title: str, pairs: tuple[Pair, ...], sheet: Sheet) -> Iterator[Flowable]:
    """A heading and what was recorded under it, label and words; nothing if nothing was."""
    if not pairs:
        return
    styles = Styles(sheet)
    yield from heading(title, sheet)
    rows = [[words(label, styles.cell_strong), words(text, styles.cell)] for label, text in pairs]
    yield ruled(PAIR_COLUMNS, rows, (0.26, 0.74), sheet)


def expected_footer(content: InquiryContent, copy_for: str) -> list[Expected]:
    """Every text at the foot of each page."""
    subject, document = _footer(content)
    return [
        Expected("Footer: document", subject),
        Expected("Footer: number and fingerprint", document),
        Expected("Footer: whose copy", copy_for),
    ]


def expected_body(content: InquiryContent) -> list[Expected]:
    """Every text above the footers, the fixed words too; the label names the field, never its value."""
    return [Expected(label, text) for label, text in _texts(content) if text.strip()]


def _texts(content: InquiryContent) -> Iterator[Pair]:
    yield "Department", PLACE
    yield "Title", TITLE
    yield "When and state", content.subtitle
    for label, value in content.identifiers:
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "Heading", STATEMENT
    yield from ((f"Statement {number}", text) for number, text in enumerate(content.statement, start=1))
    yield "Heading", QUESTIONS
    yield from (("Column name", column) for column in QUESTION_COLUMNS)
    for number, asked, about in content.questions:
        yield f"Question {number}: number", number
        yield f"Question {number}", asked
        yield f"Question {number}: product", about
    for title, pairs in ((REQUEST, content.request), (ANSWERS, content.answers)):
        if pairs:
            yield "Heading", title
            yield from (("Column name", column) for column in PAIR_COLUMNS)
        for label, text in pairs:
            yield f"Label of {label}", label
            yield label, text
    yield from expected_signatures(content.signatures)
    yield from expected_record(content.history, content.digest, content.note)
