"""Putting the seal on: a PAdES B-B certification signature, P-256 with SHA-256, over the field the document brings."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.documents.finish import Stage
from liaison_desktop.errors import Unprintable

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner, Signer

# The name of the signature field; the document kit makes it, of no size, inside the structure of a tagged page.
FIELD = "LiaisonSeal"
_LONGEST_DER = 72  # bytes of an ECDSA signature on P-256


class Sealing(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to seal one document but the key: certificates (DER), the moment, and why it is sealed."""

    certificate: bytes
    chain: tuple[bytes, ...]
    at: dt.datetime
    reason: str

    @property
    def certificate_sha256(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return hashlib.sha256(self.certificate).hexdigest()


# Signs the signed attributes (bytes) of a seal with the key of the certificate; gives an ECDSA signature as DER.
SignBytes = Callable[[bytes], bytes]


def seal_stage(sealing: Sealing, sign: SignBytes) -> Stage:
    """The last stage of a document: sealed, opened again and verified. Raises Unprintable if it does not verify."""

    def stage(content: bytes) -> bytes:
        from liaison_desktop.documents.sealing.verifying import Verdict, check

        done = sealed(content, sealing, sign)
        found = check(done, (sealing.chain[-1],))
        if found.verdict is not Verdict.GOOD:
            faults = " ".join(finding.words for finding in found.findings if not finding.good)
            raise Unprintable(f"The document was sealed but does not verify, so it is not handed out. {faults}")
        return done

    return stage


def load() -> None:
    """Load the library of the seal, which takes about 0.4 s, before the first document waits for it."""
    import pyhanko.pdf_utils.incremental_writer
    import pyhanko.sign.signers  # noqa: F401


def sealed(content: bytes, sealing: Sealing, sign: SignBytes) -> bytes:
    """The document with the seal appended; nothing of what was there is written again. About 25 ms."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    _signer(sealing, sign).sign_pdf(writer, existing_fields_only=_has_field(writer), output=out)
    return out.getvalue()


def _has_field(writer: IncrementalPdfFileWriter) -> bool:
    from pyhanko.sign.fields import enumerate_sig_fields

    return any(name == FIELD for name, _value, _field in enumerate_sig_fields(writer.prev, filled_status=False))


def _signer(sealing: Sealing, sign: SignBytes) -> PdfSigner:
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class SignerAt(PdfSigner):
        """Writes the moment of the record's own clock instead of the machine's."""

        def init_signing_session(self, *words: Any, **named: Any) -> Any:
            session = super().init_signing_session(*words, **named)
            session.system_time = sealing.at
            return session

    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=sealing.reason,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        # Not P=1: every byte added under it, a later timestamp too, makes some readers call the document broken.
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    # Used only for a document whose kit made no field: of no size, and printed with the page as archives ask.
    spec = SigFieldSpec(FIELD, on_page=0, box=(0, 0, 0, 0), invis_sig_settings=InvisSigSettings(set_hidden_flag=False))
    return SignerAt(about, signer=_key_elsewhere(sealing, sign), new_field_spec=spec)


def _key_elsewhere(sealing: Sealing, sign: SignBytes) -> Signer:
    from asn1crypto import x509
    from asn1crypto.algos import SignedDigestAlgorithm
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class KeyElsewhere(Signer):
        """Has the certificate; whoever has the key signs when asked."""

        async def async_sign_raw(self, attributes: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(_LONGEST_DER) if dry_run else sign(attributes)

    chain = SimpleCertificateStore.from_certs([x509.Certificate.load(each) for each in sealing.chain])
    return KeyElsewhere(
        signing_cert=x509.Certificate.load(sealing.certificate),
        cert_registry=chain,
        signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        embed_roots=True,
    )
