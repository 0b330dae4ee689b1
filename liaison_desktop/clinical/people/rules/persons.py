"""Whether two are the same person: by id where both have one of the same kind, else by name. V8 stands on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec

from liaison_desktop.records import Record
from liaison_desktop.signing import same_person as same_name


class Party(msgspec.Struct, frozen=True):
    """Somebody who takes part in something: by name, and by id with its kind where they are recorded."""

    name: str
    kind: str = ""
    id: uuid.UUID | None = None


def party(record: Record) -> Party:
    """Somebody recorded, such as a practitioner or a member of the staff."""
    return Party(getattr(record, "name", "") or record.title(), record.kind, record.id)


def same_person(one: Party | str, other: Party | str) -> bool:
    """Whether these two are one, as far as we can tell; a blank name is nobody's.

    Two of one kind are told apart by their ids, so that two nurses of one name stay two. Across kinds an id says
    nothing: a nurse practitioner is on the staff and among the practitioners. Then names decide, without titles,
    credentials, accents, case and order.
    """
    left, right = (each if isinstance(each, Party) else Party(each) for each in (one, other))
    if left.id is not None and right.id is not None:
        if left.id == right.id:
            return True
        if left.kind == right.kind:
            return False
    return same_name(left.name, right.name)


def stands_as(who: Party | str, others: Iterable[tuple[Party | str, str]]) -> str:
    """As what this person takes part already: the words of the first of `others` who is the same; empty if none is.

    V8: a witness is not who explained, who performs, who decides for the patient, or who interprets.
    """
    return next((words for other, words in others if same_person(who, other)), "")
