"""The forms of a place and of somebody there."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.outreach.actions import save_contact, save_place
from liaison_desktop.clinical.outreach.form.kept_form import KeptForm
from liaison_desktop.clinical.outreach.queries import contacts_at, events
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace, VisitFrequency
from liaison_desktop.clinical.outreach.rules import spent
from liaison_desktop.clinical.people.record import FacilityType
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.segmented import Segmented

_SHOWN = 6


class RatingEditor(Segmented):
    """One to five, or nothing said."""

    def __init__(self) -> None:
        super().__init__([(number, str(number)) for number in range(1, 6)], name="Rating", stretch=False)

    def complaint(self) -> str:
        """An answer can always be read."""
        return ""


class PlaceForm(KeptForm[SourcePlace]):
    """A place, the people there, and what was done with them."""

    word = "place"

    def make_forms(self, record: SourcePlace) -> tuple[RecordForm, ...]:
        """One card."""
        return (
            RecordForm(
                SourcePlace,
                "name",
                ("type", "phone"),
                (("address", 2), ("npi", 1)),
                "active",
                store=self.desk.store,
                editors={"type": ComboEditor(FacilityType)},
            ),
        )

    def beside(self) -> tuple[QWidget, ...]:
        """The people and the last events of a saved place."""
        people = contacts_at(self.desk.store, self._record.id)
        rows = [
            CardRow(each.title(), each.facts(), icon="user-round", on_click=_opens(self.desk, each)) for each in people
        ]
        held = events(self.desk.store, place=self._record.id)
        return (*((list_card("People there", *rows),) if rows else ()), *_events(self.desk, held))

    def write(self, record: SourcePlace, confirmed: Collection[str]) -> SourcePlace:
        """Save it."""
        return save_place(self.desk.store, record, confirmed=confirmed)


class ContactForm(KeptForm[SourceContact]):
    """Somebody at a source, and what was done with them."""

    word = "contact"

    def make_forms(self, record: SourceContact) -> tuple[RecordForm, ...]:
        """One card."""
        return (
            RecordForm(
                SourceContact,
                "name",
                ("place_id", "role"),
                ("phone", "email", "npi"),
                "visit_frequency",
                "rating",
                "notes",
                ("targeted", "active"),
                store=self.desk.store,
                editors={"visit_frequency": ChoiceEditor(VisitFrequency), "rating": RatingEditor()},
            ),
        )

    def beside(self) -> tuple[QWidget, ...]:
        """The last events with a saved contact."""
        held = events(self.desk.store, contact=self._record.id)
        return _events(self.desk, held)

    def write(self, record: SourceContact, confirmed: Collection[str]) -> SourceContact:
        """Save it."""
        return save_contact(self.desk.store, record, confirmed=confirmed)


def _opens(desk: Desk, record: SourceContact | OutreachEvent) -> Callable[[], None]:
    return lambda: desk.open(record.kind, record.id)


def _events(desk: Desk, held: tuple[OutreachEvent, ...]) -> tuple[QWidget, ...]:
    """The last events, with what was spent this year: gifts and meals to who refers are limited by law."""
    if not held:
        return ()
    year = desk.today().year
    cents = spent(held, year=year)
    total = f"{cents // 100:,}.{cents % 100:02d} USD in {year}" if cents else ""
    rows = [
        CardRow(
            event.title(),
            f"{event.facts()} · {plain_day(event.held_on)}" if event.held_on else event.facts(),
            icon="megaphone",
            on_click=_opens(desk, event),
        )
        for event in held[:_SHOWN]
    ]
    return (list_card("Last events", *rows, right=total),)
