"""Parts of a page: made anew when what they show has changed, else left with the keyboard in them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import Item, column, refill
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import Label, label


def test_a_part_is_made_anew_only_when_its_facts_changed(qtbot: QtBot) -> None:
    part, made = Part(), list[Label]()
    qtbot.addWidget(part)

    def make() -> tuple[Item, ...]:
        made.append(label("A promise"))
        return (made[-1],)

    part.show_facts(("promise", 1), make)
    part.show_facts(("promise", 1), make)
    assert len(made) == 1
    assert part.isVisibleTo(part.parentWidget())
    part.show_facts(("promise", 2), make)
    assert len(made) == 2
    part.show_facts((), lambda: ())
    assert not part.isVisibleTo(part.parentWidget())


def test_what_is_put_into_a_box_on_the_screen_has_its_place_at_once(qtbot: QtBot) -> None:
    box = column(label("Before"))
    qtbot.addWidget(box)
    box.resize(200, 400)
    box.show()
    rows: list[QWidget] = [label(f"Row {number}") for number in range(3)]
    refill(box, *rows, None)
    assert all(row.isVisible() for row in rows)
    assert [row.y() for row in rows] == sorted({row.y() for row in rows})


def test_a_button_made_without_a_word_gives_the_word_its_room(qtbot: QtBot) -> None:
    made = button("", "primary", "check")
    qtbot.addWidget(made)
    assert made.minimumWidth() == made.maximumWidth()
    made.set_text("Discharge the patient")
    assert made.sizeHint().width() > 120
    assert made.maximumWidth() >= made.sizeHint().width()
