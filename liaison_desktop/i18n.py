"""The one door for texts that people read. There is English only; a catalogue can be hung behind this door later.

Write `tr("{count} visits found", count=n)`, never `tr(f"...")`: a text that is already filled in cannot be looked up.
"""

from __future__ import annotations


def tr(text: str, /, **values: object) -> str:
    """A text for people, its `{names}` filled in. Values are put in as they are and never read as a template."""
    return text.format(**values) if values else text


def plural(count: int, one: str, many: str) -> str:
    """The text for that many things, its `{n}` filled in: `plural(2, "{n} visit", "{n} visits")`."""
    return (one if count == 1 else many).format(n=f"{count:,}")
