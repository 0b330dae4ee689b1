"""The texts of a visit, and whether one reads as promotion: OFF-9. What the doctor asked is the doctor's own wording."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.visits.rules.context import Context

_LONGEST = 20_000  # characters of a text that are read; notes are far below
_QUOTED = re.compile(r"[“\"„«][^”\"“»\n]{0,600}[”\"“»]")


def free_texts(visit: Visit) -> Iterator[tuple[str, str]]:
    """Every text somebody typed into a visit, with the path of its field."""
    for name in ("agenda", "notes", "next_step", "place_note", "late_reason", "amend_reason"):
        yield name, getattr(visit, name)
    for number, topic in enumerate(visit.topics):
        yield f"topics.{number}.verbatim_question", topic.verbatim_question
        yield f"topics.{number}.answer_given", topic.answer_given
        yield f"topics.{number}.indication", topic.indication
    for number, row in enumerate(visit.follow_ups):
        yield f"follow_ups.{number}.text", row.text
    for number, used in enumerate(visit.materials):
        yield f"materials.{number}.title", used.title


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
