"""Other programs judge our documents: tags, PDF/UA-1, PDF/A, reading order. Missing programs are skipped by name."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.clinical.consents.document.layout import lay_out
from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.clinical.consents.document.withdrawal import withdrawal_addendum
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal
from liaison_desktop.documents.furniture import Archive
from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing
from liaison_desktop.documents.sealing.seal import sealed
from liaison_desktop.documents.styles import PaperName, sheet
from liaison_desktop.msl.inquiries.document import inquiry_document
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.safety.document import safety_report
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.records import new_id
from tests.documents.judges import heard, preflight, read_aloud, ruled_out, sound
from tests.documents.samples import a_summary
from tests.documents.sealing.examples import a_sealing, the_identity


def a_consent_summary(paper: PaperName = "letter", *, large: bool = False, archive: Archive = "3a") -> bytes:
    content = msgspec.structs.replace(a_summary(), record=b'{"shown_name":"somebody"}')
    layout = functools.partial(lay_out, archive=archive)
    return make_summary(content, sheet(paper, large=large), "Patient copy", layout=layout).content


def a_withdrawal() -> bytes:
    consent = Consent(id=new_id(), patient_id=new_id(), shown_name="María L. Álvarez", procedure_text="Colonoscopy")
    return withdrawal_addendum(
        ConsentWithdrawal(
            id=new_id(), document_number="CS-2026-004187", fingerprint="a" * 64, reason="I want to wait."
        ),
        consent,
    ).content


def a_sealed_one(content: bytes) -> bytes:
    return sealed(content, a_sealing(), the_identity().sign_document)


def a_listing() -> bytes:
    summary = a_summary()
    lines = tuple(
        ListingLine(label=f"Line {number}", text="Words of it. " * 9, alert=number == 2) for number in range(60)
    )
    parts = (
        ListingPart(title="First", columns=("What", "As recorded"), lines=lines),
        ListingPart(title="Second", columns=None, lines=lines[:3], new_page=True),
        ListingPart(title="Third", columns=None, empty="Nothing recorded."),
    )
    return make_listing(
        Listing(title="Brief", whose="Dr. Hannah Okonkwo", where="Lakeside", subtitle="printed now", number="brief-1",
            note="Keep it.", parts=parts, made=summary.made, copy_for="Own copy", author="A liaison",
            signatures=summary.signatures)
    ).content  # fmt: skip


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "consent summary": a_consent_summary,
    "consent summary, A4": functools.partial(a_consent_summary, "a4"),
    "consent summary, large print": functools.partial(a_consent_summary, large=True),
    "withdrawal": a_withdrawal,
    "listing": a_listing,
    "consent summary, sealed": lambda: a_sealed_one(a_consent_summary()),
    "inquiry": lambda: inquiry_document(MedicalInquiry(id=new_id(), number="MI-1", disclaimer_text="I asked.")).content,
    "safety report": lambda: safety_report(SafetyEvent(id=new_id(), number="SR-1"), reported_by="A liaison"),
}


@pytest.fixture(params=DOCUMENTS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / "document.pdf"
    made.write_bytes(DOCUMENTS[request.param]())
    return made


def test_a_document_is_heard_without_a_fault(path: Path) -> None:
    assert heard(path) == []


def test_a_document_keeps_the_rules_of_universal_access(path: Path) -> None:
    assert ruled_out(path) == []


def test_a_document_is_sound(path: Path) -> None:
    assert sound(path) == ""


@pytest.mark.parametrize("large", [False, True])
def test_a_consent_is_read_in_the_order_of_its_meaning(tmp_path: Path, large: bool) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(a_consent_summary(large=large))
    told, summary = read_aloud(path), a_summary()
    wanted = [
        "Consent summary", summary.subtitle, "PATIENT", summary.patient_name, "In plain words", "What we talked about",
        "Topic", "What you were told", "Covered", "Why", summary.topics[0].told, "✓ Dr. Chen", "Risks",
        "Checking that it was clear (teach-back)", "Medicines that matter for this procedure", "Choices you made",
        "Signatures", "PATIENT", "WITNESS TO SIGNATURE", "Spoken by video, 10:19 AM", "DOCUMENT RECORD",
    ]  # fmt: skip
    rest = iter(told)
    for words in wanted:
        assert words in rest, f"{words!r} is not read, or not in its turn: {told}"


def test_a_file_for_older_archives_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(a_consent_summary(archive="1b"))
    assert preflight(path) == []
    path.write_bytes(a_sealed_one(path.read_bytes()))
    assert preflight(path) == []


def test_the_judge_of_archives_finds_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(a_consent_summary(archive="1b").replace(b"/GTS_PDFA1", b"/GTS_PDFX1"))
    assert preflight(path)
