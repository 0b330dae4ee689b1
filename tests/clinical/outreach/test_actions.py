"""Outreach through its actions: V41 on every text, all or nothing, in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.clinical.outreach.actions import (
    events_table,
    finish_next,
    import_sources,
    judged,
    look_over,
    record_event,
    save_contact,
    save_place,
    sources_table,
    undo_import,
)
from liaison_desktop.clinical.outreach.queries import count_due
from liaison_desktop.clinical.outreach.record import EventKind, OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.outreach.rules import candidate, guess
from liaison_desktop.clinical.patients.record import Identifier, Patient
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.errors import Refused
from liaison_desktop.interop import read_table
from liaison_desktop.interop.writing import csv_bytes, guarded, xlsx_bytes
from liaison_desktop.records import fields_of
from liaison_desktop.store import Store
from tests.clinical.people.staff import a_member, put

TODAY = dt.date(2026, 11, 19)


@pytest.fixture
def store(clinical_store: Store) -> Store:
    clinical_store.save(
        Patient(
            family="Álvarez", given="María L.", birth_date="1961-03-14", identifiers=(Identifier(value="0049-3382"),)
        )
    )
    return clinical_store


def an_event(**more: object) -> OutreachEvent:
    values = {"event_kind": EventKind.IN_SERVICE, "held_on": TODAY, "topic": "Stroke", **more}
    return OutreachEvent(**values)  # type: ignore[arg-type]


TEXTS = [
    spec.name for spec in fields_of(OutreachEvent) if spec.type is str and not spec.many and spec.name not in ("by",)
]
OTHERS = [
    (kind, spec.name)
    for kind in (SourcePlace, SourceContact)
    for spec in fields_of(kind)
    if spec.type is str and not spec.many and spec.name not in ("npi", "email")
]


TOLD = ("saw Maria Alvarez", "born 3/14/1961", "MRN 0049-3382")


def refused(act: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        act()
    assert "Alvarez" not in str(caught.value)
    assert "3382" not in str(caught.value)
    return [(fault.rule, fault.field) for fault in caught.value.faults]


def test_no_text_of_an_event_tells_of_a_patient(store: Store) -> None:
    assert set(TEXTS) == {"topic", "materials", "notes", "next_action"}
    for field in TEXTS:
        for text in TOLD:
            event = an_event(next_on=TODAY, **{"next_action": "Call", field: text})
            assert refused(partial(record_event, store, event, new_place="Northlake")) == [("V41", field)]
    assert store.all(OutreachEvent) == store.all(SourcePlace) == ()


def test_no_text_of_a_source_tells_of_a_patient(store: Store) -> None:
    assert {field for _kind, field in OTHERS} == {"name", "address", "phone", "role", "notes"}
    for kind, field in OTHERS:
        record = kind(**{"name": "Northlake", field: "MRN 0049-3382"})
        save = save_place if isinstance(record, SourcePlace) else save_contact
        assert refused(partial(save, store, record)) == [("V41", field)]


def test_a_source_may_be_called_like_a_patient_once_somebody_says_so(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        save_contact(store, SourceContact(name="Maria Alvarez"))
    assert [fault.rule for fault in caught.value.faults] == ["V41-NAME"]
    saved = save_contact(store, SourceContact(name="Maria Alvarez"), confirmed=("V41-NAME",))
    # From then on her name in an event with her is hers; what else tells of the patient still stops.
    event = an_event(topic="Lunch with Maria Alvarez", contact_ids=(saved.id,))
    assert record_event(store, event).version
    with pytest.raises(Refused):
        record_event(store, an_event(topic="Maria Alvarez, born 3/14/1961", contact_ids=(saved.id,)))
    with pytest.raises(Refused):
        record_event(store, an_event(topic="Lunch with Maria Alvarez"), new_place="Oak Hill")


def test_what_tells_of_nobody_is_silent(store: Store) -> None:
    event = an_event(
        topic="Wound care", notes="9 people on Alvarez Street, 2026-11-19", next_action="Call", next_on=TODAY
    )
    assert look_over(store, event, new_place="Northlake", new_contacts=("Dana Whitfield",)) == ()


def test_place_and_people_come_with_the_event_or_not_at_all(store: Store) -> None:
    saved = record_event(store, an_event(), new_place="Northlake", new_contacts=("Dana Whitfield", " "))
    (place,) = store.all(SourcePlace)
    (dana,) = store.all(SourceContact)
    assert (saved.place_id, saved.contact_ids, dana.place_id) == (place.id, (dana.id,), place.id)
    assert saved.by == "Renee Okafor RN"
    with pytest.raises(Refused):
        record_event(store, an_event(held_on=None), new_place="Elm", new_contacts=("Bo",))
    assert len(store.all(SourcePlace)) == len(store.all(SourceContact)) == 1


def test_an_event_closes_what_was_next(store: Store) -> None:
    first = record_event(store, an_event(next_action="Bring criteria", next_on=TODAY), new_place="Northlake")
    record_event(store, an_event(place_id=first.place_id), closes=first)
    assert store.get(OutreachEvent, first.id).next_done_on == TODAY
    other = record_event(store, an_event(place_id=first.place_id, next_action="Call", next_on=TODAY))
    assert count_due(store) == 1
    assert finish_next(store, other).next_done_on == TODAY
    assert count_due(store) == 0


@pytest.mark.parametrize(("role", "may"), [(StaffRole.LIAISON, True), (StaffRole.REVIEWER_RN, False)])
def test_outreach_is_a_right(store: Store, role: StaffRole, may: bool) -> None:
    kept = record_event(store, an_event(next_action="Call", next_on=TODAY), new_place="Northlake")
    put(store, a_member(role=role))
    acts = (
        lambda: record_event(store, an_event(), new_place="Elm"),
        lambda: save_place(store, SourcePlace(name="Oak Hill")),
        lambda: save_contact(store, SourceContact(name="Bo")),
        lambda: finish_next(store, kept),
        lambda: import_sources(store, ()),
        lambda: events_table(store),
        lambda: sources_table(store),
    )
    for act in acts:
        if may:
            act()
            continue
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.faults[0].rule.startswith("RIGHT")


# -- in and out --------------------------------------------------------------------------------------------------------

LIST = b"""Contact,Hospital,Title,Frequency
Ann Vale,Northlake,Case manager,weekly
Bo Lind,Oak Hill,Planner,often
"Alvarez, Maria",Oak Hill,Planner,
Cy Moss,northlake,Planner,monthly
,Elm House,,
"""


def test_a_list_comes_in_at_once_and_is_taken_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    table = read_table(path)
    matching = guess(table.headers)
    rows = judged(store, [candidate(one.number, one.cells, matching) for one in table.rows])
    assert [one.sound for one in rows] == [True, False, False, True, True]
    imported = import_sources(store, [one for one in rows if one.sound])
    assert sorted(each.name for each in store.all(SourcePlace)) == ["Elm House", "Northlake"]
    assert {each.name: each.place_id for each in store.all(SourceContact)}.keys() == {"Ann Vale", "Cy Moss"}
    assert len({each.place_id for each in store.all(SourceContact)}) == 1
    with pytest.raises(Refused):
        import_sources(store, rows)
    changed = store.all(SourceContact)[0]
    store.save(msgspec.structs.replace(changed, role="Director"))
    assert undo_import(store, imported) == 1
    assert [each.name for each in store.all(SourceContact)] == [changed.name]


def test_what_is_known_is_not_imported_twice(store: Store) -> None:
    place = save_place(store, SourcePlace(name="Northlake"))
    save_contact(store, SourceContact(name="Ann Vale", place_id=place.id))
    matching = {"name": 0, "place": 1}
    rows = judged(store, [candidate(2, ("ann vale", "NORTHLAKE"), matching), candidate(3, ("", "northlake"), matching)])
    assert [one.known for one in rows] == [True, True]


def test_what_goes_out_comes_back_the_same(store: Store, tmp_path: Path) -> None:
    record_event(
        store,
        an_event(topic="=1+1", notes="Zwei\nZeilen, ä", expense_cents=2405),
        new_place="Northlake",
        new_contacts=("Dana",),
    )
    for made in (events_table(store), sources_table(store)):
        headers, rows = made
        for name, content in (("a.csv", csv_bytes(headers, rows)), ("a.xlsx", xlsx_bytes(headers, rows))):
            path = tmp_path / name
            path.write_bytes(content)
            table = read_table(path)
            assert table.headers == headers
            assert [one.cells for one in table.rows] == [tuple(cell.strip() for cell in row) for row in rows]
    headers, rows = events_table(store)
    assert rows[0][headers.index("Spent (USD)")] == "24.05"
    assert guarded("=1+1") == "'=1+1"
