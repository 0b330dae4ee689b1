"""The page of topics and products, by keyboard over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.materials.actions import save_topic
from liaison_desktop.msl.materials.page import TopicsPage
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Product, ScientificTopic
from liaison_desktop.msl.visits.form.quick_entry import QuickEntry
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import NoFrame
from tests.msl.builders import a_world

KEY = Qt.Key
MakePage = Callable[[], TopicsPage]


@pytest.fixture
def make_page(msl_desk: Desk, qtbot: QtBot) -> Iterator[MakePage]:
    pages: list[TopicsPage] = []

    def make() -> TopicsPage:
        made = TopicsPage(msl_desk)
        pages.append(made)
        msl_desk.store.listeners[:] = [made.refresh]
        qtbot.addWidget(made)
        made.resize(1190, 740)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    yield make
    # As on lock and close: nothing waits to be written once the store is closed.
    for page in pages:
        page.save_draft()


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)


def press_save() -> None:
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)


def shown(page: TopicsPage) -> list[str]:
    rows = page.view.rows
    held = [rows.content(at) for at in range(rows.rowCount())]
    return [each if isinstance(each, str) else each.title for each in held]


def chips(page: TopicsPage) -> dict[str, str]:
    rows = page.view.rows
    held = [rows.content(at) for at in range(rows.rowCount())]
    return {each.title: each.chip.text for each in held if not isinstance(each, str) and each.chip is not None}


def field(page: TopicsPage, name: str) -> QWidget:
    assert page.form is not None
    found: QWidget = page.form.form.editor(name)
    return found


def fault(page: TopicsPage, name: str) -> str:
    assert page.form is not None
    return page.form.form.field(name).fault()


def test_the_first_topic_by_keyboard_and_then_in_quick_entry(
    make_page: MakePage, msl_store: Store, msl_desk: Desk, qtbot: QtBot
) -> None:
    page = make_page()
    assert shown(page) == []
    press(KEY.Key_Space)  # the empty state's button has the keyboard
    types("Renal dosing")
    press(KEY.Key_Tab)
    types("#dosing")
    page.form.form.set_values({"label_status": LabelStatus.OFF_LABEL})  # type: ignore[union-attr]
    press_save()
    (topic,) = msl_store.all(ScientificTopic)
    assert (topic.label, topic.code, topic.active) == ("Renal dosing", "dosing", True)
    assert (shown(page), chips(page)) == (["Topics", "Renal dosing"], {"Renal dosing": "Off-label"})
    assert page.view.hasFocus()
    assert isinstance(msl_desk.frame, NoFrame)
    assert msl_desk.frame.toasts[-1][0] == "Topic saved."
    quick = QuickEntry(msl_store)
    qtbot.addWidget(quick)
    quick.line.setText("#dosing")
    assert quick.understood().topics == (topic,)


def test_a_taken_short_name_is_refused_beside_its_field(make_page: MakePage, msl_store: Store) -> None:
    a_world(msl_store)
    page, before = make_page(), len(msl_store.all(ScientificTopic))
    page.new()
    types("Dosing again")
    press(KEY.Key_Tab)
    types("Dosing")
    press_save()
    assert fault(page, "code") == "Another topic has this short name. Choose another."
    assert fault(page, "label_status") == "Label is needed."
    assert field(page, "code").hasFocus()
    assert len(msl_store.all(ScientificTopic)) == before
    types("2")
    assert fault(page, "code") == ""


def test_what_was_typed_is_back_on_a_new_page(make_page: MakePage, msl_store: Store) -> None:
    page = make_page()
    page.new()
    types("Half a topic")
    page.save_draft()
    assert shown(page) == ["Not finished", "Half a topic"]
    again = make_page()
    assert shown(again) == ["Not finished", "Half a topic"]
    again.new()
    assert field(again, "label").text() == "Half a topic"  # type: ignore[attr-defined]
    assert msl_store.all(ScientificTopic) == ()


def test_a_draft_goes_on_top_of_what_was_saved_since(make_page: MakePage, msl_store: Store) -> None:
    topic = a_world(msl_store).disease
    page = make_page()
    page.show_record(topic.id)
    assert page.form is not None
    page.form.start()
    press(KEY.Key_End)
    types(" here")
    page.save_draft()
    assert chips(page)[topic.label] == "Draft"
    save_topic(msl_store, msgspec.structs.replace(msl_store.get(ScientificTopic, topic.id), code="itching"))
    page.form.save()
    assert msl_store.get(ScientificTopic, topic.id).code == "itching", "nothing is written over another's change"
    page.show_record(topic.id)
    page.form.save()
    assert msl_store.get(ScientificTopic, topic.id).label.endswith(" here")


def test_discarded_and_taken_back(make_page: MakePage, msl_store: Store, msl_desk: Desk) -> None:
    topic = a_world(msl_store).disease
    page = make_page()
    page.show_record(topic.id)
    assert page.form is not None
    page.form.start()
    press(KEY.Key_End)
    types("x")
    page.form.discard()
    assert field(page, "label").text() == topic.label  # type: ignore[attr-defined]
    assert isinstance(msl_desk.frame, NoFrame)
    _words, undo = msl_desk.frame.toasts[-1]
    assert undo is not None
    undo()
    assert field(page, "label").text() == topic.label + "x"  # type: ignore[attr-defined]


def test_a_topic_out_of_use_stays_and_is_not_offered(make_page: MakePage, msl_store: Store, qtbot: QtBot) -> None:
    topic = a_world(msl_store).disease
    page = make_page()
    page.show_record(topic.id)
    QTest.mouseClick(field(page, "active"), Qt.MouseButton.LeftButton)
    assert page.form is not None
    page.form.save()
    assert shown(page)[-2:] == ["Not in use", topic.label]
    assert msl_store.get(ScientificTopic, topic.id).active is False
    quick = QuickEntry(msl_store)
    qtbot.addWidget(quick)
    quick.line.setText("#itch")
    assert quick.understood().left_over == ("#itch",)


def test_a_product_by_keyboard_and_then_offered_to_a_topic(make_page: MakePage, msl_store: Store) -> None:
    page = make_page()
    page.new_product()
    types("Velacor")
    press(KEY.Key_Tab)
    types("velacorib")
    page.form.form.set_values({"lifecycle": Lifecycle.APPROVED})  # type: ignore[union-attr]
    press_save()
    (product,) = msl_store.all(Product)
    assert (shown(page), chips(page)) == (["Products", "Velacor"], {"Velacor": "Approved"})
    page.new()
    field(page, "product_id").setFocus()
    types("vela")
    press(KEY.Key_Return)
    assert page.form is not None
    assert page.form.form.values()["product_id"] == product.id


def test_searched_by_product_and_short_name(make_page: MakePage, msl_store: Store) -> None:
    a_world(msl_store)
    page = make_page()
    page.search.setFocus()
    types("velacor #dos")
    assert shown(page) == ["Topics", "Renal dosing"]
    press(KEY.Key_Return)
    assert page.view.hasFocus()
    press(KEY.Key_Return)
    assert field(page, "label").hasFocus()


@pytest.mark.parametrize("text", ["<img src=x>", "a\x00b", "\ud800", "\u202egnp", "w" * 100_000, "'; drop"])
def test_hostile_text_breaks_nothing(make_page: MakePage, msl_store: Store, text: str) -> None:
    page = make_page()
    page.new()
    assert page.form is not None
    for line in page.form.form.findChildren(QLineEdit):
        line.setText(text)
        line.textEdited.emit(text)
    page.form.save_draft()
    page.form.save()
    assert msl_store.all(ScientificTopic) == ()
    assert msl_store.drafts.get("scientific_topic/new") is not None


def test_the_window_knows_where_topics_are(make_page: MakePage) -> None:
    page = make_page()
    spec = next(one for one in WORKSPACE.pages if one.key == TopicsPage.key)
    assert (spec.title, spec.icon) == (page.title, page.icon)
    assert WORKSPACE.opens["scientific_topic"] == WORKSPACE.opens["product"] == page.key
    assert [command.title for command in page.commands()][:2] == ["New topic", "New product"]
