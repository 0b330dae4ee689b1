"""Papers that are about no procedure, by keystrokes alone: a release of information, and visits by video."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.form import ConsentForm, SigningScreen
from liaison_desktop.clinical.consents.form.frame import DOCUMENT, PERSON, RELEASE, SIGNATURES, TALK
from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    ConsentState,
    ConsentType,
    SpecialCategory,
)
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.people.actions import fill_practice_people
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.documents.reading import letters
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.signing import Method, Role
from liaison_desktop.ui.desk import Desk
from tests.documents.samples import page_texts
from tests.flows.keyboard import CTRL, KEY, frames, here, named, press, tab_to, types

PASSPHRASE = "seven green lanterns"


@pytest.fixture
def window(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The window over practice patients, on the page of consents."""
    fill_practice_people(clinical_desk.store)
    fill_practice_patients(clinical_desk.store)
    clinical_desk.confirm_actor = lambda passphrase: passphrase == PASSPHRASE
    with frames(qtbot, clinical_desk, WORKSPACE) as make:
        frame = make()
        place = [spec.key for spec in WORKSPACE.listed].index("consents") + 1
        press(getattr(KEY, f"Key_{place}"), CTRL)
        yield frame


def page_of(window: WorkFrame) -> ConsentsPage:
    page = window.pages["consents"]
    assert isinstance(page, ConsentsPage)
    return page


def begin(window: WorkFrame, form: str) -> ConsentForm:
    """A new consent for the first patient whose name begins so, with the first form the words find."""
    press(KEY.Key_N, CTRL)
    assert named() == "Patient"
    types("Whit")
    press(KEY.Key_Return)
    tab_to("Form")
    types(form)
    press(KEY.Key_Return)
    tab_to("Begin")
    press(KEY.Key_Space)
    work = page_of(window).form
    assert work is not None
    return work


def answer(name: str, word: str) -> None:
    """To the question with this name, and the answer with this word."""
    tab_to(f"{name}: {word}")
    press(KEY.Key_Space)


def explained_and_decided(form: ConsentForm, at: dt.datetime) -> None:
    """Who explained it, and that the patient decides."""
    assert form.step == TALK
    assert not form.talk.practitioner.isVisible()  # nobody performs a paper
    tab_to("Explained by")
    types("Renee Okafor")
    tab_to("Credential")
    types("RN")
    tab_to("Explained at")
    types("today")
    press(KEY.Key_Tab)
    types(f"{at:%H:%M}")
    press(KEY.Key_Return, CTRL)
    assert form.step == PERSON
    answer("Who decides", "Patient")
    answer("Interpreter needed", "No")
    answer("Concern about deciding", "No concern")
    answer("Sedating medicine in the last 4 hours", "No")
    press(KEY.Key_Return, CTRL)


def make_the_document(form: ConsentForm) -> None:
    assert form.step == DOCUMENT
    tab_to("Make the document")
    press(KEY.Key_Space)
    assert form.consent.state is ConsentState.READY
    press(KEY.Key_Return, CTRL)
    assert form.step == SIGNATURES


def patient_signs(form: ConsentForm, name: str) -> None:
    """The patient reads, says yes, types the name and gives the screen back."""
    tab_to("Turn the screen for the signature of: Patient")
    press(KEY.Key_Space)
    screen = form.signing.screen
    assert isinstance(screen, SigningScreen)
    tab_to("I have read it")
    press(KEY.Key_Space)
    tab_to("Yes, I agree")
    press(KEY.Key_Space)
    tab_to("Type my name instead")
    press(KEY.Key_Space)
    types(name)
    tab_to("I have signed")
    press(KEY.Key_Space)
    give_back()


def give_back() -> None:
    types(PASSPHRASE)
    press(KEY.Key_Return)


def test_a_release_of_information(window: WorkFrame, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    form = begin(window, "share")
    assert form.consent.type is ConsentType.RELEASE
    titles = [item.text() for item in form.rail.items if item.isVisible()]
    assert titles == ["Explained by", "Who decides", "What is released", "Document", "Signatures"]
    explained_and_decided(form, store.clock() - dt.timedelta(minutes=10))
    assert form.step == RELEASE

    # Nothing is sent that nobody asked for: every kind is open, and the core is empty.
    press(KEY.Key_Return, CTRL)
    assert form.step == RELEASE
    assert form.released.what.field("release_description").fault()
    assert all(made.asked.answer.value() is None for made in form.released.kinds.values())
    tab_to("What may be sent")
    types("Record of my stay in November")
    tab_to("What it is for")
    types("Going on with my care")
    tab_to("Who may send it")
    types("Riverbend Regional Medical Center")
    tab_to("Who may receive it")
    types("Elm Street Family Practice")
    tab_to("Until this day")
    types("2027-05-18")
    for category in SpecialCategory:
        answer(category.label, "Yes, send it" if category is SpecialCategory.HIV else "No")
        if category is SpecialCategory.HIV:
            press(KEY.Key_Return, CTRL)  # a yes without initials
            assert form.step == RELEASE
            tab_to("Initials of who signs, for: HIV")
            types("DW")
    press(KEY.Key_Return, CTRL)

    make_the_document(form)
    patient_signs(form, form.consent.shown_name)
    done = store.get(Consent, form.consent.id)
    assert done.state is ConsentState.ACTIVE
    assert [(one.role, one.method) for one in done.signatures] == [(Role.PATIENT, Method.TYPED)]
    assert done.release_until == dt.date(2027, 5, 18)
    assert [kind.category for kind in done.release_special if kind.included] == [SpecialCategory.HIV]
    from liaison_desktop.clinical.consents.document import consent_summary

    told = letters("".join(page_texts(consent_summary(done).content)))
    for words in (
        "Permission to share health information",
        "Elm Street Family Practice",
        "On 18 May 2027",
        "Yes, may be sent. Initials: DW",
        "You can take this back at any time",
    ):
        assert letters(words) in told
    form.release()


def test_visits_by_video(window: WorkFrame, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    form = begin(window, "video vis")
    assert form.consent.type is ConsentType.TELEHEALTH
    titles = [item.text() for item in form.rail.items if item.isVisible()]
    assert titles == ["Explained by", "Who decides", "Choices", "Document", "Signatures"]
    explained_and_decided(form, store.clock() - dt.timedelta(minutes=10))
    press(KEY.Key_Return, CTRL)  # nothing is chosen beforehand
    assert all(asked.answer.value() is None for asked in form.choices.rows.values())
    answer("A student or other learner may take part.", "No")
    answer("The visit may be recorded.", "No")
    answer("Knows they are free to refuse", "Yes")
    press(KEY.Key_Return, CTRL)
    make_the_document(form)
    patient_signs(form, form.consent.shown_name)
    done = store.get(Consent, form.consent.id)
    assert done.state is ConsentState.ACTIVE
    assert {choice.code: choice.answer for choice in done.choices} == {
        "agree": Answer.YES,
        "others": Answer.NO,
        "record": Answer.NO,
    }
    form.release()


def test_no_form_has_this_name(window: WorkFrame) -> None:
    press(KEY.Key_N, CTRL)
    tab_to("Form")
    types("zebra")
    chooser = page_of(window).begin.chooser
    assert chooser.view.rows.rowCount() == 0
    press(KEY.Key_Return)
    assert chooser.line.value() is None
    for _ in range(5):
        press(KEY.Key_Backspace)
    types("knee")
    press(KEY.Key_Return)
    assert chooser.line.value() == "OR-102"
    types("x")  # whoever types again has chosen nothing
    assert chooser.line.value() is None
    assert here() is chooser.line
    QApplication.processEvents()
