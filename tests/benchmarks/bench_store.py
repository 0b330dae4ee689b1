"""What the encrypted store costs: `python -m tests.benchmarks.bench_store`. Ratios and medians of one run, never a test."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store import Store
from tests import builders

ROUNDS = 200


def median_ms(work: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The median of so many runs, in milliseconds."""
    times = []
    for number in range(rounds):
        begin = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(
            Path(folder), SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device()
        )
        begin = time.perf_counter()
        with store.transaction() as transaction:
            places = [transaction.save(Institution(name=f"Place {number}", city="Riverbend")) for number in range(5000)]
        bulk = 5000 / (time.perf_counter() - begin)

        def bare(number: int) -> None:
            with store._engine.execution_options(writing=True).begin() as connection:
                connection.exec_driver_sql("UPDATE institution SET city = ? WHERE rid = ?", (str(number), number + 1))

        def full(number: int) -> None:
            places[number] = store.save(msgspec.structs.replace(store.get(Institution, places[number].id), city="Y"))

        figures = {
            "bare UPDATE and commit": median_ms(bare),
            "get": median_ms(lambda number: store.get(Institution, places[number + 1000].id)),
            "save (read, row, search, journal, commit)": median_ms(full),
            "draft put": median_ms(lambda number: store.drafts.put("visit/new", b"x" * 2000)),
            "search, two letters of many": median_ms(lambda _: store.search("pl")),
            "verify the whole journal": median_ms(lambda _: store.verify(), 3),
        }
        sys.stdout.write(f"bulk save                                    {bulk:8.0f} records/s\n")
        for name, value in figures.items():
            ratio = value / figures["bare UPDATE and commit"]
            sys.stdout.write(f"{name:<44} {value:8.3f} ms  {ratio:6.2f} x bare commit\n")
        store.close()


if __name__ == "__main__":
    main()
