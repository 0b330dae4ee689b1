"""What this laptop seals with: a P-256 key with its certificate for documents, an Ed25519 key for records."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from liaison_desktop.errors import LiaisonError

_RECORD_SEAL = b"liaison-desktop/record-seal/v1\n"


class NoSeal(LiaisonError):
    """This laptop cannot seal now; the words say what to do about it."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Keys and certificates of this laptop, in memory while a store is open. `chain` ends with the authority's own.

    All are DER; `key` is PKCS#8 without a passphrase, `record_key` the 32 bytes of an Ed25519 seed.
    """

    key: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    record_key: bytes
    own: bool = False  # whether this laptop is its own authority

    def __repr__(self) -> str:
        # A key must not stand in an error's text because somebody printed what was at hand.
        return f"Identity({self.certificate_sha256[:16]})"

    @property
    def certificate_sha256(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return hashlib.sha256(self.certificate).hexdigest()

    @property
    def authority(self) -> bytes:
        """The certificate others have to trust, DER."""
        return self.chain[-1]

    @property
    def authority_sha256(self) -> str:
        """SHA-256 of the authority's certificate, 64 hexadecimal digits."""
        return hashlib.sha256(self.authority).hexdigest()

    def sign_document(self, attributes: bytes) -> bytes:
        """An ECDSA signature with SHA-256 (DER) over the signed attributes of one document's seal."""
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = serialization.load_der_private_key(self.key, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise NoSeal("The key of the seal is not of the kind this application uses.")
        return key.sign(attributes, ec.ECDSA(hashes.SHA256()))

    def seal_record(self, record_sha256: str, document_sha256: str) -> tuple[str, str]:
        """Ed25519 public key and detached signature, both hexadecimal, over a record and the document made of it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        key = Ed25519PrivateKey.from_private_bytes(self.record_key)
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return public.hex(), key.sign(sealed_text(record_sha256, document_sha256)).hex()

    def ends_on(self) -> dt.datetime:
        """When the certificate runs out."""
        from cryptography import x509

        return x509.load_der_x509_certificate(self.certificate).not_valid_after_utc

    def name(self) -> str:
        """Whose seal it is, as it is shown."""
        return shown_name(self.certificate)


def sealed_text(record_sha256: str, document_sha256: str) -> bytes:
    """What the detached Ed25519 signature covers, byte for byte, so that anybody can check it."""
    return _RECORD_SEAL + f"{record_sha256}\n{document_sha256}\n".encode()


def holds(public: str, signature: str, record_sha256: str, document_sha256: str) -> bool:
    """Whether a detached signature is that of this record and this document."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), sealed_text(record_sha256, document_sha256))
    except (InvalidSignature, ValueError):
        return False
    return True


def shown_name(certificate: bytes) -> str:
    """Common name and organisation of a certificate (DER), in one line and without signs that steer a terminal."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    subject = x509.load_der_x509_certificate(certificate).subject
    found = [
        str(attribute.value)
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for attribute in subject.get_attributes_for_oid(kind)[:1]
    ]
    text = ", ".join(dict.fromkeys(part.strip() for part in found if part.strip())) or subject.rfc4514_string()
    return "".join(letter for letter in text if letter.isprintable())[:120]
