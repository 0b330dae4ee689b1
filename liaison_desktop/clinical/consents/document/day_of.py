"""The one page of the verification on the day. It cites the consent, whose own document stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liaison_desktop.clinical.consents.document import wording
from liaison_desktop.clinical.consents.document.filling import content_of
from liaison_desktop.clinical.consents.record import Consent, DayAnswer, DayCheck
from liaison_desktop.clinical.patients.record import birth_text, day_text
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.finish import Stage
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.signatures import signature_line
from liaison_desktop.documents.styles import PaperName
from liaison_desktop.errors import Unprintable

_COLUMNS = ("What", "As recorded")


def day_page(
    check: DayCheck,
    consent: Consent,
    *,
    paper: PaperName = "letter",
    large_print: bool = False,
    copy_for: str = "Chart copy",
    stages: Sequence[Stage] = (),
) -> Document:
    """The page. Raises Unprintable if the record does not match its fingerprint or a text cannot be read on it."""
    if check.fingerprint and check.fingerprint != check.content_fingerprint():
        raise Unprintable("This verification does not match its own fingerprint. It is not printed.")
    parent = content_of(consent)
    done = moment_text(check.completed_at) if check.completed_at else "not complete"
    return make_listing(
        Listing(
            title="Verification on the day",
            whose=wording.footer_subject(parent),
            where=" · ".join(filter(None, (parent.facility, parent.facility_place))),
            subtitle=f"{consent.procedure_text} · {done}",
            number=f"{check.document_number}-day",
            note="",
            parts=(
                ListingPart(title="The consent it belongs to", columns=_COLUMNS, lines=tuple(_consent(check, consent))),
                ListingPart(title="As the patient says it", columns=_COLUMNS, lines=tuple(_said(check, consent))),
                ListingPart(title="Checked", columns=("Item", "Result"), lines=tuple(_items(check))),
            ),
            made=check.completed_at or check.begun_at or parent.made,
            copy_for=copy_for,
            author=parent.facility,
            signatures=tuple(signature_line(one) for one in check.signatures),
        ),
        paper,
        large=large_print,
        record=check.canonical(),
        stages=stages,
    )


def _consent(check: DayCheck, consent: Consent) -> Iterator[ListingLine]:
    yield ListingLine(label="Document number", text=check.document_number)
    if consent.valid_until is not None:
        yield ListingLine(label="Valid until", text=day_text(consent.valid_until))
    if consent.laterality is not None and consent.needs_side:
        yield ListingLine(label="Side", text=consent.laterality.label)
    yield ListingLine(label="Fingerprint (SHA-256)", text=grouped(check.consent_fingerprint))


def _said(check: DayCheck, consent: Consent) -> Iterator[ListingLine]:
    yield ListingLine(label="Name", text=check.name_said)
    yield ListingLine(label="Date of birth", text=birth_text(check.birth_date_said))
    yield ListingLine(label="Procedure", text=f"“{check.procedure_said.strip()}”")
    if consent.needs_side and check.side_said is not None:
        yield ListingLine(label="Side", text=check.side_said.label)
    if consent.needs_side and check.side_marked is not None:
        yield ListingLine(label="Side that is marked", text=check.side_marked.label)


def _items(check: DayCheck) -> Iterator[ListingLine]:
    for item in check.items:
        result = item.answer.label if item.answer is not None else "Not answered"
        reason = f": {item.reason.strip()}" if item.reason.strip() else ""
        yield ListingLine(label=item.words, text=f"{result}{reason}", alert=item.answer is DayAnswer.NOT_DONE)
