"""Twenty thousand insights among fifty thousand visits: the similar list, the board, the list, Today's two parts.

.venv/bin/python -m tests.benchmarks.bench_insights [insights] [visits]
"""

from __future__ import annotations

import datetime as dt
import os
import random
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
    from tests.msl.builders import World

_WHO = (
    "nephrologists hepatologists pharmacists trainees coordinators committees rural clinics nurses sites payers".split()
)
_DO = "dose measure ask wait decline switch refer count start repeat explain postpone".split()
_WHAT = (
    "albumin itch biopsy fibrosis windows leaflets endpoints imaging titration referral consent labs guideline".split()
)
_WHY = "because before although without unless when".split()
BATCH = 500


def build(store: Store, insights: int, visits: int, world: World | None = None) -> None:
    """Save that many, put together by chance."""
    from liaison_desktop.msl.insights.actions import begin_insight
    from liaison_desktop.msl.insights.record import Category, InsightStatus
    from liaison_desktop.msl.visits.record import Visit
    from tests.msl.builders import a_world

    world, chance, now = world or a_world(store), random.Random(20), store.clock()

    def sentence() -> str:
        words = [chance.choice(kind) for kind in (_WHO, _DO, _WHAT, _WHY, _WHO, _DO, _WHAT)]
        return f"{' '.join(words).capitalize()} {chance.randrange(2, 90)}"

    states = list(InsightStatus)
    for first in range(0, insights, BATCH):
        with store.transaction() as transaction:
            for number in range(first, min(first + BATCH, insights)):
                made = msgspec.structs.replace(
                    begin_insight(store),
                    number=f"INS-T-{number + 1:04}",
                    headline=sentence(),
                    quote=sentence(),
                    so_what=sentence(),
                    category=chance.choice(list(Category)),
                    topic_id=world.disease.id if number % 3 else None,
                    person_id=world.person.id,
                    heard_at=now - dt.timedelta(minutes=31 * number),
                )
                transaction.save(msgspec.structs.replace(made, status=states[number % len(states)]))
    for first in range(0, visits, BATCH):
        with store.transaction() as transaction:
            for number in range(first, min(first + BATCH, visits)):
                start = now - dt.timedelta(minutes=97 * (number + 1))
                transaction.save(
                    Visit(primary_person_id=world.person.id, start_at=start, notes=f"{sentence()}. {sentence()}.")
                )


def median(act: Callable[[], Any], rounds: int = 15) -> str:
    """Median and worst of some rounds, in milliseconds."""
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(taken):8.1f} ms   worst {max(taken):8.1f} ms"


def measure(store: Store) -> None:
    """What each read costs."""
    from liaison_desktop.msl.insights.actions import begin_insight, save_insight
    from liaison_desktop.msl.insights.queries import (
        InsightFilter,
        board_rows,
        insight_rids,
        insight_rows,
        receipts,
        similar_insights,
        themes,
    )

    texts = (
        "Nephrologists measure albumin before coordinators decline imaging",
        "itch",
        "She told me that rural clinics postpone the biopsy because the windows are short, and that nurses explain the "
        "leaflets again and again before the committees refer anybody for titration or imaging at all",
    )
    for text in texts:
        found = similar_insights(store, text)
        print(
            f"similar, {len(text):4} characters, {len(found)} found {median(lambda t=text: similar_insights(store, t))}"
        )
    for wanted in (InsightFilter(), InsightFilter(text="albumin")):
        print(f"board {wanted.text!r:10}               {median(lambda w=wanted: board_rows(store, w, 40))}")
        print(f"list, all ids {wanted.text!r:10}       {median(lambda w=wanted: insight_rids(store, w))}")
    rids = insight_rids(store, InsightFilter())
    print(f"list, a page of 128            {median(lambda: insight_rows(store, rids[9000:9128]))}")
    print(f"themes, 90 days                {median(lambda: themes(store, store.clock()))}")
    print(f"receipts                       {median(lambda: receipts(store, store.actor.id))}")
    print(f"a new draft with its number    {median(lambda: save_insight(store, begin_insight(store)))}")


def main() -> None:
    """Prints one line a measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from liaison_desktop.msl.workspace import SCHEMA
    from tests import builders
    from tests.fakes import Clock

    insights = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    visits = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        store = builders.a_store(Path(folder) / "msl", SCHEMA, Clock())
        begun = time.perf_counter()
        build(store, insights, visits)
        print(f"{insights:,} insights and {visits:,} visits saved in {time.perf_counter() - begun:.0f} s")
        measure(store)
        store.close()


if __name__ == "__main__":
    main()
