"""The command line of the server, as an administrator uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison_desktop.__main__ import main
from liaison_desktop.server import keys
from liaison_desktop.server.application import make_application
from liaison_desktop.server.database import Database, open_database
from liaison_desktop.server.keys import load_keys
from tests.server.laptop import Laptop, Problem, Wire

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "server"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def does(*words: object) -> tuple[int, str, str]:
        code = main(["server", "--folder", str(folder), *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return does


def opened(folder: Path) -> tuple[Database, Wire]:
    database = open_database("", folder, load_keys(folder, create=False))
    return database, Wire(make_application(database))


def code_for(run: Run, name: str, *more: object) -> str:
    _status, out, _err = run("code", "--organisation", "Acme", "--person", name, "--workspace", "msl", *more)
    found = re.search(r"code\s+(\S+)", out)
    assert found is not None
    return found[1]


def test_a_server_is_made_and_keeps_its_key_to_itself(run: Run, folder: Path) -> None:
    assert run("devices")[0] == 2
    assert not folder.exists() or not list(folder.iterdir())
    assert run("migrate")[0] == 0
    assert (folder / "server.key").stat().st_mode & 0o777 == 0o600
    assert (folder / "central.db").stat().st_mode & 0o777 == 0o600
    assert (folder / "central.db").read_bytes()[:15] != b"SQLite format 3"
    (folder / "server.key").chmod(0o644)
    status, _out, err = run("devices")
    assert (status, "0600" in err) == (2, True)


def test_another_key_opens_nothing_and_says_so(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    monkeypatch.setenv(keys.VARIABLE, "ab" * 32)
    assert run("devices")[0] == 2
    monkeypatch.setenv(keys.VARIABLE, "no key")
    assert "holds no key" in run("devices")[2]


def test_from_a_code_to_a_device_that_is_shut_out_and_wiped(run: Run, folder: Path) -> None:
    run("migrate")
    code = code_for(run, "Anna", "--unit", "North", "--url", "https://sync.example")
    database, line = opened(folder)
    laptop = Laptop(line)
    laptop.enrol(code)
    laptop.save("visit", {"heading": "x"})
    laptop.push()
    assert laptop.enrolled is not None
    device = str(laptop.device)
    assert device in run("devices")[1]
    assert run("order", device, "wipe", "--by", "Eve")[1].startswith("waits for a second person")
    assert run("confirm", device, "--by", "Eve")[0] == 2
    assert run("confirm", device, "--by", "Mallory")[0] == 0
    assert run("revoke", device, "--by", "Eve")[0] == 0
    with pytest.raises(Problem):
        laptop.hello()
    assert "revoked" in run("devices")[1]
    assert run("audit", "verify")[1].endswith("verified\n")
    assert run("revoke", "0192f0c1-2b3c-7d4e-8f50-617283940a1b", "--by", "Eve")[0] == 2
    line.close()
    database.close()


def test_a_copy_is_made_and_come_back_from(run: Run, folder: Path, tmp_path: Path) -> None:
    run("migrate")
    copy = tmp_path / "copies" / "one.db"
    assert run("backup", copy)[0] == 0
    code_for(run, "Anna")
    assert "Acme" in run("devices")[1]
    status, out, _err = run("restore", copy)
    assert (status, "epoch" in out, "central.before-restore-1.db" in out) == (0, True, True)
    assert "Acme" not in run("devices")[1]
    assert run("backup", copy)[0] == 2
    assert run("restore", tmp_path / "nothing.db")[0] == 2


def test_people_leave_and_what_was_rejected_is_told(run: Run, folder: Path) -> None:
    run("migrate")
    database, line = opened(folder)
    anna = Laptop(line)
    anna.enrol(code_for(run, "Anna", "--unit", "North"))
    anna.append("saved", kind="visit", subject=anna.ids(), content=b"{}")
    anna.save("visit", {"heading": "x"})
    anna.push()
    assert "invalid" in run("quarantine")[1]
    assert run("quarantine", "--retry")[1] == "tried      0, accepted 0\n"
    leave = ("leave", "--organisation", "Acme", "--person", "Anna")
    assert run(*leave, "--unit", "North")[0] == 2
    assert run(*leave, "--unit", "North", "--workspace", "msl")[0] == 0
    assert len(anna.hello().feeds) == 2
    assert run("compact")[0] == 0
    assert run("least-app", "one")[0] == 2
    assert run("least-app", "1.2.0")[0] == 0
    assert not anna.hello().may_pull
    assert run(*leave)[0] == 0
    with pytest.raises(Problem):
        anna.hello()
    line.close()
    database.close()


def test_it_serves_others_over_tls_alone(run: Run) -> None:
    run("migrate")
    status, _out, err = run("serve", "--host", "0.0.0.0")
    assert (status, "HTTPS" in err) == (2, True)
    assert "this machine alone" in run("serve", "--practice", "--host", "0.0.0.0")[2]
    assert run("serve", "--host", "0.0.0.0", "--certificate", "nowhere.pem", "--key", "nowhere.pem")[0] == 2
