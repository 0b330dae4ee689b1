"""Making a document: checked before, laid out, finished, read back, and only then handed out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

import msgspec

from liaison_desktop.clinical.consents.actions.second_language import in_shipped_words
from liaison_desktop.clinical.consents.document.check import expected_body, expected_footer
from liaison_desktop.clinical.consents.document.content import ConsentDocument, SummaryContent
from liaison_desktop.clinical.consents.document.filling import content_of
from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.record import Consent, SecondLanguage
from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable
from liaison_desktop.documents.furniture import Archive
from liaison_desktop.documents.reading import page_count, refuse_if_missing, refuse_without_ink
from liaison_desktop.documents.styles import PEN, PaperName, Sheet, closer, sheet
from liaison_desktop.errors import Unprintable

# What is done to every summary; the seal of a complete one comes behind it, as the last stage.
STAGES: tuple[Stage, ...] = ()

# Two sides are one sheet of paper; a third page is turned over and lost.
_ONE_TOO_MANY = 3

Layout = Callable[[SummaryContent, Sheet, str], bytes]


def consent_summary(
    consent: Consent,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: str = "",
    archive: Archive = "3a",
    stages: Sequence[Stage] = (),
    scans: Mapping[str, bytes] | None = None,
    second: SecondLanguage | None = None,
) -> ConsentDocument:
    """The summary of a consent. The same consent gives the same bytes, as long as no stage seals it.

    The original names no receiver (`copy_for`): whose copy a paper is, is drawn over the copy (`documents.copies`).
    `second` prints it in that language too, in the words that ship; without it the consent's own second language counts.

    Raises Unprintable if the record does not match its own fingerprint, if a letter cannot be printed, or if any
    answer, name, time or meaning cannot be read in the finished document.
    """
    if consent.fingerprint and consent.fingerprint != consent.content_fingerprint():
        raise Unprintable("This consent does not match its own fingerprint. It is not printed; have the store checked.")
    layout = functools.partial(lay_out, archive=archive)
    content = content_of(consent, scans)
    if second is not None:
        shown = content_of(in_shipped_words(consent, second), scans)
        # What it vouches for stays the record as it is; only what is read beside it is another.
        content = msgspec.structs.replace(shown, fingerprint=content.fingerprint, record=content.record)
    on = sheet(paper, large=large_print)
    return make_summary(content, on, copy_for, layout=layout, stages=(*STAGES, *stages))


def check_consent(consent: Consent) -> None:
    """Raise Unprintable, naming the fields, if this consent holds letters that could not be printed.

    Ask before the first signature: afterwards nothing can be corrected.
    """
    _check(content_of(consent), "")


def make_summary(
    content: SummaryContent, paper: Sheet, copy_for: str, *, layout: Layout = lay_out, stages: Sequence[Stage] = STAGES
) -> ConsentDocument:
    """The summary from its content. Raises Unprintable as `consent_summary` does."""
    _check(content, copy_for)
    made = layout(content, paper, copy_for)
    if page_count(made) == _ONE_TOO_MANY:
        close = layout(content, closer(paper), copy_for)
        made = close if page_count(close) < _ONE_TOO_MANY else made
    made = finish(made, stages)
    pages = refuse_if_missing(made, paper.bottom - 1, expected_body(content), expected_footer(content, copy_for))
    refuse_without_ink(made, sum(bool(stroke) for line in content.signatures for stroke in line.strokes), PEN)
    return ConsentDocument(
        content=made, document_number=content.document_number, fingerprint=content.fingerprint, pages=pages
    )


def _check(content: SummaryContent, copy_for: str) -> None:
    texts = (*expected_body(content), *expected_footer(content, copy_for))
    check_printable((text.label, text.text) for text in texts)
