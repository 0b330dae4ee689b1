"""The evidence pack of one inquiry: document, record, statement, strokes and journal, with a list of their hashes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

import msgspec

from liaison_desktop.interop.bundle import packed
from liaison_desktop.msl.inquiries.document.making import inquiry_document
from liaison_desktop.msl.inquiries.record import MedicalInquiry, statement_of
from liaison_desktop.records import to_bytes
from liaison_desktop.store.journal import Line

FORM = "liaison-evidence-1"
MANIFEST, DOCUMENT, RECORD, STATEMENT, STROKES, JOURNAL = (
    "manifest.json", "document.pdf", "record.json", "statement.txt", "strokes.json", "journal.json",
)  # fmt: skip
PARTS = (DOCUMENT, RECORD, STATEMENT, STROKES, JOURNAL)


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


def evidence_pack(inquiry: MedicalInquiry, lines: Sequence[Line], head: Line) -> bytes:
    """The pack as a zip. Raises Unprintable as the document does. The same store gives the same bytes.

    `lines` are all lines of the journal about this inquiry, oldest first; `head` is the newest line of all.
    """
    strokes = inquiry.signature.strokes if inquiry.signature else ()
    files = {
        DOCUMENT: inquiry_document(inquiry).content,
        RECORD: to_bytes(inquiry),
        STATEMENT: statement_of(inquiry).encode(),
        STROKES: to_bytes(strokes),
        JOURNAL: to_bytes(list(lines)),
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
