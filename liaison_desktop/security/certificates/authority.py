"""An authority of this laptop's own, for a desk without an organisation: its root, and the certificates it issues.

The names hold the laptop's short prefix and never its host name, which often is a person's: a certificate leaves with
every sealed document. The profile is that of RFC 5280, with the extended key usage for documents of RFC 9336.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.security.certificates.identity import Identity

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

ROOT_YEARS, DEVICE_YEARS = 20, 3
RENEW_DAYS = 30  # a certificate that runs out sooner is issued anew
_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"
_BACK = dt.timedelta(days=1)  # a second laptop's clock may be behind


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A root: its key (PKCS#8) and its certificate, both DER."""

    key: bytes
    certificate: bytes

    def __repr__(self) -> str:
        return "Authority(…)"


def make_authority(prefix: str, now: dt.datetime) -> Authority:
    """A new root with a name nobody else has. `prefix` is the laptop's, such as K7."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Seal authority of laptop {prefix} ({secrets.token_hex(3).upper()})")
    usage = _usage(key_cert_sign=True, crl_sign=True)
    builder = _begun(name, name, key, now, ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.add_extension(usage, critical=True).sign(key, _sha256())
    return Authority(key=_der(key), certificate=_public(certificate))


def issue(authority: Authority, prefix: str, now: dt.datetime, record_key: bytes = b"") -> Identity:
    """A new key of this laptop with a certificate of that root. `record_key` keeps the Ed25519 key it had before."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    issuer_key = serialization.load_der_private_key(authority.key, None)
    root = x509.load_der_x509_certificate(authority.certificate)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise TypeError("a root of ours has a P-256 key")
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begun(_name(f"Laptop {prefix}"), root.subject, key, now, DEVICE_YEARS)
    for extension, critical in (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True, content_commitment=True), True),
        (x509.ExtendedKeyUsage([x509.ObjectIdentifier(_DOCUMENT_SIGNING)]), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False),
    ):
        builder = builder.add_extension(extension, critical=critical)
    certificate = builder.sign(issuer_key, _sha256())
    return Identity(
        key=_der(key),
        certificate=_public(certificate),
        chain=(authority.certificate,),
        record_key=record_key or secrets.token_bytes(32),
        own=True,
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: dt.datetime, years: int
) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACK)
        .not_valid_after(now + dt.timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(text: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(**wanted: bool) -> x509.KeyUsage:
    from cryptography import x509

    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})


def _sha256() -> hashes.SHA256:
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def _der(key: ec.EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _public(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
