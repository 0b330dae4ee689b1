"""Fixtures and guards of every test. A guard turns a silent mistake into a failing test."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import builders
from tests.fakes import Clock, FileDialogs, NoFrame, PaperTray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk

# Set before anything imports Qt or keyring: no screen, and never the real safe of whoever runs the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.setdefault("LC_ALL", "C.UTF-8")


# -- guards -----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test keeps records, settings and logs in a folder of its own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LIAISON_HOME", str(folder))
    return folder


class _Loud(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    # A warning nobody expected is a fault nobody saw. Mark a test `expects_log` when the warning is its point.
    loud = _Loud()
    logging.getLogger().addHandler(loud)
    yield
    logging.getLogger().removeHandler(loud)
    if loud.heard and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("unexpected log: " + "; ".join(loud.heard))


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The application works offline: whatever reaches for a socket is a mistake, even when it swallows the refusal.
    if request.node.get_closest_marker("expects_socket") is not None:
        yield
        return
    tried: list[str] = []

    def refuse(what: str) -> Any:
        def refused(*_args: object, **_options: object) -> None:
            tried.append(what)
            raise OSError(f"a test tried socket.{what}; mark it expects_socket if that is its point")

        return refused

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse(name))
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse(name))
    yield
    if tried:
        pytest.fail(f"unexpected socket: {', '.join(tried)}")


@pytest.fixture(autouse=True)
def _widgets_really_gone() -> Iterator[None]:
    # deleteLater waits for an event loop that a test does not have; a hundred forms kept alive make each restyle slow.
    yield
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    kit = sys.modules.get("liaison_desktop.ui.holding")
    with kit.all_held() if kit is not None else contextlib.nullcontext():
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    garbage = sys.modules.get("liaison_desktop.ui.garbage")
    if garbage is not None:
        # Between tests as in the window: on this thread, and never a widget.
        gc.disable()
        garbage.collect_due()


@pytest.fixture(autouse=True)
def _nothing_left_open(_widgets_really_gone: None) -> Iterator[None]:
    # pytest-qt closes the widgets a test gave to qtbot before this runs; what is still open was forgotten.
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    modal = widgets.QApplication.activeModalWidget()
    left = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    names = sorted({type(widget).__name__ for widget in left} | ({type(modal).__name__} if modal else set()))
    for widget in left:
        widget.hide()
        widget.deleteLater()
    if names:
        pytest.fail(f"left open: {', '.join(names)}")


# -- what a test works with -------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at a Thursday afternoon until the test moves it."""
    return Clock()


@pytest.fixture
def key() -> bytearray:
    """A key of a store."""
    return builders.a_key()


@pytest.fixture
def files() -> FileDialogs:
    """File dialogs that answer what the test put into them."""
    return FileDialogs()


@pytest.fixture
def printer() -> PaperTray:
    """A printer that keeps what it was given."""
    return PaperTray()


@pytest.fixture
def msl_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A new, empty, encrypted MSL store."""
    from liaison_desktop.msl.workspace import SCHEMA

    store = builders.a_store(tmp_path / "msl", SCHEMA, clock)
    yield store
    store.close()


@pytest.fixture
def clinical_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A new, empty, encrypted clinical store."""
    from liaison_desktop.clinical.workspace import SCHEMA

    store = builders.a_store(tmp_path / "clinical", SCHEMA, clock)
    yield store
    store.close()


def _refuses(store: Store) -> Callable[[str], str]:
    """The rights of the workspace, as the application gives them to the desk."""
    if store.schema.name != "clinical":
        return lambda _right: ""
    from liaison_desktop.clinical.workspace import WORKSPACE

    return lambda right: WORKSPACE.refuses(store, right)


@pytest.fixture
def make_desk(qapp: QApplication, clock: Clock, files: FileDialogs, printer: PaperTray) -> Callable[..., Desk]:
    """Makes the desk of a page over a store: `make_desk(msl_store)`. Its window only remembers what it was asked."""
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from liaison_desktop.ui.tokens import Mode

    # A theme belongs to the application for as long as that lives, so it is not taken down after the test.
    def make(store: Store, mode: Mode = Mode.LIGHT) -> Desk:
        theme = Theme(qapp, mode=mode, accent=store.schema.name)
        refuses = _refuses(store)
        return Desk(
            store,
            jobs=Jobs(),
            theme=theme,
            clock=clock,
            files=files,
            printer=printer,
            frame=NoFrame(),
            refuses=refuses,
        )

    return make


@pytest.fixture
def msl_desk(make_desk: Callable[..., Desk], msl_store: Store) -> Desk:
    """The desk of an MSL page over a new store."""
    return make_desk(msl_store)


@pytest.fixture
def clinical_desk(make_desk: Callable[..., Desk], clinical_store: Store) -> Desk:
    """The desk of a clinical page over a new store."""
    return make_desk(clinical_store)
