"""The people page: add, change, the question about somebody alike, drafts that come back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.directory.page import PeoplePage
from liaison_desktop.msl.directory.queries import works_of
from liaison_desktop.msl.directory.record import AffiliationRole, ContactPermission, Institution, Person, PersonType
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.suggest import Option
from tests.msl.builders import a_person, a_world


@pytest.fixture
def page(qtbot: QtBot, msl_desk: Desk) -> PeoplePage:
    made = PeoplePage(msl_desk)
    msl_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def fill(page: PeoplePage, **texts: str) -> None:
    form = page.editing.form
    for name, text in texts.items():
        form.editor(name).setText(text)
        form.editor(name).textEdited.emit(text)
    form.editor("person_type").set_value(PersonType.PHYSICIAN)


def test_an_empty_directory_offers_the_import(page: PeoplePage) -> None:
    assert page._stack.currentWidget() is page._empty


def test_somebody_is_added_with_a_new_place(qtbot: QtBot, page: PeoplePage, msl_desk: Desk) -> None:
    page.new()
    fill(page, first_name="Hannah", last_name="Okonkwo", specialty="Hepatology")
    row = page.editing.form.work._rows[0]
    row.place.take(Option("Northlake", "Northlake", "new institution"))
    row.role.set_value(AffiliationRole.CHIEF)
    qtbot.keyClick(page.editing.save_button, Qt.Key.Key_Space)
    (saved,) = msl_desk.store.all(Person)
    (work,) = works_of(msl_desk.store, saved.id)
    assert (work.institution.name, work.affiliation.role, work.affiliation.is_primary) == (
        "Northlake",
        AffiliationRole.CHIEF,
        True,
    )
    assert page._stack.currentWidget() is page.profile
    assert page.list.view.current_key() == saved.id
    assert msl_desk.store.drafts.keys("person/") == ()


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(page: PeoplePage, msl_desk: Desk) -> None:
    page.new()
    fill(page, first_name="Hannah", npi="1234567890")
    page.editing.save()
    form = page.editing.form
    field = next(one for one in form.forms if "npi" in one.names).field("npi")
    assert field.fault() == "1234567890 is not a valid NPI. Check the last digit, or leave it empty."
    assert (
        next(one for one in form.forms if "last_name" in one.names).field("last_name").fault() == "Last name is needed."
    )
    assert msl_desk.store.all(Person) == ()


def test_somebody_alike_is_asked_about(qtbot: QtBot, page: PeoplePage, msl_desk: Desk) -> None:
    save_person(msl_desk.store, a_person())
    page.new()
    fill(page, first_name="Hanna", last_name="Okonkwo", specialty="Hepatology")
    page.editing.save()
    assert len(msl_desk.store.all(Person)) == 1
    create = next(one for one in page.editing.findChildren(QPushButton) if one.text().strip() == "Create a new one")
    qtbot.keyClick(create, Qt.Key.Key_Space)
    assert len(msl_desk.store.all(Person)) == 2


def test_what_was_typed_comes_back(qtbot: QtBot, page: PeoplePage, msl_desk: Desk) -> None:
    page.new()
    fill(page, first_name="Hannah", last_name="Okonkwo")
    page.save_draft()
    again = PeoplePage(msl_desk)
    qtbot.addWidget(again)
    again.new()
    assert again.editing.form.person().last_name == "Okonkwo"
    again.editing.cancel()
    again.new()
    assert again.editing.form.person().last_name == ""


def test_the_reason_is_asked_only_of_who_does_not_want_contact(page: PeoplePage, msl_desk: Desk) -> None:
    page.new()
    contact = next(one for one in page.editing.form.forms if "contact_permission" in one.names)
    assert not contact.field("do_not_contact_reason").isVisibleTo(contact)
    contact.editor("contact_permission").set_value(ContactPermission.NO_CONTACT)
    contact.changed.emit("contact_permission")
    assert contact.field("do_not_contact_reason").isVisibleTo(contact)


def test_a_place_is_changed_from_the_profile(qtbot: QtBot, page: PeoplePage, msl_desk: Desk) -> None:
    world = a_world(msl_desk.store)
    page.show_record(world.person.id)
    page.show_place(world.place.id)
    page.placing.form.fields.editor("city").setText("Northlake")
    page.placing.save()
    assert msl_desk.store.get(Institution, world.place.id).city == "Northlake"
    assert page._stack.currentWidget() is page.profile


def test_a_search_finds_by_name_specialty_and_place(qtbot: QtBot, page: PeoplePage, msl_desk: Desk) -> None:
    world = a_world(msl_desk.store)
    save_person(msl_desk.store, a_person(first_name="Kenji", last_name="Okada", specialty="Nephrology"))
    for typed, found in (("oko", 1), ("ok", 2), ("nephr", 1), ("northl", 1), ("ok hep", 1), ("zz", 0), ('"*(', 0)):
        page.list.search.setText(typed)
        page.list.load()
        assert page.list.view.rows.count() == found, typed
    page.list.select(world.person.id)
    assert page.list.view.current_key() == world.person.id
