"""What a brief costs among fifty thousand visits: `python -m tests.benchmarks.bench_brief`. Figures, never a test."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.report.document import stored_paper
from liaison_desktop.msl.report.queries import mentions, moments
from liaison_desktop.msl.visits.document import brief_of
from liaison_desktop.msl.visits.form import read_line
from liaison_desktop.msl.visits.record import FollowUp, FollowUpStatus, Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store import Store
from tests import builders
from tests.fakes import TODAY, Clock
from tests.msl.builders import a_visit, a_world

VISITS, PEOPLE, INSIGHTS = 50_000, 2_000, 20_000


def main() -> None:
    """Fill a store, ask for two hundred briefs, and print the medians and the worst."""
    import msgspec

    with tempfile.TemporaryDirectory() as folder:
        store = builders.a_store(Path(folder), SCHEMA, Clock())
        world = a_world(store)
        with store.transaction("benchmark") as transaction:
            people = [
                transaction.save(Person(first_name=f"First{n}", last_name=f"Last{n}", specialty="Hepatology"))
                for n in range(PEOPLE)
            ]
            plain = a_visit(world, TODAY)
            promised = (FollowUp(text="Send the letter", due_on=TODAY.date()),)
            kept = (msgspec.structs.replace(promised[0], status=FollowUpStatus.DONE, done_at=TODAY),)
            for n in range(VISITS):
                transaction.save(
                    Visit(
                        primary_person_id=people[n % PEOPLE].id,
                        start_at=TODAY - dt.timedelta(hours=n),
                        channel=plain.channel,
                        topics=plain.topics,
                        notes="Spoke about dosing in renal impairment and asked for the data.",
                        follow_ups=promised if n % 50 == 0 else kept,
                    )
                )
            for n in range(INSIGHTS):
                transaction.save(Insight(headline=f"Insight {n}", person_id=people[n % PEOPLE].id, heard_at=TODAY))
        _print("brief", [_took(lambda: brief_of(store, person.id)) for person in people[::10]])
        _print("timeline of a profile", [_took(lambda: first(store, person.id)) for person in people[::10]])
        _print("and what a worker adds to it", [_took(lambda: moments(store, person.id)) for person in people[::100]])
        busy = people[0]
        with store.transaction("benchmark") as transaction:
            for n in range(5_000):
                start = TODAY - dt.timedelta(hours=n)
                transaction.save(Visit(primary_person_id=busy.id, start_at=start, topics=plain.topics))
        _print("timeline of somebody met 5,000 times", [_took(lambda: first(store, busy.id)) for _ in range(20)])
        _print("every mention of somebody", [_took(lambda: mentions(store, person.id)) for person in people[::200]])
        _print("what we store, as a PDF", [_took(lambda: stored_paper(store, person.id)) for person in people[::700]])
        _print("one line read", [_took(lambda: read_line(store, f"v last{n} 14:00 30m #dosing")) for n in range(50)])
        _print("a mistyped name", [_took(lambda: read_line(store, f"v lasst{n} 14:00")) for n in range(50)])
        store.close()


def first(store: Store, person_id: uuid.UUID) -> None:
    """What a profile does before its timeline is seen: find everything, read the first page."""
    from liaison_desktop.msl.report.page import PersonStory

    story = PersonStory(store, person_id, nested=False)
    story.months()
    story.told(range(min(len(story), 128)))


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _print(what: str, took: list[float]) -> None:
    print(f"{what} among {VISITS:,} visits: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")


if __name__ == "__main__":
    main()
