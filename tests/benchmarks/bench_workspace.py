"""Opening every page of the MSL workspace over a big store, and every list again after a search.

.venv/bin/python -m tests.benchmarks.bench_workspace [--people N] [--visits N] [--insights N] [--store FOLDER]
    [--warm] [--ahead]

With `--store` the store is built once in that folder and used again. One run's figures, never a test. `first` is the
first opening in a session: imports, the page, its queries, and the painting of the whole window; a window that stood open
for some seconds has the imports behind it (`--warm`), and some seconds later the making of the pages as well (`--ahead`;
Today is opened before). `again` is what a person waits for who comes back after something changed: every query, the
widgets of what changed, and the painting. Before each round another page is looked at, a visit of today is saved with
another place and an insight is new, so that there is something to change. Figures are of the processor, which other
programs cannot lengthen by making us wait, workers of our own included; the limit is held against the best of them. A
busy machine still makes them longer, so its load is told as well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk
    from tests.msl.builders import World

PAGES = ("today", "people", "visits", "insights", "inquiries", "safety", "topics", "materials")
INQUIRIES, REQUESTS, REPORTS, MATERIALS, TOPICS = 1_000, 500, 1_000, 400, 200
LIMIT = 100.0  # ms
ROUNDS = 7
_TURNS = itertools.count(1)
_BATCH = 500


def build(store: Store, people: int, visits: int, insights: int) -> None:
    """Everything an MSL of many years would have, and more people than any territory holds."""
    from tests.benchmarks import bench_directory, bench_insights
    from tests.msl.builders import a_world

    world = a_world(store)
    bench_directory.build(store, people, visits)
    bench_insights.build(store, insights, 0, world)
    _rest(store, world)


def _rest(store: Store, world: World) -> None:
    """Inquiries, requests, reports, materials, topics, receipts, drafts and promises."""
    from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Question, StandingRequest
    from liaison_desktop.msl.insights.record import Audience, Decision, Insight, InsightFeedback, InsightStatus
    from liaison_desktop.msl.materials.record import (
        LabelStatus,
        Material,
        MaterialKind,
        MaterialVersion,
        ScientificTopic,
        Use,
    )
    from liaison_desktop.msl.safety.record import SafetyEvent, SafetyStatus
    from liaison_desktop.msl.visits.record import FollowUp, Visit

    now, day = store.clock(), dt.timedelta(days=1)
    person = world.person
    states = [one for one in InquiryStatus if one is not InquiryStatus.WITHDRAWN]
    with store.transaction() as transaction:
        for n in range(TOPICS):
            label = LabelStatus.ON_LABEL
            transaction.save(ScientificTopic(code=f"topic{n}", label=f"Topic number {n}", label_status=label))
        for n in range(MATERIALS):
            versions = tuple(
                MaterialVersion(number=f"{k}.0", approval_ref=f"MED-{n}-{k}", expires_on=(now + n * day).date())
                for k in (1, 2)
            )
            kind, use = MaterialKind.SLIDE_DECK, Use.PROACTIVE
            transaction.save(Material(name=f"Material {n}", material_kind=kind, use=use, versions=versions))
        for n in range(INQUIRIES):
            asked = Question(verbatim=f"Can I start {n} mg when kidney function falls?")
            transaction.save(
                MedicalInquiry(
                    number=f"MI-T-{n:05}",
                    person_id=person.id,
                    shown_name=person.title(),
                    received_at=now - n * day,
                    questions=(asked,),
                    status=states[n % len(states)],
                )
            )
        for n in range(REQUESTS):
            until = (now + (n - 20) * day).date()
            transaction.save(
                StandingRequest(person_id=person.id, subject=f"Interest {n}", requested_at=now, expires_on=until)
            )
        for n in range(REPORTS):
            at = now - n * day
            running = n < 5
            transaction.save(
                SafetyEvent(
                    number=f"SE-T-{n:05}",
                    description="Stopped after severe itching.",
                    captured_at=at,
                    aware_at=at,
                    due_at=at + day,
                    status=SafetyStatus.CAPTURED if running else SafetyStatus.CLOSED,
                    handed_over_at=None if running else at,
                )
            )
        for n in range(40):
            due = (FollowUp(text=f"Send letter {n}", due_on=(now + (n - 20) * day).date()),)
            start = now - dt.timedelta(hours=n)
            transaction.save(Visit(primary_person_id=person.id, heading=person.title(), start_at=start, follow_ups=due))
    changed = [one for one in store.all(Insight) if one.status in (InsightStatus.ACTIONED, InsightStatus.CLOSED)]
    for first in range(0, len(changed), _BATCH):
        with store.transaction() as transaction:
            for n, one in enumerate(changed[first : first + _BATCH]):
                transaction.save(
                    InsightFeedback(
                        insight_id=one.id,
                        from_function=Audience.CLINICAL_DEVELOPMENT,
                        decision=Decision.TAKEN_UP,
                        action_text="Protocol amended",
                        at=(now - (n % 300) * day).date(),
                    )
                )


class Took(NamedTuple):
    """How long something took, in ms: on the clock, and of the processor."""

    wall: float
    cpu: float


class Row(NamedTuple):
    """One line: what was opened, its first opening, and the rounds of coming back to it."""

    what: str
    first: Took
    rounds: list[Took]

    def line(self) -> str:
        """The figures beside one another."""
        cpu = sorted(one.cpu for one in self.rounds)
        wall = statistics.median(one.wall for one in self.rounds)
        over = "" if cpu[0] <= LIMIT else f"   over {LIMIT:.0f} ms"
        again = f"{cpu[0]:7.0f} {statistics.median(cpu):7.0f} {cpu[-1]:7.0f} {wall:7.0f}"
        return f"{self.what:34} {self.first.cpu:7.0f} {self.first.wall:7.0f}   {again}{over}\n"


def took(act: Callable[[], Any]) -> Took:
    """How long it takes until it is painted."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return Took((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000)


