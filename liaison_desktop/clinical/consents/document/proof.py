"""The proof a surveyor asks for: each element, the rule that asks for it, the sentence that carries it, and its page.

It is read off the very document the patient gets: a sentence that cannot be found in it has no page and is marked.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from reportlab.platypus import Flowable, Spacer

from liaison_desktop.clinical.consents.document.content import ConsentDocument
from liaison_desktop.clinical.consents.document.filling import content_of
from liaison_desktop.clinical.consents.document.making import consent_summary
from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import CarriedBy, Consent, Element, ElementCheck, OnForm, SpecialCategory
from liaison_desktop.clinical.patients.record import day_text
from liaison_desktop.documents.canonical import fingerprint, grouped
from liaison_desktop.documents.fonts import check_printable, register
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.header import letterhead
from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.reading import Expected, letters, read, refuse_if_missing
from liaison_desktop.documents.styles import PaperName, Sheet, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words
from liaison_desktop.signing import Role

_TITLE = "Proof of elements"
_COLUMNS = ("Element", "Rule", "Sentence that carries it", "Page")
_SHARES = (0.22, 0.22, 0.48, 0.08)
_NOT_FOUND = "Not found"
_NOT_SIGNED = "Once signed"
_NOT_ASKED = {
    Element.H11: "No records of substance use treatment are released.",
}
_BEGINS = 24  # letters by which a sentence that runs over two pages is found on the first of them
_SIGNER = (Element.T05, Element.T06, Element.H06, Element.G05, Element.G06, Element.R27, Element.R31, Element.R32)


class ProofLine(msgspec.Struct, frozen=True, kw_only=True):
    """One element as the document carries it. `missing` where it should stand and does not."""

    element: Element
    citation: str
    carried: str
    page: str
    missing: bool = False


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """All that the proof says. `specimen` is a form that no patient has signed."""

    facility: str
    where: str
    procedure: str
    number: str
    form: str
    of_document: str
    of_fingerprint: str
    catalogue: str
    lines: tuple[ProofLine, ...]
    made: datetime.datetime
    specimen: bool = False


def proof_lines(
    consent: Consent, content: bytes, *, footer_height: float, specimen: bool = False
) -> Iterator[ProofLine]:
    """Each element of a consent, looked up in the document that was made of it."""
    pages = [letters(page.body) for page in read(content, footer_height)]
    for check in consent.elements:
        rule = catalogue().elements[check.element]
        reason = check.reason or _NOT_ASKED.get(check.element, "") if _spared(consent, check) else ""
        if _spared(consent, check):
            yield _line(check, f"Does not apply: {reason}" if reason else "Does not apply", "–")
        elif check.says:
            found = [_page_of(part, pages) for part in check.says]
            held = tuple(dict.fromkeys(str(number) for number in found if number))
            yield _line(check, " … ".join(check.says), ", ".join(held) or "–", missing=not all(found))
        elif rule.in_words() and consent.template_code and not _of_first_format(consent):
            yield _line(check, _NOT_FOUND, "–", missing=True)
        else:
            yield _by_place(consent, check, pages, specimen=specimen)


def _spared(consent: Consent, check: ElementCheck) -> bool:
    """Whether this consent has no use for the element: the form says so, or nothing of the kind is in it."""
    if check.element is Element.H11:
        return not any(
            kind.included and kind.category is SpecialCategory.SUBSTANCE_USE for kind in consent.release_special
        )
    return check.on_form is OnForm.NA


def _of_first_format(consent: Consent) -> bool:
    return not any(check.says for check in consent.elements)


def _by_place(consent: Consent, check: ElementCheck, pages: Sequence[str], *, specimen: bool) -> ProofLine:
    rule = catalogue().elements[check.element]
    probe = _probe(consent, check.element)
    number = _page_of(probe, pages) if probe else 0
    place = rule.place or "In the topics of the form"
    if number:
        return _line(check, place, str(number))
    if not rule.place:
        return _line(check, place, "–")
    if check.element in (*_SIGNER, Element.T08) and not consent.signatures:
        return _line(check, place, _NOT_SIGNED, missing=not specimen)
    late = rule.by is CarriedBy.RECORD or check.element is Element.T07
    return _line(check, place, "–", missing=bool(probe) and not (late and specimen))


def _probe(consent: Consent, element: Element) -> str:
    """What stands in the document where the paper or the record carries this element; empty if nothing tells it apart."""
    signed = consent.signature(Role.PATIENT) or consent.signature(Role.REPRESENTATIVE)
    if element in _SIGNER:
        return signed.meaning if signed is not None else ""
    witness = consent.signature(Role.WITNESS)
    side = consent.laterality.label if consent.laterality is not None and consent.needs_side else ""
    return {
        Element.T01: consent.facility,
        Element.G01: consent.facility,
        Element.T07: consent.discussed_by,
        Element.T08: witness.meaning if witness is not None else "",
        Element.T18: content_of(consent).subtitle if side else "",
        Element.H01: consent.release_description,
        Element.H02: consent.release_from,
        Element.H03: consent.release_to,
        Element.H04: consent.release_purpose,
        Element.H05: day_text(consent.release_until) if consent.release_until else consent.release_event,
        Element.H10: consent.release_special[0].category.label if consent.release_special else "",
        Element.H11: consent.release_part2_to,
    }.get(element, "")


def _page_of(text: str, pages: Sequence[str]) -> int:
    """The number of the first page a text stands on, 0 if it stands on none. Over a page break its beginning decides."""
    wanted = letters(text)
    for number, page in enumerate(pages, start=1):
        if wanted in page:
            return number
    broken = [*itertools.pairwise(pages)]
    for number, (page, after) in enumerate(broken, start=1):
        if any(page.find(wanted[:cut]) >= 0 and after.find(wanted[cut:]) >= 0 for cut in range(_BEGINS, len(wanted))):
            return number
    return 0


def _line(check: ElementCheck, carried: str, page: str, *, missing: bool = False) -> ProofLine:
    return ProofLine(element=check.element, citation=check.citation, carried=carried, page=page, missing=missing)


def proof_of(
    consent: Consent, *, paper: PaperName = "letter", specimen: bool = False, made: datetime.datetime | None = None
) -> ConsentDocument:
    """The proof of one consent, or of a form by its specimen. Raises Unprintable as the summary does."""
    on, summary = sheet(paper), consent_summary(consent, paper=paper)
    content = content_of(consent)
    proof = Proof(
        facility=content.facility,
        where=content.facility_place,
        procedure=consent.procedure_text,
        number="Specimen of the form" if specimen else content.document_number,
        form=f"{consent.template_code} version {consent.template_version}",
        of_document=f"Form {consent.template_code} version {consent.template_version}"
        + (f", in effect from {consent.template_effective.isoformat()}" if consent.template_effective else ""),
        of_fingerprint=consent.template_sha256 if specimen else content.fingerprint,
        catalogue=catalogue().version,
        lines=tuple(proof_lines(consent, summary.content, footer_height=on.bottom - 1, specimen=specimen)),
        made=made or content.made,
        specimen=specimen,
    )
    return _make(proof, on)


def _make(proof: Proof, on: Sheet) -> ConsentDocument:
    digest = fingerprint(proof)
    body = [Expected(label, text) for label, text in _texts(proof) if text.strip()]
    footer = Footer(proof.number, f"{_TITLE} · {proof.form} · fingerprint {grouped(digest, 2)}", "For survey")
    foot = [Expected("Footer: whose", footer.subject), Expected("Footer: document", footer.document)]
    check_printable((one.label, one.text) for one in (*body, *foot))
    register()
    about = About(title=f"{_TITLE} {proof.form}", subject=proof.form, author=proof.facility, made=proof.made)
    content = make([*_story(proof, on, digest)], on, footer, about)
    pages = refuse_if_missing(content, on.bottom - 1, body, foot)
    name = proof.form.replace(" version ", "-") if proof.specimen else proof.number
    return ConsentDocument(content=content, document_number=f"{name}-proof", fingerprint=digest, pages=pages)


def _subtitle(proof: Proof) -> str:
    return f"{proof.procedure} · {proof.number}"


def _lead(proof: Proof) -> str:
    missing = sum(line.missing for line in proof.lines)
    there = len(proof.lines) - missing
    said = f"{there} of {len(proof.lines)} elements stand in the document or do not apply."
    return said if not missing else f"{said} {missing} {'is' if missing == 1 else 'are'} missing and marked below."


def _facts(proof: Proof) -> str:
    what = "form file" if proof.specimen else "consent"
    return (
        f"{proof.of_document}. Fingerprint of the {what} (SHA-256): {proof.of_fingerprint}. "
        f"Elements by list {proof.catalogue}. Made {moment_text(proof.made)}. "
        "The product supports a review; it gives no legal advice."
    )


def _story(proof: Proof, on: Sheet, digest: str) -> Iterator[Flowable]:
    styles = Styles(on)
    yield from letterhead(proof.facility, proof.where, _TITLE, _subtitle(proof), f"proof:{digest[:32]}", on)
    yield words(_lead(proof), styles.body)
    yield from heading("Element by element", on)
    rows = [
        [
            words(f"{line.element} {line.element.label}", styles.cell_strong),
            words(line.citation, styles.cell),
            words(
                f"! {line.carried}" if line.missing else line.carried,
                styles.cell_alert if line.missing else styles.cell,
            ),
            words(line.page, styles.cell),
        ]
        for line in proof.lines
    ]
    yield ruled(_COLUMNS, rows, _SHARES, on)
    yield Spacer(1, on.heading)
    yield words(_facts(proof), styles.small)


def _texts(proof: Proof) -> Iterator[tuple[str, str]]:
    yield "Facility", proof.facility
    yield "Place", proof.where
    yield "Title", _TITLE
    yield "Procedure", _subtitle(proof)
    yield "How many", _lead(proof)
    yield "Heading", "Element by element"
    yield from (("Column name", name) for name in _COLUMNS)
    for line in proof.lines:
        yield f"{line.element}", f"{line.element} {line.element.label}"
        yield f"{line.element}: rule", line.citation
        yield f"{line.element}: sentence", f"! {line.carried}" if line.missing else line.carried
        yield f"{line.element}: page", line.page
    yield "Facts", _facts(proof)
