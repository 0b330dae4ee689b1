"""A facility's own clocks: how long, when to warn, the words; what starts and stops a clock is not for a file to say.

[clocks.FIRST-ANSWER]
limit = "60 min"
[clocks.IMM-FIRST]
off = true
"""

from __future__ import annotations

from typing import Any

import msgspec

from liaison_desktop.errors import Severity
from liaison_desktop.policies.clock_rules import ClockRule, ClockRules, read_span
from liaison_desktop.policies.own_radar import Wrong, short

_SPANS = ("limit", "early", "warn")
_TEXTS = ("title", "words", "citation")
_YES_NO = ("day_ends", "off")
_KNOWN = (*_SPANS, *_TEXTS, *_YES_NO, "severity")


def own_clocks(held: Any, built_in: ClockRules) -> ClockRules:
    """The built-in clocks with the changes of a file over them. Raises Wrong."""
    if not isinstance(held, dict):
        raise Wrong(("clocks",), "“clocks” is a table, written [clocks.FIRST-ANSWER] and the like.")
    changed = {name: _clock(name, one, built_in) for name, one in held.items()}
    return msgspec.structs.replace(built_in, rules={**built_in.rules, **changed})


def _clock(name: str, held: Any, built_in: ClockRules) -> ClockRule:
    path = ("clocks", name)
    before = built_in.rules.get(name)
    if before is None:
        raise Wrong(path, f"There is no clock “{short(name)}”.")
    if not isinstance(held, dict):
        raise Wrong(path, f"A clock is a table, written [clocks.{name}].")
    for part, value in held.items():
        _sound(name, part, value, before)
    changed = {part: value.strip() if isinstance(value, str) else value for part, value in held.items()}
    if "severity" in changed:
        changed["severity"] = Severity(changed["severity"])
    return msgspec.structs.replace(before, **changed)


def _sound(name: str, part: str, value: Any, before: ClockRule) -> None:
    at = ("clocks", name, part)
    if part not in _KNOWN:
        raise Wrong(at, f"“{short(part)}” cannot be changed; what can is {', '.join(_KNOWN)}.")
    if part in _YES_NO:
        if not isinstance(value, bool):
            raise Wrong(at, f"The {part} of {name} is true or false.")
        return
    if not isinstance(value, str) or not value.strip() or len(value) > 500 or "{" in value or "}" in value:
        raise Wrong(at, f"The {part} of {name} is a text of at most 500 characters without curly brackets.")
    if part == "severity" and value not in list(Severity):
        raise Wrong(at, f"The severity of {name} is one of {', '.join(Severity)}.")
    if part in _SPANS:
        if not getattr(before, part):
            raise Wrong(at, f"{name} has no {part} that could be changed.")
        if "{" in getattr(before, part):
            # Other rules count with the same number; one of the two alone would contradict the other.
            number = getattr(before, part).partition("{")[2].partition("}")[0]
            raise Wrong(at, f"The {part} of {name} is a number: change {number} under [numbers].")
        try:
            read_span(value)
        except ValueError as error:
            raise Wrong(at, f"The {part} of {name}: {error}.") from None
