"""What V41 and the page of outreach cost over 20,000 patients: `python -m tests.benchmarks.bench_outreach`. Never a test."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from liaison_desktop.clinical.outreach.actions import look_over
from liaison_desktop.clinical.outreach.page.listing import EVENTS, NEXT, SOURCES, Listing
from liaison_desktop.clinical.outreach.record import (
    EventKind,
    OutreachEvent,
    SourceContact,
    SourcePlace,
    VisitFrequency,
)
from liaison_desktop.clinical.patients.record import Identifier, Patient
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.store import Store
from tests import builders
from tests.benchmarks.bench_store import median_ms

PATIENTS, EVENTS_, CONTACTS = 20_000, 2_000, 300
_FAMILY = ("Alvarez", "Chen", "Garcia", "Okafor", "Lindqvist", "Haddad", "Rose", "Young", "Park", "Moss")
_GIVEN = ("Maria", "Ann", "Wei", "Omar", "Lee", "Ruth", "Samuel", "Greta", "Dana", "Joan")
_NOTES = (
    "Talk with the case managers about what we take after a stroke. They asked for the admission criteria, how fast we"
    " answer and who calls back at night. Two of them will bring a list in December. Ann from the desk will call."
)


def main() -> None:
    """Print one line a figure."""
    today = dt.date(2026, 11, 19)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(
            Path(folder), SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device()
        )
        with store.transaction() as transaction:
            for number in range(PATIENTS):
                transaction.save(
                    Patient(
                        family=f"{_FAMILY[number % 10]}{'' if number % 7 else number}",
                        given=_GIVEN[number // 10 % 10],
                        birth_date=f"19{number % 80 + 10}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
                        identifiers=(Identifier(value=f"{number:04d}-{number % 9999:04d}"),),
                    )
                )
            place = transaction.save(SourcePlace(name="Northlake"))
            people = [
                transaction.save(
                    SourceContact(name=f"C {number}", place_id=place.id, visit_frequency=VisitFrequency.WEEKLY)
                )
                for number in range(CONTACTS)
            ]
            for number in range(EVENTS_):
                day = today - dt.timedelta(days=number % 700)
                who = (people[number % CONTACTS].id,)
                transaction.save(
                    OutreachEvent(event_kind=EventKind.PHONE, held_on=day, place_id=place.id, contact_ids=who)
                )
        event = OutreachEvent(
            event_kind=EventKind.PHONE, held_on=today, place_id=place.id, topic="Stroke", notes=_NOTES
        )
        begin = time.perf_counter()
        listing = Listing(store, today)
        read = (time.perf_counter() - begin) * 1000
        figures = {
            "V41 over a whole event": median_ms(lambda _: look_over(store, event), 20),
            "the lists read": read,
            **{
                f"rows of {which}": median_ms(lambda _, w=which: listing.rows(w, "nor"), 5)
                for which in (NEXT, EVENTS, SOURCES)
            },
        }
        for name, value in figures.items():
            sys.stdout.write(f"{name:45}{value:9.1f} ms\n")
        store.close()


if __name__ == "__main__":
    main()
