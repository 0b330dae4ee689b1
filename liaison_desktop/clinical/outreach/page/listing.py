"""The rows of the three lists: what is next, what was done, who sends patients."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.outreach.form import draft_key
from liaison_desktop.clinical.outreach.queries import contacts, events, outlines, places
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.outreach.rules import Due, due_next, words_of
from liaison_desktop.store import Store
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day, plain_day
from liaison_desktop.ui.lists import ListRow

NEXT, EVENTS, SOURCES = "next", "events", "sources"
_SOON = 7  # days
MOST = 300  # events that are listed without a filter
_DRAFT = ChipSpec("Draft", "amber", "pencil")


def draft_rows(store: Store) -> list[ListRow | str]:
    """What was begun and not saved, with its caption; nothing if there is none."""
    rows: list[ListRow | str] = [
        ListRow(f"New {words}", "Not saved yet", _DRAFT, key=draft_key(kind()))
        for kind, words in ((OutreachEvent, "event"), (SourceContact, "contact"), (SourcePlace, "place"))
        if store.drafts.get(draft_key(kind())) is not None
    ]
    return ["Not finished", *rows] if rows else []


class Shown(msgspec.Struct, frozen=True):
    """What a row stands for: a kind and its id, and for a due thing what it is."""

    kind: str
    id: uuid.UUID
    due: Due | None = None


_Group = tuple[str, list[tuple[ListRow, str]]]


class Listing:
    """Everything the lists show, read at once."""

    def __init__(self, store: Store, today: datetime.date) -> None:
        self.today = today
        self.places = places(store)
        self.contacts = contacts(store)
        self._store, self._events = store, events(store, MOST)
        self._made: dict[str, list[_Group]] = {}
        self.due = due_next(outlines(store), self.contacts, today=today)
        self._where = {each.id: each for each in self.places}
        self._who = {each.id: each for each in self.contacts}

    def empty(self) -> bool:
        """Whether nothing was recorded yet."""
        return not (self.places or self.contacts or self._events)

    def rows(self, which: str, words: str) -> list[ListRow | str]:
        """The rows of a list in which every word typed occurs, with captions."""
        asked = [f" {part}" for part in words_of(words)]
        if asked and which == EVENTS and len(self._events) == MOST:
            self._events = events(self._store)  # what is asked for may be long ago
            self._made.pop(EVENTS, None)
        found: list[ListRow | str] = []
        for caption, held in self._groups(which):
            kept = [row for row, said in held if all(part in said for part in asked)]
            found += [caption, *kept] if kept else []
        if which == EVENTS and len(self._events) == MOST:
            found.append("Older ones are found by the filter")
        return found

    def _groups(self, which: str) -> list[_Group]:
        """The rows of a list with their words; made once, because the filter asks at each key."""
        if which not in self._made:
            made = {NEXT: self._next, EVENTS: self._done, SOURCES: self._sources}[which]()
            self._made[which] = [(caption, [(row, _words(row)) for row in rows]) for caption, rows in made]
        return self._made[which]

    def _next(self) -> Iterable[tuple[str, list[ListRow]]]:
        groups: dict[str, list[ListRow]] = {"Overdue": [], "Today": [], "Within a week": [], "Later": []}
        for due in self.due:
            left = (due.day - self.today).days
            name = "Overdue" if left < 0 else "Today" if left == 0 else "Within a week" if left <= _SOON else "Later"
            chip = ChipSpec("Overdue", "red", "circle-alert") if left < 0 else None
            held = due.event or due.contact
            kind = OutreachEvent.kind if due.event else SourceContact.kind
            if held is not None:
                key = Shown(kind, held, due)
                groups[name].append(
                    ListRow(due.words, self.with_whom(due.contact, due.place), chip, near_day(due.day, self.today), key)
                )
        return groups.items()

    def _done(self) -> Iterable[tuple[str, list[ListRow]]]:
        months: dict[str, list[ListRow]] = {}
        for event in self._events:
            day = event.held_on
            caption = f"{day:%B} {day.year}" if day else "Without a day"
            facts = " · ".join(
                filter(None, (event.facts(), self.with_whom(next(iter(event.contact_ids), None), event.place_id)))
            )
            open_next = event.next_on is not None and event.next_done_on is None
            chip = ChipSpec("Next", "neutral", "calendar-clock") if open_next else None
            row = ListRow(event.title(), facts, chip, plain_day(day) if day else "", Shown(event.kind, event.id))
            months.setdefault(caption, []).append(row)
        return months.items()

    def _sources(self) -> Iterable[tuple[str, list[ListRow]]]:
        people = [self._contact(each) for each in self.contacts]
        held = [
            ListRow(each.title(), each.facts(), _gone(each.active), key=Shown(each.kind, each.id))
            for each in self.places
        ]
        return (("People", people), ("Places", held))

    def _contact(self, contact: SourceContact) -> ListRow:
        place = self._where.get(contact.place_id) if contact.place_id else None
        facts = " · ".join(filter(None, (contact.role, place.name if place else "")))
        rating = f"{contact.rating} of 5" if contact.rating else ""
        return ListRow(contact.title(), facts, _gone(contact.active), rating, Shown(contact.kind, contact.id))

    def with_whom(self, contact: uuid.UUID | None, place: uuid.UUID | None) -> str:
        """Name and place in one line."""
        who = self._who.get(contact) if contact else None
        where = self._where.get(place) if place else None
        return " · ".join(each.title() for each in (who, where) if isinstance(each, (SourceContact, SourcePlace)))


def _gone(active: bool) -> ChipSpec | None:
    return None if active else ChipSpec("No longer", "outline")


def _words(row: ListRow) -> str:
    return f" {' '.join(words_of(f'{row.title} {row.facts}'))}"
