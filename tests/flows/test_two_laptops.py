"""Two laptops and a server, in the window: the code on Settings, what others wrote, a conflict decided, an order obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.errors import Unreachable
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.server import orders
from liaison_desktop.shell.settings_page import SettingsPage
from liaison_desktop.shell.sync.sync_page import SyncPage
from liaison_desktop.shell.sync.syncing import Standing, Syncing
from liaison_desktop.store import Store
from liaison_desktop.sync.account import account_of
from liaison_desktop.sync.transport import Reply
from tests.fakes import Clock, FileDialogs, PaperTray
from tests.security.rings import MemoryKeyring
from tests.server.conftest import Central, make_central
from tests.shell.conftest import make, new_door, opened, ring
from tests.sync.desks import Desk, InProcess, a_desk

__all__ = ["make", "make_central", "ring"]
ENTER, ESCAPE, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space


class Window:
    """The application of one person, and how a test types into it."""

    def __init__(self, app: Application, central: Central, qtbot: QtBot) -> None:
        self.app, self.central, self.bot = app, central, qtbot
        assert app.frame is not None
        assert app.store is not None
        assert app.frame.syncing is not None
        self.frame, self.syncing = app.frame, app.frame.syncing
        self.store: Store = app.store

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focus = self.app.window.focusWidget()
            assert focus is not None
            self.bot.keyClick(focus, key)

    def type(self, text: str) -> None:
        focus = self.app.window.focusWidget()
        assert focus is not None
        self.bot.keyClicks(focus, text)

    def rested(self) -> None:
        """No synchronisation runs any more."""
        self.bot.waitUntil(lambda: self.syncing.state().standing is not Standing.RUNNING, timeout=20_000)

    def join(self, code: str) -> None:
        """By Settings, pasting the text an administrator sent."""
        self.frame.go("settings")
        page = self.frame.page
        assert isinstance(page, SettingsPage)
        page.joining.code.setFocus()
        self.type(f"liaison://enrol?u=https://server.test&c={code.replace('-', '')}")
        self.press(ENTER)
        self.bot.waitUntil(lambda: account_of(self.store.central) is not None, timeout=20_000)
        self.bot.waitUntil(lambda: self.syncing.state().last is not None, timeout=20_000)
        self.rested()

    def page(self) -> SyncPage:
        self.frame.go("sync")
        page = self.frame.page
        assert isinstance(page, SyncPage)
        return page

    def sync(self) -> None:
        self.syncing.now()
        self.rested()


@pytest.fixture
def central(make_central: Callable[[str], Central]) -> Central:
    return make_central("")


@pytest.fixture
def line(central: Central) -> InProcess:
    """The line of the window's laptop to the server."""
    return InProcess(central.wire)


@pytest.fixture
def window(make: Callable[..., Application], central: Central, line: InProcess, qtbot: QtBot) -> Window:
    app = make(connect=lambda _server: line)
    opened(app, new_door(app, "msl", "Anna Synthetic"))
    with qtbot.waitExposed(app.window):
        app.window.show()
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    return Window(app, central, qtbot)


