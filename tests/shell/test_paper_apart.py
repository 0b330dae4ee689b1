"""The process that makes documents lives from the first consent that is opened to the lock, and no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.documents.workshop.warm import WarmWorkshop
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.sealed.queries import sealed_of
from liaison_desktop.shell.places import Door
from tests.clinical.consents.test_actions import active
from tests.fakes import Clock
from tests.shell.conftest import opened


@pytest.mark.timeout(240)
def test_a_consent_that_is_opened_is_sealed_there_and_the_lock_ends_it(
    make: Callable[..., Application], door: Door, clock: Clock, qtbot: QtBot
) -> None:
    app = opened(make(paper_apart=True), door)
    store, frame = app.store, app.frame
    assert store is not None
    assert frame is not None
    workshop = workshop_of(store)
    assert isinstance(workshop, WarmWorkshop)
    assert workshop.worker_id is None, "nothing is started before somebody opens a patient or a consent"
    consent = active(store, clock)
    frame.open("consent", consent.id)
    qtbot.waitUntil(lambda: bool(sealed_of(store, consent.id)), timeout=120_000)
    (kept,) = sealed_of(store, consent.id)
    authorities = sealer_of(store).authorities()
    assert check(store.attachments.get(kept.file), authorities).verdict is Verdict.GOOD
    assert workshop.worker_id is not None
    app.lock()
    assert workshop.worker_id is None
