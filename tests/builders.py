"""Values for tests, each valid as it comes. Every person here is invented."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liaison_desktop.store import Schema, Store

ACTOR_ID = uuid.UUID("0199a000-0000-7000-8000-0000000000aa")
DEVICE_ID = uuid.UUID("0199a000-0000-7000-8000-0000000000dd")


def a_key() -> bytearray:
    """A fresh 256-bit key; the same bytes each time, because the store may wipe the one it was given."""
    return bytearray(range(32))


def an_actor(name: str = "Renee Okafor RN", role: str = "registered nurse") -> Any:
    """Who is working."""
    from liaison_desktop.store import Actor

    return Actor(id=ACTOR_ID, name=name, role=role)


def a_device(prefix: str = "T") -> Any:
    """This laptop."""
    from liaison_desktop.store import Device

    return Device(id=DEVICE_ID, name="test laptop", prefix=prefix)


def a_store(folder: Path, schema: Schema, clock: Callable[[], dt.datetime]) -> Store:
    """A new encrypted store in that folder, migrated, with nothing in it."""
    from liaison_desktop.store import Store

    return Store.create(folder, schema, a_key(), actor=an_actor(), device=a_device(), clock=clock)
