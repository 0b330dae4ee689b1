"""A sealed document verifies, says who sealed it and when, and nothing about it can be exchanged unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import shutil
import subprocess
from pathlib import Path

import pytest

from liaison_desktop.documents.sealing.seal import FIELD, seal_stage, sealed
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.errors import Unprintable
from liaison_desktop.security.certificates.authority import issue, make_authority
from tests.documents.sealing.examples import ROOTS, a_sealed, a_sealing, plain, the_authority, the_identity
from tests.fakes import TODAY


def words(content: bytes, roots: tuple[bytes, ...] = ROOTS) -> str:
    return " ".join(finding.words for finding in check(content, roots).findings)


def test_a_sealed_document_is_good_and_says_whose_seal_it_is_and_when() -> None:
    found = check(a_sealed(), ROOTS)
    assert found.verdict is Verdict.GOOD
    assert found.sealed_by == "Laptop T"
    assert found.sealed_at == TODAY
    assert found.authority_sha256 == hashlib.sha256(the_authority().certificate).hexdigest()
    assert found.certificate_sha256 == the_identity().certificate_sha256
    assert found.findings[0].words == "Nothing was changed or added since it was sealed."


def test_what_stood_in_the_document_stands_there_byte_for_byte() -> None:
    assert a_sealed().startswith(plain())


def test_a_seal_of_an_authority_nobody_named_is_whole_but_unknown() -> None:
    found = check(a_sealed())
    assert found.verdict is Verdict.UNKNOWN
    assert "Nobody here knows the authority" in found.findings[-1].words
    other = make_authority("Z", TODAY)
    assert check(a_sealed(), (other.certificate,)).verdict is Verdict.UNKNOWN


def test_a_document_sealed_again_by_a_stranger_is_unknown() -> None:
    stranger = issue(make_authority("T", TODAY), "T", TODAY)
    forged = sealed(plain(), a_sealing(stranger), stranger.sign_document)
    assert check(forged, ROOTS).verdict is Verdict.UNKNOWN
    assert check(forged, ROOTS).sealed_by == "Laptop T", "the name alone proves nothing"


def test_a_certificate_that_ran_out_later_does_not_undo_the_seal() -> None:
    # The check asks whether it held when it sealed; a consent is kept longer than a certificate lasts.
    old = TODAY - dt.timedelta(days=365 * 6)
    authority = make_authority("T", old)
    who = issue(authority, "T", old)
    then = sealed(plain(), a_sealing(who, at=old), who.sign_document)
    assert check(then, (authority.certificate,)).verdict is Verdict.GOOD
    late = sealed(plain(), a_sealing(who, at=old + dt.timedelta(days=365 * 4)), who.sign_document)
    found = check(late, (authority.certificate,))
    assert found.verdict is Verdict.UNKNOWN
    assert "did not hold when it was used" in found.findings[-1].words


def test_another_key_than_that_of_the_certificate_is_seen_at_once() -> None:
    stranger = issue(the_authority(), "T", TODAY)
    wrong = sealed(plain(), a_sealing(), stranger.sign_document)
    assert check(wrong, ROOTS).verdict is Verdict.CHANGED
    with pytest.raises(Unprintable, match="does not verify"):
        seal_stage(a_sealing(), stranger.sign_document)(plain())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a PDF"),
        (b"Dear colleague", "not a PDF"),
        (b"%PDF-1.4 and nothing", "without a seal"),
    ],
)
def test_what_is_not_ours_is_said_to_be_none_of_ours(content: bytes, said: str) -> None:
    assert check(content, ROOTS).verdict is Verdict.NOT_OURS
    assert said in words(content)


def test_a_document_of_ours_without_a_seal_is_not_taken_for_a_sealed_one() -> None:
    assert check(plain(), ROOTS).verdict is Verdict.NOT_OURS


def test_a_file_cut_short_is_damaged_and_not_a_stranger() -> None:
    assert check(a_sealed()[:-400], ROOTS).verdict is Verdict.CHANGED


def test_a_huge_file_is_not_read() -> None:
    assert "too large" in words(b"%PDF-" + bytes(64 * 1024 * 1024))


def test_the_check_writes_nothing_into_any_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        check(a_sealed())
    assert not [record for record in caplog.records if record.name.startswith("pyhanko")]


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils has pdfsig, which is not here")
def test_another_program_finds_the_seal_valid(tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(a_sealed())
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    for line in (
        f"Signature Field Name: {FIELD}",
        "Signature is Valid",
        "Total document signed",
        "ETSI.CAdES.detached",
    ):
        assert line in said
