"""Errors of the database that a person can act on, in words; the rest stay bugs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from liaison_desktop.errors import Damaged, DiskFull


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """Database errors that a person can act on, in words; the rest stay bugs."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code == driver.SQLITE_FULL:
            raise DiskFull(
                "The disk is full. Everything saved before is safe. Free some space and try again."
            ) from None
        if code in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB):
            raise Damaged("Part of this store is damaged and cannot be read.") from None
        raise
