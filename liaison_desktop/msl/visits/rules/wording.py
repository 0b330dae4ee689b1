"""Whether a text of a visit reads as promotion: OFF-9. What the doctor asked is the doctor's own wording."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.visits.rules.context import Context
from liaison_desktop.records import free_texts

_LONGEST = 20_000  # characters of a text that are read; notes are far below
_QUOTED = re.compile(r"[“\"„«][^”\"“»\n]{0,600}[”\"“»]")


def promotion_faults(visit: Visit, context: Context) -> Iterator[Fault]:
    """The first wording of each text that reads as promotion."""
    words, science = context.policy.words("promotion"), context.policy.words("promotion_not")
    for field, text in free_texts(visit):
        # A title is what the company approved; a question and a quotation are somebody else's words.
        if field.endswith((".verbatim_question", ".title")):
            continue
        if span := _promotion(text[:_LONGEST], tuple(words), tuple(science)):
            yield context.policy.fault("OFF-9", field=field, span=span)


def _promotion(text: str, words: tuple[str, ...], science: tuple[str, ...]) -> str:
    if not words or not text.strip():
        return ""
    wanted, allowed = _any(words), _any(science)
    free = _QUOTED.sub(_blank, text)
    if allowed is not None:
        free = allowed.sub(_blank, free)
    found = wanted.search(free) if wanted is not None else None
    return found.group() if found else ""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@functools.lru_cache(maxsize=8)
def _any(words: Sequence[str]) -> re.Pattern[str] | None:
    alike = (re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(alike)})(?!\w)", re.IGNORECASE) if words else None
