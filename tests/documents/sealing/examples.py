"""A sealed document and who sealed it. Made once for all tests of a run: nothing here is changed by a test."""

from __future__ import annotations

import functools

import msgspec

from liaison_desktop.clinical.consents.document.making import make_summary
from liaison_desktop.documents.sealing.seal import Sealing, sealed
from liaison_desktop.documents.styles import sheet
from liaison_desktop.security.certificates.authority import Authority, issue, make_authority
from liaison_desktop.security.certificates.identity import Identity
from tests.documents.samples import a_summary
from tests.fakes import TODAY


@functools.cache
def the_authority() -> Authority:
    return make_authority("T", TODAY)


@functools.cache
def the_identity() -> Identity:
    return issue(the_authority(), "T", TODAY)


def a_sealing(identity: Identity | None = None, **other: object) -> Sealing:
    who = identity or the_identity()
    made = Sealing(certificate=who.certificate, chain=who.chain, at=TODAY, reason="Sealed as recorded")
    return msgspec.structs.replace(made, **other)


@functools.cache
def plain() -> bytes:
    """A consent summary before it is sealed."""
    return make_summary(a_summary(), sheet("letter"), "Patient copy").content


@functools.cache
def a_sealed() -> bytes:
    """The same, sealed."""
    return sealed(plain(), a_sealing(), the_identity().sign_document)


ROOTS = (the_authority().certificate,)
