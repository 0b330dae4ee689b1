"""Making the document: checked before, laid out, read back, and only then handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, sheet
from liaison_desktop.msl.inquiries.document.content import InquiryContent, content_of
from liaison_desktop.msl.inquiries.document.layout import expected_body, expected_footer, lay_out
from liaison_desktop.msl.inquiries.record import MedicalInquiry

Layout = Callable[[InquiryContent, Sheet, str], bytes]


def inquiry_document(
    inquiry: MedicalInquiry,
    *,
    paper: PaperName = "letter",
    copy_for: str = "Company copy",
    layout: Layout = lay_out,
    stages: Sequence[Stage] = (),
) -> Document:
    """The document of an inquiry. The same inquiry gives the same bytes, as long as no stage seals it.

    Raises Unprintable if a letter cannot be printed, or if anything recorded cannot be read in the finished document.
    """
    content, on = content_of(inquiry), sheet(paper)
    body, foot = expected_body(content), expected_footer(content, copy_for)
    check_printable((text.label, text.text) for text in (*body, *foot))
    made = finish(layout(content, on, copy_for), stages)
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return Document(content=made, document_number=content.number, fingerprint=content.digest, pages=pages)
