"""What a measure may be (V16), as it stands in its file: a band outside which a number is a slip, and the usual one."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec

from liaison_desktop.paths import resource


class RangeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure in its `unit`: `least` to `most` can be, `low` to `high` is usual; without the latter all is usual.

    Raises ValueError if the usual band does not lie within the other.
    """

    label: str
    unit: str
    least: float
    most: float
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        ends = [end for end in (self.least, self.low, self.high, self.most) if end is not None]
        if ends != sorted(ends) or self.least >= self.most:
            raise ValueError("the usual range lies within what can be, and the lower end comes first")

    def can_be(self, value: float) -> bool:
        """Whether the number is no slip of the finger."""
        return self.least <= value <= self.most

    def is_usual(self, value: float) -> bool:
        """Whether nobody needs to look twice."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def usual(self) -> str:
        """The usual range in words: "90 to 180", "up to 38", "at least 90"; empty if there is none."""
        low = None if self.low == self.least else self.low
        high = None if self.high == self.most else self.high
        if low is not None and high is not None:
            return f"{low:g} to {high:g}"
        if low is not None:
            return f"at least {low:g}"
        return f"up to {high:g}" if high is not None else ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: str
    ranges: dict[str, RangeRule] = {}


@functools.cache
def load_ranges(name: str) -> Mapping[str, RangeRule]:
    """The ranges that are shipped for a workspace; none where it has none."""
    import tomllib

    path = resource("policies", f"ranges-{name}.toml")
    if not path.is_file():
        return {}
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=_File).ranges
