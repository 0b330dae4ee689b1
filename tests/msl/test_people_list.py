"""A list of people: columns are guessed, rows become people, faults name the row and the field, all or nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.directory.actions import Arrival, import_people, save_person, undo_import
from liaison_desktop.msl.directory.queries import all_known, count_people, person_rids, person_rows, works_of
from liaison_desktop.msl.directory.record import Credential, Institution, Person, PersonType
from liaison_desktop.msl.directory.rules import candidate, guess, missing_columns, split_name, with_duplicates
from liaison_desktop.policies import load_policy
from tests.msl.builders import a_person

if TYPE_CHECKING:
    from liaison_desktop.store import Store

POLICY = load_policy("msl")


def test_columns_are_guessed_by_their_names() -> None:
    headers = ("NPI_Number", "Surname", "Given name", "Primary Specialty", "Hospital", "E-Mail", "Shoe size")
    assert guess(headers) == {
        "npi": 0,
        "last_name": 1,
        "first_name": 2,
        "specialty": 3,
        "place": 4,
        "email": 5,
    }


def test_one_column_may_hold_the_whole_name() -> None:
    assert guess(("Physician", "Specialty")) == {"full_name": 0, "specialty": 1}
    assert missing_columns({"full_name": 0}) == ("a specialty",)
    assert missing_columns({"first_name": 0, "specialty": 1}) == ("a name",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr. Hannah A. Okonkwo, MD", ("Dr.", "Hannah", "A.", "Okonkwo")),
        ("Okonkwo, Hannah", ("", "Hannah", "", "Okonkwo")),
        ("Okonkwo, Hannah, MD, PhD", ("", "Hannah", "", "Okonkwo")),
        ("Anneke de Wit", ("", "Anneke", "", "de Wit")),
        ("de Wit, Anneke", ("", "Anneke", "", "de Wit")),
        ("Prof Mei Tanaka", ("Prof.", "Mei", "", "Tanaka")),
        ("Okonkwo", ("", "", "", "Okonkwo")),
        (",", ("", "", "", "")),
    ],
)
def test_a_full_name_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    person = msgspec.structs.replace(Person(), **split_name(text))
    assert (person.prefix, person.first_name, person.middle_name, person.last_name) == parts


def test_a_row_becomes_a_person() -> None:
    matching = {"full_name": 0, "specialty": 1, "place": 2, "npi": 3}
    one = candidate(2, ("Dr. Hannah Okonkwo, MD", "Hepatology", "Northlake", "1234-567-893"), matching, POLICY)
    assert one.sound
    assert (one.person.npi, one.person.person_type, one.place) == ("1234567893", PersonType.PHYSICIAN, "Northlake")
    assert one.person.credential == (Credential.MD,)


def test_a_fault_names_its_field() -> None:
    matching = {"first_name": 0, "last_name": 1, "specialty": 2, "npi": 3, "person_type": 4, "country": 5}
    one = candidate(7, ("Hannah", "", "Hepatology", "1234567890", "astronaut", "Utopia"), matching, POLICY, fault="odd")
    assert {fault.field for fault in one.faults} >= {"", "last_name", "npi", "person_type", "country"}
    assert not one.sound
    assert one.number == 7


def test_duplicates_are_found_in_the_store_and_in_the_list(msl_store: Store) -> None:
    save_person(msl_store, a_person())
    matching = {"full_name": 0, "specialty": 1}
    rows = ("Hannah Okonkwo", "Peter Vance", "Vance, Peter")
    made = [
        candidate(n, (f"Dr. {name}" if "," not in name else name + ", MD", "Hepatology"), matching, POLICY)
        for n, name in enumerate(rows, 2)
    ]
    first, second, third = with_duplicates(made, all_known(msl_store), POLICY)
    assert [known.name for known in first.alike] == ["Hannah Okonkwo"]
    assert second.alike == ()
    assert [known.name for known in third.alike] == ["Peter Vance"]


def arrivals(*names: str) -> list[Arrival]:
    return [Arrival(person=a_person(last_name=name), place="Northlake University Hospital") for name in names]


def test_an_import_saves_people_places_and_work_together(msl_store: Store) -> None:
    imported = import_people(msl_store, arrivals("Okonkwo", "Vance"))
    assert count_people(msl_store) == 2
    assert [place.name for place in msl_store.all(Institution)] == ["Northlake University Hospital"]
    assert works_of(msl_store, imported.people[0].id)[0].institution.name == "Northlake University Hospital"
    rows = person_rows(msl_store, person_rids(msl_store, "northl"))
    assert [row.name for row in rows] == ["Dr. Hannah Okonkwo", "Dr. Hannah Vance"]
    assert rows[0].place == "Northlake University Hospital"


def test_one_bad_row_keeps_everything_out(msl_store: Store) -> None:
    bad = Arrival(person=a_person(npi="1234567890"))
    with pytest.raises(Refused):
        import_people(msl_store, [*arrivals("Okonkwo"), bad])
    assert count_people(msl_store) == 0
    assert msl_store.all(Institution) == ()


def test_an_import_can_be_taken_back(msl_store: Store) -> None:
    imported = import_people(msl_store, arrivals("Okonkwo", "Vance"))
    assert undo_import(msl_store, imported) == 0
    assert count_people(msl_store) == 0
    assert msl_store.all(Institution) == ()
    assert msl_store.verify().ok if hasattr(msl_store.verify(), "ok") else True


def test_taking_back_leaves_what_was_worked_on(msl_store: Store) -> None:
    imported = import_people(msl_store, arrivals("Okonkwo", "Vance"))
    save_person(msl_store, msgspec.structs.replace(imported.people[0], phone="1"), keep_duplicate=True)
    assert undo_import(msl_store, imported) == 1
    assert count_people(msl_store) == 1
    assert len(msl_store.all(Institution)) == 1


@pytest.mark.parametrize(
    "typed", ["'", '"', "*", "(", "a OR", "NEAR(", "%", "\x00", "-", "…", "okonkwo hannah", "o" * 5000]
)
def test_any_keystroke_is_safe_in_the_search(msl_store: Store, typed: str) -> None:
    import_people(msl_store, arrivals("Okonkwo"))
    assert len(person_rids(msl_store, typed)) <= 1
