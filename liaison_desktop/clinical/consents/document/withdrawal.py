"""The one page that says a consent no longer holds. It cites the consent, whose own document stays as it is."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.content import ConsentDocument
from liaison_desktop.clinical.consents.document.filling import content_of, made_at
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal, Ending
from liaison_desktop.documents import boxes
from liaison_desktop.documents.canonical import canonical, grouped
from liaison_desktop.documents.finish import Stage, finish
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words

_TITLE = "Withdrawal of consent"
_STATEMENTS = {
    Ending.PATIENT: "You changed your mind. The consent named below no longer holds. This does not affect your care.",
    Ending.PRACTITIONER: "The clinician called it off. The consent named below no longer holds.",
    Ending.REPLACED: "A newer consent has replaced the consent named below, which no longer holds.",
    Ending.ERROR: "The consent named below was recorded in error and does not hold.",
}
_SIGNED, _WITHDRAWN = "The consent that ends", "How it ended"
_COLUMNS = ("What", "As recorded")


@dataclasses.dataclass(frozen=True)
class _Page:
    """All that the page says."""

    facility: str
    where: str
    subtitle: str
    number: str
    identifiers: tuple[tuple[str, str], ...]
    statement: str
    ended: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    digest: str
    record: bytes
    subject: str
    copy_for: str
    made: datetime.datetime

    @property
    def document(self) -> str:
        """The second line of the footer."""
        return f"Withdrawal of {self.number} · fingerprint {grouped(self.digest, 2)}"


def withdrawal_addendum(
    withdrawal: ConsentWithdrawal,
    consent: Consent,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: str = "",
    stages: Sequence[Stage] = (),
) -> ConsentDocument:
    """The page for one withdrawal. Raises Unprintable unless everything recorded can be read on it."""
    page, on = _page(withdrawal, consent, copy_for), sheet(paper, large=large_print)
    body = [Expected(label, text) for label, text in _texts(page) if text.strip()]
    foot = [
        Expected("Footer: patient", page.subject),
        Expected("Footer: document and fingerprint", page.document),
        *((Expected("Footer: whose copy", copy_for),) if copy_for else ()),
    ]
    check_printable((text.label, text.text) for text in (*body, *foot))
    made = finish(_lay_out(page, on), stages)
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return ConsentDocument(
        content=made, document_number=f"{page.number}-withdrawal", fingerprint=page.digest, pages=pages
    )


def _page(withdrawal: ConsentWithdrawal, consent: Consent, copy_for: str) -> _Page:
    parent, bare = content_of(consent), msgspec.structs.replace(withdrawal, version=None)
    ended = (
        ("Document number", withdrawal.document_number),
        ("Consent", parent.subtitle),
        ("Form", f"{parent.form_code} version {parent.form_version}"),
        ("Fingerprint of the consent (SHA-256)", grouped(withdrawal.fingerprint)),
    )
    told = (
        ("Why", withdrawal.ending.label),
        ("When", moment_text(withdrawal.withdrawn_at, withdrawal.zone)),
        ("Said by", withdrawal.said_by),
        ("In their words", f"“{withdrawal.reason.strip()}”" if withdrawal.reason.strip() else wording.NO_WORDS),
        ("Practitioner told", withdrawal.practitioner_told),
        ("Recorded by", withdrawal.recorded_by),
        ("Second person", withdrawal.second_person),
    )
    return _Page(
        facility=parent.facility,
        where=parent.facility_place,
        subtitle=consent.procedure_text,
        number=withdrawal.document_number or parent.document_number,
        identifiers=wording.identifiers(parent),
        statement=_STATEMENTS[withdrawal.ending],
        ended=tuple((label, text) for label, text in ended if text.strip()),
        told=tuple((label, text) for label, text in told if text.strip()),
        digest=withdrawal.content_fingerprint(),
        record=canonical(bare),
        subject=wording.footer_subject(parent),
        copy_for=copy_for,
        made=withdrawal.withdrawn_at or made_at(consent),
    )


def _lay_out(page: _Page, on: Sheet) -> bytes:
    register()
    about = About(
        title=f"{_TITLE} {page.number}",
        subject="Addendum to a consent",
        author=page.facility,
        made=page.made,
        record=page.record,
        seal=True,
    )
    return make([*_story(page, on)], on, Footer(page.subject, page.document, page.copy_for), about)


def _story(page: _Page, on: Sheet) -> Iterator[Flowable]:
    code = f"withdrawal:{page.number}?sha256={page.digest[:32]}"
    yield from letterhead(page.facility, page.where, _TITLE, page.subtitle, code, on)
    yield boxes.identifier_box(page.identifiers, dict(page.identifiers)[wording.NUMBER], on)
    yield Spacer(1, 9)
    yield boxes.lead_box(wording.PLAIN_WORDS, (page.statement,), on)
    for title, lines in ((_SIGNED, page.ended), (_WITHDRAWN, page.told)):
        yield from heading(title, on)
        styles = Styles(on)
        rows = [[words(label, styles.cell_strong), words(text, styles.cell)] for label, text in lines]
        yield ruled(_COLUMNS, rows, (0.32, 0.68), on)
    yield Spacer(1, on.heading)
    yield words(wording.FINGERPRINT.upper(), Styles(on).label)
    yield words(grouped(page.digest), Styles(on).small)


def _texts(page: _Page) -> Iterator[tuple[str, str]]:
    yield "Facility", page.facility
    yield "Place and telephone of the facility", page.where
    yield "Title", _TITLE
    yield "Procedure", page.subtitle
    for label, value in page.identifiers:
        yield f"Label of {label}", label.upper()
        yield label, value
    yield "Heading", wording.PLAIN_WORDS
    yield "Statement", page.statement
    for title, lines in ((_SIGNED, page.ended), (_WITHDRAWN, page.told)):
        yield "Heading", title
        yield from (("Column name", column) for column in _COLUMNS)
        for label, text in lines:
            yield f"Label of {label}", label
            yield label, text
    yield "Heading", wording.FINGERPRINT.upper()
    yield "Fingerprint", grouped(page.digest)
