"""Certificates that come from outside: the organisation's PKCS#12 for this laptop, and an authority's certificate.

Everything that would make a seal worthless later is refused here, where somebody can still ask for another file.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from liaison_desktop.errors import Fault, Refused, Unreadable
from liaison_desktop.security.certificates.identity import Identity

if TYPE_CHECKING:
    from cryptography import x509

_LONGEST = 8  # certificates from the laptop's up to the authority's
MOST_BYTES = 1_000_000


def read_pkcs12(content: bytes, passphrase: str, now: dt.datetime, record_key: bytes = b"") -> Identity:
    """The key and certificates of a .p12 or .pfx file, checked. Raises Refused beside `file` or `passphrase`."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

    if not content.startswith(b"0"):
        raise _refused("file", "This is not a certificate file with a key (.p12 or .pfx).")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError:
        # A wrong passphrase and a damaged file look the same from here.
        raise _refused("passphrase", "This passphrase does not open the file, or the file is damaged.") from None
    if key is None or certificate is None:
        raise _refused("file", "The file holds no key with its certificate. Ask for one that has both.")
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _refused("file", "The key is not an ECDSA key on the curve P-256. Ask for a certificate with such a key.")
    if key.public_key() != certificate.public_key():
        raise _refused("file", "The key does not belong to the certificate in this file.")
    _check_use(certificate, now)
    chain = _chain(certificate, others, now)
    if len(chain) == 0:
        raise _refused(
            "file",
            "The file does not hold the certificate of the authority that issued it. Ask for one with the whole chain.",
        )
    return Identity(
        key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.DER),
        chain=tuple(each.public_bytes(Encoding.DER) for each in chain),
        record_key=record_key or secrets.token_bytes(32),
    )


def read_authority(content: bytes) -> bytes:
    """The certificate of an authority as DER, from a PEM or DER file. Raises Unreadable if it is none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
        certificate = load(content)
    except ValueError:
        raise Unreadable("This file is not the certificate of an authority.") from None
    if not _is_authority(certificate):
        raise Unreadable("This certificate is not that of an authority: it may not issue others.")
    return certificate.public_bytes(Encoding.DER)


def as_pem(certificate: bytes) -> bytes:
    """A certificate (DER) as the text file that other programs take."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)


def _check_use(certificate: x509.Certificate, now: dt.datetime) -> None:
    from cryptography import x509

    if now < certificate.not_valid_before_utc:
        raise _refused("file", "The certificate is not valid yet. Is the laptop's clock right?")
    if now > certificate.not_valid_after_utc:
        raise _refused("file", "The certificate has run out. Ask for a new one.")
    if _is_authority(certificate):
        raise _refused("file", "This is the certificate of an authority, not of a laptop.")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise _refused("file", "The certificate may not be used to sign. Ask for one for signatures.")


def _is_authority(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def _chain(
    certificate: x509.Certificate, others: list[x509.Certificate], now: dt.datetime
) -> tuple[x509.Certificate, ...]:
    """The certificates above this one, up to one that vouches for itself; empty if that is not there."""
    found: list[x509.Certificate] = []
    below = certificate
    while len(found) < _LONGEST:
        above = next((each for each in others if _issued(below, each, now)), None)
        if above is None:
            return ()
        found.append(above)
        if above.subject == above.issuer:
            return tuple(found)
        below = above
    return ()


def _issued(below: x509.Certificate, above: x509.Certificate, now: dt.datetime) -> bool:
    from cryptography.exceptions import InvalidSignature

    if not _is_authority(above) or not above.not_valid_before_utc <= now <= above.not_valid_after_utc:
        return False
    try:
        below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _refused(field: str, message: str) -> Refused:
    return Refused((Fault(field=field, message=message),))
