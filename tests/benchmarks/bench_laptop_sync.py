"""The laptop's own synchronisation against a server in another process, over loopback: what a person waits for.

    .venv/bin/python -m tests.benchmarks.bench_laptop_sync [--records 10000] [--rounds 3] [--pouchdb FOLDER]

Both sides encrypt and fsync, chains are verified, requests signed and authorised. Beside it in the same round the limit:
the same bytes, compressed alike, posted to a server that does nothing but insert them. Ratios within a round are what
counts on a shared machine. `--pouchdb` names a folder in which `npm install pouchdb express-pouchdb express@4` was done:
PouchDB then replicates as many documents of the same bytes into its own server, neither of them with fsync.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import sqlalchemy as sa
import zstandard

from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.store import Store
from liaison_desktop.store.engine import open_engine
from liaison_desktop.sync.round import synchronise
from liaison_desktop.sync.transport import HttpTransport
from tests.benchmarks.bench_sync import BATCH, databases, timed
from tests.faults.office import Office, processes, speaking
from tests.server.conftest import fresh_schema

WORDS = "She asked about dosing in renal impairment and about the sub-group of the second study. "
PAGE_BYTES = 16384
POUCH = Path(__file__).with_name("pouchdb.js")
Figures = dict[str, float]


def inserting(folder: Path, url: str, listening: socket.socket) -> None:
    """The limit: a server that unpacks what comes and inserts it, nothing more."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    if url:
        engine = sa.create_engine("postgresql+psycopg://" + url.split("://", 1)[1])
    else:
        engine = open_engine(folder / "limit.db", bytearray(32), create=True, page_bytes=PAGE_BYTES)
    table = sa.Table(
        "bare",
        sa.MetaData(),
        sa.Column("rid", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("id", sa.LargeBinary, unique=True),
        sa.Column("body", sa.LargeBinary),
    )
    with engine.execution_options(writing=True).begin() as connection:
        table.metadata.create_all(connection)

    def insert(content: bytes) -> None:
        bodies = msgspec.json.decode(zstandard.ZstdDecompressor().decompress(content), type=list[msgspec.Raw])
        with engine.execution_options(writing=True).begin() as connection:
            connection.execute(sa.insert(table), [{"id": os.urandom(16), "body": bytes(body)} for body in bodies])

    async def take(request: Request) -> Response:
        import asyncio

        await asyncio.to_thread(insert, await request.body())
        return Response(b"{}")

    config = uvicorn.Config(
        Starlette(routes=[Route("/", take, methods=["POST"])]), access_log=False, log_config=None, lifespan="off"
    )
    uvicorn.Server(config).run(sockets=[listening])


def limit(folder: Path, url: str, bodies: list[bytes]) -> float:
    """Seconds for the same bytes into that server."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    process = processes.Process(target=inserting, args=(folder, url, listening), daemon=True)
    process.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    packer = zstandard.ZstdCompressor(level=3)

    def post() -> None:
        for at in range(0, len(bodies), BATCH):
            content = packer.compress(b"[" + b",".join(bodies[at : at + BATCH]) + b"]")
            assert client.post(address, content=content).status_code == 200

    with httpx2.Client(timeout=60) as client:
        client.post(address, content=packer.compress(b"[]"))
        took = timed(post)
    process.kill()
    process.join()
    listening.close()
    return took


def saves(store: Store, until: Any) -> list[float]:
    """Seconds of each save, one after the other, a person's pause between them, until told or two hundred."""
    took = []
    while not until() and len(took) < 200:
        took.append(timed(lambda: store.save(Visit(notes=WORDS))))
        threading.Event().wait(0.002)
    return took


def p95(took: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return sorted(took)[int(len(took) * 0.95)] * 1000 if took else float("nan")


def round_of(folder: Path, url: str, records: int) -> Figures:
    """One round."""
    found: Figures = {}
    office = Office(folder, fresh_schema(url) if url else "")
    office.start_server()
    anna, ben = (office.posts[office.admit(name)].open() for name in ("Anna", "Ben"))
    line = HttpTransport(office.direct)

    def sync(store: Store) -> None:
        synchronise(store, talks[store])

    talks = {store: speaking(store, line) for store in (anna, ben)}
    sync(anna)
    made: list[Visit] = []
    for _at in range(0, records, BATCH):
        with anna.transaction() as transaction:
            made += [transaction.save(Visit(heading="At the clinic", notes=WORDS * 9)) for _ in range(BATCH)]
    with anna.reading() as connection:
        bodies = list(connection.exec_driver_sql("SELECT content FROM journal WHERE act = 'saved'").scalars())
    found["bytes"] = sum(map(len, bodies)) / records
    found["limit"] = limit(folder, fresh_schema(url) if url else "", bodies)
    found["push"] = timed(lambda: sync(anna))
    assert anna.central.outbox().lines == 0
    for visit in made[:100]:
        anna.save(msgspec.structs.replace(visit, notes="changed"))
    found["100 changed"] = timed(lambda: sync(anna))
    found["nothing to do"] = statistics.median(timed(lambda: sync(anna)) for _ in range(7))
    found["save alone p95"] = p95(saves(ben, lambda: False))
    puller = threading.Thread(target=lambda: found.__setitem__("pull", timed(lambda: sync(ben))))
    began = threading.Event()
    puller.start()
    began.set()
    during = saves(ben, lambda: not puller.is_alive())
    puller.join()
    found["save while pulling p95"], found["saves while pulling"] = p95(during), len(during)
    carol = office.posts[office.admit("Carol")].open()
    talks[carol] = speaking(carol, line)
    found["pull"] = timed(lambda: sync(carol))
    assert len(carol.all(Visit)) >= records
    line.close()
    for store in (anna, ben, carol):
        store.close()
    office.close()
    return found


def pouchdb(folder: Path, records: int, size: int) -> Figures:
    """What PouchDB needs, by its own replication with its own default batch, and with one of a thousand."""
    done = subprocess.run(
        ["node", str(POUCH), str(records), str(size)],
        cwd=folder,
        env=dict(os.environ, NODE_PATH=str(folder / "node_modules")),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    said: Figures = json.loads(done.stdout.splitlines()[-1])
    return said


def rounds_of(url: str, records: int, rounds: int) -> Iterator[Figures]:
    """The figures of each round."""
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            yield round_of(Path(name), url, records)


def main() -> None:
    """Run the rounds and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pouchdb", type=Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {given.records} records")
    for name, url in databases():
        rounds = list(rounds_of(url, given.records, given.rounds))

        def middle(what: str, rounds: list[Figures] = rounds) -> float:
            return statistics.median(one[what] for one in rounds)

        print(f"{name}, {middle('bytes'):.0f} bytes a record, medians of {given.rounds} rounds")
        for what in ("limit", "push", "pull"):
            ratio = statistics.median(one["limit"] / one[what] for one in rounds)
            print(f"  {what:<24} {given.records / middle(what):9,.0f} records/s   {ratio:5.2f} of the limit")
        for what in ("100 changed", "nothing to do"):
            print(f"  {what:<24} {middle(what) * 1000:9.1f} ms")
        for what in ("save alone p95", "save while pulling p95"):
            print(f"  {what:<24} {middle(what):9.1f} ms")
        if given.pouchdb and name == "SQLite":
            told = pouchdb(given.pouchdb, given.records, int(middle("bytes")))
            for what, took in told.items():
                print(
                    f"  PouchDB {what:<16} {given.records / took:9,.0f} records/s   push {took / middle('push'):5.2f} times as fast"
                )


if __name__ == "__main__":
    main()
