"""Kill -9 between two signatures: the first is there, what was typed for the second is there, and nothing of its ink."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import sign
from liaison_desktop.clinical.consents.form import ConsentForm
from liaison_desktop.clinical.consents.form.signatures_step import SignaturesStep
from liaison_desktop.clinical.consents.queries import recent_consents
from liaison_desktop.clinical.consents.record import Answer, ConsentState
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests import builders
from tests.clinical.consents.examples import a_signature
from tests.clinical.consents.test_actions import ready
from tests.fakes import Clock, FileDialogs, NoFrame, PaperTray

# Started anew, not forked: the window of this test run is no child's.
_processes = multiprocessing.get_context("spawn")
Loop = Callable[[Path, Connection], None]


def open_store(folder: Path) -> Store:
    """The store, as after any crash."""
    return Store.open(
        folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=Clock()
    )


def sign_and_type(folder: Path, told: Connection) -> None:
    """The patient signs; the witness's name is typed while the pad holds half a signature; each is said once it is kept."""
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    store = open_store(folder)
    theme = Theme(app, accent="clinical")
    desk = Desk(
        store, jobs=Jobs(), theme=theme, clock=store.clock, files=FileDialogs(), printer=PaperTray(), frame=NoFrame()
    )
    consent = recent_consents(store)[0]
    given = a_signature(Role.PATIENT, "María L. Álvarez").on(consent.content_fingerprint())
    sign(store, consent, given, agrees=Answer.YES)
    told.send_bytes(b"signed")
    form = ConsentForm(desk, recent_consents(store)[0])
    form.signatures.entries[Role.WITNESS].name.set_value("Tom Hale")
    form.save_draft()
    told.send_bytes(b"typed")
    signal.pause()


def typed_and_not_kept(folder: Path, told: Connection) -> None:
    """Sabotage: what is typed between two signatures is called kept, and is not."""
    SignaturesStep.save_draft = lambda _self: None  # type: ignore[method-assign]
    sign_and_type(folder, told)


def killed(folder: Path, loop: Loop) -> list[bytes]:
    """Run it, kill it once it has said that what was typed is kept; what it said."""
    here, there = _processes.Pipe(duplex=False)
    process = _processes.Process(target=loop, args=(folder, there), daemon=True)
    process.start()
    there.close()
    said: list[bytes] = []
    with contextlib.suppress(EOFError):
        while b"typed" not in said:
            said.append(here.recv_bytes())
    process.kill()
    process.join()
    here.close()
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a consent that is ready to sign."""
    clock = Clock()
    store = Store.create(
        tmp_path, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=clock
    )
    ready(store, clock)
    store.close()
    return tmp_path


def found(store: Store, make_desk: Callable[..., Desk], qtbot: QtBot) -> tuple[ConsentState, list[Role], str]:
    """The state, who has signed, and the name that stands in the line of the witness."""
    consent = recent_consents(store)[0]
    form = ConsentForm(make_desk(store), consent)
    qtbot.addWidget(form)
    name = form.signatures.entries[Role.WITNESS].name.value()
    form.desk.jobs.wait()
    form.release()
    return consent.state, [given.role for given in consent.signatures], name


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("loop", "name"), [(sign_and_type, "Tom Hale"), (typed_and_not_kept, "Renee Okafor RN")])
def test_a_kill_between_two_signatures_loses_neither_the_first_nor_what_was_typed(
    folder: Path, make_desk: Callable[..., Desk], qtbot: QtBot, loop: Loop, name: str
) -> None:
    assert killed(folder, loop) == [b"signed", b"typed"]
    store = open_store(folder)
    try:
        assert found(store, make_desk, qtbot) == (ConsentState.SIGNED, [Role.PATIENT], name)
        assert store.verify().verified
        # Ink that nobody said was given is nowhere: drafts hold no strokes.
        held = store.drafts.get(f"consent-signing/{recent_consents(store)[0].id}") or b""
        assert b"strokes" not in held
    finally:
        store.close()
