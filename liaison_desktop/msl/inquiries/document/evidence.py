"""The evidence pack of one inquiry: document, record, statement, strokes, journal, what was sent, what the doctor wrote.

A list of their hashes goes along. The first form had neither what was sent nor the written request; it can still be
checked.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence

import msgspec

from liaison_desktop.interop.bundle import packed
from liaison_desktop.msl.inquiries.document.making import inquiry_document
from liaison_desktop.msl.inquiries.record import MedicalInquiry, statement_of
from liaison_desktop.msl.materials.record import Material
from liaison_desktop.records import Line, to_bytes

FIRST_FORM, FORM = "liaison-evidence-1", "liaison-evidence-2"
MANIFEST, DOCUMENT, RECORD, STATEMENT, STROKES, JOURNAL, SENT, WRITTEN = (
    "manifest.json", "document.pdf", "record.json", "statement.txt", "strokes.json", "journal.json", "sent.json",
    "written_request",
)  # fmt: skip
PARTS = (DOCUMENT, RECORD, STATEMENT, STROKES, JOURNAL)


class Sent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document that went along with an answer: which version, its approval, and the SHA-256 of its file."""

    question: uuid.UUID | None
    title: str
    version_id: uuid.UUID | None
    version: str
    approval_ref: str
    sha256: str


def sent_with(inquiry: MedicalInquiry, materials: Mapping[uuid.UUID, Material]) -> tuple[Sent, ...]:
    """Every document of the answers; one that is no approved material has its title alone."""
    found = []
    for one in inquiry.responses:
        if not one.material_title.strip():
            continue
        held = materials.get(one.material_id) if one.material_id else None
        version = held.version_of(one.version_id) if held else None
        found.append(
            Sent(
                question=one.question_id,
                title=one.material_title,
                version_id=one.version_id,
                version=one.version_number,
                approval_ref=version.approval_ref if version else "",
                sha256=version.sha256 if version else "",
            )
        )
    return tuple(found)


class Listed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the pack: how long it is, and its SHA-256."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a pack holds. `head` is the newest line of the whole journal when the pack was made, to compare it with."""

    form: str
    number: str
    record: uuid.UUID
    version: uuid.UUID
    files: dict[str, Listed]
    head: str
    head_number: int


def evidence_pack(
    inquiry: MedicalInquiry,
    lines: Sequence[Line],
    head: Line,
    *,
    sent: Sequence[Sent] = (),
    written: bytes = b"",
    document: bytes = b"",
) -> bytes:
    """The pack as a zip. Raises Unprintable as the document does. The same store gives the same bytes.

    `lines` are all lines of the journal about this inquiry, oldest first; `head` is the newest line of all. `written`
    is the letter or e-mail that stands in for a signature, if there is one; `document` the document as it was sealed, else it
    is made.
    """
    strokes = inquiry.signature.strokes if inquiry.signature else ()
    files = {
        DOCUMENT: document or inquiry_document(inquiry).content,
        RECORD: to_bytes(inquiry),
        STATEMENT: statement_of(inquiry).encode(),
        STROKES: to_bytes(strokes),
        JOURNAL: to_bytes(list(lines)),
        SENT: to_bytes(list(sent)),
        **({WRITTEN: written} if written else {}),
    }
    manifest = Manifest(
        form=FORM,
        number=inquiry.number,
        record=inquiry.id,
        version=inquiry.version or inquiry.id,
        files={name: Listed(bytes=len(part), sha256=_digest(part)) for name, part in files.items()},
        head=head.hash.hex(),
        head_number=head.number,
    )
    return packed({MANIFEST: to_bytes(manifest), **files})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
