"""The paper of a record for the window: fetched sealed from the store, or made, sealed, verified and kept."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject

from liaison_desktop.documents.made import Document
from liaison_desktop.documents.sealing.seal import Sealing
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.errors import Damaged, LiaisonError
from liaison_desktop.records import Record
from liaison_desktop.sealed.actions import keep_sealed, sealer_of
from liaison_desktop.sealed.queries import sealed_of
from liaison_desktop.sealed.record import SealedDocument
from liaison_desktop.security.certificates.identity import Identity, holds
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk

# Said in the seal itself: it vouches for the file, never for a person.
_REASON = "Sealed by the laptop that recorded it"


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """Which document of which record is wanted. With `variant` it is sealed and kept under that name, else only made.

    `fingerprint` is that of the record as it will be printed: a kept document of another state is not taken for it.
    """

    about: Record
    order: Order
    variant: str = ""
    fingerprint: str = ""


class _Fresh(msgspec.Struct, frozen=True):
    """A document that was sealed a moment ago and is not kept yet."""

    document: Document
    sealing: Sealing
    identity: Identity


def fetch_paper(
    desk: Desk,
    paper: Paper,
    *,
    owner: QObject,
    then: Callable[[bytes], object],
    otherwise: Callable[[LiaisonError], object] | None = None,
) -> None:
    """Bring a document on another thread; `then` gets its bytes on the window's, once a sealed one is kept."""
    store = desk.store

    def land(made: _Fresh | bytes) -> None:
        then(_keep(store, paper, made) if isinstance(made, _Fresh) else made)

    desk.jobs.run(lambda: _make(store, paper), owner=owner, then=land, otherwise=otherwise)


def _make(store: Store, paper: Paper) -> _Fresh | bytes:
    workshop = workshop_of(store)
    if not paper.variant:
        return workshop.make(paper.order).content
    kept = _kept(store, paper)
    if kept is not None:
        return _opened(store, kept)
    identity = sealer_of(store).identity()
    sealing = Sealing(certificate=identity.certificate, chain=identity.chain, at=store.clock(), reason=_REASON)
    return _Fresh(workshop.make(paper.order, sealing, identity.sign_document), sealing, identity)


def _kept(store: Store, paper: Paper) -> SealedDocument | None:
    found = sealed_of(store, paper.about.id, paper.variant)
    return next((each for each in found if each.record_sha256 == paper.fingerprint), None)


def _opened(store: Store, kept: SealedDocument) -> bytes:
    if not holds(kept.device_key, kept.device_signature, kept.record_sha256, kept.file):
        raise Damaged("The sealed document in the store is not the one that was sealed. Have the store checked.")
    return store.attachments.get(kept.file)


def _keep(store: Store, paper: Paper, made: _Fresh) -> bytes:
    # Two pages may have asked for the same paper at once: the first one that was kept is the document.
    kept = _kept(store, paper)
    if kept is not None:
        return _opened(store, kept)
    keep_sealed(store, paper.about, made.document, made.sealing, made.identity, variant=paper.variant)
    return made.document.content
