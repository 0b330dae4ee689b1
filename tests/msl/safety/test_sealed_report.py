"""The sealed file: it opens with its passphrase on a laptop without a store, and with nothing else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.__main__ import main
from liaison_desktop.errors import Damaged, Refused, WrongPassphrase
from liaison_desktop.msl.safety.actions import capture_event
from liaison_desktop.msl.safety.document import JSON_NAME, PDF_NAME, phone_script, seal_event
from liaison_desktop.security.passphrase import Cost
from liaison_desktop.security.sealed_file import MAGIC, open_sealed
from liaison_desktop.store import Store

SECRET = "bako riven osmul delta"
QUICK = Cost(memory_kib=19 * 1024, passes=1, lanes=1)


def test_pdf_and_json_come_out_as_they_went_in(msl_store: Store) -> None:
    event = capture_event(msl_store, "One patient stopped after severe itching. 東京 too.")
    sealed = seal_event(event, SECRET, reported_by="Amara Lindqvist", cost=QUICK)
    assert b"itching" not in sealed.content
    assert event.number.encode() not in sealed.content
    parts = open_sealed(sealed.content, SECRET)
    assert parts[PDF_NAME].startswith(b"%PDF-")
    assert json.loads(parts[JSON_NAME])["description"] == event.description


def test_nothing_else_opens_it(msl_store: Store) -> None:
    sealed = seal_event(capture_event(msl_store, "Rash."), SECRET, reported_by="A", cost=QUICK).content
    with pytest.raises(WrongPassphrase):
        open_sealed(sealed, SECRET + "!")
    for at in (len(MAGIC) + 30, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((WrongPassphrase, Damaged)):
            open_sealed(bytes(changed), SECRET)
    with pytest.raises(Refused):
        seal_event(capture_event(msl_store, "Rash."), "short", reported_by="A", cost=QUICK)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(noise: bytes) -> None:
    for content in (noise, MAGIC + noise):
        with pytest.raises(Damaged):
            open_sealed(content, SECRET)


def test_the_command_reads_it_without_a_store(
    msl_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    event = capture_event(msl_store, "One patient stopped after severe itching.")
    path = tmp_path / "report.sealed"
    path.write_bytes(seal_event(event, SECRET, reported_by="A", cost=QUICK).content)
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    assert main(["safety", "open", str(path), "--passphrase-stdin", "--to", str(tmp_path / "out")]) == 0
    assert "severe itching" in capsys.readouterr().out
    assert (tmp_path / "out" / PDF_NAME).read_bytes().startswith(b"%PDF-")
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    assert main(["safety", "open", str(path), "--passphrase-stdin"]) == 2
    assert "does not open this file" in capsys.readouterr().err


def test_the_script_says_what_is_known_and_what_is_not(msl_store: Store) -> None:
    event = capture_event(msl_store, "One patient stopped after severe itching.")
    said = phone_script(msgspec.structs.replace(event, product_name="Velacor"), "Amara Lindqvist")
    assert "This is Amara Lindqvist" in said
    assert "One patient stopped after severe itching" in said
    assert "Product as told: Velacor." in said
    assert "Still missing: patient (ask age group, sex or initials)" in said
