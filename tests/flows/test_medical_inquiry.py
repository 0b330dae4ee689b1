"""A doctor asks, signs on the turned screen, and gets an answer: by keyboard, over a real encrypted store.

Ctrl+N                       a new inquiry, the keyboard on the person
Okonkwo Enter                who asks; the rest of the form follows by Tab
F6                           the screen is turned; no key leads back
passphrase Enter             the liaison has it again
Ctrl+Shift+Enter             submit
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.__main__ import main
from liaison_desktop.msl.inquiries.form import HandOver
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.queries import inquiries
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    InquiryStatus,
    MedicalInquiry,
    ResponseKind,
    statement_of,
)
from liaison_desktop.signing import Method, fingerprint_of
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents import hand
from tests.fakes import Clock, FileDialogs, NoFrame, PaperTray
from tests.msl.builders import World, a_world
from tests.msl.inquiries.builders import ASKED, an_inquiry, in_progress

PASSPHRASE = "seven green lanterns"
KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
S = InquiryStatus


class Window(NoFrame):
    """As much of a window as the page needs: a turned screen lies over the page and takes the keyboard."""

    page: InquiriesPage

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
    """The page, the desk it stands on, and what an MSL does with them."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.store, self.qtbot = desk, desk.store, qtbot
        self.world: World = a_world(self.store)
        self.frame = Window()
        desk.frame = self.frame
        desk.confirm_actor = lambda passphrase: passphrase == PASSPHRASE
        self.open()

    def open(self) -> None:
        """The page as it comes after each start."""
        self.page = InquiriesPage(self.desk)
        self.store.listeners[:] = [self.page.refresh]
        self.qtbot.addWidget(self.page)
        self.frame.page = self.page
        self.page.resize(1190, 740)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)

    @property
    def screen(self) -> HandOver:
        screen = self.frame.covering
        assert isinstance(screen, HandOver)
        return screen

    def saved(self) -> MedicalInquiry:
        return self.store.get(MedicalInquiry, self.page.pane.inquiry.id)

    def pick(self, words: str) -> None:
        """Type into the picker that has the keyboard and take the first match."""
        self.type(words)
        self.press(KEY.Key_Return)

    def type(self, words: str) -> None:
        held = QApplication.focusWidget()
        assert held is not None
        QTest.keyClicks(held, words)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        held = QApplication.focusWidget() or self.page
        QTest.keyClick(held, key, modifiers)

    def fill_in(self) -> None:
        """The whole request, by keyboard."""
        self.page.new()
        form = self.page.pane.form
        assert QApplication.focusWidget() is form.who.editor("person_id")
        self.pick("Okonkwo")
        form.who.editor("received_channel").setFocus()
        self.pick("In person")
        form.who.editor("unsolicited_attestation").set_value(tuple(Attestation))
        form.cards[0].setFocus()
        self.type(ASKED)
        form.cards[0].form.editor("product_id").setFocus()
        self.pick("Velacor")
        form.cards[0].form.editor("off_label").buttons[0].setFocus()
        self.press(KEY.Key_1)
        form.answer.editor("delivery_method").setFocus()
        self.pick("Post")
        form.answer.editor("delivery_detail").setFocus()
        self.type("Clinic 4B")

    def come_back(self) -> None:
        """The liaison takes the screen back."""
        screen = self.screen
        screen.passphrase.setFocus()
        QTest.keyClicks(screen.passphrase, PASSPHRASE)
        QTest.keyClick(screen.passphrase, KEY.Key_Return)


@pytest.fixture
def story(msl_desk: Desk, qtbot: QtBot) -> Iterator[Story]:
    made = Story(msl_desk, qtbot)
    yield made
    made.store.listeners.clear()