@pytest.fixture
def ben(central: Central, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A colleague's laptop."""
    desk = a_desk(tmp_path / "ben", SCHEMA, central.wire, clock, "Ben")
    desk.enrol(central.code("Ben"))
    yield desk
    desk.store.close()


def words_of(page: SyncPage) -> str:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    return " | ".join(labels + [one.accessibleName() for one in page.findChildren(QAbstractButton)])


def test_a_code_is_pasted_and_what_is_saved_reaches_the_colleague(window: Window, ben: Desk) -> None:
    assert window.frame.status.place.text() == "This laptop only"
    window.join(window.central.code("Anna"))
    assert window.frame.status.place.text() == "Acme"
    visit = window.store.save(Visit(heading="Dr. Okonkwo", notes="She asked about dosing."))
    assert window.frame.status.waiting.text() == "1 waiting"
    window.sync()
    assert window.frame.status.waiting.text() == ""
    assert window.frame.status.sent.text().startswith("Sent ")
    ben.sync()
    assert ben.store.get(Visit, visit.id) == visit


def test_a_wrong_code_is_said_beside_it_and_nothing_is_kept(window: Window) -> None:
    window.frame.go("settings")
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    page.joining.code.setFocus()
    window.type("short")
    window.press(ENTER)
    assert "ten letters" in page.joining.code_field.fault()
    page.joining.code.clear()
    window.type("liaison://enrol?u=https://server.test&c=AAAAABBBBB")
    window.press(ENTER)
    window.bot.waitUntil(lambda: "opens nothing" in page.joining.code_field.fault(), timeout=20_000)
    assert account_of(window.store.central) is None
    page.joining.code.clear()
    window.type("AAAAABBBBB")
    page.joining.server.setText("http://example.org")
    window.press(ENTER)
    assert "HTTPS" in page.joining.server_field.fault()


def test_what_came_is_listed_and_shown(window: Window, ben: Desk) -> None:
    window.join(window.central.code("Anna"))
    ben.store.save(Visit(heading="Dr. Reyes", notes="From Ben"))
    ben.sync()
    page = window.page()
    window.sync()
    assert "Dr. Reyes, Visit · Ben" in words_of(page)
    assert [one.heading for one in window.store.all(Visit)] == ["Dr. Reyes"]


def test_a_conflict_is_decided_with_the_keyboard(window: Window, ben: Desk) -> None:
    window.join(window.central.code("Anna"))
    visit = window.store.save(Visit(heading="Dr. Okonkwo", notes="one"))
    window.sync()
    ben.sync()
    ben.store.save(msgspec.structs.replace(ben.store.get(Visit, visit.id), notes="his", heading="Okonkwo, ward 4"))
    ben.sync()
    window.store.save(
        msgspec.structs.replace(window.store.get(Visit, visit.id), notes="hers", heading="Okonkwo, clinic")
    )
    page = window.page()
    window.sync()
    assert window.frame.status.waiting.text() == "1 to decide"
    (dispute,) = window.store.central.disputes()
    page.decide(dispute)
    pane = page.deciding
    assert not pane.save.isEnabled()
    first, second = list(pane.sides.values())
    assert window.app.window.focusWidget() is first[0]
    window.press(SPACE)
    second[1].setFocus()
    window.press(SPACE)
    assert pane.save.isEnabled()
    pane.joins["notes"].setFocus()
    window.press(SPACE)
    pane.save.setFocus()
    window.press(SPACE)
    decided = window.store.get(Visit, visit.id)
    assert (decided.heading, decided.notes) == ("Okonkwo, clinic", "hers\nhis")
    assert window.store.central.disputes() == ()
    window.sync()
    ben.sync()
    assert ben.store.get(Visit, visit.id) == decided


def test_putting_a_conflict_off_keeps_it(window: Window, ben: Desk) -> None:
    window.join(window.central.code("Anna"))
    visit = window.store.save(Visit(heading="Dr. Okonkwo", notes="one"))
    window.sync()
    ben.sync()
    ben.store.save(msgspec.structs.replace(ben.store.get(Visit, visit.id), notes="his"))
    ben.sync()
    window.store.save(msgspec.structs.replace(window.store.get(Visit, visit.id), notes="hers"))
    page = window.page()
    window.sync()
    (dispute,) = window.store.central.disputes()
    page.decide(dispute)
    window.press(ESCAPE)
    assert page.stack.currentIndex() == 0
    assert window.store.central.disputes() == (dispute,)
    page.decide(dispute)
    page.deciding.keep_two()
    assert sorted(one.notes for one in window.store.all(Visit)) == ["hers", "his"]


def test_without_the_server_everything_waits_and_says_so(window: Window, line: InProcess, ben: Desk) -> None:
    window.join(window.central.code("Anna"))

    def away(_send: Callable[[], Reply]) -> Reply:
        raise Unreachable("The server cannot be reached. Records wait here and are sent later.")

    line.faults = [away] * 3
    visit = window.store.save(Visit(notes="kept"))
    page = window.page()
    window.sync()
    assert "cannot be reached" in words_of(page)
    assert window.frame.status.waiting.text() == "Sync has a problem"
    line.faults = []
    window.sync()
    assert "cannot be reached" not in words_of(page)
    ben.sync()
    assert ben.store.get(Visit, visit.id) == visit


def tell(window: Window, act: orders.Act) -> None:
    account, central = account_of(window.store.central), window.central
    assert account is not None

    central.database.writing(lambda one: orders.give_order(one, central.database, account.device, act, "Nora"))
    if act is orders.Act.WIPE:
        central.database.writing(lambda one: orders.confirm_order(one, central.database, account.device, "Olu"))


def done_on_server(window: Window) -> bool:
    from liaison_desktop.server.tables import order

    with window.central.database.reading() as connection:
        return connection.execute(order.select()).mappings().one()["done"] is not None


@pytest.mark.parametrize("act", [orders.Act.WIPE, orders.Act.PUSH_THEN_WIPE])
def test_a_wipe_takes_everything_and_is_reported(window: Window, ben: Desk, act: orders.Act) -> None:
    window.join(window.central.code("Anna"))
    folder = window.store.folder
    visit = window.store.save(Visit(notes="not sent yet"))
    tell(window, act)
    window.syncing.now()
    window.bot.waitUntil(lambda: not folder.exists(), timeout=20_000)
    window.bot.waitUntil(lambda: done_on_server(window), timeout=20_000)
    assert window.app.places.all() == ()
    assert window.app.session is None
    ben.sync()
    sent = ben.store.find(Visit, visit.id)
    assert (sent is not None) == (act is orders.Act.PUSH_THEN_WIPE)


def test_a_lock_order_locks(window: Window) -> None:
    window.join(window.central.code("Anna"))
    folder = window.store.folder
    tell(window, orders.Act.LOCK)
    window.syncing.now()
    window.bot.waitUntil(lambda: window.app.session is None, timeout=20_000)
    window.bot.waitUntil(lambda: done_on_server(window), timeout=20_000)
    assert folder.exists()


def test_a_parcel_goes_over_by_a_file(
    window: Window, ben: Desk, files: FileDialogs, printer: PaperTray, tmp_path: Path, ring: MemoryKeyring
) -> None:
    from liaison_desktop.sync.handing_over import make_parcel, take_parcel
    from liaison_desktop.sync.laptops import add_laptop, own_address

    mine = own_address(window.store.central, window.store.device.name, "msl")
    his = own_address(ben.store.central, ben.store.device.name, "msl")
    add_laptop(ben.store.central, mine)
    card = window.page().laptops
    card.add_button.click()
    window.type("nonsense")
    window.press(ENTER)
    assert "not the address" in card.address_field.fault()
    card.address.clear()
    window.type(his.text)
    window.press(ENTER)
    visit = window.store.save(Visit(notes="on a stick"))
    target = tmp_path / "out.liaison-parcel"
    files.saves.append(target)
    card.give(his)
    window.bot.waitUntil(target.exists, timeout=20_000)
    assert take_parcel(ben.store, target.read_bytes()).shown == 1
    back = ben.store.save(msgspec.structs.replace(ben.store.get(Visit, visit.id), notes="and back"))
    source = tmp_path / "in.liaison-parcel"
    source.write_bytes(make_parcel(ben.store, mine)[0])
    files.opens.append(source)
    card.take()
    window.bot.waitUntil(lambda: window.store.get(Visit, visit.id) == back, timeout=20_000)


def test_syncing_stops_with_the_store(window: Window) -> None:
    window.join(window.central.code("Anna"))
    syncing: Syncing = window.syncing
    window.app.lock()
    assert window.app.session is None
    assert not syncing._look.isActive()
