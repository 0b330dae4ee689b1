"""The weights of the second reader as they stand in their file: what speaks for a report, what for a trap, how much."""

from __future__ import annotations

import functools

import msgspec

from liaison_desktop.paths import resource


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights in hundredths of a natural log-odds: above zero speaks for a report, below for a trap.

    `because` says where they come from, `trained_on` on how many sentences. Whoever changes a weight raises `version`.
    """

    version: str
    because: str
    trained_on: int
    start: int  # of every sentence, before anything is looked at
    length: int  # of a sentence of thirty words and more, and its share of a shorter one
    signs: dict[str, int]  # what the lists and scopes found
    words: dict[str, int]
    pairs: dict[str, int] = {}  # two words side by side, without their inflection
    beginnings: dict[str, int]
    endings: dict[str, int]


NO_WEIGHTS = Weights(
    version="", because="", trained_on=0, start=0, length=0, signs={}, words={}, beginnings={}, endings={}
)


@functools.cache
def load_weights(name: str) -> Weights:
    """The shipped weights of a workspace, read once; none for one that has no radar.

    Raises msgspec.ValidationError if the file is not sound.
    """
    path = resource("policies", f"radar-{name}-weights.json")
    return msgspec.json.decode(path.read_bytes(), type=Weights) if path.is_file() else NO_WEIGHTS
