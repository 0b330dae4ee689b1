"""Opening every page, the chart with each of its tabs, and searching as one types, over a big clinical store.

.venv/bin/python -m tests.benchmarks.bench_clinical [--patients N] [--store FOLDER] [--warm] [--ahead]

There are two episodes a patient. With `--store` the store is built once in that folder and used again. One run's figures,
never a test. `first` is the first opening in a session, with the imports of the page; a window that stood open for some
seconds has those behind it (`--warm`), and soon after the making of the pages as well (`--ahead`; it also tells how long the
longest turns of that making held the window up). `again` is the median of coming back after another page was looked
at and everything was said to have changed; both until the whole window is painted, in ms of the processor and on the
clock. The limit is held against the processor's median of coming back: a busy machine lengthens the clock, and its load
is told as well.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.bench_clinical_store import build, in_hand
from tests.benchmarks.bench_workspace import Took, took

if TYPE_CHECKING:
    from liaison_desktop.shell.frame import WorkFrame
    from liaison_desktop.store import Store

PAGES = ("today", "patients", "referrals", "checklists", "consents", "tasks", "outreach", "people")
PAGE_LIMIT, SEARCH_LIMIT = 150.0, 100.0  # ms
ROUNDS = 5
TYPED = ("o", "oka", "okafor 12", "1950", "0042")


class Row(NamedTuple):
    """One line: what was done, its limit, the first time and the times after."""

    what: str
    limit: float
    first: Took
    rounds: list[Took]

    def line(self) -> str:
        """The figures beside one another."""
        cpu = statistics.median(one.cpu for one in self.rounds)
        wall = statistics.median(one.wall for one in self.rounds)
        over = "" if cpu <= self.limit else f"   over {self.limit:.0f} ms"
        return f"{self.what:34} {self.first.cpu:7.0f} {self.first.wall:7.0f}   {cpu:7.0f} {wall:7.0f}{over}\n"


@contextmanager
def opened(store: Store, *, warm: bool, ahead: bool) -> Iterator[WorkFrame]:
    """The window over that store, with what it does while nobody waits left undone, or done."""
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.clinical.workspace import WORKSPACE
    from liaison_desktop.shell.frame import WorkFrame
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from liaison_desktop.ui.tokens import Mode
    from tests.fakes import FileDialogs, NoFrame, PaperTray

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app, Mode.LIGHT, "clinical")
    desk = Desk(
        store, jobs=Jobs(), theme=theme, clock=store.clock, files=FileDialogs(), printer=PaperTray(), frame=NoFrame()
    )
    frame = WorkFrame(desk, WORKSPACE, ())
    desk.frame = frame
    theme.dress(frame)
    frame.resize(1366, 768)
    frame.show()
    if warm or ahead:
        _finish(frame)
    if ahead:
        frame.go("people")
        painted(frame)
        frame.make_pages_ahead()
        turns = _finish(frame)
        sys.stdout.write("Longest turns of making ahead: " + ", ".join(f"{one.cpu:.0f}" for one in turns[:5]) + " ms\n")
    frame.warming.stop()
    yield frame
    desk.jobs.wait()
    frame.put_away()


def _finish(frame: WorkFrame) -> list[Took]:
    """Let the window do what it does while nobody waits; how long its turns took, the longest first."""
    from PySide6.QtWidgets import QApplication

    turns = []
    while left := len(frame.warming.left):
        turn = took(QApplication.processEvents)
        if len(frame.warming.left) != left:
            turns.append(turn)
    return sorted(turns, key=lambda one: -one.cpu)


def painted(frame: WorkFrame) -> None:
    """Everything that is due has happened, and the window is painted."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    frame.desk.jobs.wait()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    frame.grab()


def timed(
    frame: WorkFrame,
    what: str,
    limit: float,
    act: Callable[[int], object],
    before: Callable[[int], object] = lambda _turn: None,
) -> Row:
    """What it takes the first time and after; `before` is done each time and not counted."""

    def once(turn: int) -> Took:
        before(turn)
        painted(frame)
        return took(lambda: (act(turn), painted(frame)))

    first = once(0)
    row = Row(what, limit, first, [once(turn) for turn in range(1, ROUNDS + 1)])
    sys.stdout.write(row.line())
    sys.stdout.flush()
    return row


