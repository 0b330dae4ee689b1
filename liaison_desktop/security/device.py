"""Which laptop this is: a random id and a short prefix for numbers made offline, kept in one small file."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

import msgspec

from liaison_desktop.records import new_id
from liaison_desktop.security.atomic import write_atomically

_LETTERS, _DIGITS = "BCDFGHJKLMNPQRSTVWXZ", "23456789"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """This laptop. `prefix` such as "K7" stands before record numbers, so that two laptops never give the same one."""

    id: uuid.UUID
    name: str
    prefix: str


def new_device(name: str) -> Device:
    """A device nobody has seen before."""
    return Device(id=new_id(), name=name, prefix=secrets.choice(_LETTERS) + secrets.choice(_DIGITS))


def this_device(folder: Path, name: str) -> Device:
    """The device of this folder, made at first use.

    A damaged file is set aside and a new identity made: the journal then simply goes on under a new device.
    """
    path = folder / "device.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Device)
    except FileNotFoundError:
        pass
    except (msgspec.DecodeError, UnicodeDecodeError):
        path.replace(path.with_name("device.json.damaged"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    device = new_device(name)
    write_atomically(path, msgspec.json.encode(device))
    return device
