"""The timeline of a profile: where things stand is read once, what they are with the rows that are seen."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from liaison_desktop.msl.directory.page import Happened
from liaison_desktop.msl.report.queries import Event, events, moments
from liaison_desktop.ui.dates import short_day

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class PersonStory:
    """Everything that happened with one person, the newest first."""

    def __init__(self, store: Store, person_id: uuid.UUID, *, nested: bool) -> None:
        self._store, self._person_id = store, person_id
        self._moments = moments(store, person_id, nested=nested)

    def __len__(self) -> int:
        """How much happened."""
        return len(self._moments)

    def months(self) -> Sequence[tuple[int, str]]:
        """Where each month begins, with its name."""
        found, last = list[tuple[int, str]](), None
        for place, one in enumerate(self._moments):
            if one.at[:7] != last:
                last = one.at[:7]
                name = f"{datetime.date.fromisoformat(one.at[:10]):%B %Y}" if last else "No day yet"
                found.append((place, name))
        return found

    def told(self, places: Sequence[int]) -> Sequence[Happened | None]:
        """What happened at these places."""
        found = events(self._store, self._person_id, [self._moments[place] for place in places])
        return [_happened(one) if one is not None else None for one in found]


def _happened(one: Event) -> Happened:
    return Happened(
        kind=one.record.kind,
        id=one.record.id,
        what=one.about or one.what,
        facts=one.what,
        when=short_day(one.at.date()) if one.at else "",
    )
