"""A one-time code opens once, for a while, and not for whoever guesses."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from liaison_desktop.server.tables import code as codes
from liaison_desktop.sync import wire
from tests.server.conftest import Central
from tests.server.laptop import Laptop, Problem


def enrols(central: Central, code: str, workspace: str = "msl") -> bool:
    try:
        Laptop(central.wire).enrol(code, workspace)
    except Problem as problem:
        if problem.details.code is not wire.ProblemCode.CODE:
            raise
        return False
    return True


def test_a_code_opens_once_however_it_is_typed(central: Central) -> None:
    code = central.code()
    assert enrols(central, code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    assert not enrols(central, code)


def test_a_code_dies_of_age(central: Central) -> None:
    code = central.code()
    central.clock.tick(15 * 60 + 1)
    assert not enrols(central, code)


def test_five_wrong_tries_spoil_the_one_code_that_was_tried(central: Central) -> None:
    code, other = central.code(), central.code("Ben")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "2")
    assert [enrols(central, wrong) for _ in range(5)] == [False] * 5
    assert not enrols(central, code)
    assert enrols(central, other)


def test_four_wrong_tries_do_not(central: Central) -> None:
    code = central.code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "2")
    assert [enrols(central, wrong) for _ in range(4)] == [False] * 4
    assert enrols(central, code)


def test_a_code_is_for_its_workspace(central: Central) -> None:
    assert not enrols(central, central.code(workspace="clinical"), "msl")


def test_a_journal_is_enrolled_once(central: Central) -> None:
    first = Laptop(central.wire)
    first.enrol(central.code())
    again = Laptop(central.wire)
    again.journal = first.journal
    with pytest.raises(Problem):
        again.enrol(central.code())


def test_no_code_is_kept(central: Central) -> None:
    code = central.code().replace("-", "")
    with central.database.reading() as connection:
        rows = connection.execute(sa.select(codes)).all()
    assert code[:5] not in repr(rows)
    assert code[5:].encode() not in b"".join(bytes(row.hash) + bytes(row.selector) for row in rows)
