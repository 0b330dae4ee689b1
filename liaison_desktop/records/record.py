"""The base of every record and of the rows that live inside one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.records.field import Field, fields_of
from liaison_desktop.records.ids import new_id
from liaison_desktop.records.merging import Merging, Seal

# C0 controls but tab and line feed, lone surrogates, and the non-characters that no screen can show.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _blank(value: Any) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _own_faults(value: msgspec.Struct, path: str) -> Iterator[Fault]:
    for spec in fields_of(type(value)):
        held, where = getattr(value, spec.name), path + spec.name
        if spec.field.required and _blank(held):
            yield Fault(field=where, message=f"{spec.field.label} is needed.")
        for text in held if spec.many else (held,):
            if isinstance(text, str) and len(text) > spec.field.most:
                yield Fault(
                    field=where,
                    message=f"{spec.field.label} holds {len(text):,} characters; the most is {spec.field.most:,}.",
                )
            if isinstance(text, str) and _UNSTORABLE.search(text):
                yield Fault(field=where, message=f"{spec.field.label} holds a character that cannot be shown.")
        rows = held if spec.many else (held,)
        for number, row in enumerate(rows):
            if isinstance(row, msgspec.Struct):
                yield from _own_faults(row, f"{where}.{number}." if spec.many else f"{where}.")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A child that lives and dies with its record, such as a topic of a visit. Stored inside it."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A thing a liaison keeps. Frozen: to change one is to save a new version of it.

    `version` is the id of the journal entry this value was read from, None if it was never saved. The store sets it.
    """

    kind: ClassVar[str]
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = ()  # fields the store keeps sorted, for long lists
    merging: ClassVar[Merging] = Merging.MERGE
    seals: ClassVar[tuple[Seal, ...]] = ()

    id: Annotated[uuid.UUID, Field("Id")] = msgspec.field(default_factory=new_id)
    version: Annotated[uuid.UUID | None, Field("Version")] = None

    def title(self) -> str:
        """What a person calls this record in a list: a name, never an id."""
        raise NotImplementedError(type(self).__name__)

    def facts(self) -> str:
        """The second line of a list row; may be empty."""
        return ""

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with this record by itself: needed fields, lengths, unprintable characters.

        A kind adds its own one-record rules: `return (*super().faults(), ...)`.
        """
        return tuple(_own_faults(self, ""))

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What forbids this version to follow `previous`, asked by the store at every save.

        This is where a signed or submitted record says that it is locked; it holds whatever form or import writes.
        """
        return ()

    def stands(self) -> bool:
        """Whether something new may refer to it; not to one that went into another."""
        return True

    def stays_put(self) -> bool:
        """Whether its references are part of what was signed: then it never refers elsewhere, not even after a merge."""
        return False

    def guard_removal(self) -> tuple[Fault, ...]:
        """What forbids to take this record away, asked by the store of the row it holds."""
        return ()


def storable(text: str) -> str:
    """The text without characters that cannot be stored or shown; line ends become line feeds."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
