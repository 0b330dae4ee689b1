"""Checking a sealed file: who sealed it, when, whether anything changed, whether the record in it is the printed one.

Works without a store and without a network. `bottom_line` of the library is what decides, never `intact` alone: a page
drawn over in an appended update leaves the sealed bytes intact.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from liaison_desktop import logs
from liaison_desktop.documents.canonical import grouped
from liaison_desktop.documents.sealing.findings import Checked, Finding, Verdict
from liaison_desktop.documents.sealing.limits import MOST_BYTES
from liaison_desktop.documents.sealing.printed import attached_files, printed_fingerprints
from liaison_desktop.documents.sealing.seal import FIELD
from liaison_desktop.errors import Unprintable

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

__all__ = ["Checked", "Finding", "Verdict", "check"]

_DAMAGED = "The file is damaged: its seal cannot be read any more."


def check(content: bytes, authorities: Sequence[bytes] = ()) -> Checked:
    """What became of this file. `authorities` are the certificates (DER) that are trusted here. Never raises; logs nothing."""
    if len(content) > MOST_BYTES:
        return _not_ours("The file is too large to be a document of this application.")
    if b"%PDF-" not in content[:1024]:
        return _not_ours("The file is not a PDF.")
    # What the libraries think of a file has its names in it; what a person has to know is in the findings.
    logs.silence("pyhanko", "pyhanko_certvalidator")
    try:
        return _checked(content, authorities)
    except Exception:  # noqa: BLE001 - a file made or broken by anybody makes the libraries stumble in any way
        # A flipped bit can hide the seal from every reader; what only a signature writes tells that there was one.
        # (The empty place of a seal does not: every document of ours has that.)
        if b"ETSI.CAdES.detached" in content or b"/ByteRange" in content:
            return Checked(verdict=Verdict.CHANGED, findings=(Finding(words=_DAMAGED, good=False),))
        return _not_ours("The file is a PDF without a seal of this application.")


def load() -> None:
    """Load the library of the check before the first document waits for it."""
    import pyhanko.sign.validation  # noqa: F401


def _not_ours(words: str) -> Checked:
    return Checked(verdict=Verdict.NOT_OURS, findings=(Finding(words=words, good=False),))


def _checked(content: bytes, authorities: Sequence[bytes]) -> Checked:
    from liaison_desktop.security.certificates.identity import shown_name

    seal = _seal_of(content)
    status = _status(seal, authorities)
    chain = _chain(seal)
    findings = (*_on_change(content, seal, status), *_on_record(seal, content))
    if any(finding.good is False for finding in findings):
        # Who sealed a changed document is told, but is worth nothing and is not praised.
        verdict = Verdict.CHANGED
    else:
        verdict = Verdict.GOOD if status.bottom_line else Verdict.UNKNOWN
        findings = (*findings, _on_trust(chain[-1], status, authorities))
    fingerprints = _printed(content)
    return Checked(
        verdict=verdict,
        findings=findings,
        sealed_by=shown_name(chain[0]),
        sealed_at=seal.self_reported_timestamp,
        certificate_sha256=hashlib.sha256(chain[0]).hexdigest(),
        authority_sha256=hashlib.sha256(chain[-1]).hexdigest(),
        fingerprint=fingerprints[-1] if fingerprints else "",
    )


def _seal_of(content: bytes) -> EmbeddedPdfSignature:
    """The seal of ours. Raises anything if there is none that can be read."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content), strict=False)
    seal: EmbeddedPdfSignature = next(each for each in reader.embedded_signatures if each.field_name == FIELD)
    seal.compute_integrity_info()
    return seal


def _status(seal: EmbeddedPdfSignature, authorities: Sequence[bytes]) -> PdfSignatureStatus:
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(each) for each in authorities],
        # The certificate had to hold when it sealed, by the laptop's own clock: a consent is kept longer than that.
        moment=seal.self_reported_timestamp or dt.datetime.now(dt.UTC),
        allow_fetching=False,
    )
    return validate_pdf_signature(seal, context, skip_diff=False)


def _on_change(content: bytes, seal: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Iterator[Finding]:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not status.intact:
        yield Finding(words="What stands in the document was changed after it was sealed.", good=False)
        return
    if not status.valid:
        yield Finding(words="The seal is not that of the certificate it names.", good=False)
        return
    if seal.docmdp_level is not MDPPerm.FILL_FORMS or not _exact(content, seal):
        yield Finding(words="The seal is not as this application writes it.", good=False)
        return
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        yield Finding(words="Nothing was changed or added since it was sealed.")
        return
    # The library would let a new title or a list of revocations pass; ours is the last word in a file, or it was changed.
    yield Finding(words="Something was added to the file after it was sealed.", good=False)


def _exact(content: bytes, seal: EmbeddedPdfSignature) -> bool:
    """Whether the room for the signature holds the signature and zeros, and nothing besides."""
    from asn1crypto.cms import ContentInfo

    _start, before, after, _rest = (int(each) for each in seal.byte_range)
    room = content[before:after]
    signed = seal.signed_data
    # The outermost shell of a signature is signed by nobody: it has to be the one form we write.
    shell = (signed["version"].native, [each["algorithm"].native for each in signed["digest_algorithms"]])
    if shell != ("v1", ["sha256"]):
        return False
    written: bytes = ContentInfo.load(seal.pkcs7_content).dump(force=True).hex().upper().encode()
    return room == b"<" + written.ljust(len(room) - 2, b"0") + b">"


def _on_record(seal: EmbeddedPdfSignature, content: bytes) -> Iterator[Finding]:
    printed = _printed(content)
    attached = attached_files(seal.reader.get_historical_resolver(seal.signed_revision))
    if not attached:
        yield Finding(words="No record is attached to it.", good=None)
        return
    digests = {hashlib.sha256(part).hexdigest() for _name, part in attached}
    if digests & set(printed):
        yield Finding(words="The record attached to it is the one whose fingerprint is printed on its pages.")
    else:
        yield Finding(words="The record attached to it is not the one whose fingerprint is printed.", good=False)


def _on_trust(root: bytes, status: PdfSignatureStatus, authorities: Sequence[bytes]) -> Finding:
    from liaison_desktop.security.certificates.identity import shown_name

    name, digits = shown_name(root), hashlib.sha256(root).hexdigest()
    if status.trusted:
        return Finding(words=f"The seal was issued by an authority that is trusted here: {name}.")
    if root in authorities:
        return Finding(
            words=f"The certificate of the seal did not hold when it was used. Authority: {name}.", good=False
        )
    return Finding(
        words=f"Nobody here knows the authority that issued the seal: {name}. "
        f"Compare these digits with those the sender tells you: {grouped(digits)}.",
        good=False,
    )


def _chain(seal: EmbeddedPdfSignature) -> tuple[bytes, ...]:
    """The certificates the seal brings along, from its own to the authority's (DER), each issued by the next.

    Raises anything if they do not hang together or if there are others: ours bring what is needed and no more.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    below = x509.load_der_x509_certificate(seal.signer_cert.dump())
    left = [x509.load_der_x509_certificate(each.dump()) for each in seal.other_embedded_certs]
    found = [below]
    while left:
        above = next(each for each in left if each.subject == below.issuer)
        below.verify_directly_issued_by(above)
        left.remove(above)
        found.append(above)
        below = above
    below.verify_directly_issued_by(below)
    return tuple(each.public_bytes(Encoding.DER) for each in found)


def _printed(content: bytes) -> tuple[str, ...]:
    try:
        return printed_fingerprints(content)
    except Unprintable:
        return ()
