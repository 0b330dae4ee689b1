"""What a list of a hundred thousand costs: `python -m tests.benchmarks.bench_lists`. One run's figures, never a test.

The rows come out of a plain SQLite table by id, a page at a time, as a page of the application loads them; what
encryption adds is measured in `bench_store`.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import statistics
import sys
import time
from array import array
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate

from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.lists import ContentRole, ListRow, RowsModel
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode

ROWS = 100_000


class People:
    """A table of people, read by page."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE TABLE person (rid INTEGER PRIMARY KEY, name TEXT, facts TEXT)")
        names = ((n, f"Dr. Person {n * 7919 % ROWS}", f"Hepatology, Place {n % 900}") for n in range(1, ROWS + 1))
        self._db.executemany("INSERT INTO person VALUES (?, ?, ?)", names)

    def ids(self) -> array[int]:
        """Every id, by name."""
        return array("q", (row[0] for row in self._db.execute("SELECT rid FROM person ORDER BY name")))

    def load(self, ids: Sequence[int]) -> list[ListRow]:
        """A page of rows, in the order asked for."""
        marks = ",".join("?" * len(ids))
        found = {
            row[0]: row
            for row in self._db.execute(f"SELECT rid, name, facts FROM person WHERE rid IN ({marks})", list(ids))
        }
        return [ListRow(found[i][1], found[i][2], ChipSpec("Opted in", "green", "check"), "12", i) for i in ids]


class _Usual(QStyledItemDelegate):
    """What one would write first: a delegate that knows that captions are lower than rows."""

    def sizeHint(self, option: object, index: object) -> QSize:
        """The height of a row or a caption."""
        return QSize(100, 28 if isinstance(index.data(ContentRole), str) else 56)  # type: ignore[attr-defined]


def took(work: Callable[[], object]) -> float:
    """How long it takes, in ms."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Print one line a figure."""
    app = QApplication([])
    Theme(app, Mode.LIGHT)
    people = People()
    captions = [(at, f"Group {at // 200}") for at in range(0, ROWS, 200)]
    say = sys.stdout.write

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    view = RowsView("People")
    view.resize(288, 700)
    view.show()
    shown = took(lambda: (view.rows.set_pages(people.ids(), people.load, captions), view.grab()))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say(f"ids, model and first paint of {ROWS:,} rows     {shown:8.1f} ms, +{grown:.0f} MB\n")

    bar, frames = view.verticalScrollBar(), []
    for step in range(1500):
        bar.setValue(bar.maximum() * step // 1500 if step % 3 == 0 else bar.value() + 168)
        frames.append(took(lambda: view.viewport().grab()))
    frames.sort()
    say(f"scrolling, a frame of 13 rows: median            {statistics.median(frames):8.2f} ms\n")
    say(f"scrolling, 99 of 100 frames below                {frames[int(len(frames) * 0.99)]:8.2f} ms\n")
    say(f"scrolling, worst                                 {frames[-1]:8.2f} ms\n")
    say(
        f"to the last row by End                           {took(lambda: (QTest.keyClick(view, Qt.Key.Key_End), view.viewport().grab())):8.2f} ms\n"
    )

    usual, model = QListView(), RowsModel()
    usual.setItemDelegate(_Usual(usual))
    usual.resize(288, 700)
    usual.show()
    model.set_pages(people.ids(), people.load, captions)
    slow = took(lambda: (usual.setModel(model), usual.grab()))
    say(f"the same model in an ordinary QListView          {slow:8.1f} ms, {slow / shown:.0f} times as long\n")


if __name__ == "__main__":
    main()
