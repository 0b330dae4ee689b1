"""The evidence pack: verified as it is, every change named, hostile files refused in one line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison_desktop.__main__ import main
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.document import evidence_pack, sent_with
from liaison_desktop.msl.inquiries.queries import journal_of
from liaison_desktop.msl.inquiries.record import WaiverReason
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.store import Store
from tests.msl.builders import a_world
from tests.msl.inquiries.builders import an_inquiry, in_progress
from tests.msl.inquiries.test_documents_sent import a_letter, sent

Files = dict[str, bytes]


@pytest.fixture
def pack(msl_store: Store, tmp_path: Path) -> Path:
    """The pack of an inquiry from question to delivery."""
    world = a_world(msl_store)
    inquiry = in_progress(msl_store, world)
    inquiry = actions.record_response(msl_store, inquiry, sent(inquiry, a_letter(msl_store, world)))
    inquiry = actions.deliver(msl_store, inquiry, "Tracking 1Z-77")
    actions.note_printed(msl_store, inquiry, "Ward 3, 2 pages")
    path = tmp_path / f"{inquiry.number}.zip"
    lines, head = journal_of(msl_store, inquiry.id), msl_store.lines(limit=1)[0]
    named = sent_with(inquiry, materials(msl_store))
    assert [(one.version, one.approval_ref, len(one.sha256)) for one in named] == [("2", "MED-1", 64)]
    path.write_bytes(evidence_pack(inquiry, lines, head, sent=named))
    assert evidence_pack(inquiry, lines, head, sent=named) == path.read_bytes()
    return path


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def verify(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["evidence", "verify", str(path)])
    said = capsys.readouterr()
    return code, said.out, said.err


def relisted(files: Files) -> Files:
    """The files with a manifest that fits them: what somebody does who knows the form."""
    import hashlib

    manifest = json.loads(files["manifest.json"])
    for name in manifest["files"]:
        manifest["files"][name] = {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def test_as_it_was_made_it_is_verified(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, err = verify(pack, capsys)
    assert (code, err) == (0, "")
    assert said.splitlines()[-1] == "verified"
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for name, content in files_of(pack).items():
        (folder / name).write_bytes(content)
    assert verify(folder, capsys)[0] == 0


@pytest.mark.parametrize(
    "name", ["document.pdf", "record.json", "statement.txt", "strokes.json", "journal.json", "sent.json"]
)
def test_each_changed_file_is_named(pack: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    files = files_of(pack)
    files[name] = files[name].replace(b"0", b"1", 1) if name != "statement.txt" else files[name] + b" And more."
    code, said, _err = verify(write(pack, files), capsys)
    assert code == 1
    assert f"{name} was changed after the pack was made" in said
    del files[name]
    assert f"{name} is missing" in verify(write(pack, files), capsys)[1]


def _words(files: Files) -> Files:
    return {**files, "statement.txt": files["statement.txt"].replace(b"eGFR below 25", b"eGFR below 15")}


def _record(files: Files) -> Files:
    return {**files, "record.json": files["record.json"].replace(b"eGFR below 25", b"eGFR below 15")}


def _everywhere(files: Files) -> Files:
    lines = json.loads(files["journal.json"])
    import base64

    for line in lines:
        content = base64.b64decode(line["content"]).replace(b"eGFR below 25", b"eGFR below 15")
        line["content"] = base64.b64encode(content).decode()
    return {**_words(_record(files)), "journal.json": json.dumps(lines).encode()}


def _strokes(files: Files) -> Files:
    return {**files, "strokes.json": b"[]"}


def _dropped(files: Files) -> Files:
    lines = json.loads(files["journal.json"])
    return {**files, "journal.json": json.dumps([*lines[:1], *lines[2:]]).encode()}


def _other_document(files: Files) -> Files:
    listed = json.loads(files["sent.json"])
    listed[0]["version"] = "9"
    return {**files, "sent.json": json.dumps(listed).encode()}


def _paper(files: Files) -> Files:
    return {**files, "document.pdf": b"%PDF-1.4 nothing"}


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (_words, "statement.txt is not the text of the record"),
        (_record, "record.json is not what the journal kept last"),
        (_everywhere, "was changed after it was written"),
        (_strokes, "strokes.json are not the strokes of the signature"),
        (_dropped, "is missing"),
        (_other_document, "sent.json does not name the documents of the answers"),
        (_paper, "document.pdf does not show what the record says"),
    ],
)
def test_a_forger_who_mends_the_hashes_is_found(
    pack: Path, forge: Callable[[Files], Files], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = verify(write(pack, relisted(forge(files_of(pack)))), capsys)
    assert code == 1
    assert said in out


def _bomb(path: Path, _files: Files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("record.json", "w") as stream:
        for _ in range(40):
            stream.write(bytes(1024 * 1024))


def _traversal(path: Path, files: Files) -> None:
    write(path, {**files, "../../../tmp/evil.txt": b"x"})


def _twice(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", files["manifest.json"])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("manifest.json", b"{}")


def _no_json(path: Path, files: Files) -> None:
    write(path, {**files, "manifest.json": b"\xff\xfe not json"})


def _deep(path: Path, files: Files) -> None:
    write(path, {**files, "manifest.json": b"[" * 200_000})


def _other_shape(path: Path, files: Files) -> None:
    write(path, {**files, "manifest.json": b'{"form": 7}'})


def _record_no_json(path: Path, files: Files) -> None:
    write(path, relisted({**files, "record.json": b"nothing"}))


def _cut(path: Path, _files: Files) -> None:
    path.write_bytes(path.read_bytes()[:400])


def _noise(path: Path, _files: Files) -> None:
    path.write_bytes(bytes(range(256)) * 50)


def _empty(path: Path, _files: Files) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "spoil",
    [_bomb, _traversal, _twice, _no_json, _deep, _other_shape, _record_no_json, _cut, _noise, _empty],
    ids=lambda spoil: spoil.__name__,
)
def test_a_hostile_file_is_one_clear_line(
    pack: Path, spoil: Callable[[Path, Files], None], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(pack, files_of(pack))
    code, out, err = verify(pack, capsys)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("liaison-desktop: ")


def test_nothing_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path / "none.zip", capsys)[0] == 2


@pytest.fixture
def written(msl_store: Store, tmp_path: Path) -> Path:
    """The pack of an inquiry that came as an e-mail."""
    draft = an_inquiry(msl_store, a_world(msl_store), signature_waiver_reason=WaiverReason.WRITTEN)
    letter = b"From: the doctor"
    inquiry = actions.submit_inquiry(msl_store, actions.attach_written(msl_store, draft, letter, "mail.eml"))
    path = tmp_path / "written.zip"
    lines, head = journal_of(msl_store, inquiry.id), msl_store.lines(limit=1)[0]
    path.write_bytes(evidence_pack(inquiry, lines, head, written=letter))
    return path


def test_the_written_request_goes_along_and_is_checked(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = files_of(written)
    assert files["written_request"] == b"From: the doctor"
    assert verify(written, capsys)[1].splitlines()[-1] == "verified"
    code, said, _err = verify(write(written, relisted({**files, "written_request": b"From: nobody"})), capsys)
    assert (code, "written_request is not what the doctor wrote" in said) == (1, True)
    manifest = json.loads(files["manifest.json"])
    del manifest["files"]["written_request"], files["written_request"]
    code, said, _err = verify(write(written, {**files, "manifest.json": json.dumps(manifest).encode()}), capsys)
    assert (code, "written_request is missing" in said) == (1, True)


def test_a_pack_of_the_first_form_is_still_checked(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = files_of(pack)
    del files["sent.json"]
    manifest = json.loads(files["manifest.json"])
    del manifest["files"]["sent.json"]
    manifest["form"] = "liaison-evidence-1"
    files["manifest.json"] = json.dumps(manifest).encode()
    assert verify(write(pack, files), capsys)[1].splitlines()[-1] == "verified"
