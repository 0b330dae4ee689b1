"""What a brief costs among fifty thousand visits: `python -m tests.benchmarks.bench_brief`. Figures, never a test."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.visits.document import brief_of
from liaison_desktop.msl.visits.record import FollowUp, FollowUpStatus, Visit
from liaison_desktop.msl.workspace import SCHEMA
from tests import builders
from tests.fakes import TODAY, Clock
from tests.msl.builders import a_visit, a_world

VISITS, PEOPLE, INSIGHTS = 50_000, 2_000, 20_000


def main() -> None:
    """Fill a store, ask for two hundred briefs, and print the median and the worst."""
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
        took = []
        for person in people[::10]:
            begun = time.perf_counter()
            brief_of(store, person.id)
            took.append((time.perf_counter() - begun) * 1000)
        print(f"brief among {VISITS:,} visits: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")
        store.close()


if __name__ == "__main__":
    main()
