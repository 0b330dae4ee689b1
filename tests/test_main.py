"""The command line: one clear line for every error, and never a traceback."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from liaison_desktop.__main__ import main
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.records import new_id
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots
from liaison_desktop.store import Act, Actor, Device, Store

ROOT = Path(__file__).resolve().parents[1]
SECRET = "kadu mosi tepa vilo runa"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A closed store with three lines in its journal."""
    folder = tmp_path / "clinical"
    person = Person(id=new_id(), name="Ruth Synthetic")
    slots, _recovery = KeySlots.create(folder, "clinical", person, SECRET)
    keys = slots.open_with_passphrase(person.id, SECRET)
    made = Store.create(
        folder,
        SCHEMA,
        keys.database(),
        actor=Actor(id=person.id, name=person.name),
        device=Device(id=new_id(), name="laptop", prefix="K7"),
    )
    made.note(Act.UNLOCKED)
    made.note(Act.LOCKED)
    made.close()
    keys.close()
    return folder


def verify(monkeypatch: pytest.MonkeyPatch, store: Path, text: str, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return main(["journal", "verify", str(store), "--passphrase-stdin", *more])


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize("where", ["", "clinical.db", "clinical.slots.json"])
def test_a_sound_journal_is_verified(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path, where: str
) -> None:
    assert verify(monkeypatch, store / where, SECRET + "\n") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["entries", "3"]
    assert len(lines[1].split()[-1]) == 64
    assert lines[2] == "verified"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "does not open"), ("wrong\n", "does not open"), ("\x00\ud800" * 20, "does not open")],
)
def test_a_wrong_passphrase_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path, text: str, said: str
) -> None:
    assert verify(monkeypatch, store, text) == 2
    assert said in one_line(capsys)


def test_a_store_that_is_not_there_damaged_or_gone_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path, tmp_path: Path
) -> None:
    for nowhere in (tmp_path / "nowhere", tmp_path, Path("/dev/null"), store / "notes.txt"):
        assert verify(monkeypatch, nowhere, SECRET) == 2
        assert "no store here" in one_line(capsys)
    database = store / "clinical.db"
    sound = database.read_bytes()
    database.write_bytes(b"\x00" * len(sound))
    assert verify(monkeypatch, store, SECRET) == 2
    assert "damaged" in one_line(capsys)
    database.unlink()
    assert verify(monkeypatch, store, SECRET) == 2
    assert "missing" in one_line(capsys)
    assert not database.exists()
    (store / "clinical.slots.json").write_bytes(b"\xff" * 100)
    assert verify(monkeypatch, store, SECRET) == 2
    assert "key file" in one_line(capsys)


def test_a_broken_line_is_named_and_exits_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path
) -> None:
    import sqlcipher3.dbapi2 as driver

    slots = KeySlots.load(store, "clinical")
    keys = slots.open_with_passphrase(slots.persons[0].id, SECRET)
    connection = driver.connect(str(store / "clinical.db"))
    connection.set_key(bytearray(b"x'" + bytes(keys.database()).hex().encode() + b"'"))
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='journal'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE journal SET reason = 'forged' WHERE number = 2")
    connection.commit()
    connection.close()
    keys.close()
    assert verify(monkeypatch, store, SECRET) == 1
    out = capsys.readouterr().out
    assert "entries    1" in out
    assert "line 2 of device" in out
    assert "changed after it was written" in out


def test_with_several_people_it_has_to_be_said_who(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Path
) -> None:
    slots = KeySlots.load(store, "clinical")
    keys = slots.open_with_passphrase(slots.persons[0].id, SECRET)
    slots.add_person(keys, Person(id=new_id(), name="Ben Synthetic"), "gado nemi pora tuli")
    assert verify(monkeypatch, store, SECRET) == 2
    assert "--person NAME" in one_line(capsys)
    assert verify(monkeypatch, store, SECRET, "--person", "ruth") == 0
    capsys.readouterr()
    assert verify(monkeypatch, store, SECRET, "--person", "nobody") == 2
    assert "Nobody of that name" in one_line(capsys)


@pytest.mark.parametrize("arguments", [["bogus"], ["journal"], ["forms"], ["journal", "verify"], ["--nonsense"]])
def test_nonsense_is_answered_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_forms_check_of_nothing_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["forms", "check", str(tmp_path / "nothing.json")]) == 2
    assert "cannot be read" in capsys.readouterr().out


def run(*arguments: str, given: bytes = b"", code: str = "") -> subprocess.CompletedProcess[bytes]:
    """The command line as a person runs it; `code` goes before it."""
    whole = f"import sys; sys.argv[1:] = {list(arguments)!r}\n{code}\nfrom liaison_desktop.__main__ import main\nsys.exit(main())"
    return subprocess.run([sys.executable, "-c", whole], cwd=ROOT, input=given, capture_output=True, check=False)


