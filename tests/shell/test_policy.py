"""The rules in force, as they are said on coming in and on the settings page."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from liaison_desktop.app import Application
from liaison_desktop.policies import load_policy, policy_of
from liaison_desktop.shell.places import Door
from liaison_desktop.ui.chips import Chip
from tests.shell.conftest import SECRET, new_door, opened

Make = Callable[..., Application]
OWN = 'version = "north 4"\n\n[numbers]\nbackdate_days = 3\n'


def said(app: Application) -> str:
    """Every text on the settings page."""
    assert app.frame is not None
    app.frame.go("settings")
    words = [html.unescape(one.text()) for one in app.frame.page.findChildren(QLabel)]
    return " ".join([*words, *(one.accessibleName() for one in app.frame.page.findChildren(Chip))])


def toast(app: Application) -> str:
    assert app.frame is not None
    current = app.frame.toasts.current
    return current.text if current is not None else ""


def test_without_a_file_the_built_in_rules_hold(make: Make, door: Door) -> None:
    app = opened(make(), door)
    words = said(app)
    assert load_policy("clinical").version in words
    assert "Built in" in words
    assert toast(app) == ""


def test_a_broken_file_is_told_with_its_line_and_the_built_in_rules_hold(make: Make) -> None:
    app = make()
    door = new_door(app, "msl")
    (door.place.folder / "policy.toml").write_text(OWN.replace("= 3", '= "three"'), encoding="utf-8")
    opened(app, door)
    assert "refused (line 4)" in toast(app)
    words = said(app)
    assert "Line 4: backdate_days is a number." in words
    assert "Own file refused" in words
    assert app.store is not None
    assert policy_of(app.store) is load_policy("msl")
    assert app.store.lines(limit=1)[0].reason == "policy file refused"


def test_the_words_of_the_radar_in_force_are_named(make: Make) -> None:
    app = make()
    door = new_door(app, "msl")
    own = 'version = "north 4"\n[radar.terms]\nreaction = { add = ["brain fog"] }\n'
    (door.place.folder / "policy.toml").write_text(own, encoding="utf-8")
    opened(app, door)
    assert f"Words of the safety radar: north 4 on {load_policy('msl').lexicon.version}" in said(app)


@pytest.mark.parametrize("first", [True, False])
def test_two_stores_after_one_another_keep_their_rules_apart(make: Make, first: bool) -> None:
    app = make()
    north, south = new_door(app, "msl"), new_door(app, "clinical", "Ada Synthetic")
    (north.place.folder / "policy.toml").write_text(OWN, encoding="utf-8")
    app.start()
    for door in (north, south, north) if first else (south, north, south):
        app.enter(door, app.places.open_with_passphrase(door, SECRET))
        assert app.store is not None
        assert policy_of(app.store).version == (
            "north 4 on 2026.1" if door is north else load_policy("clinical").version
        )
        assert ("north 4" in said(app)) is (door is north)
        assert app.store.lines(limit=1)[0].reason == ("policy north 4 on 2026.1" if door is north else "")
        app.lock()
