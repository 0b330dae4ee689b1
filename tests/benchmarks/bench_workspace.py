"""Opening every page of the MSL workspace over a big store, and every list again after a search.

.venv/bin/python -m tests.benchmarks.bench_workspace [--people N] [--visits N] [--insights N] [--store FOLDER]

With `--store` the store is built once in that folder and used again. One run's figures, never a test. `first` makes the
page, puts it into the window and paints it; `again` is what a person waits for who comes back after something changed:
every query, every widget, and the painting of the whole window. `cpu` is the same without what other programs took of
the machine, workers of our own included; it is what the limit is held against.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk
    from tests.msl.builders import World

PAGES = ("today", "people", "visits", "insights", "inquiries", "safety", "topics", "materials")
INQUIRIES, REQUESTS, REPORTS, MATERIALS, TOPICS = 1_000, 500, 1_000, 400, 200
LIMIT = 100.0  # ms
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


def took(act: Callable[[], Any]) -> Took:
    """How long it takes until it is painted."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return Took((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000)


def least(rounds: list[Took]) -> Took:
    """The best of each: what the work itself costs, when nothing else wanted the machine."""
    return Took(min(one.wall for one in rounds), min(one.cpu for one in rounds))


def _settled(desk: Desk) -> None:
    from PySide6.QtWidgets import QApplication

    desk.jobs.wait()
    QApplication.processEvents()


def measure(store: Store) -> list[tuple[str, Took, Took]]:
    """For each page: its first opening, and the median of coming back to it after everything changed."""
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
    frame.resize(1366, 768)
    frame.show()
    found = []
    every = frozenset(store.kinds)

    def shown(key: str) -> QWidget:
        frame.go(key)
        _settled(desk)
        frame.grab()
        return frame.pages[key]

    def again(key: str) -> None:
        frame.pages[key].refresh(every)
        _settled(desk)
        frame.grab()

    for key in PAGES:
        first = took(lambda k=key: shown(k))
        rounds = [took(lambda k=key: again(k)) for _ in range(7)]
        found.append((key, first, least(rounds)))
    found += _shapes(desk, frame)
    desk.jobs.wait()
    frame.put_away()
    return found


def _shapes(desk: Desk, frame: Any) -> list[tuple[str, Took, Took]]:
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
        for _ in range(5):
            act("")
            _settled(desk)
            rounds.append(took(ask))
        found.append((f"{key}, search {text!r}", first, least(rounds)))
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

    first, rounds = took(load), [took(load) for _ in range(5)]
    found.append(("insights, as a list", first, least(rounds)))
    typed("insights", "albumin", look)
    return found


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
        sys.stdout.write(f"{'':34} first: wall     cpu   again: wall     cpu\n")
        for what, first, again in measure(store):
            over = "" if again.cpu <= LIMIT else f"   over {LIMIT:.0f} ms"
            figures = f"{first.wall:7.0f} {first.cpu:7.0f}        {again.wall:7.0f} {again.cpu:7.0f}"
            sys.stdout.write(f"{what:34}      {figures}{over}\n")
        store.close()


if __name__ == "__main__":
    main()
