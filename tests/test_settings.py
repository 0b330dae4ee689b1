"""Settings survive, and a broken file costs nothing but the settings."""

from __future__ import annotations

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from liaison_desktop import settings
from liaison_desktop.settings import Settings, Window


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(theme="dark", density="touch", idle_minutes_clinical=3, window=Window(1, 2, 1366, 768, True))
    settings.save(kept, tmp_path)
    assert settings.load(tmp_path) == kept
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()
    assert Settings().idle_minutes("clinical") == 5
    assert Settings().idle_minutes("msl") == 10


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"theme": "pink"}',
        b'{"idle_minutes_msl": 0}',
        b'{"window": {"x": "<b>"}}',
        b"\x00",
    ],
)
def test_a_broken_file_is_put_aside_and_the_defaults_hold(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(broken)
    assert settings.load(tmp_path) == Settings()
    assert (tmp_path / "settings.unreadable.json").read_bytes() == broken
    settings.save(Settings(theme="light"), tmp_path)
    assert settings.load(tmp_path).theme == "light"


def test_a_setting_of_a_newer_release_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"theme": "dark", "sparkle": 9}')
    assert settings.load(tmp_path) == Settings(theme="dark")


def test_the_window_knows_every_theme_and_density_that_can_be_set() -> None:
    from liaison_desktop.ui.tokens import Density, Mode

    hints = get_type_hints(Settings)
    assert set(get_args(hints["theme"])) == {mode.value for mode in Mode}
    assert set(get_args(hints["density"])) == {density.value for density in Density} | {"auto"}
