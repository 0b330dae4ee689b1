"""Import a list of people: pick the file, see what each row becomes, bring it in, take it back. Hostile lists change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.page import PeoplePage
from liaison_desktop.msl.directory.queries import count_people, person_rids, person_rows
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs, NoFrame
from tests.interop.sheets import sheet, workbook

LIST = """NPI,Last name,First name,Title,Primary Specialty,Hospital,City
1234567893,Baptiste,Marc,Dr.,Nephrology,St. Brigid Medical Center,Ashford
,Okonkwo,Hannah,Dr.,Hepatology,Northlake University Hospital,Northlake
1234567890,Lindgren,Eva,Dr.,Hepatology,Harrow Liver Institute,Harrow
,Sato,Yuki,Dr.,Gastroenterology,Kingsway Clinic,Kingsway
"""


@pytest.fixture
def desk(msl_desk: Desk) -> Desk:
    practice.fill(msl_desk.store)
    return msl_desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PeoplePage:
    made = PeoplePage(desk)
    desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(page: PeoplePage, files: FileDialogs, qtbot: QtBot, path: Path, content: bytes) -> None:
    """Pick a file and wait until it was read."""
    path.write_bytes(content)
    files.opens.append(path)
    page.bring()
    qtbot.waitUntil(lambda: page.importing.go.isVisible() or said(page) != "", timeout=15_000)


def said(page: PeoplePage) -> str:
    """What the page says instead of rows, if it says anything but that it is reading."""
    from liaison_desktop.ui.text import Wrapped

    view = page.importing
    texts = [one.plain() for one in view.findChildren(Wrapped) if one.isVisible()]
    return " ".join(texts) if any("cannot be read" in text for text in texts) else ""


def shown_rows(page: PeoplePage) -> list[str]:
    model = page.importing.rows.rows
    return [str(model.index(number).data(Qt.ItemDataRole.DisplayRole)) for number in range(model.rowCount())]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_looked_at_and_brought_in_and_taken_back(
    qtbot: QtBot, page: PeoplePage, desk: Desk, files: FileDialogs, tmp_path: Path, kind: str
) -> None:
    rows = [line.split(",") for line in LIST.splitlines()]
    content = LIST.encode() if kind == "csv" else workbook(sheet(rows))
    before, places = count_people(desk.store), len(desk.store.all(Institution))
    choose(page, files, qtbot, tmp_path / f"people.{kind}", content)

    assert shown_rows(page) == [
        "Dr. Marc Baptiste, Nephrology · St. Brigid Medical Center, New, row 2",
        "Dr. Hannah Okonkwo, Looks like Hannah Okonkwo, Northlake University Hospital, Maybe known, row 3",
        "Dr. Eva Lindgren, 1234567890 is not a valid NPI. Check the last digit, or leave it empty., Fault, row 4",
        "Dr. Yuki Sato, Gastroenterology · Kingsway Clinic, New, row 5",
    ]
    assert count_people(desk.store) == before
    assert page.importing.go.text().strip() == "Import 2 people"

    qtbot.keyClick(page.importing.go, Qt.Key.Key_Space)
    assert count_people(desk.store) == before + 2
    assert len(desk.store.all(Institution)) == places + 1
    (sato,) = person_rows(desk.store, person_rids(desk.store, "kingsway"))
    assert sato.name == "Dr. Yuki Sato"
    assert any(line.act == Act.IMPORTED.value for line in desk.store.lines())

    frame = desk.frame
    assert isinstance(frame, NoFrame)
    text, undo = frame.toasts[-1]
    assert text == "2 people imported"
    assert undo is not None
    undo()
    assert count_people(desk.store) == before
    assert len(desk.store.all(Institution)) == places


def test_a_column_can_be_given_another_meaning(
    qtbot: QtBot, page: PeoplePage, files: FileDialogs, tmp_path: Path
) -> None:
    choose(page, files, qtbot, tmp_path / "x.csv", b"Who,What\nDr. Mei Sato,Nephrology\n")
    view = page.importing
    assert not view.go.isEnabled()
    view._lines[0].set_value("full_name")
    view._lines[1].set_value("specialty")
    view._match()
    qtbot.waitUntil(view.go.isEnabled)
    assert shown_rows(page) == ["Dr. Mei Sato, Nephrology, New, row 2"]


def test_the_maybe_known_come_in_only_when_somebody_says_so(
    qtbot: QtBot, page: PeoplePage, desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    choose(page, files, qtbot, tmp_path / "x.csv", LIST.encode())
    assert len(page.importing.ready()) == 2
    qtbot.keyClick(page.importing.doubles, Qt.Key.Key_Space)
    assert [one.person.last_name for one in page.importing.ready()] == ["Baptiste", "Okonkwo", "Sato"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1000,
        b"PK\x03\x04 broken",
        b'name,specialty\n"never closed,x\n',
        b",".join([b"c"] * 5000) + b"\n1\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        workbook(sheet([["a"], ["b"]]), more={"xl/x.xml": b" " * 120_000_000}),
    ],
    ids=["empty", "nul", "broken", "unclosed", "wide", "old", "bomb"],
)
def test_a_hostile_file_is_refused_in_words_and_changes_nothing(
    qtbot: QtBot, page: PeoplePage, desk: Desk, files: FileDialogs, tmp_path: Path, content: bytes
) -> None:
    before = desk.store.all(Person)
    choose(page, files, qtbot, tmp_path / "list.csv", content)
    assert "Nothing was taken from it." in said(page)
    assert not page.importing.go.isVisible()
    assert desk.store.all(Person) == before


def test_hostile_cells_come_in_as_plain_text(
    qtbot: QtBot, page: PeoplePage, desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    evil = "<img src=\\\\evil\\x>"
    choose(
        page,
        files,
        qtbot,
        tmp_path / "list.csv",
        f"First name,Last name,Specialty,Type\n{evil},=HYPERLINK(x),{{{{7*7}}}},nurse\n".encode(),
    )
    qtbot.waitUntil(page.importing.go.isEnabled)
    qtbot.keyClick(page.importing.go, Qt.Key.Key_Space)
    made = next(one for one in desk.store.all(Person) if one.first_name == evil)
    assert (made.last_name, made.specialty) == ("=HYPERLINK(x)", "{{7*7}}")
    page.show_record(made.id)
    from liaison_desktop.ui.text import Elided, Label

    lines = page.profile.findChildren(Elided)
    assert any(evil in one.text() for one in (*page.profile.findChildren(Label), *lines))
    assert all("<img" not in one.toolTip() for one in lines)


def test_cancel_keeps_everything_as_it_was(
    qtbot: QtBot, page: PeoplePage, desk: Desk, files: FileDialogs, tmp_path: Path, msl_store: Store
) -> None:
    before = count_people(msl_store)
    choose(page, files, qtbot, tmp_path / "x.csv", LIST.encode())
    page.importing.cancel()
    assert count_people(msl_store) == before
    page.bring()
    assert page._stack.currentWidget() is not page.importing