def pages(frame: WorkFrame) -> list[Row]:
    """Each page, first and again."""
    store = frame.desk.store

    def leave(key: str) -> None:
        frame.go("people" if key != "people" else "outreach")
        for tell in tuple(store.listeners):
            tell(frozenset(store.kinds))

    frame.go("people")
    painted(frame)
    frame.go("outreach")
    painted(frame)
    return [
        timed(frame, key, PAGE_LIMIT, lambda _turn, k=key: frame.go(k), lambda turn, k=key: turn and leave(k))
        for key in PAGES
    ]


def chart(frame: WorkFrame) -> list[Row]:
    """A chart, each time another patient's who is in hand; then each of its tabs."""
    from liaison_desktop.clinical.chart.page.chart_view import TABS

    people = in_hand(frame.desk.store, ROUNDS + 1)
    frame.go("patients")
    page: Any = frame.pages["patients"]
    found = [
        timed(
            frame,
            "a chart, its overview",
            PAGE_LIMIT,
            lambda turn: page.show_record(people[turn % len(people)]),
            lambda _turn: page.show_list(),
        )
    ]
    for tab in TABS[1:]:
        found.append(
            timed(
                frame,
                f"  {tab}",
                PAGE_LIMIT,
                lambda _turn, t=tab: page.chart.go_to(t),
                lambda _turn: page.chart.go_to("Overview"),
            )
        )
    page.show_list()
    return found


def searches(frame: WorkFrame) -> list[Row]:
    """What one key costs on the two great lists, once the pause after it is over."""
    frame.go("patients")
    patients: Any = frame.pages["patients"].list  # type: ignore[attr-defined]
    frame.go("referrals")
    referrals: Any = frame.pages["referrals"].list  # type: ignore[attr-defined]

    def type_into(line: Any, text: str, show: Callable[[], object]) -> None:
        line.blockSignals(True)
        line.setText(text)
        line.blockSignals(False)
        show()

    found = []
    for key, line, show in (
        ("patients", patients.search, patients._show_found),
        ("referrals", referrals.search, referrals.fill),
    ):
        frame.go(key)
        for text in TYPED:
            found.append(
                timed(
                    frame,
                    f"{key}, search {text!r}",
                    SEARCH_LIMIT,
                    lambda _turn, a=line, t=text, s=show: type_into(a, t, s),
                    lambda _turn, a=line, s=show: type_into(a, "zzz", s),
                )
            )
    return found


def main() -> None:
    """Prints one line a page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from liaison_desktop.clinical.workspace import SCHEMA
    from liaison_desktop.store import Store
    from tests import builders
    from tests.benchmarks.bench_workspace import load_of_the_machine
    from tests.fakes import Clock

    asked = argparse.ArgumentParser()
    asked.add_argument("--patients", type=int, default=20_000)
    asked.add_argument("--store", type=Path)
    asked.add_argument("--warm", action="store_true", help="first let the modules of the pages be loaded ahead")
    asked.add_argument("--ahead", action="store_true", help="let the pages be made ahead as well")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.store or Path(folder) / "clinical"
        if place.exists():
            store = Store.open(
                place, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=Clock()
            )
        else:
            store = builders.a_store(place, SCHEMA, Clock())
            spent = took(lambda: build(store, given.patients))
            sys.stdout.write(f"{given.patients:,} patients, built in {spent.wall / 1000:.0f} s\n")
        sys.stdout.write(f"Load of the machine: {load_of_the_machine()}\n")
        sys.stdout.write(
            f"{'ms of the processor, on the clock':34} {'first':>7} {'wall':>7}   {'again':>7} {'wall':>7}\n"
        )
        with opened(store, warm=given.warm, ahead=given.ahead) as frame:
            found = [*pages(frame), *chart(frame), *searches(frame)]
        sys.stdout.write(f"{sum(one.line().endswith(' ms' + chr(10)) for one in found)} of {len(found)} over\n")
        sys.stdout.write(f"Load of the machine at the end: {load_of_the_machine()}\n")
        store.close()


if __name__ == "__main__":
    main()
