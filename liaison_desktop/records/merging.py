"""What becomes of a record that was changed in two places: declared with the record, decided by the server."""

from __future__ import annotations

import enum

import msgspec


class Merging(enum.StrEnum):
    """How two versions that do not know of each other become one, or do not."""

    MERGE = "merge"  # field by field; the same field changed on both sides keeps both
    KEEP_BOTH = "keep_both"  # any two changes stand side by side until a person decides: never a spliced text
    IMMUTABLE = "immutable"  # what is sealed never changes; before that, as keep_both
    SERVER_WINS = "server_wins"  # reference records: the server's stands, the other is a request to change it


class Seal(msgspec.Struct, frozen=True):
    """From when on a record stands: once `field` holds one of `values` (anything at all, if none is named).

    An empty `field` seals it from its first version on. After that only the fields `may_change` do, and a list among
    them only grows. Where `stands` names fields, it is those alone that are sealed.
    """

    field: str = ""
    values: tuple[str, ...] = ()
    may_change: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
