"""Checks an evidence pack without a store: that nothing in it was changed, and that its parts say the same thing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from liaison_desktop.documents.reading import refuse_if_missing
from liaison_desktop.documents.styles import sheet
from liaison_desktop.errors import Unprintable, Unreadable
from liaison_desktop.interop.bundle import unpacked
from liaison_desktop.msl.inquiries.document.content import content_of
from liaison_desktop.msl.inquiries.document.evidence import (
    DOCUMENT,
    FIRST_FORM,
    FORM,
    JOURNAL,
    MANIFEST,
    PARTS,
    RECORD,
    SENT,
    STATEMENT,
    STROKES,
    WRITTEN,
    Manifest,
    Sent,
)
from liaison_desktop.msl.inquiries.document.layout import expected_body, expected_footer
from liaison_desktop.msl.inquiries.record import MedicalInquiry, statement_of
from liaison_desktop.records import Line, from_bytes, line_hash, to_bytes
from liaison_desktop.store.journal import Act


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The result: what the pack is about, the hash of its manifest, and everything that was changed."""

    number: str
    lines: int
    manifest: str
    head: str
    changed: tuple[str, ...]


def verify_evidence(path: Path) -> Checked:
    """Check a pack. Raises Unreadable if it is none; what was changed stands in the result.

    What this proves: the parts agree with each other and with their lines of the journal. Whether these lines stand in
    the journal of that laptop is seen by comparing their hashes with it.
    """
    files = unpacked(path, frozenset({MANIFEST, *PARTS, SENT, WRITTEN}))
    manifest = _manifest(files)
    changed = [*_hashes(files, manifest)]
    lines: list[Line] = []
    if not changed:
        inquiry, lines = _parts(files)
        changed += [*_record(inquiry, lines, manifest), *_journal(inquiry, lines), *_contents(inquiry, files)]
        if manifest.form == FORM:
            changed += [*_sent(inquiry, files), *_written(inquiry, files)]
    return Checked(
        number=manifest.number,
        lines=len(lines),
        manifest=hashlib.sha256(files[MANIFEST]).hexdigest(),
        head=manifest.head,
        changed=tuple(changed),
    )


def _manifest(files: dict[str, bytes]) -> Manifest:
    if MANIFEST not in files:
        raise Unreadable("This is no evidence pack: it has no manifest.")
    try:
        manifest = msgspec.json.decode(files[MANIFEST], type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Unreadable("The manifest of this pack cannot be read.") from None
    if manifest.form not in (FIRST_FORM, FORM):
        raise Unreadable("This pack has another form than this version can read.")
    return manifest


def _hashes(files: dict[str, bytes], manifest: Manifest) -> Iterator[str]:
    needed = PARTS if manifest.form == FIRST_FORM else (*PARTS, SENT)
    optional = tuple(name for name in (WRITTEN,) if name in manifest.files or name in files)
    for name in (*needed, *optional):
        listed, held = manifest.files.get(name), files.get(name)
        if listed is None:
            yield f"{name} is not in the list of hashes"
        elif held is None:
            yield f"{name} is missing"
        elif len(held) != listed.bytes or hashlib.sha256(held).hexdigest() != listed.sha256:
            yield f"{name} was changed after the pack was made"
    if set(manifest.files) - {*needed, *optional}:
        yield "the list of hashes names files that do not belong to it"


def _parts(files: dict[str, bytes]) -> tuple[MedicalInquiry, list[Line]]:
    try:
        return from_bytes(MedicalInquiry, files[RECORD]), msgspec.json.decode(files[JOURNAL], type=list[Line])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Unreadable("The record or the journal in this pack cannot be read.") from None


def _record(inquiry: MedicalInquiry, lines: list[Line], manifest: Manifest) -> Iterator[str]:
    if (inquiry.id, inquiry.number, inquiry.version) != (manifest.record, manifest.number, manifest.version):
        yield f"{RECORD} is not the record the manifest speaks of"
    saved = [line for line in lines if line.act == Act.SAVED.value]
    if not saved or saved[-1].content != to_bytes(inquiry) or saved[-1].version != inquiry.version:
        yield f"{RECORD} is not what the journal kept last"


def _journal(inquiry: MedicalInquiry, lines: list[Line]) -> Iterator[str]:
    before: dict[object, Line] = {}
    version = None
    for line in lines:
        named = f"line {line.number} of the journal"
        if line_hash(line) != line.hash:
            yield f"{named} was changed after it was written"
        if line.subject != inquiry.id:
            yield f"{named} is about something else"
        last = before.get(line.device)
        if last is not None and (line.number <= last.number):
            yield f"{named} stands in the wrong place"
        elif last is not None and line.number == last.number + 1 and line.previous != last.hash:
            yield f"{named} does not follow the line before it"
        before[line.device] = line
        if line.act == Act.SAVED.value:
            if line.parents != ((version,) if version else ()):
                yield f"a version before {named} is missing"
            version = line.version


def _sent(inquiry: MedicalInquiry, files: dict[str, bytes]) -> Iterator[str]:
    try:
        listed = msgspec.json.decode(files[SENT], type=list[Sent])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        yield f"{SENT} cannot be read"
        return
    told = [(one.question, one.title, one.version_id, one.version) for one in listed]
    kept = [
        (one.question_id, one.material_title, one.version_id, one.version_number)
        for one in inquiry.responses
        if one.material_title.strip()
    ]
    if told != kept:
        yield f"{SENT} does not name the documents of the answers"


def _written(inquiry: MedicalInquiry, files: dict[str, bytes]) -> Iterator[str]:
    held = files.get(WRITTEN)
    if held is None and inquiry.written_sha256:
        yield f"{WRITTEN} is missing"
    elif held is not None and hashlib.sha256(held).hexdigest() != inquiry.written_sha256:
        yield f"{WRITTEN} is not what the doctor wrote"


def _contents(inquiry: MedicalInquiry, files: dict[str, bytes]) -> Iterator[str]:
    strokes = inquiry.signature.strokes if inquiry.signature else ()
    if files[STROKES] != to_bytes(strokes):
        yield f"{STROKES} are not the strokes of the signature"
    statement = statement_of(inquiry).encode()
    if files[STATEMENT] != statement:
        yield f"{STATEMENT} is not the text of the record"
    if inquiry.signature and inquiry.signature.shown_sha256 != hashlib.sha256(statement).hexdigest():
        yield "the signature was given under another text"
    content = content_of(inquiry)
    try:
        refuse_if_missing(
            files[DOCUMENT], sheet("letter").bottom - 1, expected_body(content), expected_footer(content, "")
        )
    except Unprintable:
        yield f"{DOCUMENT} does not show what the record says"
