"""The lines of the answer journal: what differs between two states of the answers. Values in, lines out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from liaison_desktop.clinical.checklists.record import Step
from liaison_desktop.questionnaires.wording import Said

NOT_ASKED = "Not asked any more"


def steps_between(
    before: Mapping[str, Said],
    after: Mapping[str, Said],
    *,
    by: str,
    at: dt.datetime,
    number: int,
    since: dt.datetime | None = None,
    note: str = "",
) -> tuple[Step, ...]:
    """One line for each answer that was given, changed or taken away, numbered from `number`."""
    pause = max(0, round((at - since).total_seconds() * 1000)) if since is not None else 0
    return tuple(
        Step(
            number=number + place,
            at=at,
            by=by,
            key=key,
            question=question,
            before=was,
            after=now,
            note=note,
            pause_ms=pause,
        )
        for place, (key, question, was, now) in enumerate(_changes(before, after))
    )


def _changes(before: Mapping[str, Said], after: Mapping[str, Said]) -> Iterator[tuple[str, str, str, str]]:
    for key, said in after.items():
        was = before.get(key)
        if was is None or was.words != said.words:
            yield key, said.question, was.words if was is not None else "", said.words
    for key, said in before.items():
        if key not in after:
            yield key, said.question, said.words, ""
