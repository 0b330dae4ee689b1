"""A hundred thousand people and fifty thousand visits: `python -m tests.benchmarks.bench_directory [PEOPLE] [VISITS]`.

One run's figures over the encrypted store and the real pages, never a test. Names are put together by chance.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_FIRST = (
    "Hannah Peter Lucia Samir Anneke Tomasz Kenji Amina Ruben Ingrid Priya Owen Mei Bastian Noor Elena Grace".split()
)
_SYLLABLES = "ba ko mul ra ten vil os ka mar lin der son eg al fi no ru ze pa tri mo han wei sko".split()
_SPECIALTIES = "Hepatology Nephrology Gastroenterology Oncology Cardiology Pharmacy Neurology Surgery".split()
BATCH = 10_000


def build(store: Store, people: int, visits: int) -> None:
    """Save that many, a batch in a transaction."""
    from liaison_desktop.msl.directory.record import Affiliation, Institution, Person, PersonType
    from liaison_desktop.msl.visits.record import Channel, Topic, Visit, VisitStatus

    chance = random.Random(1)
    places = [Institution(name=f"{word.capitalize()}{n} Hospital") for n in range(40) for word in _SYLLABLES[:10]]
    with store.transaction() as transaction:
        for place in places:
            transaction.save(place)
    ids = []
    for first in range(0, people, BATCH):
        with store.transaction() as transaction:
            for _ in range(min(BATCH, people - first)):
                name = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
                person = Person(
                    prefix="Dr.",
                    first_name=chance.choice(_FIRST),
                    last_name=name,
                    person_type=PersonType.PHYSICIAN,
                    specialty=chance.choice(_SPECIALTIES),
                )
                transaction.save(person)
                place = chance.choice(places)
                transaction.save(Affiliation(person_id=person.id, institution_id=place.id, is_primary=True))
                ids.append((person.id, person.title()))
    now = store.clock()
    for first in range(0, visits, BATCH):
        with store.transaction() as transaction:
            for number in range(first, min(first + BATCH, visits)):
                person_id, title = chance.choice(ids)
                start = now - dt.timedelta(minutes=97 * (number + 1))
                topic = Topic(topic_name=chance.choice(("Renal dosing", "Itch as a goal", "Guideline update")))
                visit = Visit(
                    primary_person_id=person_id,
                    heading=f"{title}, {topic.topic_name.lower()}",
                    start_at=start,
                    channel=Channel.VIDEO,
                    topics=(topic,),
                    notes="Facts of a visit that were put together by chance.",
                )
                transaction.save(msgspec.structs.replace(visit, status=VisitStatus.SUBMITTED))


def median(act: Callable[[], Any], rounds: int = 9) -> str:
    """Median and worst of some rounds, in milliseconds."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms"


def queries(store: Store) -> None:
    """What the reads behind the lists cost."""
    from liaison_desktop.msl.directory.queries import known_like, person_rids, person_rows
    from liaison_desktop.msl.visits.queries import VisitFilter, visit_days, visit_rows
    from tests.msl.builders import a_person

    everyone = person_rids(store)
    print(f"people, all ids                {median(lambda: person_rids(store))}")
    for typed in ("m", "mul", "hannah", "mul hepat", "ko3 hosp", "zzz"):
        found = len(person_rids(store, typed))
        print(f"people, {typed!r:12} {found:7,}  {median(lambda t=typed: person_rids(store, t))}")
    middle = everyone[len(everyone) // 2 :][:128]
    print(f"people, a page of 128          {median(lambda: person_rows(store, middle))}")
    print(f"people like a new one          {median(lambda: known_like(store, a_person(last_name='Mulkora')), 3)}")
    rids, _days = visit_days(store, VisitFilter())
    print(f"visits, all ids and days       {median(lambda: visit_days(store, VisitFilter()))}")
    for typed in ("r", "renal", "hannah itch"):
        print(f"visits, {typed!r:12}           {median(lambda t=typed: visit_days(store, VisitFilter(text=t)))}")
    half = rids[len(rids) // 2 :][:128]
    print(f"visits, a page of 128          {median(lambda: visit_rows(store, half))}")


def pages(store: Store) -> None:
    """What a person feels: opening, typing into the search, scrolling."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from liaison_desktop.msl.directory.page import PeoplePage
    from liaison_desktop.msl.visits.page import VisitsPage
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.jobs import Jobs
    from liaison_desktop.ui.theme import Theme
    from liaison_desktop.ui.tokens import Mode
    from tests.fakes import FileDialogs, PaperTray

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app, mode=Mode.LIGHT)
    desk = Desk(store, jobs=Jobs(), theme=theme, clock=store.clock, files=FileDialogs(), printer=PaperTray())
    for make, word in ((PeoplePage, "mul"), (VisitsPage, "renal")):
        begun = time.perf_counter()
        page: Any = make(desk)
        page.resize(1190, 740)
        page.show()
        view = page.list.view
        while not view.rows.rowCount():
            app.processEvents()
        view.viewport().grab()
        name = make.__name__
        print(f"{name}: open to rows on screen      {(time.perf_counter() - begun) * 1000:8.1f} ms")
        stalls, answers = [], []
        for end in range(1, len(word) + 1):
            begun = time.perf_counter()
            QTest.keyClicks(page.list.search, word[end - 1])
            while page.list._latest.busy():
                turn = time.perf_counter()
                app.processEvents()
                stalls.append((time.perf_counter() - turn) * 1000)
                time.sleep(0.001)
            answers.append((time.perf_counter() - begun) * 1000)
        print(
            f"{name}: key to answer               {max(answers):8.1f} ms worst; longest stall {max(stalls, default=0.0):.1f} ms"
        )
        page.list.search.clear()
        page.list.load()
        while page.list._latest.busy():
            app.processEvents()
        frames, bar = [], view.verticalScrollBar()
        for step in range(200):
            begun = time.perf_counter()
            bar.setValue(bar.maximum() * step // 199)
            view.viewport().repaint()
            frames.append((time.perf_counter() - begun) * 1000)
        print(
            f"{name}: 200 jumps over the whole list {statistics.median(frames):6.1f} ms a frame; worst {max(frames):.1f} ms"
        )
        page.hide()
        page.deleteLater()
        app.processEvents()


def main() -> None:
    """Prints one line a measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from liaison_desktop.msl.workspace import SCHEMA
    from tests import builders
    from tests.fakes import Clock

    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    visits = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        store = builders.a_store(Path(folder) / "msl", SCHEMA, Clock())
        begun = time.perf_counter()
        build(store, people, visits)
        took = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in Path(folder).rglob("*")) / 1e6
        print(f"{people:,} people and {visits:,} visits saved in {took:.0f} s, {size:.0f} MB")
        queries(store)
        pages(store)
        print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        store.close()


if __name__ == "__main__":
    main()
