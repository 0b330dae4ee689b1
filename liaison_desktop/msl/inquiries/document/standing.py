"""One page for a standing request: what the doctor asked to hear about, until when, and the signature under it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.documents import boxes, fonts
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.signatures import (
    SignatureLine,
    expected_record,
    expected_signatures,
    record_block,
    signature_block,
    signature_line,
)
from liaison_desktop.documents.styles import PaperName, Sheet, sheet
from liaison_desktop.msl.inquiries.document.content import NOT_RECORDED, PAIR_COLUMNS, REQUEST, STATEMENT, Pair
from liaison_desktop.msl.inquiries.document.layout import PLACE, pairs_table
from liaison_desktop.msl.inquiries.record import StandingRequest, standing_statement

TITLE = "Standing request"
_NOTE = "Of the record as it stood when this was made. Each step of its life gives other digits."


class StandingContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that one standing request says on paper."""

    code: str
    subtitle: str
    identifiers: tuple[Pair, ...]
    statement: tuple[str, ...]
    request: tuple[Pair, ...]
    signatures: tuple[SignatureLine, ...]
    history: tuple[str, ...]
    digest: str
    record: bytes
    made: datetime.datetime


def standing_document(
    request: StandingRequest,
    *,
    paper: PaperName = "letter",
    copy_for: str = "Company copy",
    stages: Sequence[Stage] = (),
) -> Document:
    """The document of a standing request. The same request gives the same bytes, as long as no stage seals it.

    Raises Unprintable if a letter cannot be printed, or if anything recorded cannot be read in the finished document.
    """
    content, on = _content(request), sheet(paper)
    body = [Expected(label, text) for label, text in _texts(content) if text.strip()]
    document, digits = _footer(content)
    foot = [Expected("Footer: document", document), Expected("Footer: fingerprint", digits)]
    foot += [Expected("Footer: whose copy", copy_for)]
    check_printable((text.label, text.text) for text in (*body, *foot))
    fonts.register()
    about = About(
        title=f"{TITLE} {content.code}",
        subject=TITLE,
        author=PLACE,
        made=content.made,
        record=content.record,
        seal=True,
    )
    made = finish(make([*_story(content, on)], on, Footer(document, digits, copy_for), about), stages)
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return Document(content=made, document_number=content.code, fingerprint=content.digest, pages=pages)


def _content(request: StandingRequest) -> StandingContent:
    signature, until = request.signature, _day(request.expires_on)
    asked = moment_text(request.requested_at) if request.requested_at else "time not recorded"
    # It has no number of its own, so the end of its id stands for it.
    code = f"SR-{request.id.hex[-8:].upper()}"
    signed_at = signature.signed_at if signature else None
    return StandingContent(
        code=code,
        subtitle=f"asked {asked} · {request.status.label.lower()}",
        identifiers=(
            ("Who asked", request.shown_name or NOT_RECORDED),
            ("Place", request.shown_place or NOT_RECORDED),
            ("Until", until or NOT_RECORDED),
        ),
        # The first paragraph is the name and the place, which stand above.
        statement=tuple(standing_statement(request).split("\n\n")[1:]),
        request=tuple((label, text) for label, text in _request(request) if text.strip()),
        signatures=(signature_line(signature),) if signature else (),
        history=tuple(_history(request)),
        digest=request.content_fingerprint(),
        record=request.canonical(),
        made=signed_at or request.requested_at or datetime.datetime.fromtimestamp(0, datetime.UTC),
    )


def _request(request: StandingRequest) -> tuple[Pair, ...]:
    method = request.delivery_method.label if request.delivery_method else ""
    return (
        ("About", request.subject),
        ("In the doctor's own words", request.text.strip()),
        ("News by", ": ".join(part for part in (method, request.channel_ok.strip()) if part) or NOT_RECORDED),
        ("E-mail", "The doctor agrees to e-mail for this" if request.consent_to_send_email else ""),
        ("Renewal", "Renews an earlier standing request" if request.renewed_from_id else ""),
        ("Withdrawn", request.withdraw_reason),
    )


def _history(request: StandingRequest) -> Iterator[str]:
    signed = request.signature.signed_at if request.signature else None
    for words, at in (("Asked", request.requested_at), ("Signed", signed), ("Withdrawn", request.withdrawn_at)):
        if at is not None:
            yield f"{words}: {moment_text(at)}"
    if request.disclaimer_version:
        yield f"Statement version {request.disclaimer_version}"
    if request.signature:
        yield f"Text shown to the signer (SHA-256): {request.signature.shown_sha256[:16]}"


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


def _footer(content: StandingContent) -> tuple[str, str]:
    return f"{TITLE} {content.code}", f"{content.code} · fingerprint {grouped(content.digest, 2)}"


def _story(content: StandingContent, on: Sheet) -> Iterator[Flowable]:
    code = f"standing:{content.code}?sha256={content.digest[:32]}"
    yield from letterhead(PLACE, "", TITLE, content.subtitle, code, on)
    yield boxes.identifier_box(content.identifiers, content.code, on)
    yield Spacer(1, 9)
    yield boxes.lead_box(STATEMENT, content.statement, on)
    yield from pairs_table(REQUEST, content.request, on)
    yield from signature_block(content.signatures, on)
    yield Spacer(1, 6)
    yield from record_block(content.history, content.digest, _NOTE, on)


def _texts(content: StandingContent) -> Iterator[Pair]:
    yield "Department", PLACE
    yield "Title", TITLE
    yield "When and state", content.subtitle
    for label, value in content.identifiers:
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "Heading", STATEMENT
    yield from ((f"Statement {number}", text) for number, text in enumerate(content.statement, start=1))
    yield "Heading", REQUEST
    yield from (("Column name", column) for column in PAIR_COLUMNS)
    for label, text in content.request:
        yield f"Label of {label}", label
        yield label, text
    yield from expected_signatures(content.signatures)
    yield from expected_record(content.history, content.digest, _NOTE)
