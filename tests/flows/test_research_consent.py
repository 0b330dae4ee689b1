"""W9, by keystrokes alone: a person is asked to take part in a study, understands, signs, gets a copy, and leaves again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.form import SigningScreen
from liaison_desktop.clinical.consents.record import Answer, TeachBackState
from liaison_desktop.clinical.research.page import ResearchPage
from liaison_desktop.clinical.research.queries import endings_of
from liaison_desktop.clinical.research.record import Outcome, ResearchConsent, ResearchState, Study
from liaison_desktop.clinical.research.rules import standing
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.signing import Method, Role
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.ui.desk import Desk
from tests.clinical.research.examples import a_study, somebody
from tests.fakes import Clock, PaperTray
from tests.flows.keyboard import CTRL, KEY, command, here, opened, press, tab_to, types

PASSPHRASE = "seven green lanterns"
S = ResearchState


@pytest.fixture
def study(clinical_store: object, clinical_desk: Desk) -> Study:
    somebody(clinical_desk.store)
    return a_study(clinical_desk.store)


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk, study: Study) -> Iterator[WorkFrame]:
    """The clinical window over one person and one study."""
    clinical_desk.confirm_actor = lambda passphrase: passphrase == PASSPHRASE
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def page_of(frame: WorkFrame) -> ResearchPage:
    page = frame.pages["research"]
    assert isinstance(page, ResearchPage)
    return page


def held(frame: WorkFrame) -> ResearchConsent:
    return frame.desk.store.all(ResearchConsent)[-1]


def begin(frame: WorkFrame) -> ResearchPage:
    """From anywhere by the command bar: the person, the study, and on to the first step."""
    command("Research")
    press(KEY.Key_N, CTRL)
    assert "Patient" in here().accessibleName()
    types("Alvarez")
    press(KEY.Key_Return)
    tab_to("Study")
    types("VELORIN")
    press(KEY.Key_Return)
    tab_to("Begin")
    press(KEY.Key_Space)
    page = page_of(frame)
    assert page.form is not None
    return page


def answer(name: str) -> None:
    """Go to an answer by its name and take it."""
    tab_to(name)
    press(KEY.Key_Space)


def go_on() -> None:
    press(KEY.Key_Return, CTRL)


def to_outcome(frame: WorkFrame, clock: Clock) -> ResearchPage:
    """Everything up to the choices, answered."""
    page = begin(frame)
    form = page.form
    assert form is not None
    answer("Given now")
    assert held(frame).state is S.GIVEN
    go_on()
    answer("Who decides: Patient")
    answer("Concern about deciding: No concern")
    go_on()
    answer("Had enough time, without pressure: Yes")
    answer("All questions were answered: Yes")
    answer("Authorisation to use health information: In this consent")
    answer("Short form: No")
    clock.tick(20 * 60)
    go_on()
    for point in form.consent.comprehension:
        tab_to(f"Answer to: {point.ask}")
        types("Mine")
        answer(f"{point.ask}: Clear first time")
    go_on()
    return page


@pytest.mark.timeout(180)
def test_from_the_form_to_the_copy_and_out_again(
    qtbot: QtBot, frame: WorkFrame, clock: Clock, study: Study, printer: PaperTray
) -> None:
    store = frame.desk.store
    page = to_outcome(frame, clock)
    form = page.form
    assert form is not None
    consent = held(frame)
    assert {point.state for point in consent.comprehension} == {TeachBackState.OK_FIRST}
    assert {point.patient_words for point in consent.comprehension} == {"Mine"}

    # Nothing is chosen beforehand, and every choice needs the person's own answer.
    assert all(choice.answer is None for choice in consent.choices)
    go_on()
    assert form.step == 4
    answer("You may keep blood that is left over for other kidney research.: No")
    answer("You may call me about other studies.: Yes")
    answer("What came of it: Consents")
    go_on()
    assert form.step == 5
    tab_to("Make the document")
    press(KEY.Key_Space)
    assert held(frame).state is S.READY
    qtbot.waitUntil(lambda: bool(form.document.preview.content), timeout=20_000)
    assert form.document.preview.content == form.signing.paper()
    go_on()
    assert form.step == 6

    # The person signs on the turned screen, by typing their name.
    tab_to("Turn the screen for the signature of: Patient")
    press(KEY.Key_Space)
    sign_here(frame, yes=True, name="Maria L. Alvarez")
    signed = held(frame)
    assert (signed.state, signed.minutes) == (S.SIGNED, 20)
    assert signed.signatures[0].method is Method.TYPED
    tab_to("Turn the screen for the signature of: Obtained the consent")
    press(KEY.Key_Space)
    sign_here(frame, yes=False, name="Renee Okafor")
    done = held(frame)
    assert [one.role for one in done.signatures] == [Role.PATIENT, Role.PERSON_OBTAINING]
    assert done.state is S.ACTIVE
    assert done.fingerprint == done.content_fingerprint()
    assert done.form_sha256 == study.versions[0].approved_sha256
    answer("The copy was given")
    assert held(frame).copy_given_by == store.actor.name

    # A procedure of the study becomes a task only now.
    tab_to("Close and go back to the list")
    press(KEY.Key_Space)
    answer("Plan a procedure")
    types("First blood draw")
    answer("Plan it")
    (task,) = tasks_about(store, done.id)
    assert task.what == "VELORIN-2: First blood draw"

    # They change their mind: the study's own words are read out, and what was planned is called off.
    answer("Leaves the study")
    answer("The study may still look into the chart: No")
    answer("Samples that are left are to be destroyed: Yes")
    answer("Record it")
    (gone,) = endings_of(store, (done,))[done.id]
    assert (gone.look_on, gone.destroy_samples) == (Answer.NO, Answer.YES)
    assert "stays in the study" in gone.told
    assert standing(done, (gone,)) is S.WITHDRAWN
    assert tasks_about(store, done.id) == ()
    assert store.get(ResearchConsent, done.id).signatures == done.signatures
    assert store.verify().verified
    answer("Print this page")
    qtbot.waitUntil(lambda: bool(printer.printed), timeout=90_000)
    found = check(printer.printed[-1][0], sealer_of(store).authorities())
    assert (found.verdict, found.fingerprint) == (Verdict.GOOD, gone.content_fingerprint())
    frame.desk.jobs.wait()


def sign_here(frame: WorkFrame, *, yes: bool, name: str) -> None:
    """On the turned screen: read, say yes, type the name, done; then the passphrase brings the nurse back."""
    screen = frame.findChild(SigningScreen)
    assert screen is not None
    answer("I have read it")
    if yes:
        answer("Yes, I agree")
    answer("Type")
    if not screen.field.typed.hasFocus():
        tab_to("name")
    types(name)
    tab_to("I have signed")
    press(KEY.Key_Space)
    types(PASSPHRASE)
    press(KEY.Key_Return)


@pytest.mark.timeout(180)
def test_it_is_taken_home_and_brought_back(qtbot: QtBot, frame: WorkFrame, clock: Clock) -> None:
    page = to_outcome(frame, clock)
    answer("What came of it: Takes it home")
    answer("Record it")
    home = held(frame)
    assert (home.state, home.outcome, page.form) == (S.HOME, Outcome.HOME, None)
    # Three days later: what was said stands, and the work begins where it is open.
    clock.tick(3 * 86400)
    press(KEY.Key_Return)
    assert page.form is not None
    assert page.form.step == 4
    assert page.form.consent.given_at == home.given_at


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one, day: msgspec.structs.replace(one, approved_to=day - dt.timedelta(days=1)), "outside the review"),
        (lambda one, day: msgspec.structs.replace(one, statement="Ask us."), "word for word"),
        (lambda one, day: msgspec.structs.replace(one, stamped=False), "stamp"),
    ],
    ids=["window", "sentence", "stamp"],
)
def test_a_form_that_is_not_in_order_is_not_given(
    frame: WorkFrame, clock: Clock, study: Study, change, words: str
) -> None:
    page = begin(frame)
    assert page.form is not None
    form = change(study.versions[0], clock.today())
    frame.desk.store.save(msgspec.structs.replace(study, versions=(form,)))
    answer("Given now")
    assert held(frame).state is S.DRAFT
    assert held(frame).given_at is None
    page.form.show_all()
    said = " ".join(fault.message for fault in page.form.given.faults(page.form.consent))
    assert words in said


def test_what_was_typed_survives(frame: WorkFrame, clock: Clock) -> None:
    page = begin(frame)
    assert page.form is not None
    answer("Given now")
    go_on()
    answer("Who decides: Representative")
    press(KEY.Key_Tab)
    tab_to("Representative")
    types("Luis")
    frame.save_drafts()
    assert held(frame).representative_name == ""  # a draft, not yet saved
    page.form.release()
    page.form = None
    page.work_on(held(frame))
    assert page.form.consent.representative_name == "Luis"