def _settled(desk: Desk) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    desk.jobs.wait()
    QApplication.processEvents()
    # What an event loop deletes between two turns; without one it would pile up, and be laid out and styled each time.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _change(store: Store) -> None:
    """Something that shows on most pages: a visit of today is at another place, and an insight was heard now."""
    from liaison_desktop.msl.insights.record import Insight
    from liaison_desktop.msl.visits.queries import visits_between

    first = store.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    visits = visits_between(store, first, first + dt.timedelta(days=1))
    visit = next(one for one in visits if not one.locked)
    turn = next(_TURNS)
    with store.transaction() as transaction:
        transaction.save(msgspec.structs.replace(visit, place_note=f"Room {turn}"))
        transaction.save(Insight(headline=f"Heard now, for the {turn}. time", heard_at=store.clock()))


def measure(store: Store, *, warm: bool, ahead: bool) -> list[Row]:
    """For each page: its first opening, and coming back to it after something changed."""
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.msl.workspace import WORKSPACE
    from liaison_desktop.shell.frame import WorkFrame
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from liaison_desktop.ui.tokens import Mode
    from tests.fakes import FileDialogs, NoFrame, PaperTray

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app, Mode.LIGHT, "msl")
    desk = Desk(
        store, jobs=Jobs(), theme=theme, clock=store.clock, files=FileDialogs(), printer=PaperTray(), frame=NoFrame()
    )
    frame = WorkFrame(desk, WORKSPACE, ())
    desk.frame = frame
    theme.dress(frame)
    frame.resize(1366, 768)
    frame.show()
    found = []
    every = frozenset(store.kinds)

    def shown(key: str) -> QWidget:
        frame.go(key)
        _settled(desk)
        frame.grab()
        return frame.pages[key]

    def leave(key: str) -> None:
        """Look at another page, and let everything change meanwhile: what is shown hears of it at once, others later."""
        frame.go("materials" if key != "materials" else "topics")
        _change(store)
        for tell in tuple(store.listeners):
            tell(every)
        _settled(desk)

    def wait() -> None:
        while frame.warming.left:
            QApplication.processEvents()

    if warm or ahead:
        wait()
    firsts = {PAGES[0]: took(lambda: shown(PAGES[0]))}
    if ahead:
        frame.make_pages_ahead()
        wait()
    frame.warming.stop()
    for key in PAGES[1:]:
        firsts[key] = took(lambda k=key: shown(k))
    for key in PAGES:
        rounds = []
        for _ in range(ROUNDS):
            leave(key)
            rounds.append(took(lambda k=key: shown(k)))
        found.append(Row(key, firsts[key], rounds))
    found += _shapes(desk, frame)
    desk.jobs.wait()
    frame.put_away()
    return found


