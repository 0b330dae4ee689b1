"""The consent: asked, taught back, chosen, shown, signed in ink by three, printed, and read back from its paper."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLineEdit

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.consents.form import ConsentForm, SigningScreen
from liaison_desktop.clinical.consents.form.frame import DOCUMENT, TEACH
from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.record import (
    Answer,
    Concern,
    Consent,
    ConsentState,
    DecidedBy,
    Discussed,
    TeachBackState,
)
from liaison_desktop.documents.reading import read
from liaison_desktop.records import to_bytes
from liaison_desktop.signing import Role
from liaison_desktop.tour import ink
from liaison_desktop.tour.hand import NotSo, click, draw, find, key, press, settle, until, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.ui.printing import page_count
from liaison_desktop.ui.segmented import Segmented

WORDS = {
    "a": "Look in my bowel with a camera and take the little bumps out.",
    "b": "To see why I am bleeding.",
    "c": "They may find the cause and take growths out early.",
    "d": "I could bleed. A hole, not often, and then an operation.",
    "e": "A scan, or a stool test, or wait. Then nobody knows why I bleed.",
    "f": "Doctor Chen. A young doctor may help while Doctor Chen is there.",
    "g": "A sleepy medicine in my arm.",
    "h": "Home the same day with my daughter. No driving.",
    "i": "Drink the cleaning drink and eat nothing in the morning.",
    "j": "Yes, I only have to say so.",
}


def consent_parts(stage: Stage) -> tuple[Part, ...]:
    """From the first question to the paper."""

    def begin() -> None:
        stage.go("consents")
        stage.frame.new()
        page = _page(stage)
        for line, words in (
            (page.begin.patient, "alvar"),
            (page.begin.form, "Colon"),
            (page.begin.practitioner, "Wei"),
        ):
            write(line, words)
            key(Qt.Key.Key_Return, on=line)
        click(page.begin.begin_button)
        form = _form(stage)
        stage.so("the practitioner stands on the consent", form.consent.practitioner_responsible == "Wei Chen")
        write(form.match.order.editor("procedure_on_order"), form.consent.procedure_text)
        write(form.match.patient.editor("procedure_as_patient_says"), "A camera in my bowel")
        _tap(form.match.verdict.editor("procedure_matches"), True)
        stage.picture("consent-same-procedure")
        press("Continue")

    def explained() -> None:
        form = _form(stage)
        form.talk.talk.editor("discussed_by").clear()
        write(form.talk.talk.editor("discussed_by"), "Ruth Okafor")
        press("Continue")
        stage.so("a nurse cannot be the one who explained (V37)", form.consent.state is ConsentState.DRAFT)
        form.talk.talk.editor("discussed_by").clear()
        write(form.talk.talk.editor("discussed_by"), "Wei Chen")
        form.talk.talk.editor("discussed_by_credential").clear()
        write(form.talk.talk.editor("discussed_by_credential"), "MD")
        moment = stage.application.clock() - dt.timedelta(minutes=40)
        form.talk.talk.editor("discussed_at").set_value(moment)
        press("Continue")
        stage.so("the talk is recorded", form.consent.state is ConsentState.DISCUSSED)
        _tap(form.person.decides.editor("decided_by"), DecidedBy.PATIENT)
        _tap(form.person.needs.editor("interpreter_needed"), False)
        _tap(form.person.capacity.editor("capacity_concern"), Concern.NONE)
        _tap(form.person.sedation.editor("sedated_recently"), False)
        press("Continue")
        for asked in form.talked.rows.values():
            _tap(asked.answer, Discussed.YES)
        press("Continue")

    def teach_back() -> None:
        form = _form(stage)
        for code, card in form.teach.cards.items():
            write(card.words, WORDS.get(code, "In my own words."))
            _tap(card.result, TeachBackState.NOT_OK if code == "d" else TeachBackState.OK_FIRST)
        stage.picture("consent-teach-back")
        press("Stop")
        write(form.stop_panel.form.editor("questions_for_practitioner"), "Can the hole be closed during the test?")
        click(form.stop_panel.act_button)
        stage.so("the nurse stopped it", form.consent.state is ConsentState.RETURNED)
        stage.picture("consent-stopped")
        form.talk.talk.editor("discussed_at").set_value(stage.application.clock())
        press("Continue")
        form.open_step(TEACH)
        settle()
        _tap(form.teach.cards["d"].result, TeachBackState.OK_AFTER_RETEACH)
        press("Continue")
        for code, asked in form.choices.rows.items():
            _tap(asked.answer, Answer.YES if code == "blood" else Answer.NO)
        _tap(form.choices.free.editor("free_to_refuse"), True)
        stage.picture("consent-choices")
        press("Continue")

    def document() -> None:
        form = _form(stage)
        click(form.document.make_button)
        until(lambda: bool(form.document.preview.content), "the document is made")
        stage.so("the consent is ready to sign", form.consent.state is ConsentState.READY)
        stage.so("what is shown is a PDF", form.document.preview.content.startswith(b"%PDF"))
        stage.picture("consent-document")
        press("Continue")

    def signatures() -> None:
        form = _form(stage)
        for role, hand in ((Role.PATIENT, ink.PATIENT), (Role.WITNESS, ink.NURSE), (Role.PRACTITIONER, ink.DOCTOR)):
            click(form.signatures.entries[role].turn_button)
            _sign(stage, role, hand)
        saved = stage.store.get(Consent, form.consent.id)
        stage.so("three signatures, the consent is active", len(saved.signatures) == 3)
        stage.so("and nothing in it can change", saved.state is ConsentState.ACTIVE)
        stage.picture("consent-active")

    def paper() -> None:
        form = _form(stage)
        form.open_step(DOCUMENT)
        until(lambda: form.document.preview.isVisible() and bool(form.document.preview.content), "the paper is shown")
        target = stage.out / "consent-summary.pdf"
        stage.files.saves.append(target)
        ways = form.document.preview.ways_out
        if ways is None:
            raise NotSo("the preview asks how the document leaves")
        press("Save a copy…", form.document.preview)
        click(ways.save_button)
        press("Print", form.document.preview)
        stage.picture("consent-print")
        click(ways.print_button)
        stage.so("the copy is on disk", target.read_bytes() == form.document.preview.content)
        stage.so(
            "the patient's copy was printed", page_count(stage.papers.printed[-1]) == page_count(target.read_bytes())
        )
        acts = {line.act for line in stage.store.lines(limit=6)}
        stage.so("both are in the journal", {"printed", "exported"} <= acts)
        _read_back(stage, target.read_bytes(), form.consent)
        # `liaison-desktop consent-pdf` makes the same paper from it.
        (stage.out / "consent-record.json").write_bytes(to_bytes(form.consent))
        stage.picture("consent-paper")

    def chart() -> None:
        if stage.patient_id is not None:
            stage.frame.open("patient", stage.patient_id)
        stage.picture("chart-with-papers")
        stage.so("the chart is open", isinstance(stage.frame.page, ChartPage))

    return (
        ("consent: same procedure", begin),
        ("consent: explained by", explained),
        ("consent: teach-back and stop", teach_back),
        ("consent: document", document),
        ("consent: signatures", signatures),
        ("consent: paper", paper),
        ("chart", chart),
    )


def _page(stage: Stage) -> ConsentsPage:
    page = stage.frame.page
    if not isinstance(page, ConsentsPage):
        raise NotSo("the page of consents is open")
    return page


def _form(stage: Stage) -> ConsentForm:
    form = _page(stage).form
    if form is None:
        raise NotSo("a consent is open")
    return form


def _tap(answers: Segmented, value: object) -> None:
    place = [held for held, _label in answers._pairs].index(value)
    click(answers.buttons[place])


def _sign(stage: Stage, role: Role, hand: tuple[ink.Curve, ...]) -> None:
    screen = next((found for found in _screens(stage)), None)
    if screen is None:
        raise NotSo("the screen is turned")
    if role is Role.PATIENT:
        stage.picture("turned-screen-document")
    click(screen.read_button)
    if role is Role.PATIENT:
        stage.so("nothing is chosen beforehand", screen.choice.value() is None)
        click(screen.choice.buttons[0])
    pad = screen.field.pad
    strokes = ink.strokes(hand)
    draw(pad, [[QPointF(point.x() * pad.width() / 960, point.y()) for point in stroke] for stroke in strokes])
    stage.picture(f"signed-by-{role.value}")
    click(screen.done_button)
    write(find(QLineEdit, "", screen), stage.passphrase)
    key(Qt.Key.Key_Return, on=screen.passphrase)
    until(lambda: not stage.frame.covered, "the screen is given back")


def _screens(stage: Stage) -> list[SigningScreen]:
    return [screen for screen in stage.application.window.findChildren(SigningScreen) if screen.isVisible()]


def _read_back(stage: Stage, content: bytes, consent: Consent) -> None:
    text = " ".join(" ".join(f"{page.body} {page.foot}" for page in read(content, 0)).split())
    stage.so("the paper names the patient", stage.patient in text)
    for words in (consent.document_number, "Wei Chen", "Ruth Okafor", WORDS["a"], "Clear after re-explaining"):
        stage.so(f"the paper says “{words}”", words in text)
    stage.so("the file itself says nothing of the patient", stage.patient.encode() not in content)
