"""Copies of the server, and coming back from one.

A copy of the encrypted file is made by the engine itself (`VACUUM INTO`) and is encrypted under the same key. It counts
once it was opened and read: only then are the operations in it durable, and laptops may let go of theirs. PostgreSQL is
copied by its own tools. Coming back mints another epoch, so that every laptop finds out and sends again what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Damaged, Fault, Missing, Refused
from liaison_desktop.records import new_id
from liaison_desktop.server import journal
from liaison_desktop.server.database import FILE, PAGE_BYTES, Database, new_epoch, put_value
from liaison_desktop.server.journal import Note
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.tables import backup, chain, organisation
from liaison_desktop.store.engine import copy_into, open_engine


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that was made and read back."""

    path: Path
    size: int
    chains: int


def back_up(database: Database, target: Path, url: str = "") -> Copied:
    """Copy the database to `target`, which must not be there. Raises Refused, Missing (no tool), or Damaged."""
    if target.exists():
        raise Refused((Fault(field="target", message=f"{target.name} is there already; nothing was written over."),))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if database.is_sqlite:
        reached = _copy_file(database, target)
    else:
        # Read before the copy is taken: what is in these chains is in the copy as well.
        with database.reading() as connection:
            reached = _reached(connection)
        _run("pg_dump", "--format=custom", f"--file={target}", f"--dbname={_plain(url)}")
        _run("pg_restore", "--list", str(target))
    target.chmod(0o600)
    database.writing(lambda connection: _note(connection, database, target, reached))
    return Copied(path=target, size=target.stat().st_size, chains=len(reached))


Reached = dict[tuple[Any, int], int]


def _reached(connection: sa.Connection) -> Reached:
    return {(row.device, row.incarnation): row.acked for row in connection.execute(sa.select(chain))}


def _copy_file(database: Database, target: Path) -> Reached:
    with database.engine.connect() as connection:
        connection.rollback()
        copy_into(connection.connection.driver_connection, target)
    engine = open_engine(target, database.keys.database(), page_bytes=PAGE_BYTES)
    try:
        with engine.connect() as connection:
            for pragma in ("cipher_integrity_check", "integrity_check"):
                found = [row[0] for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
                if found not in ([], ["ok"]):
                    raise Damaged("The copy that was made cannot be read back. It does not count.")
            return _reached(connection)
    finally:
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)


def _note(connection: sa.Connection, database: Database, target: Path, reached: Reached) -> None:
    for (device_id, incarnation), acked in sorted(reached.items(), key=lambda one: (one[0][0].bytes, one[0][1])):
        connection.execute(
            sa.update(chain)
            .where(chain.c.device == device_id, chain.c.incarnation == incarnation, chain.c.durable < acked)
            .values(durable=acked)
        )
    connection.execute(sa.insert(backup).values(id=new_id(), at=database.moment(), name=target.name))
    rows = connection.execute(sa.select(organisation).order_by(organisation.c.id)).mappings().all()
    for row in rows:
        mark = journal.checkpoint(database, row["id"], row["number"], row["hash"], database.moment())
        journal.write(connection, database, row["id"], [mark, Note(act="backed up")])


def restore(source: Path, folder: Path, keys: ServerKeys, url: str = "") -> Path | None:
    """Put a copy in the place of the database; where the one before was kept. The server must not be running.

    Raises Missing if there is no such copy, Damaged if the key does not open it.
    """
    if not source.is_file():
        raise Missing("There is no such copy.")
    if url:
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--exit-on-error",
            f"--dbname={_plain(url)}",
            str(source),
        )
        return None
    _require_ours(source, keys)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / FILE
    kept = None
    coming = place.with_suffix(".coming")
    shutil.copyfile(source, coming)
    coming.chmod(0o600)
    with coming.open("rb") as file:
        os.fsync(file.fileno())
    if place.exists():
        kept = _free_name(place)
        for suffix in ("", "-wal"):
            old = place.with_name(place.name + suffix)
            if old.exists():
                old.replace(kept.with_name(kept.name + suffix))
        place.with_name(place.name + "-shm").unlink(missing_ok=True)
    coming.replace(place)
    return kept


def begin_again(database: Database) -> str:
    """Another epoch after a restore; what is written nowhere else any more is not called durable."""
    epoch = new_epoch()

    def work(connection: sa.Connection) -> None:
        put_value(connection, "epoch", epoch)
        for owner in connection.execute(sa.select(organisation.c.id).order_by(organisation.c.id)).scalars().all():
            journal.write(connection, database, owner, [Note(act="restored", about={"epoch": epoch})])

    database.writing(work)
    return epoch


def _require_ours(source: Path, keys: ServerKeys) -> None:
    engine = open_engine(source, keys.database(), page_bytes=PAGE_BYTES)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM chain").scalar()
    finally:
        engine.dispose()


def _free_name(place: Path) -> Path:
    at = 1
    while (kept := place.with_name(f"{place.stem}.before-restore-{at}.db")).exists():
        at += 1
    return kept


def _plain(url: str) -> str:
    return "postgresql://" + url.split("://", 1)[1]


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise Missing(f"PostgreSQL's own {tool} is needed for this and is not installed here.")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Damaged(f"{tool} ended with {done.returncode}: {(done.stderr.splitlines() or [''])[-1][:200]}")