def _shapes(desk: Desk, frame: Any) -> list[Row]:
    """The insights as a list, and the searches of the three great lists with a rare and a very common word."""
    found = []

    def typed(key: str, text: str, act: Callable[[str], object]) -> None:
        frame.go(key)
        _settled(desk)

        def ask() -> None:
            act(text)
            _settled(desk)
            frame.grab()

        first = took(ask)
        rounds = []
        for _ in range(ROUNDS):
            act("")
            _settled(desk)
            rounds.append(took(ask))
        found.append(Row(f"{key}, search {text!r}", first, rounds))
        act("")
        _settled(desk)

    insights = frame.pages["insights"]

    def look(text: str) -> None:
        insights.search.setText(text)
        insights.load()

    for text in ("albumin", "nephrologists 42", "ins"):
        typed("insights", text, look)
    insights.shape.set_value("list")

    def load() -> None:
        insights.load()
        _settled(desk)
        frame.grab()

    found.append(Row("insights, as a list", took(load), [took(load) for _ in range(ROUNDS)]))
    typed("insights", "albumin", look)
    return found


def load_of_the_machine() -> str:
    """How many programs wanted the processors in the last 1, 5 and 15 minutes, and how fast Python runs now."""
    wanted = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "not told here"
    yardstick = min(took(lambda: sum(range(1_000_000))).cpu for _ in range(5))
    return f"{wanted} on {os.cpu_count()} processors; a million additions take {yardstick:.0f} ms"


def main() -> None:
    """Prints one line a page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from liaison_desktop.msl.workspace import SCHEMA
    from liaison_desktop.store import Store
    from tests import builders
    from tests.fakes import Clock

    asked = argparse.ArgumentParser()
    for name, count in (("--people", 100_000), ("--visits", 50_000), ("--insights", 20_000)):
        asked.add_argument(name, type=int, default=count)
    asked.add_argument("--store", type=Path)
    asked.add_argument("--warm", action="store_true", help="first let the modules of the pages be loaded ahead")
    asked.add_argument("--ahead", action="store_true", help="let the pages be made ahead once the first is shown")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.store or Path(folder) / "msl"
        if place.exists():
            store = Store.open(
                place, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=Clock()
            )
        else:
            store = builders.a_store(place, SCHEMA, Clock())
            seconds = took(lambda: build(store, given.people, given.visits, given.insights))
            sys.stdout.write(
                f"{given.people:,} people, {given.visits:,} visits, {given.insights:,} insights: {seconds.wall / 1000:.0f} s\n"
            )
        sys.stdout.write(f"Load of the machine: {load_of_the_machine()}\n")
        sys.stdout.write(f"{'ms of the processor (wall: clock)':34} {'first':>7} {'wall':>7}   ")
        sys.stdout.write(f"{'best':>7} {'median':>7} {'worst':>7} {'wall':>7}\n")
        found = measure(store, warm=given.warm, ahead=given.ahead)
        for one in found:
            sys.stdout.write(one.line())
        first = statistics.median(one.first.cpu for one in found[: len(PAGES)])
        again = statistics.median(statistics.median(took.cpu for took in one.rounds) for one in found)
        sys.stdout.write(f"Median of the pages' first opening {first:.0f} ms, of coming back {again:.0f} ms\n")
        sys.stdout.write(f"Load of the machine at the end: {load_of_the_machine()}\n")
        store.close()


if __name__ == "__main__":
    main()
