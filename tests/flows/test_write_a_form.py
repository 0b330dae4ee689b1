"""An author writes a version of a form by keystrokes: sees what stands against it, mends it, keeps it, uses it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import (
    Forms,
    form_text,
    forms_of,
    own_folder,
    save_form,
    template_of,
    templates_of,
)
from liaison_desktop.clinical.consents.page import FormsPage
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.examples import a_facility
from tests.flows.keyboard import CTRL, KEY, command, frames, here, press, tab_to, types


@pytest.fixture
def window(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    clinical_desk.store.save(a_facility())
    with frames(qtbot, clinical_desk, WORKSPACE) as make:
        yield make()


def forms(window: WorkFrame) -> FormsPage:
    page = window.pages["forms"]
    assert isinstance(page, FormsPage)
    return page


def write(window: WorkFrame, words: str) -> FormsPage:
    """By the command bar to the forms, by words and Enter to the one that is to be written."""
    command("consent forms")
    page = forms(window)
    tab_to("Search name, speciality or code")
    types(words)
    tab_to("Write our version")
    press(KEY.Key_Space)
    assert here() is page.editor.text
    return page


def test_a_version_of_ones_own(window: WorkFrame, clinical_desk: Desk, qtbot: QtBot) -> None:
    store = clinical_desk.store
    page = write(window, "colonos")
    text = page.editor.text.text()
    assert 'version = "6.4"' in text
    assert f"effective = {clinical_desk.today().isoformat()}" in text
    assert page.editor.save_button.isEnabled()

    # A lawyer's word at the end of the last line: it is named with its line, and nothing can be saved.
    press(KEY.Key_End, CTRL)
    press(KEY.Key_Backspace, times=2)
    types(' I hereby waive it."')
    qtbot.waitUntil(lambda: not page.editor.save_button.isEnabled())
    said = [each.message for each in page.editor.check().complaints]
    assert any("“hereby”" in each for each in said)
    assert not own_folder(store).exists()
    last = page.editor.text.text().rstrip().count("\n") + 1
    tab_to(f"Line {last}")
    press(KEY.Key_Home, CTRL)
    press(KEY.Key_Space)
    assert page.editor.text.textCursor().blockNumber() + 1 == last

    # Mended, it is kept as a file beside the store, and is what a consent is begun with.
    press(KEY.Key_End)
    press(KEY.Key_Backspace, times=len(' I hereby waive it."'))
    types(' Ask us."')
    qtbot.waitUntil(lambda: page.editor.save_button.isEnabled())
    tab_to("Save as our form")
    press(KEY.Key_Space)
    assert (own_folder(store) / "GI-014-6.4.toml").is_file()
    kept = template_of(store, "GI-014")
    assert (kept.version, kept.statements[-1].words[-7:]) == ("6.4", "Ask us.")
    assert forms_of(store).is_own(kept)
    assert template_of(store, "GI-014", "6.3").version == "6.3"  # the older one stays
    assert store.drafts.get("consent form") is None
    assert store.lines(limit=1)[0].reason == "form GI-014 version 6.4"
    assert page.chosen() is not None
    assert page.chosen().version == "6.4"


def test_what_was_written_survives_a_crash(qtbot: QtBot, clinical_desk: Desk) -> None:
    with frames(qtbot, clinical_desk, WORKSPACE) as make:
        page = write(make(), "knee")
        types("# A note of mine")
        press(KEY.Key_Return)
        page.editor.check()  # what the pause in typing does
        again = make()
        again.go("forms")
        assert forms(again).writing == "OR-102"
        assert forms(again).editor.text.text().startswith("# A note of mine\n")
        forms(again).drop()


def test_a_broken_file_of_the_facility_is_refused_whole_and_mended_here(window: WorkFrame, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    own_folder(store).mkdir()
    form = template_of(store, "GI-021")
    text = form_text(store, form, version="2.1", effective=clinical_desk.today())
    broken = text.replace("You get a copy of this paper.", "I waive my rights.")
    (own_folder(store) / "GI-021-2.1.toml").write_text(broken, encoding="utf-8")
    store.companions.pop(Forms, None)  # as when the store is opened
    assert template_of(store, "GI-021").version == "2.0"
    (refused,) = forms_of(store).refused
    at = next(n for n, line in enumerate(broken.split("\n"), start=1) if "I waive" in line)
    assert [each.line for each in refused.complaints] == [at]
    assert "waive" in refused.complaints[0].message

    command("consent forms")
    page = forms(window)
    assert page.view.current_key() == "GI-021-2.1.toml"
    assert page._right.currentIndex() == 1
    tab_to("Mend it here")
    press(KEY.Key_Space)
    assert here() is page.editor.text
    tab_to(f"Line {at}")
    press(KEY.Key_Space)  # marks the whole line, so that it is written anew
    types('words = "You get a copy."')
    page.editor.check()
    tab_to("Save as our form")
    press(KEY.Key_Space)
    assert template_of(store, "GI-021").version == "2.1"
    assert not forms_of(store).refused


def test_only_who_may_writes_forms(window: WorkFrame, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    store.save(
        StaffMember(name=store.actor.name, actor=store.actor.id, role=StaffRole.LIAISON, credential=StaffCredential.RN)
    )
    store.save(
        StaffMember(name="Ada Kim", role=StaffRole.SUPERVISOR, credential=StaffCredential.RN, actor=store.device.id)
    )
    page = write(window, "knee")
    assert "write the facility's own consent forms" in page.editor._right.plain()
    tab_to("Save as our form")
    press(KEY.Key_Space)
    assert not own_folder(store).exists()
    assert page.writing == "OR-102"


def test_the_proof_of_a_form_is_reached_by_keys(window: WorkFrame, clinical_desk: Desk, qtbot: QtBot) -> None:
    command("consent forms")
    page = forms(window)
    tab_to("Search name, speciality or code")
    types("share")
    assert page.chosen() is not None
    assert page.chosen().code == "RI-001"
    tab_to("What is shown of the form: Proof for a surveyor")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: bool(page.pane.preview.content), timeout=20_000)
    assert page.pane.preview.content.startswith(b"%PDF")
    page.pane.clear()


def test_a_version_that_begins_later_does_not_count_yet(clinical_desk: Desk) -> None:
    store = clinical_desk.store
    later = clinical_desk.today() + dt.timedelta(days=10)
    text = form_text(store, template_of(store, "EY-010"), version="3.1", effective=later)
    save_form(store, text.encode())
    assert template_of(store, "EY-010").version == "3.0"
    assert template_of(store, "EY-010", "3.1").effective == later
    assert [form.version for form in templates_of(store) if form.code == "EY-010"] == ["3.0"]
