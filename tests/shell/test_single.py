"""A second start brings the first window to the front."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from liaison_desktop.shell.single import SingleInstance


def test_the_second_rings_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "home")
    raised: list[int] = []
    first.listen(lambda: raised.append(1))
    assert first.first
    second = SingleInstance(tmp_path / "home")
    assert not second.first
    assert second.holder()
    second.ring()
    qtbot.waitUntil(lambda: bool(raised), timeout=5_000)
    first.release()
    assert SingleInstance(tmp_path / "home").first
