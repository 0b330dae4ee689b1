"""Materials in versions: states, what may be changed, and files with hostile names and contents."""

from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.documents.foreign import look_over
from liaison_desktop.errors import Refused, Unprintable, Unreadable
from liaison_desktop.interop import read_whole
from liaison_desktop.msl.materials.actions import add_version, open_version, save_material, withdraw_version
from liaison_desktop.msl.materials.record import Material, MaterialKind, MaterialVersion, Use, VersionStatus
from liaison_desktop.msl.materials.rules import State, clean_name, ending_of, is_pdf, material_state, state_of
from liaison_desktop.paths import resource
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Act, Store
from tests.fakes import TODAY

DAY = TODAY.date()
PDF = resource("practice", "velacor-label.pdf").read_bytes()
POLICY = load_policy("msl")


def a_version(**changed: Any) -> MaterialVersion:
    made = MaterialVersion(
        number="1",
        approval_ref="MED-1",
        approved_on=DAY - dt.timedelta(days=9),
        expires_on=DAY + dt.timedelta(days=300),
    )
    return msgspec.structs.replace(made, **changed)


def a_material(store: Store, content: bytes = PDF, name: str = "label.pdf", **changed: Any) -> Material:
    blank = Material(name="Velacor label", material_kind=MaterialKind.LABEL, use=Use.PROACTIVE)
    return add_version(store, blank, a_version(**changed), content, name)


def refused(store: Store, content: bytes = PDF, **changed: Any) -> str:
    with pytest.raises(Refused) as caught:
        a_material(store, content, **changed)
    assert store.all(Material) == ()
    return str(caught.value)


@pytest.mark.parametrize(
    ("left", "state"), [(300, State.CURRENT), (60, State.EXPIRING), (0, State.EXPIRING), (-1, State.EXPIRED)]
)
def test_the_state_follows_from_the_day(left: int, state: State) -> None:
    assert state_of(a_version(expires_on=DAY + dt.timedelta(days=left)), DAY, POLICY) is state


def test_a_version_comes_in_with_its_file_and_says_which_rules_held(msl_store: Store) -> None:
    material = a_material(msl_store)
    (version,) = material.versions
    assert open_version(msl_store, material, version) == PDF
    assert msl_store.lines(limit=1)[0].act == Act.VIEWED
    assert (version.size, version.file_name) == (len(PDF), "label.pdf")
    assert material.policy_version == POLICY.version
    assert material_state(material, DAY, POLICY) is State.CURRENT


def test_what_stands_in_the_way_leaves_neither_record_nor_file(msl_store: Store) -> None:
    assert "Choose the file" in refused(msl_store, b"")
    assert "Approval reference is needed" in refused(msl_store, approval_ref=" ")
    assert "not come yet" in refused(msl_store, approved_on=DAY + dt.timedelta(days=1))
    assert "before it was approved" in refused(msl_store, expires_on=DAY - dt.timedelta(days=99))
    assert "the most is 50.0 MB" in refused(msl_store, b"x" * 50_000_001)
    with msl_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 0


def test_a_number_is_given_once(msl_store: Store) -> None:
    material = a_material(msl_store)
    with pytest.raises(Refused, match="version of this number already"):
        add_version(msl_store, material, a_version(number="v1", id=msgspec.structs.replace(material).id), PDF, "b.pdf")


def test_a_version_is_withdrawn_with_a_reason_and_for_good(msl_store: Store) -> None:
    material = a_material(msl_store)
    with pytest.raises(Refused, match="Say why"):
        withdraw_version(msl_store, material.id, material.versions[0].id, " ")
    gone = withdraw_version(msl_store, material.id, material.versions[0].id, "Wrong dose on page 2")
    assert (gone.versions[0].status, gone.versions[0].withdrawn_on) == (VersionStatus.WITHDRAWN, DAY)
    assert material_state(gone, DAY, POLICY) is State.WITHDRAWN
    assert open_version(msl_store, gone, gone.versions[0]) == PDF
    back = msgspec.structs.replace(
        gone, versions=(msgspec.structs.replace(gone.versions[0], status=VersionStatus.APPROVED),)
    )
    with pytest.raises(Refused, match="stays as it was approved"):
        save_material(msl_store, back)


@pytest.mark.parametrize("change", [{"expires_on": DAY}, {"sha256": "ab"}, {"number": "2"}, None])
def test_the_store_refuses_to_change_or_lose_a_version(msl_store: Store, change: dict[str, Any] | None) -> None:
    material = a_material(msl_store)
    versions = () if change is None else (msgspec.structs.replace(material.versions[0], **change),)
    with pytest.raises(Refused, match="version"):
        msl_store.save(msgspec.structs.replace(material, versions=versions))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("deck\u202efdp.exe", "deckfdp.exe"),
        ("a\nb\x00c.pptx", "abc.pptx"),
        ("con<>|?*.pdf", "con.pdf"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, kept: str) -> None:
    assert clean_name(name) == kept


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_kept(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept) <= 120
    assert "/" not in kept
    assert "\\" not in kept
    assert clean_name(kept) == kept
    assert not Material(name="x", versions=(a_version(file_name=kept),)).faults()[2:]
    assert ending_of(kept) == "" or ending_of(kept)[1:].isalnum()


def test_any_file_is_kept_as_it_is(msl_store: Store) -> None:
    for content in (b"PK\x03\x04 a deck", b"\x00", b"MZ" + os.urandom(500), b"<script>alert(1)</script>"):
        material = a_material(msl_store, content, "deck.pptx")
        assert msl_store.attachments.get(material.versions[0].sha256) == content
        assert not is_pdf(content)


def test_only_a_plain_file_within_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 11)
    os.mkfifo(tmp_path / "pipe")
    for name, words in (("empty", "empty"), ("large", "too large"), ("pipe", "not a file"), ("none", "not a file")):
        with pytest.raises(Unreadable, match=words):
            read_whole(tmp_path / name, 10)
    with pytest.raises(Unreadable, match="not a file"):
        read_whole(tmp_path, 10)


def test_a_broken_document_is_refused_in_words() -> None:
    assert look_over(PDF) == 2
    bomb = PDF.replace(b"/MediaBox [ 0 0 612 792 ]", b"/MediaBox [ 0 0 99999 99999 ]")
    assert bomb != PDF
    for content, words in ((b"%PDF-1.7\n", "broken"), (PDF[: len(PDF) // 3], "broken"), (bomb, "too large")):
        with pytest.raises(Unprintable, match=words):
            look_over(content)


def test_a_document_with_wrong_bytes_is_shown_or_refused(qapp: object) -> None:
    from liaison_desktop.documents.preview import Pages

    chance, pages = random.Random(7), Pages()
    for _ in range(150):
        content = bytearray(PDF)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            count = look_over(bytes(content))
        except Unprintable:
            continue
        pages.load(bytes(content))
        assert pages.count == count
        for number in range(count):
            assert not pages.image(number).isNull()
    pages.clear()
