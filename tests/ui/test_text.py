"""Whatever a person wrote is shown as it was written."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.banner import Banner, BannerFact
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, FollowUpRow, list_card
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.inputs import TextArea, line_edit
from liaison_desktop.ui.layout import card, column
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.text import elided, icon_text, label, wrapped
from tests.ui.audit import cut_texts, rich_labels, texts_of, unnamed

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> &amp; <script>",
    "a & b && c",
    "\u202eright to left",
    "x" * 300,
    "line one\nline two",
]


def _wall(text: str) -> QWidget:
    area = TextArea(name="Area")
    area.set_text(text)
    field = LabelledField(text, line_edit(text, name="Field"), hint=text, help=text)
    field.show_fault(text)
    banner = Banner()
    banner.show_person(text, text, [BannerFact(text, text)], (text, text))
    return column(
        label(text), wrapped(text), elided(text), icon_text("check", text), button(text), Chip(text), area, field,
        CardRow(text, text, chip=ChipSpec(text)), FollowUpRow(text), list_card(text), card(title=text), banner,
        Confirm(text, text, text, reason=text), EmptyState(text, text, text), page_header(text, sub=text),
        Segmented([text, "b"], name=text), MultiChips([text], name=text), TabStrip([text]),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_taken_for_markup(qtbot: QtBot, text: str) -> None:
    wall = _wall(text)
    qtbot.addWidget(wall)
    wall.show()
    assert rich_labels(wall) == []
    seen = texts_of(wall)
    one_line = text.replace("\n", " ")
    assert sum(shown in (text, one_line, text.replace("&", "&&"), one_line.replace("&", "&&")) for shown in seen) > 15


def test_wrapped_text_is_escaped(qtbot: QtBot) -> None:
    held = wrapped("<img src=x>\n& <b>")
    qtbot.addWidget(held)
    assert "<img" not in held.text()
    assert held.plain() == "<img src=x>\n& <b>"
    held.set_text("")
    assert held.text() == ""


def test_wrapped_text_grows_with_a_narrow_place(qtbot: QtBot) -> None:
    held = wrapped("Protocol amendment 3, 6 Nov. She has not been told. " * 3)
    qtbot.addWidget(held)
    assert held.heightForWidth(200) > held.heightForWidth(800)
    assert held.minimumSizeHint().height() == 20


def test_a_tooltip_is_not_markup_either(qtbot: QtBot) -> None:
    held = elided("<img src=x>")
    qtbot.addWidget(held)
    assert "<img" not in held.toolTip()


def test_the_audit_finds_a_cut_text_and_a_nameless_field(qtbot: QtBot) -> None:
    box = column(label("A label that is far too long"), line_edit())
    qtbot.addWidget(box)
    box.layout().itemAt(0).widget().setFixedWidth(20)  # type: ignore[union-attr]
    box.show()
    assert cut_texts(box) == ["Label: A label that is far too long"]
    assert unnamed(box) == ["LineEdit"]
