"""Every part of the kit, in every theme and density: nothing is cut, nothing is nameless."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Density, Mode
from tests.ui.audit import cut_texts, rich_labels, unnamed
from tests.ui.gallery import cards_screen, forms_screen, window


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST])
@pytest.mark.parametrize("make", [forms_screen, cards_screen])
def test_a_screen_is_whole(
    qtbot: QtBot, theme: Theme, make: Callable[[], QWidget], mode: Mode, density: Density
) -> None:
    theme.set_mode(mode)
    theme.set_density(density)
    shown = window(make())
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    picture = shown.grab().toImage()
    assert (shown.width(), shown.height()) == (1366, 768)
    assert len({picture.pixel(x, x // 2) for x in range(1366)}) > 8  # something was painted
    assert cut_texts(shown) == []
    assert unnamed(shown) == []
    assert rich_labels(shown) == []


@pytest.mark.parametrize("make", [forms_screen, cards_screen])
def test_a_theme_change_reaches_an_open_screen(qtbot: QtBot, theme: Theme, make: Callable[[], QWidget]) -> None:
    shown = window(make())
    qtbot.addWidget(shown)
    shown.show()
    theme.set_mode(Mode.DARK)
    changed = shown.grab().toImage()
    fresh = window(make())
    qtbot.addWidget(fresh)
    fresh.show()
    shown.hide()
    assert fresh.grab().toImage().size() == changed.size()
    for x, y in ((300, 20), (700, 400), (1200, 740), (60, 300)):
        assert fresh.grab().toImage().pixel(x, y) == changed.pixel(x, y)