def test_bytes_that_are_no_text_are_a_wrong_passphrase(store: Path) -> None:
    done = run("journal", "verify", str(store), "--passphrase-stdin", given=b"\xff\xfe\x00\n")
    assert done.returncode == 2
    assert b"does not open" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_bug_is_one_line_without_its_message(store: Path) -> None:
    bug = "import liaison_desktop.shell.verify_journal as v\ndef bad(*a): raise KeyError('Hannah Okonkwo')\nv.verify_journal = bad"
    done = run("journal", "verify", str(store), "--passphrase-stdin", given=b"x\n", code=bug)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"KeyError" in done.stderr
    assert b"Okonkwo" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A consent's canonical record in a file."""
    from liaison_desktop.clinical.consents.record import Consent, Topic
    from liaison_desktop.records import to_bytes

    consent = Consent(
        id=new_id(),
        patient_id=new_id(),
        shown_name="María L. Álvarez",
        procedure_text="Colonoscopy",
        template_code="GI-014",
        template_version="6.2",
        topics=(Topic(code="why", heading="Why", words="To look."),),
    )
    path = tmp_path / "record.json"
    path.write_bytes(to_bytes(consent))
    return path


@pytest.mark.parametrize("more", [(), ("--large-print",), ("--paper", "a4"), ("--archive", "1b")])
def test_a_record_becomes_a_document_without_a_window(
    capsys: pytest.CaptureFixture[str], record: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    out = tmp_path / "out.pdf"
    assert main(["consent-pdf", str(record), str(out), *more]) == 0
    assert "pages" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"%PDF-1.4" if "1b" in more else b"%PDF-1.7")
    assert out.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"shown_name":"María L. Álvarez"', '"shown_name":5', "shown_name"),
        ('"words":"To look."', '"words":["To look."]', "topics[0].words"),
        ('"words":"To look."', '"wrods":"To look."', "topics[...].words"),
        ('"state":"draft"', '"state":"María"', "state"),
        ('"shown_name"', '"shown_nmae"', "shown_nmae"),
        ('"shown_name":"María L. Álvarez"', '"shown_name":" "', "shown_name"),
        ('"shown_name":"María L. Álvarez"', '"shown_name":"María \U0001f600"', "Patient"),
        ("{", "[", "JSON"),
    ],
)
def test_a_malformed_record_is_refused_in_one_line_that_names_the_field(
    capsys: pytest.CaptureFixture[str], record: Path, tmp_path: Path, old: str, new: str, named: str
) -> None:
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["consent-pdf", str(record), str(tmp_path / "out.pdf")]) == 1
    said = one_line(capsys)
    assert named.split("[...]")[0] in said
    assert "María" not in said
    assert not (tmp_path / "out.pdf").exists()


def test_a_record_that_is_not_there_or_a_place_that_is_none_is_told_apart(
    capsys: pytest.CaptureFixture[str], record: Path, tmp_path: Path
) -> None:
    assert main(["consent-pdf", str(tmp_path / "none.json"), str(tmp_path / "out.pdf")]) == 2
    assert main(["consent-pdf", str(record), str(tmp_path / "no" / "such" / "out.pdf")]) == 2
    assert capsys.readouterr().err.count("\n") == 2


# -- verify -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed_file(tmp_path: Path) -> Path:
    from tests.documents.sealing.examples import a_sealed

    file = tmp_path / "CS-2026-T0001.pdf"
    file.write_bytes(a_sealed())
    return file


def test_a_sealed_file_is_verified_against_a_named_authority(
    sealed_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from liaison_desktop.security.certificates.importing import as_pem
    from tests.documents.sealing.examples import the_authority

    certificate = tmp_path / "authority.pem"
    certificate.write_bytes(as_pem(the_authority().certificate))
    assert main(["verify", str(sealed_file), "--authority", str(certificate)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Sealed by: Laptop T"
    assert said[1] == "Sealed on: 19 Nov 2026, 2:00 PM UTC-06:00, by the clock of that laptop"
    assert "[yes] Nothing was changed or added since it was sealed." in said
    assert said[-1] == "Genuine: as it was sealed, by a laptop that is trusted here."


def test_a_sealed_file_of_nobody_known_is_not_called_genuine(
    sealed_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(sealed_file)]) == 1
    assert "nobody here can say by whom" in capsys.readouterr().out.splitlines()[-1]


def test_a_changed_file_and_a_strange_one_are_told_apart(
    sealed_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(sealed_file.read_bytes())
    content[5_000] ^= 4
    sealed_file.write_bytes(content)
    assert main(["verify", str(sealed_file)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Not as it was sealed. Do not rely on it."
    strange = tmp_path / "strange.pdf"
    strange.write_bytes(b"a letter")
    assert main(["verify", str(strange)]) == 2
    assert "Not a sealed document" in capsys.readouterr().out


def test_what_is_no_authority_is_said_in_one_line(sealed_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(sealed_file), "--authority", str(sealed_file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["verify", str(sealed_file.with_name("gone.pdf"))]) == 2
    assert "No such file" in capsys.readouterr().err
