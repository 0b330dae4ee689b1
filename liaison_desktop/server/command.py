"""The command line of the server: `liaison-desktop server serve`, `code`, `devices`, `backup` and the rest."""

from __future__ import annotations

import argparse
import contextlib
import functools
import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from liaison_desktop import logs, paths
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.server import backups, enrolling, orders, organisations, overseeing, retrying, tending, verifying
from liaison_desktop.server.authorising import LEAST_APP
from liaison_desktop.server.database import Database, open_database, put_value
from liaison_desktop.server.keys import load_keys
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.serving import Address, is_loopback, settled
from liaison_desktop.server.tables import organisation
from liaison_desktop.sync.catalogue import catalogues

DATABASE = "LIAISON_SERVER_DATABASE"
PORT = 8743
_FAILED = 1


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code. Raises LiaisonError for what somebody can act on."""
    given = _parser().parse_args(arguments)
    before = os.umask(0o077)  # what is written here is for this user alone, a copy and a log as well
    try:
        return _run(given)
    finally:
        os.umask(before)


def _run(given: argparse.Namespace) -> int:
    folder: Path = given.folder or paths.data_folder() / "server"
    create = given.command == "migrate" or (given.command == "serve" and given.practice)
    keys = load_keys(folder, create=create)
    if given.command == "restore":
        kept = backups.restore(given.source, folder, keys, given.database)
        with contextlib.closing(open_database(given.database, folder, keys)) as database:
            epoch = backups.begin_again(database)
        print(f"restored   {given.source.name}")
        print(f"epoch      {epoch}")
        if kept is not None:
            print(f"kept       {kept.name}")
        return 0
    with contextlib.closing(open_database(given.database, folder, keys, create=create)) as database:
        does: Callable[[Database, argparse.Namespace], int] = given.does
        return does(database, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="liaison-desktop server", description="The central server.")
    parser.add_argument(
        "--database",
        default=os.environ.get(DATABASE, ""),
        metavar="URL",
        help=f"postgresql://...; better in the variable {DATABASE}; without it an encrypted file in --folder",
    )
    parser.add_argument("--folder", type=Path, help="where the file and the key are kept")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, does: Callable[[Database, argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words)
        made.set_defaults(does=does)
        return made

    serve = command("serve", _serve, "serve, until it is stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=PORT)
    serve.add_argument("--certificate", type=Path, metavar="PEM")
    serve.add_argument("--key", type=Path, metavar="PEM")
    serve.add_argument(
        "--practice", action="store_true", help="make a server to practise with, and print a code for each workspace"
    )
    command("migrate", _migrated, "make the database, or bring it to this version's form")
    code = command("code", _code, "a one-time code for one more device of somebody")
    code.add_argument("--organisation", required=True)
    code.add_argument("--person", required=True)
    code.add_argument("--role", choices=[role.value for role in Role], default=Role.LIAISON.value)
    code.add_argument("--unit", default="", help="the unit or territory whose records they share")
    code.add_argument("--workspace", choices=sorted(catalogues()), required=True)
    code.add_argument("--url", default="", help="the server's address, for a link that holds all of it")
    command("devices", _devices, "every device, its state and what waits on it")
    for name, does, words in (
        ("revoke", _revoke, "shut a device out"),
        ("order", _order, "order a device to lock or to wipe"),
        ("confirm", _confirm, "the second word for a wipe"),
    ):
        made = command(name, does, words)
        made.add_argument("device", type=uuid.UUID, metavar="DEVICE")
        made.add_argument("--by", required=True, metavar="NAME", help="who decided this")
        if name == "order":
            made.add_argument("act", choices=[act.value for act in orders.Act])
    leave = command("leave", _leave, "take somebody out of a unit, or out of the organisation")
    leave.add_argument("--organisation", required=True)
    leave.add_argument("--person", required=True)
    leave.add_argument("--unit", default="", help="without it the person goes, with every device")
    leave.add_argument("--workspace", choices=sorted(catalogues()), default="")
    move = command("move", _move, "give a record to another unit")
    move.add_argument("record", type=uuid.UUID, metavar="RECORD")
    move.add_argument("unit", type=uuid.UUID, metavar="UNIT")
    move.add_argument("--by", required=True, metavar="NAME")
    erase = command("erase", _erase, "blank every version of a record, because a law asks for it")
    erase.add_argument("record", type=uuid.UUID, metavar="RECORD")
    erase.add_argument("--by", required=True, metavar="NAME")
    kept = command("quarantine", _quarantine, "what was rejected, and why")
    kept.add_argument(
        "--retry", action="store_true", help="decide again on what this version of the server knows by now"
    )
    least = command("least-app", _least_app, "the oldest version of the application that may still read; all may push")
    least.add_argument("version", metavar="VERSION")
    compact = command("compact", _compact, "shorten the feeds")
    compact.add_argument("--keep-days", type=int, default=tending.KEPT_DAYS)
    copy = command("backup", _backup, "a copy that was read back")
    copy.add_argument("target", type=Path, metavar="FILE")
    restore = commands.add_parser("restore", help="come back from a copy; the server must not be running")
    restore.add_argument("source", type=Path, metavar="FILE")
    audit = commands.add_parser("audit", help="the journals").add_subparsers(dest="act", required=True)
    audit.add_parser("verify", help="walk every journal; exit 1 if anything is not as it was written").set_defaults(
        does=_verify
    )
    return parser


# -- serving ----------------------------------------------------------------------------------------------------------


def _serve(database: Database, given: argparse.Namespace) -> int:
    address = Address(host=given.host, port=given.port, certificate=given.certificate, key=given.key)
    if given.practice and not is_loopback(given.host):
        words = "A server to practise with listens to this machine alone."
        raise Refused((Fault(field="host", message=words),))
    server = settled(database, address)
    logs.start(paths.log_folder())
    if given.practice:
        for workspace in sorted(catalogues()):
            code = database.writing(functools.partial(enrolling.practice_code, database=database, workspace=workspace))
            print(f"code       {code}  ({workspace}, good for fifteen minutes)")
    print(f"listening  {address.url}", flush=True)
    server.run()
    return 0 if server.started else _FAILED


def _migrated(database: Database, _given: argparse.Namespace) -> int:
    with database.reading() as connection:
        print(f"ready      epoch {database.epoch(connection)}")
    return 0


# -- people and devices -----------------------------------------------------------------------------------------------


def _code(database: Database, given: argparse.Namespace) -> int:
    def work(connection: sa.Connection) -> tuple[str, str]:
        place = organisations.place_person(
            connection,
            database,
            organisation_name=given.organisation,
            name=given.person,
            role=Role(given.role),
            unit_name=given.unit,
            workspace=given.workspace,
        )
        key = connection.execute(
            sa.select(organisation.c.server_key).where(organisation.c.id == place.organisation)
        ).scalar_one()
        return enrolling.new_code(connection, database, place.person, given.workspace, "command line"), key

    code, key = database.writing(work)
    print(f"code       {code}")
    print("lives      15 minutes, opens once")
    print(f"key        {key}")
    if given.url:
        print(f"link       liaison://enrol?u={given.url}&k={key}&c={code}")
    return 0


def _devices(database: Database, _given: argparse.Namespace) -> int:
    with database.reading() as connection:
        for owner in connection.execute(sa.select(organisation).order_by(organisation.c.name)).mappings():
            print(owner["name"])
            for one in overseeing.devices(connection, owner["id"]).items:
                waits = f"{one.outbox.pending} waiting, {one.outbox.rejected} rejected"
                told = f", ordered: {one.order}" if one.order else ""
                print(f"  {one.device}  {one.state:<9} {one.owner} ({one.role}, {one.workspace}), {one.name}")
                minutes = round(one.skew_ms / 60_000)
                clock = f", its clock is {abs(minutes)} min {'fast' if minutes > 0 else 'slow'}" if minutes else ""
                print(f"    seen {one.seen[:16]}, {waits}{clock}{told}")
    return 0


def _revoke(database: Database, given: argparse.Namespace) -> int:
    database.writing(lambda connection: orders.revoke(connection, database, given.device, given.by))
    print("revoked")
    return 0


def _order(database: Database, given: argparse.Namespace) -> int:
    act = orders.Act(given.act)
    database.writing(lambda connection: orders.give_order(connection, database, given.device, act, given.by))
    print("waits for a second person: liaison-desktop server confirm" if act is orders.Act.WIPE else "ordered")
    return 0


def _confirm(database: Database, given: argparse.Namespace) -> int:
    database.writing(lambda connection: orders.confirm_order(connection, database, given.device, given.by))
    print("confirmed")
    return 0


def _leave(database: Database, given: argparse.Namespace) -> int:
    def work(connection: sa.Connection) -> None:
        who = organisations.person_named(connection, given.organisation, given.person)
        if given.unit:
            place = organisations.unit_named(connection, given.organisation, given.workspace, given.unit)
            organisations.leave_unit(connection, database, who, place)
        else:
            organisations.remove_person(connection, database, who)

    if given.unit and not given.workspace:
        raise Refused((Fault(field="workspace", message="Say in which workspace the unit is: --workspace."),))
    database.writing(work)
    print("left")
    return 0


# -- records ----------------------------------------------------------------------------------------------------------


def _move(database: Database, given: argparse.Namespace) -> int:
    database.writing(lambda connection: tending.move(connection, database, given.record, given.unit, given.by))
    print("moved")
    return 0


def _erase(database: Database, given: argparse.Namespace) -> int:
    count = database.writing(lambda connection: tending.erase(connection, database, given.record, given.by))
    print(f"erased     {count} versions; copies made before still hold them")
    return 0


def _least_app(database: Database, given: argparse.Namespace) -> int:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+){0,3}", given.version, re.ASCII):
        raise Refused((Fault(field="version", message="A version is numbers with points between, such as 1.2.0."),))
    database.writing(lambda connection: put_value(connection, LEAST_APP, given.version))
    print(f"least      {given.version}")
    return 0


def _quarantine(database: Database, given: argparse.Namespace) -> int:
    if given.retry:
        done = retrying.retry(database)
        print(f"tried      {done.tried}, accepted {done.accepted}")
        return 0
    with database.reading() as connection:
        for owner in connection.execute(sa.select(organisation).order_by(organisation.c.name)).mappings():
            for one in overseeing.quarantine(connection, owner["id"]).items:
                place = f"{one.device} {one.incarnation}/{one.number}"
                print(f"{one.received[:16]}  {place}  {one.kind}  {one.code.value}: {one.detail}")
    return 0


def _compact(database: Database, given: argparse.Namespace) -> int:
    done = database.writing(lambda connection: tending.compact(connection, database, given.keep_days))
    print(f"taken out  {done.entries} entries, {done.files} files that nothing refers to")
    return 0


# -- copies and journals ----------------------------------------------------------------------------------------------


def _backup(database: Database, given: argparse.Namespace) -> int:
    done = backups.back_up(database, given.target, given.database)
    print(f"copied     {done.path.name}, {done.size} bytes, read back; {done.chains} chains are durable")
    return 0


def _verify(database: Database, _given: argparse.Namespace) -> int:
    verdict = verifying.verify(database)
    print(f"lines      {verdict.lines}")
    print(f"signed     {verdict.checkpoints} checkpoints")
    for found in verdict.findings:
        print(f"broken     {found.device} {found.incarnation}/{found.number}: {found.fault}")
    if verdict.findings:
        return _FAILED
    print("verified")
    return 0
