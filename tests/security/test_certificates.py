"""Certificates: made here, imported from an organisation, refused when they would be worthless; and how keys rest."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_der_private_key, pkcs12
from cryptography.x509.oid import NameOID

from liaison_desktop.errors import Refused, Unreadable
from liaison_desktop.security.certificates.authority import Authority, issue, make_authority
from liaison_desktop.security.certificates.identity import Identity, NoSeal, holds, shown_name
from liaison_desktop.security.certificates.importing import as_pem, read_authority, read_pkcs12
from liaison_desktop.security.certificates.keeping import forget, keep, open_kept
from tests.fakes import TODAY
from tests.security.rings import FailKeyring, LockedKeyring, MemoryKeyring, NullKeyring

PASSPHRASE = "given by telephone"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority("K7", TODAY)


@pytest.fixture(scope="module")
def identity(authority: Authority) -> Identity:
    return issue(authority, "K7", TODAY)


def a_file(
    identity: Identity, *, with_chain: bool = True, key: object = None, certificate: x509.Certificate | None = None
) -> bytes:
    chain = [x509.load_der_x509_certificate(each) for each in identity.chain] if with_chain else None
    return pkcs12.serialize_key_and_certificates(
        b"laptop",
        key or load_der_private_key(identity.key, None),  # type: ignore[arg-type]
        certificate or x509.load_der_x509_certificate(identity.certificate),
        chain,
        BestAvailableEncryption(PASSPHRASE.encode()),
    )


def refused(content: bytes, passphrase: str = PASSPHRASE, now: dt.datetime = TODAY) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read_pkcs12(content, passphrase, now)
    return caught.value.faults[0].field, caught.value.faults[0].message


# -- made here --------------------------------------------------------------------------------------------------------


def test_a_certificate_of_our_own_holds_and_names_no_host_and_no_person(identity: Identity) -> None:
    made = x509.load_der_x509_certificate(identity.certificate)
    made.verify_directly_issued_by(x509.load_der_x509_certificate(identity.authority))
    assert shown_name(identity.certificate) == "Laptop K7"
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert made.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert identity.own


def test_no_key_stands_in_what_is_printed_of_it(identity: Identity, authority: Authority) -> None:
    for each in (identity, authority, keep(identity.key, None)):
        assert identity.key[-12:].hex() not in repr(each)
        assert repr(identity.key)[2:30] not in repr(each)


def test_two_authorities_of_one_laptop_are_told_apart(authority: Authority) -> None:
    assert shown_name(make_authority("K7", TODAY).certificate) != shown_name(authority.certificate)


def test_the_detached_signature_binds_record_and_document(identity: Identity) -> None:
    record, document = "ab" * 32, "cd" * 32
    public, signature = identity.seal_record(record, document)
    assert holds(public, signature, record, document)
    assert not holds(public, signature, document, record)
    assert not holds(public, signature, record, "ce" * 32)
    assert not holds(public, "00" * 64, record, document)
    assert not holds("nonsense", signature, record, document)


# -- from outside -----------------------------------------------------------------------------------------------------


def test_an_organisation_s_file_is_taken_with_its_chain(identity: Identity) -> None:
    taken = read_pkcs12(a_file(identity), PASSPHRASE, TODAY)
    assert (taken.certificate, taken.chain, taken.key) == (identity.certificate, identity.chain, identity.key)
    assert not taken.own


def test_a_wrong_passphrase_is_said_beside_it(identity: Identity) -> None:
    assert refused(a_file(identity), "something else")[0] == "passphrase"


def test_a_file_without_its_authority_is_refused(identity: Identity) -> None:
    assert "authority that issued it" in refused(a_file(identity, with_chain=False))[1]


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7"])
def test_another_file_is_refused(content: bytes) -> None:
    assert refused(content) == ("file", "This is not a certificate file with a key (.p12 or .pfx).")


def test_a_damaged_file_is_refused(identity: Identity) -> None:
    assert refused(a_file(identity)[:-50])[0] == "passphrase"


def test_a_certificate_out_of_its_time_is_refused(identity: Identity) -> None:
    assert "run out" in refused(a_file(identity), now=TODAY + dt.timedelta(days=365 * 4))[1]
    assert "not valid yet" in refused(a_file(identity), now=TODAY - dt.timedelta(days=30))[1]


def test_the_certificate_of_an_authority_is_no_laptop_s(authority: Authority, identity: Identity) -> None:
    own = load_der_private_key(authority.key, None)
    file = a_file(identity, key=own, certificate=x509.load_der_x509_certificate(authority.certificate))
    assert "of an authority, not of a laptop" in refused(file)[1]


def _issued(authority: Authority, public: object, usage: bool) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Riverbend laptop 12")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.load_der_x509_certificate(authority.certificate).subject)
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(5)
        .not_valid_before(TODAY)
        .not_valid_after(TODAY + dt.timedelta(days=9))
    )
    if usage:
        names = ("digital_signature", "content_commitment", "data_encipherment", "key_agreement", "key_cert_sign")
        more = ("crl_sign", "encipher_only", "decipher_only")
        builder = builder.add_extension(
            x509.KeyUsage(key_encipherment=True, **dict.fromkeys((*names, *more), False)), critical=True
        )
    key = load_der_private_key(authority.key, None)
    return builder.sign(key, hashes.SHA256())  # type: ignore[arg-type]


def test_a_key_of_another_kind_is_refused(authority: Authority, identity: Identity) -> None:
    for key in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())):
        file = a_file(identity, key=key, certificate=_issued(authority, key.public_key(), False))
        assert "P-256" in refused(file)[1]


def test_a_certificate_for_something_else_than_signing_is_refused(authority: Authority, identity: Identity) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    file = a_file(identity, key=key, certificate=_issued(authority, key.public_key(), True))
    assert "may not be used to sign" in refused(file)[1]


def test_a_chain_that_does_not_hang_together_is_refused(authority: Authority, identity: Identity) -> None:
    other = make_authority("K7", TODAY)
    key = ec.generate_private_key(ec.SECP256R1())
    mine = _issued(authority, key.public_key(), False)
    stranger = Identity(key=identity.key, certificate=identity.certificate, chain=(other.certificate,), record_key=b"")
    assert "authority that issued it" in refused(a_file(stranger, key=key, certificate=mine))[1]


def test_an_authority_s_certificate_is_read_in_both_forms(authority: Authority, identity: Identity) -> None:
    assert read_authority(as_pem(authority.certificate)) == authority.certificate
    assert read_authority(authority.certificate) == authority.certificate
    for nothing in (b"", b"-----BEGIN CERTIFICATE-----\nx", identity.certificate):
        with pytest.raises(Unreadable):
            read_authority(nothing)


# -- at rest ----------------------------------------------------------------------------------------------------------


def test_with_a_keyring_neither_half_alone_gives_the_key() -> None:
    ring, secret = MemoryKeyring(), bytes(range(60))
    kept = keep(secret, ring)
    assert open_kept(kept, ring) == secret
    assert secret not in kept.content
    assert all(len(half) <= 44 for half in ring.kept.values())
    for without in (MemoryKeyring(), LockedKeyring(), None):
        with pytest.raises(NoSeal, match="Settings"):
            open_kept(kept, without)
    entry = next(iter(ring.kept))
    ring.kept[entry] = keep_other(ring)
    with pytest.raises(NoSeal):
        open_kept(kept, ring)


def keep_other(ring: MemoryKeyring) -> str:
    keep(b"another", ring)
    return list(ring.kept.values())[-1]


@pytest.mark.parametrize("ring", [None, FailKeyring(), LockedKeyring(), NullKeyring()])
def test_without_a_keyring_that_keeps_the_store_alone_holds_it(ring: MemoryKeyring | None) -> None:
    kept = keep(b"secret", ring)
    assert (kept.entry, open_kept(kept, ring)) == ("", b"secret")


def test_what_is_no_longer_needed_is_forgotten() -> None:
    ring = MemoryKeyring()
    forget(keep(b"secret", ring), ring)
    assert ring.kept == {}
