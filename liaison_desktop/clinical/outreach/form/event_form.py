"""One event in under 45 seconds: what, where, with whom, what came of it, what is next. The rest stands below."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.outreach.actions import finish_next, record_event
from liaison_desktop.clinical.outreach.form.editors import MoneyEditor, PeopleLine, PlaceLine
from liaison_desktop.clinical.outreach.form.kept_form import KeptForm
from liaison_desktop.clinical.outreach.record import EventKind, Outcome, OutreachEvent
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import icon_label, wrapped


class _Draft(msgspec.Struct, frozen=True):
    event: OutreachEvent
    place: str = ""
    people: tuple[str, ...] = ()
    closes: uuid.UUID | None = None


class EventForm(KeptForm[OutreachEvent]):
    """`closes` is the event whose next action this one is; saving it closes that. `followed` asks for such a one."""

    followed = Signal(object)
    word = "event"

    def __init__(self, desk: Desk, event: OutreachEvent, closes: OutreachEvent | None = None) -> None:
        self._closes = closes
        super().__init__(desk, event)

    def make_forms(self, record: OutreachEvent) -> tuple[RecordForm, ...]:
        """First what every event has, then what some have."""
        store = self.desk.store
        self.place = PlaceLine(store)
        self.people = PeopleLine(store, self.place.value)
        first = RecordForm(
            OutreachEvent,
            (("event_kind", 3), ("held_on", 2)),
            "place_id",
            "contact_ids",
            (("topic", 3), ("outcome", 2)),
            (("next_action", 3), ("next_on", 2)),
            store=store,
            clock=self.desk.clock,
            editors={
                "event_kind": ComboEditor(EventKind),
                "place_id": self.place,
                "contact_ids": self.people,
                "outcome": ComboEditor(Outcome),
            },
        )
        more = RecordForm(
            OutreachEvent,
            ("headcount", "referrals_promised", "expense_cents"),
            "materials",
            "notes",
            store=store,
            editors={"expense_cents": MoneyEditor()},
        )
        return first, more

    def above(self) -> tuple[QWidget, ...]:
        """What is still open of a saved event, to be finished here."""
        event = self._record
        if event.next_on is None:
            return ()
        if event.next_done_on is not None:
            return (
                card(
                    row(
                        icon_label("circle-check", "green"),
                        (wrapped(f"Done on {show_day(event.next_done_on)}.", "sec"), 1),
                    )
                ),
            )
        self.finish = button("It is done", small=True, on_click=self._finish)
        self.follow = button("Record it", small=True, on_click=lambda: self.followed.emit(self._record))
        words = f"Next, by {show_day(event.next_on)}: {event.next_action}"
        return (card(row(icon_label("calendar-clock"), (wrapped(words, "sec", "ink"), 1), self.finish, self.follow)),)

    def _finish(self) -> None:
        self.save_draft()
        done = finish_next(self.desk.store, self.desk.store.get(OutreachEvent, self._record.id))
        self.desk.toast("Done.")
        self.saved.emit(done.id)

    def compose(self) -> OutreachEvent:
        """The event; what is new by name alone goes beside it."""
        typed = self._typed()
        place, people = self.place.value(), self.people.value()
        return msgspec.structs.replace(
            typed,
            place_id=place if isinstance(place, uuid.UUID) else None,
            contact_ids=tuple(each for each in people if isinstance(each, uuid.UUID)),
        )

    def _new_place(self) -> str:
        place = self.place.value()
        return place if isinstance(place, str) else ""

    def _new_people(self) -> tuple[str, ...]:
        return tuple(each for each in self.people.value() if isinstance(each, str))

    def write(self, record: OutreachEvent, confirmed: Collection[str]) -> OutreachEvent:
        """Save it with the place and the people it is the first to name."""
        return record_event(
            self.desk.store,
            record,
            new_place=self._new_place(),
            new_contacts=self._new_people(),
            closes=self._closes,
            confirmed=confirmed,
        )

    def draft(self) -> bytes:
        """The event and the new names."""
        return msgspec.json.encode(
            _Draft(self.compose(), self._new_place(), self._new_people(), self._closes.id if self._closes else None)
        )

    def take_draft(self, content: bytes) -> OutreachEvent:
        """Both again."""
        kept = msgspec.json.decode(content, type=_Draft)
        self._fill(kept.event)
        self._closes = self.desk.store.find(OutreachEvent, kept.closes) or self._closes
        if kept.place:
            self.place.set_value(kept.place)
        self.people.set_value((*kept.event.contact_ids, *kept.people))
        return kept.event
