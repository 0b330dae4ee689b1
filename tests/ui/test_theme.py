"""The theme reaches every widget, those that are already there too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fonts import font, font_for, load_fonts
from liaison_desktop.ui.icons import tinted
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import card, column
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import icon_label, label
from liaison_desktop.ui.theme import Theme, theme_of
from liaison_desktop.ui.tokens import Density, Mode, colours


def test_the_theme_is_found_from_any_widget(qtbot: QtBot, theme: Theme) -> None:
    held = button("Save")
    qtbot.addWidget(held)
    assert theme_of(held) is theme


def test_a_newer_theme_takes_the_place_of_the_old(qapp: object, theme: Theme) -> None:
    newer = Theme(qapp, Mode.DARK)  # type: ignore[arg-type]
    assert theme_of() is newer
    assert newer.shown is Mode.DARK


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST])
def test_palette_and_sheet_follow_the_mode(qapp: object, theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    held = colours(mode, "msl")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == held["canvas"]  # type: ignore[attr-defined]
    assert held["ink"] in qapp.styleSheet()  # type: ignore[attr-defined]


def test_system_shows_light_or_dark(theme: Theme) -> None:
    theme.set_mode(Mode.SYSTEM)
    assert theme.mode is Mode.SYSTEM
    assert theme.shown in (Mode.LIGHT, Mode.DARK)


def test_a_change_is_told_once(qtbot: QtBot, theme: Theme) -> None:
    told: list[int] = []
    theme.changed.connect(lambda: told.append(1))
    theme.set_accent("clinical")
    assert told == [1]
    assert theme.colour("accent").name().upper() == colours(Mode.LIGHT, "clinical")["accent"]


def test_touch_makes_what_is_shown_taller(qtbot: QtBot, theme: Theme) -> None:
    parts = [button("Save"), line_edit(), Segmented(["Yes", "No"])]
    for part in parts:
        qtbot.addWidget(part)
        part.show()
    theme.set_density(Density.TOUCH)
    assert [part.sizeHint().height() if isinstance(part, Segmented) else part.height() for part in parts] == [44] * 3
    theme.set_density(Density.DESK)
    assert [part.sizeHint().height() if isinstance(part, Segmented) else part.height() for part in parts] == [32] * 3


def test_icons_follow_the_mode(qtbot: QtBot, theme: Theme) -> None:
    picture = icon_label("check", "ink")
    qtbot.addWidget(picture)
    picture.show()
    before = picture.pixmap().toImage()
    theme.set_mode(Mode.DARK)
    assert picture.pixmap().toImage() != before


def test_icons_are_sharp_on_a_fine_screen() -> None:
    assert tinted("check", "#000000", 16, 2.0).width() == 32
    assert tinted("check", "#000000", 16, 2.0).devicePixelRatio() == 2.0


def test_inter_is_loaded() -> None:
    assert load_fonts() >= 3
    assert QFontInfo(font("body")).family() == "Inter"
    assert font("body").hintingPreference() is QFont.HintingPreference.PreferNoHinting


def test_digits_have_one_width_only_among_digits() -> None:
    assert font_for("14:00") == font("body", figures=True)
    assert font_for("SE-0031") == font("body")
    assert font_for("0049-3382") == font("body")  # tabular figures would widen the hyphen


def _form() -> QWidget:
    inner = column(button("Save", "primary", "check"), line_edit("Amara"), label("Draft", "sec", "red"))
    return card(column(column(column(inner))), title="A card")


def test_a_dressed_window_looks_as_one_in_a_dressed_application(qtbot: QtBot, qapp: QApplication) -> None:
    seen = []
    for dressed in (False, True):
        theme = Theme(qapp, Mode.DARK)
        window = QWidget()
        qtbot.addWidget(window)
        if dressed:
            theme.dress(window)
            assert not qapp.styleSheet()
        QVBoxLayout(window).addWidget(_form())
        theme.set_mode(Mode.LIGHT)
        window.resize(320, 240)
        window.show()
        seen.append(window.grab().toImage())
        theme.set_mode(Mode.DARK)
        seen.append(window.grab().toImage())
    assert seen[:2] == seen[2:]
    assert seen[0] != seen[1]


class _Told(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.StyleChange
        return False


def test_what_comes_into_a_dressed_window_is_styled_once_however_deep_it_stands(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme, window, words, told = Theme(qapp, Mode.LIGHT), QWidget(), label("Draft"), _Told()
    qtbot.addWidget(window)
    theme.dress(window)
    window.show()
    words.installEventFilter(told)
    page = column(column(column(column(column(words)))))
    QVBoxLayout(window).addWidget(page)
    assert told.times == 1


def test_a_window_without_a_parent_is_dressed_like_the_others(qtbot: QtBot, qapp: QApplication) -> None:
    theme, first, second = Theme(qapp, Mode.LIGHT), QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    theme.dress_alike(second)
    assert not second.styleSheet()  # it has that of the application
    theme.dress(first)
    theme.dress_alike(second)
    theme.set_accent("clinical")
    assert first.styleSheet() == second.styleSheet() != ""
    assert colours(Mode.LIGHT, "clinical")["accent"] in first.styleSheet()
