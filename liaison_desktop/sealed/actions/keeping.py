"""A document that was sealed is kept: the file, its record and its line in the journal in one transaction."""

from __future__ import annotations

import hashlib

from liaison_desktop.documents.made import Document
from liaison_desktop.documents.sealing.seal import Sealing
from liaison_desktop.records import Record
from liaison_desktop.sealed.record import MOST_BYTES, SealedDocument
from liaison_desktop.security.certificates.identity import Identity
from liaison_desktop.store import Act, Store


def keep_sealed(
    store: Store, about: Record, document: Document, sealing: Sealing, identity: Identity, *, variant: str
) -> SealedDocument:
    """Keep a document that was sealed and verified; what is kept of it. Raises Refused if it is larger than 32 MB."""
    digest = hashlib.sha256(document.content).hexdigest()
    public, signature = identity.seal_record(document.fingerprint, digest)
    kept = SealedDocument(
        about=about.id,
        about_kind=about.kind,
        about_version=about.version,
        variant=variant,
        document_number=document.document_number,
        pages=document.pages,
        file=digest,
        record_sha256=document.fingerprint,
        sealed_at=sealing.at,
        sealed_by=identity.name(),
        certificate_sha256=identity.certificate_sha256,
        authority_sha256=identity.authority_sha256,
        device_key=public,
        device_signature=signature,
    )
    with store.transaction("sealed") as transaction:
        transaction.attach(document.content, most=MOST_BYTES)
        saved = transaction.save(kept)
        transaction.note(Act.SEALED, kind=about.kind, subject=about.id, detail=variant)
    return saved
