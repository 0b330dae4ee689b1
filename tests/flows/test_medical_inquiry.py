"""A doctor asks in a visit, signs on the turned screen, and gets an answer: keys alone, over a real encrypted store.

Ctrl+M                       in the visit: the selected sentence becomes the question
1 2, Tab ..., Y              vouched for; the product; outside the label
E P F V                      how to answer, one key; the address is filled in
F6                           the screen is turned; no key leads back until the passphrase
Ctrl+Shift+Enter             submit
Space, Space, ...            each next step has the keyboard
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.__main__ import main
from liaison_desktop.documents.reading import read
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import HandOver
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.queries import inquiries
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    InquiryStatus,
    MedicalInquiry,
    OffLabel,
    ReceivedChannel,
    ResponseKind,
    WaiverReason,
    statement_of,
)
from liaison_desktop.signing import Method, fingerprint_of
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents import hand
from tests.fakes import Clock, FileDialogs, PaperTray
from tests.flows.keyboard import ALT, CTRL, KEY, NONE, SHIFT, here, press, types
from tests.msl.inquiries.builders import ASKED, a_reply, an_inquiry, in_progress
from tests.msl.inquiries.story import INQUIRIES, Story, pick, spoken, tab_to
from tests.msl.inquiries.test_documents_sent import a_letter

S = InquiryStatus
BEFORE = "Sees forty patients. "


class Inquiries(Story):
    """The story of inquiries: a visit whose notes hold the question."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(desk, qtbot)
        self.visit = self.visit_at(desk.clock() - dt.timedelta(hours=1), notes=f"{BEFORE}{ASKED} Wants slides.")

    @property
    def shown(self) -> InquiriesPage:
        page = self.page("inquiries")
        assert isinstance(page, InquiriesPage)
        return page

    @property
    def screen(self) -> HandOver:
        screen = self.shown.pane.signing.turning.screen
        assert screen is not None
        return screen

    def saved(self) -> MedicalInquiry:
        (found,) = [one for one in inquiries(self.store) if one.id == self.shown.pane.inquiry.id]
        return self.store.get(MedicalInquiry, found.id)

    def to_inquiries(self) -> None:
        """The fifth page of the rail."""
        press(INQUIRIES, CTRL)
        assert self.frame.page_key == "inquiries"

    def new(self) -> None:
        """A new inquiry up to the way it is answered, from its own page."""
        self.to_inquiries()
        press(KEY.Key_N, CTRL)
        assert spoken() == "Who asks"
        pick("Okonkwo")
        tab_to("How it came")
        pick("In person")
        tab_to("I vouch for")
        press(KEY.Key_1)
        press(KEY.Key_2)
        tab_to("The question, word for word")
        types(ASKED)
        tab_to("Product")
        pick("Velacor")
        tab_to("Outside the label?")
        types("y")
        tab_to("Answer by")
        types("p")
        tab_to("Address, number or place")


@pytest.fixture
def story(msl_desk: Desk, qtbot: QtBot) -> Iterator[Inquiries]:
    made = Inquiries(msl_desk, qtbot)
    yield made
    made.end()


def select_the_question() -> None:
    """In the notes: from the first letter of the question to its last."""
    press(KEY.Key_Home, CTRL)
    press(KEY.Key_Right, times=len(BEFORE))
    press(KEY.Key_Right, SHIFT, times=len(ASKED))


