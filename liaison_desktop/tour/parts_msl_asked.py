"""What a doctor says and asks: an insight from a sentence, an inquiry signed on the turned screen, a safety report."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desktop.msl.inquiries.form import HandOver
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.record import Attestation, InquiryStatus, MedicalInquiry
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.tour import ink
from liaison_desktop.tour.hand import NotSo, click, draw, key, shown, until, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.ui.inputs import TextArea

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SENTENCE = "I never ask about itch before week four."
HEARD = "A patient had a rash two weeks after the first dose."
ASKED = "Can I start 5 mg at an eGFR of 28?"


def asked_parts(stage: Stage) -> tuple[Part, ...]:
    """An insight, an inquiry and a safety report."""

    def insight() -> None:
        stage.go("visits")
        page = stage.frame.page
        if not isinstance(page, VisitsPage):
            raise NotSo("the page of visits is open")
        draft = next(visit for visit in stage.store.all(Visit) if not visit.locked)
        page.show_record(draft.id)
        notes = page.pane.form.notes
        key(Qt.Key.Key_End, CONTROL, on=notes)
        write(notes, f". {SENTENCE}")
        key(Qt.Key.Key_I, CONTROL, on=notes)
        panel = page.beside.capture
        stage.so("the sentence becomes the quote", page.beside.capturing and panel.editor("quote").value() == SENTENCE)
        write(panel.editor("headline"), "Itch is not asked about at the first visit")
        write(panel.editor("so_what"), "The benefit is not seen where nobody asks.")
        panel.editor("category").setFocus()
        _pick("unmet")
        stage.pictures("insight")
        key(Qt.Key.Key_Return, CONTROL)
        made = stage.store.all(Insight)
        stage.so("the insight is kept with its visit", len(made) == 1 and made[0].visit_id == draft.id)
        stage.so("and the notes stay as they are", str(notes.value()).endswith(SENTENCE))

    def inquiry() -> None:
        stage.go("inquiries")
        page = stage.frame.page
        if not isinstance(page, InquiriesPage):
            raise NotSo("the page of inquiries is open")
        stage.frame.new()
        form = page.pane.form
        form.who.editor("person_id").setFocus()
        _pick("Okonkwo")
        form.who.editor("received_channel").setFocus()
        _pick("In person")
        form.who.editor("unsolicited_attestation").set_value(tuple(Attestation))
        form.cards[0].setFocus()
        write(_here(), ASKED)
        form.cards[0].form.editor("product_id").setFocus()
        _pick("Velacor")
        click(form.cards[0].form.editor("off_label").buttons[0])
        click(form.answer.editor("delivery_method").buttons[1])  # by post
        write(form.answer.editor("delivery_detail"), "Clinic 4B, ")
        stage.pictures("inquiry")
        key(Qt.Key.Key_F6)
        until(lambda: bool(list(shown(HandOver))), "the screen is turned")
        screen = next(shown(HandOver))
        stage.so("the doctor reads her own words", ASKED in screen.shown)
        draw(screen.field.pad, ink.strokes(ink.DOCTOR))
        stage.pictures("inquiry-signed")
        click(screen.done_button)
        stage.so("the inquiry is signed", _only(stage).status is InquiryStatus.SIGNED)
        write(screen.passphrase, stage.passphrase)
        key(Qt.Key.Key_Return, on=screen.passphrase)
        until(lambda: not stage.frame.covered, "the liaison has her screen again")
        page.setFocus()
        key(Qt.Key.Key_Return, CONTROL, SHIFT)
        stage.so("and submitted under its number", _only(stage).status is InquiryStatus.SUBMITTED)
        stage.pictures("inquiry-submitted")

    def safety() -> None:
        key(Qt.Key.Key_F12, on=stage.frame)
        until(lambda: stage.frame.page_key == "safety", "the capture is open")
        line = next(shown(TextArea, stage.frame.page))
        write(line, HEARD)
        stage.pictures("safety-capture")
        key(Qt.Key.Key_Return, CONTROL, on=line)
        events = stage.store.all(SafetyEvent)
        stage.so("one sentence is a safety report", len(events) == 1 and events[0].description == HEARD)
        stage.so("and its clock runs", events[0].running and events[0].due_at is not None)
        stage.pictures("safety-event")

    return (
        ("insight from a sentence", insight),
        ("inquiry signed by the doctor", inquiry),
        ("safety report from anywhere", safety),
    )


def _only(stage: Stage) -> MedicalInquiry:
    (inquiry,) = stage.store.all(MedicalInquiry)
    return inquiry


def _here() -> QWidget:
    held = QApplication.focusWidget()
    if held is None:
        raise NotSo("nothing has the keyboard")
    return held


def _pick(words: str) -> None:
    """Type into the list that has the keyboard, and take the first match."""
    held = _here()
    write(held, words)
    key(Qt.Key.Key_Return, on=held)
