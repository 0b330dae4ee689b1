"""A nurse has a colonoscopy consented: from the first question to the last signature, and to the withdrawal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.form import ConsentForm, SigningScreen
from liaison_desktop.clinical.consents.form.frame import (
    CHOICES,
    DOCUMENT,
    MATCH,
    PERSON,
    SIGNATURES,
    TALK,
    TALKED,
    TEACH,
)
from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.queries import endings_of
from liaison_desktop.clinical.consents.record import (
    Answer,
    Concern,
    Consent,
    ConsentState,
    DecidedBy,
    Discussed,
    Ending,
    Laterality,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules import standing
from liaison_desktop.clinical.people.record import Credential, Practitioner
from liaison_desktop.errors import Refused
from liaison_desktop.signing import ADOPTED, Method, Role, fingerprint_of
from liaison_desktop.ui.buttons import Button
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents import hand
from tests.clinical.consents.examples import a_facility, a_patient
from tests.documents.samples import page_texts
from tests.fakes import Clock, FileDialogs, NoFrame

PASSPHRASE = "seven green lanterns"
S = ConsentState


class Window(NoFrame):
    """As much of a window as the page needs: a turned screen lies over the page and takes the keyboard."""

    page: ConsentsPage

    def full_screen(self, widget: QWidget) -> None:
        super().full_screen(widget)
        widget.setParent(self.page)
        widget.resize(self.page.size())
        widget.show()
        widget.raise_()
        widget.setFocus()

    def leave_full_screen(self) -> None:
        if self.covering is not None:
            self.covering.hide()
            self.covering.deleteLater()
        super().leave_full_screen()


class Story:
    """The page, the desk it stands on, and what a nurse does with them."""

    def __init__(self, desk: Desk, clock: Clock, qtbot: QtBot) -> None:
        store = desk.store
        self.desk, self.store, self.clock, self.qtbot = desk, store, clock, qtbot
        self.patient = store.save(a_patient())
        store.save(a_facility())
        store.save(Practitioner(name="Wei Chen", credential=Credential.MD))
        self.frame = Window()
        desk.frame = self.frame
        self.desk.confirm_actor = lambda passphrase: passphrase == PASSPHRASE
        self.page = ConsentsPage(self.desk)
        store.listeners.append(self.page.refresh)
        qtbot.addWidget(self.page)
        self.frame.page = self.page
        self.page.resize(1190, 740)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    @property
    def form(self) -> ConsentForm:
        assert self.page.form is not None
        return self.page.form

    @property
    def screen(self) -> SigningScreen:
        """The turned screen."""
        screen = self.frame.covering
        assert isinstance(screen, SigningScreen)
        return screen

    def saved(self) -> Consent:
        return self.store.get(Consent, self.form.consent.id)

    def pick(self, line, words: str) -> None:
        """Type into a picker and take the first match with Enter."""
        line.setFocus()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def begin(self, form: str) -> None:
        self.page.new()
        self.pick(self.page.begin.patient, "Alvarez")
        self.pick(self.page.begin.form, form)
        self.pick(self.page.begin.practitioner, "Wei")
        self.page.begin.begin_button.click()

    def match(self, said: str = "A camera in my bowel") -> None:
        step = self.form.match
        QTest.keyClicks(step.order.editor("procedure_on_order"), self.form.consent.procedure_text)
        QTest.keyClicks(step.patient.editor("procedure_as_patient_says"), said)
        tap(step.verdict.editor("procedure_matches"), True)

    def explained(self, by: str, at: dt.datetime) -> None:
        step = self.form.talk
        for name, text in (("discussed_by", by), ("discussed_by_credential", "MD")):
            step.talk.editor(name).clear()
            QTest.keyClicks(step.talk.editor(name), text)
        step.talk.editor("discussed_at").set_value(at)

    def gates(self) -> None:
        step = self.form.person
        tap(step.decides.editor("decided_by"), DecidedBy.PATIENT)
        tap(step.needs.editor("interpreter_needed"), False)
        tap(step.capacity.editor("capacity_concern"), Concern.NONE)
        tap(step.sedation.editor("sedated_recently"), False)

    def talked(self) -> None:
        for asked in self.form.talked.rows.values():
            tap(asked.answer, Discussed.YES)

    def taught(self, code: str, state: TeachBackState, words: str) -> None:
        card = self.form.teach.cards[code]
        card.words.set_text("")
        QTest.keyClicks(card.words, words)
        tap(card.result, state)

    def chosen(self) -> None:
        for code, asked in self.form.choices.rows.items():
            tap(asked.answer, Answer.YES if code == "blood" else Answer.NO)
        tap(self.form.choices.free.editor("free_to_refuse"), True)

    def document(self) -> bytes:
        """The document in its step, once it is made and shown."""
        preview = self.form.document.preview
        number = len(self.form.consent.signatures)
        if self.form.consent.state is S.ACTIVE:
            # A complete one is shown as it was sealed.
            self.qtbot.waitUntil(lambda: b"ETSI.CAdES.detached" in preview.content, timeout=90_000)
        else:
            self.qtbot.waitUntil(lambda: preview.content == self.form.signing.paper(), timeout=90_000)
        assert len(self.form.consent.signatures) == number
        return preview.content

    def leave(self) -> None:
        screen = self.frame.covering
        assert isinstance(screen, SigningScreen)
        assert screen.passphrase.hasFocus()  # whoever takes the screen back types at once
        QTest.keyClicks(screen.passphrase, PASSPHRASE)
        QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)

    def to_signatures(self) -> None:
        """Everything up to the made document, with clear answers."""
        self.begin("Colon")
        self.match()
        self.form.go_on()
        self.explained("Wei Chen", self.clock() - dt.timedelta(hours=1))
        self.form.go_on()
        self.gates()
        self.form.go_on()
        self.talked()
        self.form.go_on()
        for code in self.form.teach.cards:
            self.taught(code, TeachBackState.OK_FIRST, "As I see it")
        self.form.go_on()
        self.chosen()
        self.form.go_on()
        self.form.document.make_button.click()


def tap(segmented, value: object) -> None:
    """Press the answer with this value."""
    place = [held for held, _label in segmented._pairs].index(value)
    QTest.mouseClick(segmented.buttons[place], Qt.MouseButton.LeftButton)


@pytest.fixture
def story(clinical_desk: Desk, clock: Clock, qtbot: QtBot) -> Story:
    return Story(clinical_desk, clock, qtbot)


@pytest.mark.timeout(240)
def test_from_the_first_question_to_the_withdrawal(
    story: Story, clock: Clock, files: FileDialogs, printer, tmp_path: Path
) -> None:
    story.begin("Colon")
    assert story.form.consent.practitioner_responsible == "Wei Chen"

    # Order, form and the patient's words do not agree: nobody gets further.
    story.match()
    tap(story.form.match.verdict.editor("procedure_matches"), False)
    story.form.go_on()
    assert story.form.step == MATCH
    assert "do not agree" in story.form.match.verdict.field("procedure_matches").fault()
    tap(story.form.match.verdict.editor("procedure_matches"), True)
    story.form.go_on()
    assert story.form.step == TALK

    # The nurse cannot be the one who explained.
    story.explained("Renee Okafor", clock() - dt.timedelta(hours=1))
    story.form.go_on()
    assert story.form.step == TALK
    assert "the practitioner explains" in story.form.talk.talk.field("discussed_by").fault()
    assert story.saved().state is S.DRAFT
    story.explained("Wei Chen", clock() - dt.timedelta(hours=1))
    story.form.go_on()
    assert story.saved().state is S.DISCUSSED

    assert story.form.step == PERSON
    story.gates()
    story.form.go_on()
    assert story.form.step == TALKED
    story.talked()
    story.form.go_on()
    assert story.form.step == TEACH
    assert story.saved().state is S.VERIFYING

    # One point is not clear: the nurse stops, and the signing is closed until a new talk.
    for code in story.form.teach.cards:
        clear = code != "d"
        story.taught(code, TeachBackState.OK_FIRST if clear else TeachBackState.NOT_OK, "As I see it")
    QTest.keyClick(story.form, Qt.Key.Key_F8)
    assert story.form.stack.currentWidget() is story.form.stop_panel
    QTest.keyClicks(story.form.stop_panel.form.editor("questions_for_practitioner"), "Can it hurt my heart?")
    story.form.stop_panel.act_button.click()
    assert story.saved().state is S.RETURNED
    assert story.saved().questions_for_practitioner == "Can it hurt my heart?"
    assert story.form.step == TALK
    story.form.go_on()
    assert "Stopped at" not in story.form.talk.talk.field("discussed_by").fault()
    assert "after a new talk" in story.form.talk.talk.field("discussed_at").fault()

    clock.tick(1800)
    story.explained("Wei Chen", clock())
    story.form.go_on()
    assert story.saved().state is S.VERIFYING
    story.form.open_step(TEACH)
    story.taught("d", TeachBackState.OK_FIRST, "I could bleed, or a hole and an operation")
    point = next(point for point in story.saved().teach_back if point.code == "d")
    assert (point.state, point.attempts) == (TeachBackState.OK_AFTER_RETEACH, 2)
    story.form.go_on()

    # Nothing is chosen beforehand, and every choice needs an answer.
    assert story.form.step == CHOICES
    assert all(asked.answer.value() is None for asked in story.form.choices.rows.values())
    story.form.go_on()
    assert story.form.step == CHOICES
    story.chosen()
    story.form.go_on()
    assert story.form.step == DOCUMENT
    assert story.form.document.make_button.isEnabled()
    story.form.document.make_button.click()
    assert story.saved().state is S.READY
    shown = story.document()
    assert shown.startswith(b"%PDF")
    story.form.go_on()
    assert story.form.step == SIGNATURES

    # The patient signs on the turned screen, in ink.
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    screen.read_button.click()
    assert screen.choice.value() is None
    assert not screen.done_button.isEnabled()
    QTest.mouseClick(screen.choice.buttons[0], Qt.MouseButton.LeftButton)
    assert not screen.done_button.isEnabled()
    hand.draw(screen.field.pad)
    clock.tick(60)
    screen.done_button.click()
    assert story.saved().state is S.SIGNED  # before the screen is given back
    story.leave()
    assert story.frame.covering is None
    ink = story.saved().signatures[0]
    assert ink.shown_sha256 == fingerprint_of(shown)
    assert (ink.role, ink.method, len(ink.strokes)) == (Role.PATIENT, Method.DRAWN, len(hand.STROKES))
    assert ink.strokes[0].points[0].pressure > 0

    # The practitioner cannot be the witness; the nurse can, with her passphrase.
    entry = story.form.signatures.entries[Role.WITNESS]
    entry.name.clear()
    QTest.keyClicks(entry.name, "Dr. Wei Chen")
    entry.turn_button.click()
    assert story.frame.covering is None
    assert "cannot be the practitioner" in entry.fault("name_printed")
    entry.name.clear()
    QTest.keyClicks(entry.name, "Renee Okafor RN")
    entry.turn_button.click()
    screen = story.screen
    screen.read_button.click()
    hand.draw(screen.field.pad, hand.STROKES[:2])  # another hand: the same ink is taken once
    screen.done_button.click()
    assert story.saved().state is S.SIGNED  # not hers until the passphrase says so
    QTest.keyClicks(screen.passphrase, "wrong")
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert story.saved().state is S.SIGNED
    story.leave()
    assert story.saved().state is S.WITNESSED
    assert story.saved().signatures[1].identified_by == "staff passphrase"

    story.form.signatures.entries[Role.PRACTITIONER].turn_button.click()
    screen = story.screen
    screen.read_button.click()
    hand.draw(screen.field.pad, hand.STROKES[:3])
    screen.done_button.click()
    story.leave()
    consent = story.saved()
    assert consent.state is S.ACTIVE
    assert consent.fingerprint == consent.content_fingerprint()
    assert [given.role for given in consent.signatures] == [Role.PATIENT, Role.WITNESS, Role.PRACTITIONER]

    # Nothing can change any more.
    with pytest.raises(Refused):
        story.store.save(msgspec.structs.replace(consent, procedure_text="Something else"))
    assert not story.form.stop_button.isVisible()

    # Print and save a copy: both are in the journal, and the file's name tells the document only.
    story.form.open_step(DOCUMENT)
    paper = story.document()
    preview = story.form.document.preview
    QTest.keyClick(preview._area, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert all("Patient copy · 19 Nov 2026" in page for page in page_texts(printer.printed[0][0]))
    files.saves.append(tmp_path / "copy.pdf")
    preview._save.click()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (tmp_path / "copy.pdf").read_bytes() == paper
    assert files.asked[-1][1] == f"{consent.document_number}.pdf"
    acts = [line.act for line in story.store.lines(limit=5)]
    assert {"printed", "exported"} <= set(acts)

    # The patient changes her mind: its own record, the consent as it was.
    story.form.close_form()
    story.page.detail.withdraw_button.click()
    story.page.withdraw.act_button.click()
    assert story.page.withdraw.form.field("ending").fault()
    tap(story.page.withdraw.form.editor("ending"), Ending.PATIENT)
    QTest.keyClicks(story.page.withdraw.form.editor("reason"), "I want to wait")
    story.page.withdraw.act_button.click()
    endings = endings_of(story.store, consent.id)[consent.id]
    assert standing(consent, endings, clock.today()) is S.REVOKED
    assert endings[0].fingerprint == consent.fingerprint
    assert story.store.get(Consent, consent.id) == consent
    assert story.store.verify().verified
    story.desk.jobs.wait()
    story.page.detail.clear()


def test_the_wrong_side_stops_a_knee(story: Story) -> None:
    story.begin("Total knee")
    story.match("My right knee")
    for form, name in (
        (story.form.match.order, "side_on_order"),
        (story.form.match.paper, "laterality"),
        (story.form.match.patient, "side_as_patient_says"),
    ):
        tap(form.editor(name), Laterality.LEFT)
    story.form.go_on()
    assert story.form.step == MATCH
    assert "do not agree" in story.form.match.patient.field("side_as_patient_says").fault()


def test_the_turned_screen_lets_nobody_out(story: Story) -> None:
    story.to_signatures()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    left = []
    screen.left.connect(lambda: left.append(True))
    everywhere = (Qt.Key.Key_Escape, Qt.Key.Key_Alt, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_F12, Qt.Key.Key_Return)
    for key in everywhere:
        QTest.keyClick(screen, key)
    for key in (Qt.Key.Key_K, Qt.Key.Key_L, Qt.Key.Key_N, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_Tab):
        QTest.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(screen, key, Qt.KeyboardModifier.AltModifier)
    assert story.frame.covering is screen
    assert story.form.stack.currentWidget() is story.form.signatures  # F8 and Ctrl+N did not reach the page behind
    assert story.page.form is story.form
    screen.read_button.click()
    # Nothing has the keyboard, so Enter chooses nothing; Tab goes round and round inside.
    assert QApplication.focusWidget() is screen
    QTest.keyClick(screen, Qt.Key.Key_Return)
    assert screen.choice.value() is None
    seen = set()
    for _ in range(40):
        holder = QApplication.focusWidget()
        assert holder is not None
        QTest.keyClick(holder, Qt.Key.Key_Tab)
        holder = QApplication.focusWidget()
        assert holder is not None
        assert screen is holder or screen.isAncestorOf(holder)
        seen.add(holder)
    assert screen.choice.buttons[0] in seen
    assert left == []
    # For staff: only the right passphrase opens it.
    screen.staff_button.click()
    QTest.keyClicks(screen.passphrase, "not this")
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert left == []
    story.leave()
    assert left == [True]
    assert story.saved().signatures == ()
    story.form.release()


def test_the_patient_wants_to_talk_to_the_doctor(story: Story) -> None:
    story.to_signatures()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    screen.read_button.click()
    question = next(
        each for each in screen.findChildren(Button) if each.text().strip() == "I have a question" and each.isVisible()
    )
    question.click()
    QTest.keyClicks(QApplication.focusWidget(), "Can it hurt my heart?")
    screen.ask_button.click()
    stopped = story.saved()
    assert stopped.state is S.RETURNED  # at once, not when the nurse is back
    assert stopped.questions_for_practitioner == "Can it hurt my heart?"
    story.leave()
    assert story.form.step == TALK
    assert story.saved().signatures == ()


def test_not_now_leaves_everything_as_it_was(story: Story) -> None:
    story.to_signatures()
    before = story.saved()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    later = next(
        each for each in story.screen.findChildren(Button) if each.text().strip() == "Not now" and each.isVisible()
    )
    later.click()
    story.leave()
    assert story.saved() == before
    assert story.store.lines(limit=1)[0].reason == "shown for signature, not now"


def test_large_print_is_what_is_hashed(story: Story) -> None:
    story.to_signatures()
    usual = story.document()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    pages = screen.pages.count
    screen.size_button.click()
    assert screen.pages.count > pages
    large = screen._editions.shown
    screen.read_button.click()
    screen.choice.buttons[0].click()
    hand.draw(screen.field.pad)
    screen.done_button.click()
    story.leave()
    ink = story.saved().signatures[0]
    assert (ink.shown_sha256, ink.shown_as) == (fingerprint_of(large), "Large print")
    assert fingerprint_of(usual) != fingerprint_of(large)
    story.form.release()


def test_the_patient_says_no(story: Story) -> None:
    story.to_signatures()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    screen.read_button.click()
    QTest.mouseClick(screen.choice.buttons[1], Qt.MouseButton.LeftButton)
    assert screen.done_button.text().strip() == "I do not agree"
    screen.done_button.click()
    story.leave()
    assert story.form.stack.currentWidget() is story.form.refuse_panel
    story.form.refuse_panel.act_button.click()
    assert story.saved().state is S.READY
    QTest.keyClicks(story.form.refuse_panel.form.editor("refusal_understood"), "It may bleed on")
    QTest.keyClicks(story.form.refuse_panel.form.editor("practitioner_told"), "Dr. Chen at 14:10, by me")
    consent_id = story.form.consent.id
    story.form.refuse_panel.act_button.click()
    refused = story.store.get(Consent, consent_id)
    assert (refused.state, refused.agreed()) == (S.REFUSED, Answer.NO)


def test_a_name_typed_with_the_keyboard_signs_too(story: Story) -> None:
    story.to_signatures()
    story.form.open_step(SIGNATURES)
    story.form.signatures.entries[Role.PATIENT].turn_button.click()
    screen = story.screen
    screen.read_button.click()
    screen.choice.buttons[0].setFocus()
    QTest.keyClick(screen.choice.buttons[0], Qt.Key.Key_Space)
    screen.field.other_button.setFocus()
    QTest.keyClick(screen.field.other_button, Qt.Key.Key_Space)
    QTest.keyClicks(screen.field.typed, "Maria L. Alvarez")
    screen.done_button.setFocus()
    QTest.keyClick(screen.done_button, Qt.Key.Key_Space)
    story.leave()
    given = story.saved().signatures[0]
    assert (given.method, given.typed, given.adopted) == (Method.TYPED, "Maria L. Alvarez", ADOPTED)
    story.form.release()


def test_what_was_typed_comes_back(story: Story) -> None:
    story.begin("Colon")
    QTest.keyClicks(story.form.match.patient.editor("procedure_as_patient_says"), "<img src=x> a camera")
    story.page.save_draft()
    consent = story.saved()
    assert consent.procedure_as_patient_says == ""
    again = ConsentForm(story.desk, consent)
    story.qtbot.addWidget(again)
    assert again.match.patient.editor("procedure_as_patient_says").value() == "<img src=x> a camera"


def test_a_warning_needs_its_reason(story: Story) -> None:
    story.to_signatures()
    story.form.open_step(PERSON)
    tap(story.form.person.sedation.editor("sedated_recently"), True)
    story.form.go_on()
    assert story.form.step == TALKED  # a warning lets the nurse go on, and waits before the document
    assert story.saved().state is S.VERIFYING
    story.form.open_step(DOCUMENT)
    assert not story.form.document.make_button.isEnabled()
    QTest.keyClicks(story.form.document.reason, "Given at 9, awake and clear since noon")
    story.form.open_step(PERSON)
    story.form.open_step(DOCUMENT)
    story.form.document.make_button.click()
    ready = story.saved()
    assert (ready.state, ready.confirmed) == (S.READY, ("V39",))
    story.form.release()


def test_the_teach_back_waits_for_the_gates(story: Story) -> None:
    story.begin("Colon")
    story.match()
    story.form.go_on()
    story.explained("Wei Chen", story.clock() - dt.timedelta(hours=1))
    story.form.go_on()
    story.form.open_step(TEACH)
    assert story.form.step == PERSON
    assert (
        story.form.person.needs.field("interpreter_needed").fault()
        or story.form.person.decides.field("decided_by").fault()
    )
    assert story.saved().state is S.DISCUSSED