def test_asked_signed_submitted_and_answered(
    story: Story,
    clock: Clock,
    files: FileDialogs,
    printer: PaperTray,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    story.fill_in()
    # Without a signature nothing is submitted (MIR-1).
    story.press(KEY.Key_Return, CTRL | SHIFT)
    assert story.page.pane.form.waiver.field("signature_waiver_reason").fault() == (
        "Ask the doctor to sign, or choose why there is no signature."
    )
    story.press(KEY.Key_F6)
    screen = story.screen
    shown = statement_of(story.saved())
    assert screen.shown == shown
    assert ASKED in shown
    assert "I asked for this information without being prompted." in shown
    assert not screen.done_button.isEnabled()
    hand.draw(screen.field.pad)
    screen.done_button.click()
    inquiry = story.saved()
    assert inquiry.status is S.SIGNED
    assert inquiry.signature is not None
    assert inquiry.signature.method is Method.DRAWN
    assert inquiry.signature.shown_sha256 == fingerprint_of(shown.encode())
    assert story.frame.covering is screen  # signed, and still closed until the passphrase
    story.come_back()
    assert story.frame.covering is None

    # What was signed can only be read; the store refuses it as well.
    form = story.page.pane.form
    assert form.cards[0].form.editor("verbatim").isReadOnly()
    assert form.answer.editor("delivery_detail").isReadOnly()
    story.page.setFocus()
    story.press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().status is S.SUBMITTED

    steps = story.page.pane.steps
    for step in (steps.acknowledge, steps.take_up, steps.answer):
        assert step.isVisible()
        step.click()
    reply = story.page.pane.reply
    assert reply is not None
    reply.form.editor("response_kind").set_value(ResponseKind.CUSTOM)
    story.page.pane.replying.record()
    assert "The reply is missing: label copy" in reply.form.field("references").fault()
    for name in ("label_copy_included", "not_approved_statement", "safety_included", "narrow_to_question"):
        reply.form.editor(name).set_value(True)
    reply.form.editor("references").setFocus()
    story.type("Reyes 2024")
    story.press(KEY.Key_Return, CTRL)
    assert story.saved().status is S.RESPONDED
    steps.deliver.click()
    story.type("Tracking 1Z-77")
    story.press(KEY.Key_Return)
    steps.close_it.click()
    assert story.saved().status is S.CLOSED

    # The document, on screen, on paper and as a copy named by its number alone.
    story.page.pane.paper_button.click()
    story.qtbot.waitUntil(lambda: bool(story.page.pane.preview.content))
    story.page.pane.papers.print_document()
    copy = tmp_path / "copy.pdf"
    files.saves.append(copy)
    story.page.pane.papers.save_document()
    assert printer.printed[0][0] == copy.read_bytes() == story.page.pane.preview.content
    assert files.asked[-1][1] == f"{inquiry.number}.pdf"
    assert {"printed", "exported", "signed"} <= {line.act for line in story.store.lines()}

    # The evidence pack is checked without the store.
    pack = tmp_path / "pack.zip"
    files.saves.append(pack)
    steps.evidence.click()
    assert main(["evidence", "verify", str(pack)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "verified"


def test_the_turned_screen_leads_nowhere_else(story: Story) -> None:
    story.fill_in()
    story.press(KEY.Key_F6)
    screen = story.screen
    for key, held in ((KEY.Key_Escape, None), (KEY.Key_N, CTRL), (KEY.Key_F6, None), (KEY.Key_Return, CTRL | SHIFT)):
        QTest.keyClick(screen, key, held or Qt.KeyboardModifier.NoModifier)
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget() or screen, KEY.Key_Tab)
        assert screen.isAncestorOf(QApplication.focusWidget() or screen) or QApplication.focusWidget() is screen
    screen.staff_button.click()
    QTest.keyClicks(screen.passphrase, "not this")
    QTest.keyClick(screen.passphrase, KEY.Key_Return)
    assert story.frame.covering is screen
    screen.back_button.click()
    screen.decline_button.click()
    story.come_back()
    assert story.frame.covering is None
    assert story.saved().signature is None
    assert story.saved().number  # the number was given out and stays with it


def test_what_is_typed_survives_a_restart(story: Story) -> None:
    story.fill_in()
    pane = story.page.pane
    story.qtbot.waitUntil(lambda: pane.inquiry.version is not None, timeout=2000)
    pane.form.answer.editor("delivery_detail").setFocus()
    story.type(", second floor")
    story.page.save_draft()
    story.page.close()
    story.open()
    assert story.page.pane.typed().delivery_detail == "Clinic 4B, second floor"
    assert story.page.pane.typed().questions[0].verbatim == ASKED


def test_an_answer_that_was_begun_survives_a_restart(story: Story) -> None:
    inquiry = in_progress(story.store, story.world)
    story.page.show_record(inquiry.id)
    story.page.pane.replying.begin()
    reply = story.page.pane.reply
    assert reply is not None
    reply.form.editor("references").setFocus()
    story.type("Reyes 2024, table 3")
    kept = f"inquiry_reply/{inquiry.id}"
    story.qtbot.waitUntil(lambda: story.store.drafts.get(kept) is not None, timeout=2000)
    story.page.close()
    story.open()
    story.page.show_record(inquiry.id)
    story.page.pane.replying.begin()
    again = story.page.pane.reply
    assert again is not None
    assert again.value().references == "Reyes 2024, table 3"


def test_a_remote_request_is_submitted_with_its_reason(story: Story) -> None:
    story.fill_in()
    form = story.page.pane.form
    form.waiver.editor("signature_waiver_reason").setFocus()
    editor = form.waiver.editor("signature_waiver_reason")
    (editor.buttons[0] if hasattr(editor, "buttons") else editor).setFocus()
    if hasattr(editor, "buttons"):
        story.press(KEY.Key_1)
    else:
        story.pick("afar")
    story.press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().status is S.SUBMITTED
    assert not story.saved().is_signed


def test_the_list_says_where_each_stands_and_how_old_it_is(story: Story, clock: Clock) -> None:
    in_progress(story.store, story.world)
    clock.tick(13 * 86_400)
    story.store.save(an_inquiry(story.store, story.world))
    rows = [story.page.view.rows.content(n) for n in range(story.page.view.rows.rowCount())]
    captions = [row for row in rows if isinstance(row, str)]
    assert captions == ["To submit", "Waiting for the answer"]
    late = next(row for row in rows if not isinstance(row, str) and row.chip and "late" in row.chip.text)
    assert (late.chip.text, late.right) == ("3 days late", "13 d")


def test_an_empty_page_says_how_to_begin(msl_desk: Desk, qtbot: QtBot) -> None:
    page = InquiriesPage(msl_desk)
    qtbot.addWidget(page)
    assert not page.view.isVisibleTo(page)
    page.new()
    assert not inquiries(msl_desk.store)  # nothing is saved before a word is typed
