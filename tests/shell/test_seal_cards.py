"""Settings: whose seal this laptop has, a certificate of the organisation, and a file that is checked in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.security.certificates.authority import issue, make_authority
from liaison_desktop.security.certificates.importing import as_pem, read_authority
from liaison_desktop.shell.check_card import CheckCard
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.seal_card import SealCard
from liaison_desktop.store import Store
from tests.documents.sealing.examples import a_sealed, the_authority
from tests.fakes import TODAY, FileDialogs
from tests.security.rings import MemoryKeyring
from tests.security.test_certificates import PASSPHRASE, a_file
from tests.shell.conftest import opened
from tests.shell.test_foot_pages import settings_of

pytestmark = pytest.mark.timeout(180)
Make = Callable[..., Application]


def words(widget: QWidget) -> str:
    found = [getattr(each, "plain", each.text)() for each in widget.findChildren(QLabel) if not each.isHidden()]
    return " ".join(found)


@pytest.fixture
def app(make: Make, door: Door) -> Application:
    return opened(make(), door)


@pytest.fixture
def seal(app: Application) -> SealCard:
    return settings_of(app).seal


@pytest.fixture
def check(app: Application) -> CheckCard:
    return settings_of(app).check


@pytest.fixture
def store(app: Application) -> Store:
    assert app.store is not None
    return app.store


def wait_for(qtbot: QtBot, widget: QWidget, text: str) -> None:
    qtbot.waitUntil(lambda: text in words(widget), timeout=90_000)


def test_before_the_first_sealed_document_there_is_no_seal(seal: SealCard, qtbot: QtBot) -> None:
    wait_for(qtbot, seal, "None yet")
    assert not seal.export_button.isEnabled()


def test_whose_seal_it_is_and_where_its_key_rests(
    app: Application, store: Store, qtbot: QtBot, files: FileDialogs, tmp_path: Path, ring: MemoryKeyring
) -> None:
    identity = sealer_of(store).identity()
    assert len(ring.kept) == 2, "one half for the authority, one for the seal"
    card = settings_of(app).seal
    wait_for(qtbot, card, identity.name())
    assert "by half, in this computer's key store" in words(card)
    files.saves.append(tmp_path / "authority.pem")
    card.export_button.click()
    assert read_authority((tmp_path / "authority.pem").read_bytes()) == identity.authority


def test_a_certificate_of_the_organisation_is_taken(
    seal: SealCard, store: Store, qtbot: QtBot, files: FileDialogs, tmp_path: Path
) -> None:
    theirs = issue(make_authority("R", TODAY), "R", TODAY)
    file = tmp_path / "laptop.p12"
    file.write_bytes(a_file(theirs))
    wait_for(qtbot, seal, "None yet")
    files.opens.append(file)
    seal.import_button.click()
    qtbot.keyClicks(seal.secret, "wrong")
    qtbot.keyClick(seal.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open the file" in seal.secret_field.fault(), timeout=30_000)
    seal.secret.setText(PASSPHRASE)
    qtbot.keyClick(seal.secret, Qt.Key.Key_Return)
    wait_for(qtbot, seal, "your organisation")
    assert sealer_of(store).identity().certificate == theirs.certificate
    assert [line.reason for line in store.lines(limit=1)] == [f"seal imported {theirs.certificate_sha256[:16]}"]


def test_another_file_is_refused_in_words(
    seal: SealCard, store: Store, qtbot: QtBot, files: FileDialogs, tmp_path: Path
) -> None:
    file = tmp_path / "letter.p12"
    file.write_bytes(b"Dear colleague")
    wait_for(qtbot, seal, "None yet")
    files.opens.append(file)
    seal.import_button.click()
    seal.use.click()
    wait_for(qtbot, seal, "not a certificate file")
    files.opens.append(tmp_path / "gone.p12")
    seal.import_button.click()
    wait_for(qtbot, seal, "cannot be opened")
    assert store.device_keys.get("seal") is None


def test_a_lost_key_is_said_and_a_new_seal_made(
    app: Application, store: Store, qtbot: QtBot, ring: MemoryKeyring
) -> None:
    first = sealer_of(store).identity().certificate
    ring.kept.clear()
    sealer_of(store)._identity = None
    card = settings_of(app).seal
    wait_for(qtbot, card, "does not give the key of the seal")
    card.new_button.click()
    assert "needs both authorities" in words(card)
    card.make()
    wait_for(qtbot, card, "Laptop")
    assert sealer_of(store).identity().certificate != first


def test_a_sealed_file_is_checked_and_an_authority_trusted(
    check: CheckCard, qtbot: QtBot, files: FileDialogs, tmp_path: Path
) -> None:
    file, certificate = tmp_path / "sealed.pdf", tmp_path / "other.pem"
    file.write_bytes(a_sealed())
    certificate.write_bytes(as_pem(the_authority().certificate))
    files.opens.append(file)
    check.choose_button.click()
    wait_for(qtbot, check, "nobody here can say by whom")
    files.opens.append(certificate)
    check.trust_button.click()
    files.opens.append(file)
    check.choose_button.click()
    wait_for(qtbot, check, "Genuine")
    assert "Laptop T" in words(check)


def test_a_file_let_go_there_is_checked(check: CheckCard, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "changed.pdf"
    file.write_bytes(a_sealed() + b"\n")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file))])
    check.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    wait_for(qtbot, check, "Something was added to the file after it was sealed.")
    assert "Do not rely on it" in words(check)


def test_what_is_no_file_and_no_authority_is_said(
    check: CheckCard, qtbot: QtBot, files: FileDialogs, tmp_path: Path
) -> None:
    check.check(tmp_path / "gone.pdf")
    wait_for(qtbot, check, "cannot be opened")
    nothing = tmp_path / "nothing.pem"
    nothing.write_bytes(b"-----BEGIN")
    files.opens.append(nothing)
    check.trust_button.click()
    assert "not the certificate of an authority" in words(check)
