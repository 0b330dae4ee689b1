"""The estimate for the patient on paper: how it comes about, who said it, and that it is no guarantee (V34)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.coverage.record import Coverage, CoverageVerification
from liaison_desktop.clinical.coverage.rules import Estimate, estimate_of, money_text, remaining
from liaison_desktop.clinical.patients.record import (
    Patient,
    day_text,
    full_name,
    long_birth_text,
    record_number,
)
from liaison_desktop.documents import boxes
from liaison_desktop.documents.canonical import canonical, fingerprint, grouped
from liaison_desktop.documents.finish import finish
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import Expected, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words
from liaison_desktop.policies import Policy

_TITLE = "What it may cost you"
_LEAD = "Please read this first"
_HOW, _SAID = "How it comes about", "What your plan said"


@dataclasses.dataclass(frozen=True)
class _Page:
    """All that the page says."""

    place: str
    payer: str
    identifiers: tuple[tuple[str, str], ...]
    warning: str
    estimate: Estimate
    parts: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, str], ...]
    digest: str
    record: bytes
    subject: str

    @property
    def document(self) -> str:
        """The second line of the footer."""
        return f"Estimate, no guarantee · {grouped(self.digest, 2)}"


def estimate_document(
    said: CoverageVerification,
    coverage: Coverage,
    patient: Patient,
    policy: Policy,
    *,
    place: str = "",
    paper: PaperName = "letter",
) -> Document:
    """The page to give to the patient. Raises Unprintable unless all of it can be read on it, KeyError never.

    Raises ValueError if the verification allows no estimate.
    """
    estimate = estimate_of(said)
    if estimate is None:
        raise ValueError("there is no estimate to print")
    page, on = _page(said, coverage, patient, policy, estimate, place), sheet(paper)
    body = [Expected(label, text) for label, text in _texts(page) if text.strip()]
    foot = [Expected("Footer: patient", page.subject), Expected("Footer: document", page.document)]
    check_printable((text.label, text.text) for text in (*body, *foot))
    made = finish(_lay_out(page, said, on), ())
    pages = refuse_if_missing(made, on.bottom - 1, body, foot)
    return Document(content=made, document_number=f"estimate-{page.digest[:8]}", fingerprint=page.digest, pages=pages)


def _page(
    said: CoverageVerification, coverage: Coverage, patient: Patient, policy: Policy, estimate: Estimate, place: str
) -> _Page:
    # The note is for those who work here; the rest goes with the page, inside its file.
    outside = msgspec.structs.replace(said, note="")
    parts = [(part.words, money_text(part.cents)) for part in estimate.parts]
    if estimate.capped:
        parts.append(("Held to what is left of your out-of-pocket limit", money_text(estimate.cents)))
    left = remaining(said.deductible_total, said.deductible_met)
    most = remaining(said.limit_total, said.limit_met)
    told = [
        ("Plan", coverage.payer),
        ("Service", said.service),
        ("Asked on", day_text(said.at.date()) if said.at is not None else ""),
        ("Who answered", said.representative or said.portal_reference),
        ("Reference", said.call_reference or ("None given" if said.no_reference else "")),
        ("Deductible left", money_text(left) if left is not None else ""),
        ("Left until your out-of-pocket limit", money_text(most) if most is not None else ""),
        ("Counts until", day_text(said.valid_until) if said.valid_until is not None else ""),
    ]
    return _Page(
        place=place or "Clinical liaison",
        payer=coverage.payer,
        identifiers=(
            ("Name", full_name(patient)),
            ("Date of birth", long_birth_text(patient.birth_date)),
            ("Record number", record_number(patient) or "None"),
        ),
        warning=policy.rules["V34-LINE"].message,
        estimate=estimate,
        parts=tuple(parts),
        said=tuple((label, text) for label, text in told if text.strip()),
        digest=fingerprint(outside),
        record=canonical(outside),
        subject=f"{full_name(patient)} · born {long_birth_text(patient.birth_date)}",
    )


def _lay_out(page: _Page, said: CoverageVerification, on: Sheet) -> bytes:
    register()
    made = said.recorded_at or said.at
    if made is None:
        raise ValueError("a verification has its time")
    about = About(title=_TITLE, subject="Estimate of costs", author=page.place, made=made, record=page.record)
    return make([*_story(page, on)], on, Footer(page.subject, page.document, "Patient copy"), about)


def _story(page: _Page, on: Sheet) -> Iterator[Flowable]:
    styles = Styles(on)
    code = f"estimate:sha256={page.digest[:32]}"
    yield from letterhead(page.place, "", _TITLE, page.payer, code, on)
    yield boxes.identifier_box(page.identifiers, dict(page.identifiers)["Record number"], on)
    yield Spacer(1, 9)
    yield boxes.alert_box(_LEAD, page.warning, on, alert=True)
    yield Spacer(1, 9)
    unknown = (page.estimate.unknown,) if page.estimate.unknown else ()
    yield boxes.lead_box("You may have to pay about", (money_text(page.estimate.cents), *unknown), on)
    for title, columns, lines in (
        (_HOW, ("Part", "Amount"), page.parts),
        (_SAID, ("What", "As recorded"), page.said),
    ):
        yield from heading(title, on)
        rows = [[words(label, styles.cell_strong), words(text, styles.cell)] for label, text in lines]
        yield ruled(columns, rows, (0.6, 0.4) if title == _HOW else (0.36, 0.64), on)


def _texts(page: _Page) -> Iterator[tuple[str, str]]:
    yield "Place", page.place
    yield "Title", _TITLE
    yield "Payer", page.payer
    for label, value in page.identifiers:
        yield label, value
    yield "The line of V34", page.warning
    yield "Estimate", money_text(page.estimate.cents)
    yield "What is not in it", page.estimate.unknown
    for label, text in (*page.parts, *page.said):
        yield f"Label of {label}", label
        yield label, text
