"""The rules of clocks as they stand in their file: what starts one, how long it runs, when it warns, what stops it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from liaison_desktop.errors import Severity
from liaison_desktop.paths import resource

Unit = Literal["min", "h", "d", "business d"]
_SPAN = re.compile(r"(\d{1,5}) (min|h|d|business d)")


class Span(msgspec.Struct, frozen=True):
    """A length of time: minutes and hours by the running clock, days and business days by the calendar."""

    count: int
    unit: Unit


@functools.lru_cache(maxsize=64)
def read_span(text: str) -> Span:
    """A span such as `30 min`, `48 h`, `30 d` or `2 business d`. Raises ValueError."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError("a length is written like 30 min, 48 h, 30 d or 2 business d")
    return msgspec.convert({"count": int(found[1]), "unit": found[2]}, Span)


class ClockRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clock. It begins with the event `starts` and ends at the earliest of what is named:

    `limit` after the start (an event may bring an end of its own instead), `early` before the moment that one of the
    events `ends` tells, the next turn of a month or year (`turns`). It is stopped by any of `stops`. A further start
    begins it anew (`restart` is latest), or only once it was stopped (first), or never (once). `per` says which starts
    are the same clock. `day_ends` gives the whole last day. `off` silences it.
    """

    title: str
    starts: str
    limit: str = ""
    ends: tuple[str, ...] = ()
    early: str = ""
    turns: tuple[Literal["month", "year"], ...] = ()
    day_ends: bool = False
    warn: str
    stops: tuple[str, ...] = ()
    restart: Literal["latest", "first", "once"] = "latest"
    per: Literal["about", "episode", "subject"] = "about"
    severity: Severity = Severity.WARN
    words: str
    citation: str
    off: bool = False

    def __post_init__(self) -> None:
        for text in filter(None, (self.limit, self.early, self.warn)):
            if "{" not in text:
                read_span(text)

    def filled(self, numbers: Mapping[str, float]) -> ClockRule:
        """The rule with the numbers of the policy in it, such as `{screening_hours} h`. Raises ValueError, KeyError."""
        whole = {name: int(number) for name, number in numbers.items()}
        spans = {name: getattr(self, name).format(**whole) for name in ("limit", "early", "warn")}
        texts = {name: getattr(self, name).format(**whole, limit=spans["limit"]) for name in ("title", "words")}
        return msgspec.structs.replace(self, **spans, **texts)


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: str
    clocks: dict[str, ClockRule] = {}
    holidays: tuple[str, ...] = ()


class ClockRules(msgspec.Struct, frozen=True, kw_only=True):
    """Every clock of a workspace by its id, and the days (ISO) that are no business days."""

    rules: Mapping[str, ClockRule] = {}
    holidays: frozenset[str] = frozenset()


@functools.cache
def load_clocks(name: str) -> ClockRules:
    """The clocks that are shipped for a workspace; none where it has none."""
    import tomllib

    path = resource("policies", f"clocks-{name}.toml")
    if not path.is_file():
        return ClockRules()
    held = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=_File)
    return ClockRules(rules=held.clocks, holidays=frozenset(held.holidays))
