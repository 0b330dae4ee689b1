"""Signing in every way there is: by telephone before two witnesses, on paper, later by the practitioner, and not at all."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import msgspec
import pikepdf
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import sign
from liaison_desktop.clinical.consents.document import consent_summary
from liaison_desktop.clinical.consents.form.frame import SIGNATURES
from liaison_desktop.clinical.consents.form.signature_entry import PAPER, SPOKEN
from liaison_desktop.clinical.consents.page.listing import Wanted
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState, DecidedBy
from liaison_desktop.clinical.consents.rules import roles_needed
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.clinical.today.page.cards import Cards
from liaison_desktop.clinical.today.queries import read_day
from liaison_desktop.errors import Refused
from liaison_desktop.signing import Method, Role, Spoken
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents import hand
from tests.clinical.consents.examples import DOCTOR, a_signature, put
from tests.clinical.consents.test_actions import ready
from tests.clinical.people.staff import a_member, as_actor
from tests.clinical.people.staff import put as record
from tests.documents.samples import page_texts
from tests.fakes import Clock, FileDialogs, PaperTray
from tests.flows.test_procedure_consent import Story

S = ConsentState


@pytest.fixture
def story(clinical_desk: Desk, clock: Clock, qtbot: QtBot) -> Story:
    """A consent that is ready to sign, open at its signatures."""
    made = Story(clinical_desk, clock, qtbot)
    made.page.work_on(ready(clinical_desk.store, clock))
    made.form.open_step(SIGNATURES)
    return made


def tap(segmented, value: object) -> None:
    """Press the answer with this value, which may have come into sight just now."""
    segmented.buttons[[held for held, _label in segmented._pairs].index(value)].click()


def by_hand(story: Story, role: Role) -> None:
    story.form.signatures.entries[role].turn_button.click()
    story.screen.read_button.click()
    hand.draw(story.screen.field.pad, hand.STROKES[:3])
    story.screen.done_button.click()
    story.leave()


def test_a_yes_by_telephone_is_heard_by_two(story: Story, clock: Clock) -> None:
    entry = story.form.signatures.entries[Role.PATIENT]
    tap(entry.how, SPOKEN)
    assert not entry.turn_button.isVisible()
    entry.record_button.click()
    assert "nothing is chosen beforehand" in entry.fault("agrees")
    tap(entry.agrees, Answer.YES)
    entry.record_button.click()
    assert entry.fault("spoken") == "Write what was said."
    QTest.keyClicks(entry.spoken, "Yes, I want it done")
    tap(entry.spoken_how, Spoken.TELEPHONE)
    entry.given_at.set_value(clock() + dt.timedelta(minutes=1))
    entry.record_button.click()
    assert "future" in entry.fault("given_at")
    entry.given_at.set_value(clock() - dt.timedelta(minutes=5))
    entry.record_button.click()
    heard = story.saved()
    given = heard.signatures[0]
    assert (heard.state, given.method, given.spoken_how) == (S.SIGNED, Method.VERBAL_WITNESSED, Spoken.TELEPHONE)
    assert given.identified_by == "heard by Renee Okafor RN" or given.identified_by.startswith("heard by Renee Okafor")

    # Two witnesses, not one person, both adults.
    by_hand(story, Role.WITNESS)
    second = story.form.signatures.entries[Role.SECOND_WITNESS]
    QTest.keyClicks(second.name, "Tom Hale")
    second.turn_button.click()
    assert "18 or older" in second.fault("adult")
    tap(second.adult, False)
    second.turn_button.click()
    assert "18 or older" in second.fault("adult")
    tap(second.adult, True)
    by_hand_again = story.form.signatures.entries[Role.SECOND_WITNESS]
    by_hand_again.turn_button.click()
    story.screen.read_button.click()
    hand.draw(story.screen.field.pad, hand.STROKES[:2])
    story.screen.done_button.click()
    story.leave()
    consent = story.saved()
    assert [each.role for each in consent.signatures] == [Role.PATIENT, Role.WITNESS, Role.SECOND_WITNESS]
    text = " ".join(page_texts(consent_summary(consent).content))
    assert "Spoken: “Yes, I want it done”" in text
    assert "by telephone; given" in text


def test_a_signature_on_paper_is_on_the_page_with_its_caption(
    story: Story, files: FileDialogs, tmp_path, clock: Clock
) -> None:
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(100, 500):
        image.setPixelColor(x, 100, QColor("navy"))
    path = tmp_path / "page.png"
    assert image.save(str(path))
    entry = story.form.signatures.entries[Role.PATIENT]
    tap(entry.how, PAPER)
    tap(entry.agrees, Answer.YES)
    entry.record_button.click()
    assert entry.fault("scan") == "Attach the scan of the signed page."
    files.opens.append(path)
    entry.scan.choose()
    story.qtbot.waitUntil(lambda: len(entry.scan.value()) == 1)
    entry.given_at.set_value(clock() - dt.timedelta(minutes=20))
    entry.record_button.click()
    consent = story.saved()
    given = consent.signatures[0]
    assert (given.method, given.strokes, len(given.scan)) == (Method.WET_INK, (), 1)
    assert story.store.attachments.get(given.scan[0].sha256)
    document = story.form.signing.paper()
    text = " ".join(page_texts(document))
    assert f"signed on paper, scanned; given 19 Nov 2026, 1:40 PM UTC-06:00; scan {given.scan[0].sha256[:16]}" in text
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert any(page.get_images() for page in opened.pages)


def test_the_practitioner_countersigns_later_as_themselves(story: Story, clock: Clock) -> None:
    entry = story.form.signatures.entries[Role.PATIENT]
    entry.turn_button.click()
    story.screen.read_button.click()
    story.screen.choice.buttons[0].click()
    hand.draw(story.screen.field.pad)
    story.screen.done_button.click()
    story.leave()
    by_hand_witness(story)
    waiting = story.saved()
    assert waiting.state is S.WITNESSED
    assert "Still to countersign: responsible clinician" in story.form.signatures.later.plain()
    story.form.close_form()
    assert story.page._filters[Wanted.COUNTERSIGN].text().endswith(" 1")
    story.page._filter(Wanted.COUNTERSIGN)
    assert story.page.chosen() == waiting

    # Next day, in another hand: who may see and sign, and write nothing else.
    clock.tick(86_400)
    (doctor,) = record(story.store, a_member(DOCTOR, StaffRole.PRACTITIONER_VIEW, actor=uuid.uuid4()))
    store = as_actor(story.store, doctor)
    with pytest.raises(Refused) as refusal:
        put(store, waiting, a_signature(Role.WITNESS, "Joy Lim"))
    assert "RIGHT-NOBODY" in {fault.rule for fault in refusal.value.faults}
    assert "your signature" in countersigning(story.desk)
    story.page.refresh(frozenset({"consent"}))
    story.page.work()
    own = story.form.signatures.entries[Role.PRACTITIONER]
    assert own.is_actor
    own.turn_button.click()
    story.screen.read_button.click()
    hand.draw(story.screen.field.pad, hand.STROKES[:3])
    story.screen.done_button.click()
    assert story.saved().state is S.WITNESSED
    story.leave()
    signed = story.saved()
    assert signed.signatures[-1].identified_by == "staff passphrase"
    assert signed.state is S.ACTIVE
    assert signed.signatures[-1].signed_at == clock()


def countersigning(desk: Desk) -> str:
    """The first of the consents on Today, as it is read out."""
    card = Cards(desk, read_day(desk.store, desk.clock()), desk.clock()).consents()
    return card.findChildren(CardRow)[0].accessibleName()


def by_hand_witness(story: Story) -> None:
    story.form.signatures.entries[Role.WITNESS].turn_button.click()
    story.screen.read_button.click()
    hand.draw(story.screen.field.pad, hand.STROKES[:1])
    story.screen.done_button.click()
    story.leave()


def test_ink_of_one_consent_signs_no_other(story: Story, clock: Clock) -> None:
    store = story.store
    first = put(store, story.saved(), a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    ink = first.signatures[0]
    second = ready(store, clock)
    # As it is, it was given on something else; made to fit, its ink is known.
    for forged, rule in (
        (ink, "SIGN-BOUND"),
        (ink.on(second.content_fingerprint()), "SIGN-REUSED"),
        (
            a_signature(Role.PATIENT, "María L. Álvarez", strokes=ink.strokes).on(second.content_fingerprint()),
            "SIGN-REUSED",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            sign(store, second, forged, agrees=Answer.YES)
        assert rule in {fault.rule for fault in refusal.value.faults}
    # And past the verb the store itself refuses it.
    with pytest.raises(Refused) as refusal:
        store.save(msgspec.structs.replace(second, signatures=(ink,), state=S.SIGNED))
    assert [fault.rule for fault in refusal.value.faults] == ["SIGN-BOUND"]
    assert store.get(Consent, second.id).signatures == ()


def test_who_says_no_signs_nothing_and_the_page_says_so(story: Story, printer: PaperTray) -> None:
    entry = story.form.signatures.entries[Role.PATIENT]
    tap(entry.how, SPOKEN)
    tap(entry.agrees, Answer.NO)
    entry.record_button.click()
    panel = story.form.refuse_panel
    assert story.form.stack.currentWidget() is panel
    QTest.keyClicks(panel.form.editor("refusal_understood"), "It may bleed on")
    QTest.keyClicks(panel.form.editor("practitioner_told"), "Renee Okafor told Dr. Chen at 14:10")
    panel.act_button.click()
    refused = consents_of(story.store, story.form.consent.patient_id)[0] if story.page.form else story.page.chosen()
    assert refused is not None
    assert (refused.state, refused.signatures) == (S.REFUSED, ())
    story.qtbot.waitUntil(lambda: bool(story.page.detail.preview.content))
    text = " ".join(page_texts(story.page.detail.preview.content))
    assert "said no; nobody signed" in text
    assert "Renee Okafor told Dr. Chen at 14:10" in text
    story.desk.jobs.wait()
    story.page.detail.clear()


def test_an_emergency_begins_with_the_practitioner(story: Story) -> None:
    consent = msgspec.structs.replace(story.saved(), decided_by=DecidedBy.EMERGENCY)
    assert roles_needed(consent) == (Role.PRACTITIONER, Role.WITNESS)


def test_what_is_typed_between_two_signatures_comes_back(story: Story) -> None:
    put(story.store, story.saved(), a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    story.page.work_on(story.saved())
    entry = story.form.signatures.entries[Role.WITNESS]
    entry.name.clear()
    QTest.keyClicks(entry.name, "Tom Hale")
    tap(entry.adult, True)
    story.page.close_work()
    story.page.work()
    again = story.form.signatures.entries[Role.WITNESS]
    assert (again.name.value(), again.adult.value()) == ("Tom Hale", True)
    story.form.release()