def test_workflow_4_asked_in_a_visit_signed_and_submitted(
    story: Inquiries, files: FileDialogs, printer: PaperTray
) -> None:
    story.to_visit(story.visit)
    tab_to("Notes")
    select_the_question()
    press(KEY.Key_M, CTRL)
    # Person, place, channel and the words are there; the keyboard stands where something is missing.
    assert story.frame.page_key == "inquiries"
    assert spoken() == "I vouch for: The doctor asked first"
    press(KEY.Key_1)
    press(KEY.Key_2)
    tab_to("Product")
    pick("Velacor")
    tab_to("Outside the label?")
    types("y")
    tab_to("Answer by")
    types("p")  # post
    types("f")  # fax
    types("v")  # a visit
    press(KEY.Key_F6)

    screen, inquiry = story.screen, story.saved()
    assert inquiry.number == "MI-2026-T-0001"
    assert (inquiry.questions[0].verbatim, inquiry.questions[0].off_label) == (ASKED, OffLabel.YES)
    assert inquiry.unsolicited_attestation == tuple(Attestation)
    assert (inquiry.received_channel, inquiry.visit_id) == (ReceivedChannel.IN_PERSON, story.visit.id)
    assert (inquiry.delivery_method, inquiry.delivery_detail) == (DeliveryMethod.IN_PERSON, story.world.place.name)
    shown = statement_of(inquiry)
    assert screen.shown == shown
    assert ASKED in shown
    assert "I asked for this information without being prompted." in shown
    assert not screen.done_button.isEnabled()
    hand.draw(screen.field.pad)
    tab_to("Accept")
    press(KEY.Key_Space)
    signed = story.saved()
    assert signed.status is S.SIGNED
    assert signed.signature is not None
    assert signed.signature.method is Method.DRAWN
    assert signed.signature.shown_sha256 == fingerprint_of(shown.encode())
    assert story.frame.covered  # signed, and still closed until the passphrase
    story.take_back()
    assert not story.frame.covered

    # What was signed can only be read; the store refuses it as well (test_asking).
    form = story.shown.pane.form
    assert form.cards[0].form.editor("verbatim").isReadOnly()
    assert form.answer.editor("delivery_detail").isReadOnly()
    assert spoken() == "Submit"
    press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().status is S.SUBMITTED

    # The document: on screen, on paper, and as a copy named by its number alone.
    tab_to("Document")
    press(KEY.Key_Space)
    pane = story.shown.pane
    story.qtbot.waitUntil(lambda: bool(pane.preview.content))
    pages = read(pane.preview.content, 45)
    assert ASKED in " ".join(" ".join(page.body for page in pages).split())
    tab_to("Print")
    press(KEY.Key_Space)
    copy = story.store.folder / "copy.pdf"
    files.saves.append(copy)
    tab_to("Save a copy", back=True)
    press(KEY.Key_Space)
    assert printer.printed[0][0] == copy.read_bytes() == pane.preview.content
    assert files.asked[-1][1] == "MI-2026-T-0001.pdf"
    assert {"printed", "exported", "signed"} <= {line.act for line in story.store.lines()}


def in_work(story: Inquiries) -> MedicalInquiry:
    """An inquiry that waits for its answer, and an approved letter that answers it."""
    a_letter(story.store, story.world)
    return in_progress(story.store, story.world)


