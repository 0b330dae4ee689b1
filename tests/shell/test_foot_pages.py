"""Settings and journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.errors import WrongPassphrase
from liaison_desktop.shell.journal_page import JournalPage
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.settings_page import SettingsPage
from liaison_desktop.store import Act
from liaison_desktop.store.verifier import Broken, Verdict
from liaison_desktop.ui.tokens import Density, Mode
from tests.security.rings import MemoryKeyring, NullKeyring
from tests.shell.conftest import SECRET, opened

Make = Callable[..., Application]
NEW = "belo kumo sita runa gado"


def settings_of(app: Application) -> SettingsPage:
    assert app.frame is not None
    app.frame.go("settings")
    page = app.frame.page
    assert isinstance(page, SettingsPage)
    return page


def journal_of(app: Application) -> JournalPage:
    assert app.frame is not None
    app.frame.go("journal")
    page = app.frame.page
    assert isinstance(page, JournalPage)
    return page


def test_appearance_is_shown_at_once_and_kept(make: Make, door: Door) -> None:
    app = opened(make(), door)
    page = settings_of(app)
    page.theme.buttons[2].click()
    page.density.buttons[2].click()
    page.minutes.buttons[0].click()
    assert app.theme.mode is Mode.DARK
    assert app.theme.density is Density.TOUCH
    assert app.settings.idle_minutes_clinical == 1
    assert app.settings.idle_minutes_msl == 10
    again = make()
    assert (again.theme.mode, again.theme.density) == (Mode.DARK, Density.TOUCH)


def test_the_passphrase_is_changed_with_the_old_one(qtbot: QtBot, make: Make, door: Door) -> None:
    app = opened(make(), door)
    card = settings_of(app).passphrase
    card.open_button.click()
    card.old.setText("not the old one at all")
    card.new.first.setText(NEW)
    card.new.second.setText(NEW)
    card.save.click()
    qtbot.waitUntil(lambda: "does not open" in card.old_field.fault(), timeout=10_000)
    card.old.setText(SECRET)
    card.save.click()
    assert app.frame is not None
    frame = app.frame
    qtbot.waitUntil(lambda: frame.toasts.current is not None, timeout=10_000)
    slots = app.places.slots(door.place)
    assert slots.open_with_passphrase(door.person.id, NEW)
    with pytest.raises(WrongPassphrase):
        slots.open_with_passphrase(door.person.id, SECRET)
    assert app.store is not None
    assert app.store.lines(limit=1)[0].act == Act.KEYS_CHANGED


def test_quick_unlock_is_off_until_it_is_switched_on(qtbot: QtBot, make: Make, door: Door, ring: MemoryKeyring) -> None:
    app = opened(make(), door)
    card = settings_of(app).quick
    assert not card.switch.isChecked()
    card.switch.click()
    qtbot.waitUntil(card.switch.isEnabled, timeout=10_000)
    assert app.places.slots(door.place).has_keyring(door.person.id)
    card.switch.click()
    qtbot.waitUntil(card.switch.isEnabled, timeout=10_000)
    assert not app.places.slots(door.place).has_keyring(door.person.id)
    assert ring.kept == {}


def test_a_key_store_that_keeps_nothing_leaves_it_off(qtbot: QtBot, make: Make, door: Door) -> None:
    app = opened(make(), door)
    app.places.keyring = NullKeyring()
    card = settings_of(app).quick
    card.switch.click()
    qtbot.waitUntil(card.switch.isEnabled, timeout=10_000)
    assert not card.switch.isChecked()
    assert not app.places.slots(door.place).has_keyring(door.person.id)


def test_a_new_recovery_key_makes_the_old_one_worthless(make: Make, door: Door) -> None:
    app = opened(make(), door)
    card = settings_of(app).recovery
    card.open_button.click()
    card.really.click()
    text = "-".join(card.groups.groups)
    assert app.places.slots(door.place).open_with_recovery(text)


def test_the_journal_shows_filters_and_verifies(qtbot: QtBot, make: Make, door: Door) -> None:
    app = opened(make(), door)
    page = journal_of(app)
    assert [line.act for line in page.model.lines] == ["unlocked", "created"]
    page.filter.setText("created")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.filter.setText("nothing like this")
    qtbot.waitUntil(page.nothing.isVisible)
    page.filter.clear()
    page.verify.click()
    qtbot.waitUntil(lambda: page.verify.isEnabled() and hasattr(page, "headline"), timeout=10_000)
    assert page.headline.text() == "Verified 2 entries."
    assert app.store is not None
    assert app.store.verify().head.hex() in page.words.plain()


def test_the_first_broken_line_is_named(make: Make, door: Door) -> None:
    app = opened(make(), door)
    page = journal_of(app)
    page._show(Verdict(6, b"", Broken(door.person.id, 7, "was changed after it was written")))
    assert page.headline.text() == "Line 7 was changed after it was written."
