"""Lists: in memory and paged, with captions, by keyboard, and empty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.lists import PAGE, PAGES, ListRow, RowsModel
from liaison_desktop.ui.rows_view import RowsView

SMALL = ["Today", ListRow("One", key=1), ListRow("Two", key=2), "Yesterday", ListRow("Three", key=3)]


class Pages:
    """Counts what is loaded."""

    def __init__(self) -> None:
        self.loaded: list[int] = []

    def __call__(self, ids: Sequence[int]) -> list[ListRow]:
        self.loaded.append(len(ids))
        return [ListRow(f"Person {number}", "Hepatology", key=number) for number in ids]


def _big(qtbot: QtBot, size: int = 100_000) -> tuple[RowsView, Pages]:
    view, pages = RowsView("People"), Pages()
    qtbot.addWidget(view)
    view.resize(288, 600)
    view.rows.set_pages(range(size), pages, captions=[(0, "A"), (500, "B"), (size - 1, "Z")])
    view.show()
    return view, pages


def _small(qtbot: QtBot) -> RowsView:
    view = RowsView("Visits")
    qtbot.addWidget(view)
    view.resize(288, 400)
    view.rows.set_rows(SMALL)
    view.show()
    return view


def test_models_keep_qts_contract(qtmodeltester: ModelTester) -> None:
    for items in ([], SMALL, SMALL[1:2]):
        model = RowsModel()
        model.set_rows(items)
        qtmodeltester.check(model)
    paged = RowsModel()
    paged.set_pages(range(300), Pages(), captions=[(0, "A"), (150, "B")])
    qtmodeltester.check(paged)


def test_captions_stand_where_they_belong() -> None:
    model = RowsModel()
    model.set_pages([7, 8, 9], Pages(), captions=[(0, "Today"), (2, "Yesterday")])
    shown = [held if isinstance(held := model.content(at), str) else held.key for at in range(model.rowCount())]
    assert shown == ["Today", 7, 8, "Yesterday", 9]
    assert model.count() == 3
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags


def test_a_list_that_knows_its_keys_finds_a_row_before_it_is_loaded(qtbot: QtBot) -> None:
    view, pages = RowsView("Reports"), Pages()
    qtbot.addWidget(view)
    view.resize(288, 400)
    keys = list(range(1000, 0, -1))
    view.rows.set_keys(keys, pages, captions=[(0, "Running"), (500, "Ended")])
    assert view.select(3)
    assert view.current_key() == 3
    assert pages.loaded == []
    assert not view.select(4000)
    view.show()
    view.grab()
    assert sum(pages.loaded) <= 2 * PAGE
    assert view.rows.content(view.rows.position_of(3)) == ListRow("Person 3", "Hepatology", key=3)


def test_only_what_is_seen_is_loaded(qtbot: QtBot) -> None:
    view, pages = _big(qtbot)
    view.grab()
    assert sum(pages.loaded) == PAGE
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.grab()
    assert sum(pages.loaded) <= 3 * PAGE
    last = view.rows.content(view.rows.rowCount() - 1)
    assert isinstance(last, ListRow)
    assert last.key == 99_999


def test_old_pages_are_forgotten(qtbot: QtBot) -> None:
    view, _pages = _big(qtbot)
    for position in range(0, 100_000, PAGE):
        view.rows.content(position)
    assert len(view.rows._pages) == PAGES


def test_the_scroll_bar_tells_the_truth(qtbot: QtBot) -> None:
    view, _pages = _big(qtbot)
    last = view.rows.index(view.rows.rowCount() - 1)
    view.scrollTo(last)
    assert view.visualRect(last).bottom() < view.viewport().height()
    assert view.indexAt(view.visualRect(last).center()) == last
    assert view.verticalScrollBar().maximum() > 56 * 99_000


@pytest.mark.parametrize("position", [0, 1, 2, 499, 500, 501, 502, 50_000])
def test_every_place_is_found_again(qtbot: QtBot, position: int) -> None:
    view, _pages = _big(qtbot)
    index = view.rows.index(position)
    view.scrollTo(index)
    assert view.indexAt(view.visualRect(index).center()).row() == position


def test_the_keyboard_passes_over_captions(qtbot: QtBot) -> None:
    view = _small(qtbot)
    seen: list[object] = []
    view.chosen.connect(seen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(view, key)
    assert seen == [1, 2, 3, 2, 1, 3]
    assert view.current_key() == 3
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key() == 3


def test_pages_up_and_down(qtbot: QtBot) -> None:
    view, _pages = _big(qtbot)
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert 5 < int(str(view.current_key())) < 15
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == 99_999
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_key() == 0


def test_enter_opens_and_space_previews(qtbot: QtBot) -> None:
    view = _small(qtbot)
    view.select(2)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.previewed) as previewed:
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert (opened.args, previewed.args) == ([2], [2])


def test_a_click_chooses_and_a_click_on_a_caption_does_not(qtbot: QtBot) -> None:
    view = _small(qtbot)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(2)).center())
    assert view.current_key() == 2
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(3)).center())
    assert view.current_key() == 2


def test_a_double_click_opens(qtbot: QtBot) -> None:
    view = _small(qtbot)
    with qtbot.waitSignal(view.opened):
        place = view.visualRect(view.rows.index(1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_an_empty_list_teaches(qtbot: QtBot) -> None:
    view = _small(qtbot)
    asked: list[int] = []
    view.set_empty(EmptyState("No visit yet.", "Record the first one.", "New visit", "plus", lambda: asked.append(1)))
    empty = view.findChild(EmptyState)
    assert empty is not None
    assert empty.isHidden()
    view.rows.set_rows([])
    assert empty.isVisible()
    assert empty.button is not None
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert asked == [1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    assert view.current_key() is None
    view.grab()


def test_a_row_that_is_gone_is_called_so() -> None:
    model = RowsModel()
    model.set_pages([1, 2, 3], lambda ids: [ListRow("One", key=1)])
    held = model.content(2)
    assert isinstance(held, ListRow)
    assert held.title == "No longer here"


def test_rows_are_spoken(qtbot: QtBot) -> None:
    view = _small(qtbot)
    assert view.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "One"
    assert view.rows.index(0).data() == "Today"
