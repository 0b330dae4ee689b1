"""The log: what happened, never to whom. A line holds a moment, the name of an event, and codes.

Texts of libraries and of exceptions are left out, because a record's value may stand in them: of an exception the
line keeps its type and where in our code it was raised.
"""

from __future__ import annotations

import datetime as dt
import logging
import logging.handlers
import re
import types
from pathlib import Path

_OURS = "liaison"
_MOST_BYTES, _OLD_FILES = 512 * 1024, 3
# What a code looks like. Names of people do not, nor do notes: those have capitals, spaces or other scripts.
_CODE = re.compile(r"[a-z0-9_.:/-]{1,64}\Z")
_NOT_A_CODE = "withheld"


def event(name: str, /, *, level: int = logging.INFO, **codes: str | float | bool | None) -> None:
    """Log that something happened: `event("store.opened", workspace="msl", ms=12)`.

    A text that does not look like a code is replaced by "withheld": a value must not reach the log by mistake.
    """
    if not _CODE.match(name):
        raise ValueError("the name of an event is a code such as store.opened")
    said = "".join(f" {key}={_code(value)}" for key, value in codes.items())
    logging.getLogger(_OURS).log(level, "%s", name + said, extra={"liaison_event": True})


def failure(name: str, error: BaseException, /) -> None:
    """Log an error nobody expected, by its type and place alone."""
    event(name, level=logging.ERROR, error=type(error).__name__.lower(), at=_place(error.__traceback__))


def start(folder: Path) -> Path:
    """Send the log to a file in that folder that is cut at 512 KB, three old ones kept. Returns the file."""
    path = folder / "liaison-desktop.log"
    sink = logging.handlers.RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    sink.setFormatter(_Redacting())
    # Our own events are all kept; of libraries only what they warn of.
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.getLogger().addHandler(sink)
    return path


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        if getattr(record, "liaison_event", False):
            said = record.getMessage()
        else:
            said = f"library logger={_code(record.name.lower())} at={_code(record.module.lower())}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            said += f" error={record.exc_info[0].__name__.lower()} at={_place(record.exc_info[2])}"
        return f"{moment} {record.levelname} {said}"


def _code(value: object) -> str:
    if value is None or isinstance(value, bool | int | float):
        return str(value).lower()
    return value if isinstance(value, str) and _CODE.match(value) else _NOT_A_CODE


def _place(trace: types.TracebackType | None) -> str:
    place = "unknown"
    while trace is not None:
        # The file's name without its folder: where the application lies on this laptop is nobody's business.
        path = Path(trace.tb_frame.f_code.co_filename)
        place = f"{path.parent.name}/{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def silence(*libraries: str) -> None:
    """Let these libraries write nothing anywhere: what they would say has the names and words of records in it."""
    for name in libraries:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False
