"""The seal of a store: made once, renewed, imported, lost with the keyring; and what is kept of a sealed document."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from liaison_desktop.clinical.consents.form.papers import summary_paper
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.errors import Damaged, Refused
from liaison_desktop.records import to_bytes
from liaison_desktop.sealed.actions import Sealer, sealer_of
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.sealed.queries import sealed_of
from liaison_desktop.sealed.record import SealedDocument
from liaison_desktop.security.certificates.authority import issue, make_authority
from liaison_desktop.security.certificates.identity import NoSeal, holds
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.test_actions import active
from tests.fakes import TODAY, Clock
from tests.security.rings import MemoryKeyring
from tests.security.test_certificates import PASSPHRASE, a_file

pytestmark = pytest.mark.timeout(180)  # the library of the seal is loaded once, which a busy machine takes its time for
Fetch = Callable[[Consent], bytes]


@pytest.fixture
def fetch(clinical_desk: Desk, qtbot: object) -> Fetch:
    """Ask for the paper of a consent, and wait for it."""

    def ask(consent: Consent) -> bytes:
        landed: list[bytes] = []
        fetch_paper(
            clinical_desk, summary_paper(clinical_desk.store, consent), owner=clinical_desk.jobs, then=landed.append
        )
        qtbot.waitUntil(lambda: bool(landed), timeout=90_000)  # type: ignore[attr-defined]
        return landed[0]

    return ask


def reasons(store: Store) -> list[tuple[str, str]]:
    return [(line.act, line.reason) for line in reversed(store.lines())]


def test_a_complete_consent_is_sealed_kept_and_written_into_the_journal(
    clinical_store: Store, clock: Clock, fetch: Fetch
) -> None:
    consent = active(clinical_store, clock)
    content = fetch(consent)
    assert check(content, sealer_of(clinical_store).authorities()).verdict is Verdict.GOOD
    (kept,) = sealed_of(clinical_store, consent.id)
    assert kept.file == hashlib.sha256(content).hexdigest()
    assert clinical_store.attachments.get(kept.file) == content
    assert (kept.about_kind, kept.about_version, kept.document_number) == ("consent", consent.version, "CS-2026-T0001")
    assert kept.record_sha256 == consent.fingerprint
    assert (kept.sealed_by, kept.sealed_at) == ("Laptop T", clock())
    assert holds(kept.device_key, kept.device_signature, consent.fingerprint, kept.file)
    assert ("sealed", "consent summary, letter") in reasons(clinical_store)
    assert any(act == "keys changed" and said.startswith("seal made") for act, said in reasons(clinical_store))
    assert clinical_store.verify().broken is None


def test_the_same_document_is_given_again_and_not_sealed_twice(
    clinical_store: Store, clock: Clock, fetch: Fetch
) -> None:
    consent = active(clinical_store, clock)
    first = fetch(consent)
    clock.tick(86_400)
    assert fetch(consent) == first
    assert len(sealed_of(clinical_store, consent.id)) == 1


def test_a_sealed_document_is_never_changed_or_taken_away(clinical_store: Store, clock: Clock, fetch: Fetch) -> None:
    import msgspec

    consent = active(clinical_store, clock)
    fetch(consent)
    (kept,) = sealed_of(clinical_store, consent.id)
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(kept, sealed_by="somebody else"))
    with pytest.raises(Refused):
        clinical_store.remove(kept, reason="tidy")


def test_a_kept_record_that_was_exchanged_in_the_store_is_found(
    clinical_desk: Desk, clock: Clock, fetch: Fetch, qtbot: object
) -> None:
    store = clinical_desk.store
    consent = active(store, clock)
    fetch(consent)
    with store._engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE sealed_document SET file = ?", ("ab" * 32,))
    said: list[Exception] = []
    fetch_paper(
        clinical_desk,
        summary_paper(clinical_desk.store, consent),
        owner=clinical_desk.jobs,
        then=said.append,
        otherwise=said.append,
    )
    qtbot.waitUntil(lambda: bool(said), timeout=90_000)  # type: ignore[attr-defined]
    assert isinstance(said[0], Damaged)


# -- whose seal -------------------------------------------------------------------------------------------------------


def test_the_key_is_in_no_journal_line_and_no_row_of_a_record(clinical_store: Store, clock: Clock) -> None:
    identity = sealer_of(clinical_store, MemoryKeyring()).identity()
    secret = identity.key[-40:]
    assert not any(secret in line.content for line in clinical_store.lines())
    assert secret not in (clinical_store.device_keys.get("seal") or b""), "with a keyring the store has no bare key"


def test_the_next_sitting_seals_with_the_same_key(clinical_store: Store) -> None:
    ring = MemoryKeyring()
    first = Sealer(clinical_store, ring).identity()
    assert Sealer(clinical_store, ring).identity() == first
    with pytest.raises(NoSeal):
        Sealer(clinical_store, MemoryKeyring()).identity()
    anew = Sealer(clinical_store, MemoryKeyring())
    assert anew.make_new().certificate != first.certificate


def test_a_certificate_about_to_run_out_is_renewed_under_the_same_authority(
    clinical_store: Store, clock: Clock
) -> None:
    sealer = sealer_of(clinical_store)
    first = sealer.identity()
    clock.tick(86_400 * (365 * 3 - 20))
    second = sealer.identity()
    assert second.certificate != first.certificate
    assert second.authority == first.authority
    assert second.record_key == first.record_key


def test_an_organisation_s_certificate_takes_the_place_of_our_own(clinical_store: Store, clock: Clock) -> None:
    sealer = sealer_of(clinical_store)
    own = sealer.identity()
    theirs = issue(make_authority("R", TODAY), "R", TODAY)
    with pytest.raises(Refused):
        sealer.take(a_file(theirs), "wrong")
    assert sealer.identity() == own
    sealer.take(a_file(theirs), PASSPHRASE)
    assert sealer.identity().certificate == theirs.certificate
    assert Sealer(clinical_store).identity().certificate == theirs.certificate
    clock.set(TODAY + dt.timedelta(days=365 * 4))
    with pytest.raises(NoSeal, match="run out"):
        sealer.identity()


def test_a_seal_travels_in_no_record(clinical_store: Store) -> None:
    sealer_of(clinical_store).identity()
    assert clinical_store.all(SealedDocument) == ()
    assert b"BEGIN" not in to_bytes(SealedDocument())
