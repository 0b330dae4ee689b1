"""The unlock page: in, and the words for everything that stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.security.slots import KeySlots
from liaison_desktop.shell.add_person import AddPersonPanel
from liaison_desktop.shell.doors import DoorPanel
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.recover import RecoverPanel
from liaison_desktop.shell.trouble import TroublePanel
from liaison_desktop.shell.unlock import UnlockPage
from tests.fakes import Clock
from tests.security.rings import MemoryKeyring
from tests.shell.conftest import SECRET, new_door, panel_of

Make = Callable[..., Application]


def doors_of(app: Application) -> DoorPanel:
    panel = panel_of(app)
    assert isinstance(panel, DoorPanel)
    return panel


def words(widget: QWidget) -> str:
    plain = [getattr(label, "plain", label.text)() for label in widget.findChildren(QLabel)]
    return " ".join(plain)


def try_in(qtbot: QtBot, app: Application, text: str) -> DoorPanel:
    panel = doors_of(app)
    panel.secret.clear()
    qtbot.keyClicks(panel.secret, text)
    qtbot.keyClick(panel.secret, Qt.Key.Key_Return)
    return panel


def test_the_right_passphrase_opens_the_workspace(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.start()
    assert "Ruth Synthetic, RN" in doors_of(app).rows[0].accessibleName()
    try_in(qtbot, app, SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert app.store is not None
    assert app.store.lines()[0].act == "unlocked"
    assert app.window.windowTitle() == "Liaison Desktop · Clinical liaison"


def test_a_wrong_passphrase_says_so_and_that_nothing_is_damaged(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.start()
    panel = try_in(qtbot, app, "this is another passphrase")
    qtbot.waitUntil(lambda: "does not open this store" in panel.field.fault(), timeout=10_000)
    assert "not damaged" in panel.field.fault()
    assert panel.secret.hasSelectedText()
    assert app.store is None


def test_too_many_tries_count_down_and_are_told_and_journalled(
    qtbot: QtBot, make: Make, door: Door, clock: Clock
) -> None:
    slots = make().places.slots(door.place)
    for _ in range(5):
        with pytest.raises(Exception, match=r"passphrase|Too many"):
            slots.open_with_passphrase(door.person.id, "not this one at all")
    app = make()
    app.start()
    panel = doors_of(app)
    assert not panel.go.isEnabled()
    assert "Wait 1 s" in panel.go.text()
    panel.secret.setText(SECRET)
    panel.unlock()
    assert app.store is None
    clock.tick(2)
    qtbot.waitUntil(panel.go.isEnabled, timeout=5_000)
    panel.unlock()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert app.store is not None
    assert [line.act for line in app.store.lines()[:2]] == ["unlocked", "unlock failed"]
    assert app.frame is not None
    toast = app.frame.toasts.current
    assert toast is not None
    assert "4 failed tries" in toast.text


def test_caps_lock_is_guessed_from_what_is_typed(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.start()
    panel = doors_of(app)
    qtbot.keyClick(panel.secret, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert panel.caps.isHidden()
    qtbot.keyPress(panel.secret, "A")  # a capital without Shift
    assert not panel.caps.isHidden()


def test_the_eye_shows_what_was_typed(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.start()
    line = doors_of(app).secret
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line._eye.trigger()
    assert line.shown
    line._eye.trigger()
    assert not line.shown


def _gone(door: Door) -> None:
    (door.place.folder / "clinical.db").rename(door.place.folder / "elsewhere.db")


def _rubbish(door: Door) -> None:
    path = door.place.folder / "clinical.db"
    path.write_bytes(b"\x00" * path.stat().st_size)


@pytest.mark.parametrize(
    ("breakage", "heading", "said"),
    [(_gone, "This store is missing", "Nothing was created"), (_rubbish, "This store is damaged", "damaged")],
)
def test_a_store_behind_the_right_passphrase_that_does_not_open(
    qtbot: QtBot, make: Make, door: Door, breakage: Callable[[Door], None], heading: str, said: str
) -> None:
    app = make()
    app.start()
    breakage(door)
    try_in(qtbot, app, SECRET)
    qtbot.waitUntil(lambda: isinstance(panel_of(app), TroublePanel), timeout=20_000)
    panel = panel_of(app)
    assert isinstance(panel, TroublePanel)
    assert panel.heading == heading
    assert said in words(panel)
    assert app.store is None


def test_a_missing_folder_is_missed_and_never_becomes_a_first_run(make: Make, door: Door, tmp_path: Path) -> None:
    door.place.folder.rename(tmp_path / "taken")
    app = make()
    app.start()
    assert isinstance(app.window.content, UnlockPage)
    assert "key file of this store is missing" in words(app.window.content)
    assert not door.place.folder.exists()


def test_damaged_and_newer_key_files_have_words_of_their_own(make: Make, door: Door) -> None:
    path = door.place.folder / "clinical.slots.json"
    sound = path.read_bytes()
    app = make()
    app.start()
    path.write_bytes(sound[:-5])
    app.show_way_in()
    assert "key file of this store is damaged" in words(app.window.content)
    path.write_bytes(sound.replace(b'"format":1', b'"format":9', 1))
    app.show_way_in()
    assert "newer version" in words(app.window.content)


def test_a_sound_copy_of_a_damaged_key_file_is_offered(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.places.slots(door.place).change_passphrase(door.person.id, SECRET, "belo kumo sita runa gado")
    (door.place.folder / "clinical.slots.json").write_bytes(b"{}")
    app.start()
    page = app.window.content
    assert isinstance(page, UnlockPage)
    _doors, shut = app.places.doors()
    page.show_trouble(shut[0].why, shut[0].place)
    panel = panel_of(app)
    assert isinstance(panel, TroublePanel)
    panel.restore.click()
    try_in(qtbot, app, SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)


def test_the_recovery_key_leads_to_a_new_passphrase(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    slots = app.places.slots(door.place)
    keys = slots.open_with_passphrase(door.person.id, SECRET)
    text = slots.new_recovery_key(keys)
    keys.close()
    app.start()
    doors_of(app).recover()
    panel = panel_of(app)
    assert isinstance(panel, RecoverPanel)
    panel.key.setText(text[:-1])
    panel.go.click()
    assert "40 characters; this has 39" in panel.field.fault()
    panel.key.setText(text.lower())
    panel.go.click()
    qtbot.keyClicks(panel.secret.first, "belo kumo sita runa gado")
    assert not panel.save.isEnabled()
    qtbot.keyClicks(panel.secret.second, "belo kumo sita runa gado")
    panel.save.click()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    app.lock()
    assert app.places.slots(door.place).open_with_passphrase(door.person.id, "belo kumo sita runa gado")


def test_a_person_is_let_in_by_somebody_who_works_there(qtbot: QtBot, make: Make, door: Door) -> None:
    app = make()
    app.start()
    page = app.window.content
    assert isinstance(page, UnlockPage)
    page.show_add()
    panel = panel_of(app)
    assert isinstance(panel, AddPersonPanel)
    panel.host_secret.setText("not the right passphrase")
    qtbot.keyClicks(panel.name, "Ben Synthetic")
    for line in (panel.secret.first, panel.secret.second):
        qtbot.keyClicks(line, "gado nemi pora tuli")
    panel.save.click()
    qtbot.waitUntil(lambda: "does not open" in panel.host_field.fault(), timeout=10_000)
    panel.host_secret.setText(SECRET)
    panel.save.click()
    qtbot.waitUntil(lambda: isinstance(panel_of(app), DoorPanel), timeout=10_000)
    assert sorted(row.door.person.name for row in doors_of(app).rows) == ["Ben Synthetic", "Ruth Synthetic"]
    assert len(app.places.slots(door.place).persons) == 2


def test_quick_unlock_is_offered_only_where_it_is_on_and_falls_back_to_the_passphrase(
    qtbot: QtBot, make: Make, door: Door, ring: MemoryKeyring
) -> None:
    app = make()
    app.start()
    assert doors_of(app).quick.isHidden()
    slots = app.places.slots(door.place)
    slots.use_keyring(slots.open_with_passphrase(door.person.id, SECRET), door.person.id)
    app.show_way_in()
    panel = doors_of(app)
    assert not panel.quick.isHidden()
    ring.kept.clear()
    panel.quick.click()
    qtbot.waitUntil(lambda: "Enter your passphrase" in panel.field.fault(), timeout=10_000)
    try_in(qtbot, app, SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert ring.kept, "a typed passphrase starts the days anew"


def test_a_store_open_elsewhere_says_so(qtbot: QtBot, make: Make, door: Door) -> None:
    first, second = make(), make()
    first.start()
    try_in(qtbot, first, SECRET)
    qtbot.waitUntil(lambda: first.frame is not None, timeout=20_000)
    second.start()
    try_in(qtbot, second, SECRET)
    qtbot.waitUntil(lambda: isinstance(panel_of(second), TroublePanel), timeout=20_000)
    panel = panel_of(second)
    assert isinstance(panel, TroublePanel)
    assert panel.heading == "This store is open already"


def test_two_workspaces_two_doors_two_accents(make: Make, door: Door) -> None:
    app = make()
    new_door(app, "msl", "Amara Synthetic")
    app.start()
    panel = doors_of(app)
    assert len(panel.rows) == 2
    for row in panel.rows:
        row.click()
        assert app.theme.accent == row.door.place.workspace
        assert panel.door is row.door


def test_hostile_names_are_shown_as_text(make: Make, door: Door) -> None:
    app = make()
    slots = app.places.slots(door.place)
    keys = slots.open_with_passphrase(door.person.id, SECRET)
    slots.add_person(
        keys,
        type(door.person)(id=type(door.person.id)(int=9), name="<img src=x>\u202e & Co " + "W" * 300),
        "gado nemi pora tuli",
    )
    app.start()
    assert len(doors_of(app).rows) == 2
    assert not app.window.grab().isNull()
    doors_of(app).rows[-1].click()
    doors_of(app).recover()
    assert not app.window.grab().isNull()


def test_reading_the_slots_never_makes_any(make: Make, tmp_path: Path) -> None:
    app = make()
    app.start()
    assert not list((tmp_path / "home").rglob("*.slots.json"))
    assert isinstance(KeySlots, type)