def test_each_step_of_its_life_by_keyboard_to_the_evidence(
    story: Inquiries, files: FileDialogs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_letter(story.store, story.world)
    story.new()
    press(KEY.Key_F6)
    hand.draw(story.screen.field.pad)
    tab_to("Accept")
    press(KEY.Key_Space)
    story.take_back()
    press(KEY.Key_Space)
    assert story.saved().status is S.SUBMITTED
    for step, status in (("Acknowledged", S.ACKNOWLEDGED), ("Take up", S.IN_PROGRESS)):
        assert spoken() == step
        press(KEY.Key_Space)
        assert story.saved().status is status
    assert spoken() == "Answer"
    press(KEY.Key_Space)
    # The approved standard response to this topic is offered first; without what goes along it is refused (MIR-4).
    assert spoken().startswith("Renal dosing, standard response, v2")
    press(KEY.Key_Return)
    assert spoken() == "References"
    press(KEY.Key_Return, CTRL)
    reply = story.shown.pane.reply
    assert reply is not None
    assert reply.form.field("references").fault() == (
        "The reply is missing: label copy, statement that the use is not approved, safety information, references."
    )
    assert spoken() == "References"
    types("Reyes 2024")
    for tick in (
        "Current label goes along",
        "Says that the use is not approved",
        "Safety information goes along",
        "Answers only what was asked",
    ):
        tab_to(tick, most=1)
        press(KEY.Key_Space)
    tab_to("What was asked next", most=1)
    types("And what is known of dialysis?")
    press(KEY.Key_Return, CTRL)
    answered = story.saved()
    assert answered.status is S.RESPONDED
    (response,) = answered.responses
    assert response.response_kind is ResponseKind.STANDARD
    assert response.document() == "Renal dosing, standard response, v2"
    assert response.version_id is not None
    assert spoken() == "Delivered…"
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    assert "Say how you know that it arrived." in story.shown.pane._said.text()
    types("Tracking 1Z-77")
    press(KEY.Key_Return)
    delivered = story.saved()
    assert (delivered.status, delivered.responses[0].delivery_proof) == (S.DELIVERED, "Tracking 1Z-77")
    assert spoken() == "Close"
    press(KEY.Key_Space)
    assert story.saved().status is S.CLOSED

    # The evidence pack is checked without the store.
    number, pack = story.saved().number, tmp_path / "pack.zip"
    files.saves.append(pack)
    tab_to("Evidence pack")
    press(KEY.Key_Space)
    story.qtbot.waitUntil(lambda: bool(files.asked) and files.asked[-1][1] == f"{number}.zip", timeout=90_000)
    assert main(["evidence", "verify", str(pack)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "verified"

    # What was asked next becomes an inquiry of its own.
    tab_to("New inquiry from it", back=True)
    press(KEY.Key_Space)
    assert story.saved().questions[0].verbatim == "And what is known of dialysis?"
    assert story.saved().status is S.DRAFT


def test_sent_back_completed_and_withdrawn_by_keyboard(story: Inquiries) -> None:
    inquiry = in_work(story)
    story.to_inquiries()
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert story.shown.pane.inquiry.id == inquiry.id
    assert spoken() == "Answer"
    tab_to("Send back")
    press(KEY.Key_Space)
    types("Which formulation?")
    press(KEY.Key_Return)
    assert story.saved().status is S.REJECTED
    assert spoken() == "Complete it"
    press(KEY.Key_Space)
    assert story.saved().status is S.DRAFT
    press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().status is S.SUBMITTED
    assert spoken() == "Acknowledged"
    tab_to("Withdraw")
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    assert story.saved().status is S.SUBMITTED  # not without a reason (MIR-3)
    assert "Say why it is withdrawn." in story.shown.pane._said.text()
    types("Found in the label")
    press(KEY.Key_Return)
    assert story.saved().status is S.WITHDRAWN
    assert story.saved().is_signed


def test_the_turned_screen_leads_nowhere_else(story: Inquiries) -> None:
    story.new()
    press(KEY.Key_F6)
    screen, number = story.screen, story.saved().number
    everything = [
        (KEY.Key_Escape, NONE), (KEY.Key_K, CTRL), (KEY.Key_L, CTRL), (KEY.Key_N, CTRL), (KEY.Key_F12, NONE),
        (KEY.Key_F6, NONE), (KEY.Key_F1, NONE), (KEY.Key_Return, CTRL | SHIFT), (KEY.Key_Return, CTRL),
        (KEY.Key_Return, NONE), (KEY.Key_W, CTRL), (KEY.Key_Q, CTRL), (KEY.Key_M, CTRL), (KEY.Key_G, CTRL),
        (KEY.Key_Tab, CTRL), (KEY.Key_F4, ALT), (KEY.Key_Left, ALT), (KEY.Key_Menu, NONE), (KEY.Key_F11, NONE),
        *((Qt.Key(KEY.Key_1 + n), CTRL) for n in range(9)),
    ]  # fmt: skip
    locked: list[bool] = []
    story.frame.lock_asked.connect(lambda: locked.append(True))
    stops = set()
    for _ in range(12):
        for key, held in everything:
            press(key, held)
            assert screen.isAncestorOf(here()) or here() is screen
            assert story.frame.covered
        press(KEY.Key_Tab)
        stops.add(spoken())
        assert screen.isAncestorOf(here())
    # Alt+F4 and the cross of the window come as a request to close.
    assert not story.window.close()
    assert story.closed == 0
    assert story.window.isVisible()
    assert not locked
    assert {"Type my name instead", "Clear", "I do not want to sign"} <= stops
    # The liaison's own way out is for the mouse, and asks for the passphrase.
    screen.staff_button.click()
    press(KEY.Key_Return)
    assert screen._wrong.text() == ""  # nothing typed is no try
    story.take_back("not this")
    assert screen._wrong.text() == "This passphrase is not right."
    assert story.frame.covered
    tab_to("Back")
    press(KEY.Key_Space)
    tab_to("I do not want to sign")
    press(KEY.Key_Space)
    story.take_back()
    assert not story.frame.covered
    assert story.saved().signature is None
    assert story.saved().number == number  # it was given out and stays with this inquiry
    assert story.window.close()
    assert story.closed == 1


def test_a_typed_name_counts_only_if_it_is_the_name_that_stands_above(story: Inquiries) -> None:
    story.new()
    press(KEY.Key_F6)
    tab_to("Type my name instead")
    press(KEY.Key_Space)
    types("Somebody Else")
    assert not story.screen.done_button.isEnabled()
    press(KEY.Key_A, CTRL)
    types("Hannah Okonkwo")
    tab_to("Accept")
    press(KEY.Key_Space)
    signature = story.saved().signature
    assert signature is not None
    assert (signature.method, signature.name_printed) == (Method.TYPED, "Dr. Hannah Okonkwo")
    story.take_back()


def test_without_a_signature_or_a_reason_nothing_is_submitted(story: Inquiries) -> None:
    story.new()
    press(KEY.Key_Return, CTRL | SHIFT)
    field = story.shown.pane.form.waiver.field("signature_waiver_reason")
    assert field.fault() == "Ask the doctor to sign, or choose why there is no signature."
    assert spoken() == "Why there is no signature"
    pick("afar")
    press(KEY.Key_Return, CTRL | SHIFT)
    assert story.saved().status is S.SUBMITTED
    assert not story.saved().is_signed


def test_a_remote_doctor_wrote_an_e_mail_which_is_kept_encrypted(
    story: Inquiries, files: FileDialogs, tmp_path: Path
) -> None:
    letter = tmp_path / "from the doctor.eml"
    letter.write_bytes(b"From: h.okonkwo@northlake.example\n\nCan Velacor be started at an eGFR below 25?")
    story.new()
    tab_to("Why there is no signature")
    pick("written")
    press(KEY.Key_Return, CTRL | SHIFT)
    written = story.shown.pane.form.written
    assert written.field.fault() == "Attach the letter or e-mail the doctor wrote."
    assert spoken() == "Choose a file…"
    files.opens.append(letter)
    press(KEY.Key_Space)
    assert story.saved().written_name == "from the doctor.eml"
    press(KEY.Key_Return, CTRL | SHIFT)
    inquiry = story.saved()
    assert (inquiry.status, inquiry.signature_waiver_reason) == (S.SUBMITTED, WaiverReason.WRITTEN)
    assert story.store.attachments.get(inquiry.written_sha256) == letter.read_bytes()
    copy = tmp_path / "copy.eml"
    files.saves.append(copy)
    tab_to("Read")
    press(KEY.Key_Space)
    assert copy.read_bytes() == letter.read_bytes()
    assert files.asked[-1][1] == f"{inquiry.number}-request.eml"
    assert story.store.lines(limit=1)[0].act == "exported"


def test_you_are_not_the_first(story: Inquiries) -> None:
    inquiry = in_work(story)
    actions.record_response(story.store, inquiry, a_reply(inquiry))
    story.to_inquiries()
    press(KEY.Key_N, CTRL)
    pick("Okonkwo")
    tab_to("The question, word for word")
    types("May Velacor be started with an eGFR below 25?")
    before = story.shown.pane.form.cards[0].before
    story.qtbot.waitUntil(before.isVisible)
    assert [one.inquiry.number for one in before.found] == [inquiry.number]
    tab_to("Sort it alike", most=1)
    press(KEY.Key_Space)
    card = story.shown.pane.form.cards[0].value()
    assert (card.product_id, card.topic_id) == (story.world.approved.id, story.world.off_label.id)
    assert card.verbatim == "May Velacor be started with an eGFR below 25?"


def test_an_earlier_answer_is_used_again(story: Inquiries) -> None:
    first = in_work(story)
    actions.record_response(story.store, first, a_reply(first, references="Reyes 2024, table 3"))
    second = in_progress(story.store, story.world)
    story.to_inquiries()
    story.frame.open(MedicalInquiry.kind, second.id)
    assert spoken() == "Answer"
    press(KEY.Key_Space)
    reply = story.shown.pane.reply
    assert reply is not None
    story.qtbot.waitUntil(reply.before.isVisible)
    tab_to("Use this answer", back=True)
    press(KEY.Key_Space)
    value = reply.value()
    assert (value.references, value.response_kind) == ("Reyes 2024, table 3", ResponseKind.STANDARD)
    assert not value.label_copy_included  # what goes along is vouched for anew
    press(KEY.Key_Escape)
    assert story.shown.pane.reply is None


def test_what_is_typed_survives_a_restart(story: Inquiries) -> None:
    story.new()
    pane = story.shown.pane
    story.qtbot.waitUntil(lambda: pane.inquiry.version is not None, timeout=2000)
    press(KEY.Key_End)
    types(", second floor")
    story.qtbot.waitUntil(lambda: bool(story.store.drafts.keys("medical_inquiry/")), timeout=2000)
    story.frame.put_away()
    story.start()
    story.to_inquiries()
    assert story.shown.pane.typed().delivery_detail == f"{story.world.place.name}, second floor"
    assert story.shown.pane.typed().questions[0].verbatim == ASKED


def test_an_answer_that_was_begun_survives_a_restart(story: Inquiries) -> None:
    inquiry = in_work(story)
    story.to_inquiries()
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Space)
    tab_to("References")
    types("Reyes 2024, table 3")
    kept = f"inquiry_reply/{inquiry.id}"
    story.qtbot.waitUntil(lambda: story.store.drafts.get(kept) is not None, timeout=2000)
    story.frame.put_away()
    story.start()
    story.to_inquiries()
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Space)
    again = story.shown.pane.reply
    assert again is not None
    assert again.value().references == "Reyes 2024, table 3"


def test_the_list_says_where_each_stands_and_how_old_it_is(story: Inquiries, clock: Clock) -> None:
    in_progress(story.store, story.world)
    clock.tick(13 * 86_400)
    story.store.save(an_inquiry(story.store, story.world))
    story.to_inquiries()
    rows = [story.shown.list.view.rows.content(n) for n in range(story.shown.list.view.rows.rowCount())]
    captions = [row for row in rows if isinstance(row, str)]
    assert captions == ["To submit", "Waiting for the answer"]
    late = next(row for row in rows if not isinstance(row, str) and row.chip and "late" in row.chip.text)
    assert (late.chip.text, late.right) == ("3 days late", "13 d")


def test_an_empty_page_says_how_to_begin(story: Inquiries) -> None:
    story.to_inquiries()
    assert not story.shown.list.view.isVisibleTo(story.shown)
    press(KEY.Key_N, CTRL)
    assert not inquiries(story.store)  # nothing is saved before a word is typed
