"""Nothing about a person reaches the log, whatever the caller, a library or an exception says."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison_desktop import logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    before = list(logging.getLogger().handlers)
    yield logs.start(tmp_path)
    for handler in [handler for handler in logging.getLogger().handlers if handler not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def test_an_event_is_a_moment_a_name_and_codes(log: Path) -> None:
    logs.event("store.opened", workspace="msl", ms=12, fresh=True)
    line = log.read_text(encoding="utf-8").splitlines()[-1]
    assert line.endswith("INFO store.opened workspace=msl ms=12 fresh=true")


@pytest.mark.parametrize("value", ["Maria Lindqvist", "Müller", "a b", "line\nbreak", "", "x" * 65, "‮abc", "naïve"])
def test_a_value_that_is_no_code_is_withheld(log: Path, value: str) -> None:
    logs.event("patient.saved", name=value)
    assert log.read_text(encoding="utf-8").splitlines()[-1].endswith("patient.saved name=withheld")


@pytest.mark.expects_log
def test_an_exception_leaves_its_type_and_place_only(log: Path) -> None:
    try:
        raise ValueError("Maria Lindqvist was born 1961-02-03")
    except ValueError as error:
        logs.failure("job.failed", error)
        logging.getLogger("sqlalchemy.engine").exception("row was %s", "Maria Lindqvist")
    written = log.read_text(encoding="utf-8")
    assert "Lindqvist" not in written
    assert "1961" not in written
    assert "error=valueerror" in written
    assert "/test_logs.py:" in written
    assert "logger=sqlalchemy.engine" in written


def test_a_library_is_heard_only_when_it_warns(log: Path) -> None:
    logging.getLogger("alembic.runtime").info("setup plugin")
    assert log.read_text(encoding="utf-8") == ""


def test_the_name_of_an_event_is_a_code(log: Path) -> None:
    with pytest.raises(ValueError, match="code"):
        logs.event("Saved Maria")


def test_the_log_is_cut(log: Path) -> None:
    for number in range(20_000):
        logs.event("search.asked", number=number)
    sizes = [path.stat().st_size for path in log.parent.glob("liaison-desktop.log*")]
    assert max(sizes) <= 512 * 1024
    assert len(sizes) <= 4
