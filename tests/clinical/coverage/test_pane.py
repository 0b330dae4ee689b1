"""The coverage tab: amounts as they are typed, the estimate with its line, what a stale fact looks like."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.coverage.actions import fill_practice_coverage, record_verification
from liaison_desktop.clinical.coverage.form import CoveragePane
from liaison_desktop.clinical.coverage.form.authorisation_form import AuthorisationForm
from liaison_desktop.clinical.coverage.form.coverage_form import CoverageForm
from liaison_desktop.clinical.coverage.form.editors import read_cents, read_share
from liaison_desktop.clinical.coverage.form.verification_form import VerificationForm
from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import AuthorisationStatus, Outcome
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Act
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Wrapped
from tests.clinical.coverage.examples import DAY, a_call
from tests.fakes import Clock, PaperTray

WARNING = "This is an estimate, not a guarantee. The payer decides when the claim is made."


def shown(qtbot: QtBot, desk: Desk, family: str) -> CoveragePane:
    patient = next(one for one in desk.store.all(Patient) if one.family == family)
    made = CoveragePane(desk, patient)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def pane(clinical_desk: Desk, qtbot: QtBot) -> CoveragePane:
    """The tab of the patient whose coverage is stale."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_coverage(clinical_desk.store)
    return shown(qtbot, clinical_desk, "Álvarez")


def texts(widget: QWidget) -> list[str]:
    plain = [each.text() for each in widget.findChildren(QLabel) if not isinstance(each, Wrapped)]
    wrapped = [each.plain() for each in widget.findChildren(Wrapped)]
    chips = [each.text() for each in widget.findChildren(Chip)]
    return [*plain, *wrapped, *chips, *(each.text() for each in widget.findChildren(CardRow))]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,250.50", 125_050),
        ("$1250", 125_000),
        ("0.5", 50),
        ("12,34", None),
        ("1.234", None),
        ("-5", None),
        ("ten", None),
        ("١٢", None),
    ],
)
def test_an_amount_is_read_or_said_to_be_none(text: str, cents: int | None) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(("text", "share"), [("20", 2_000), ("12.5 %", 1_250), ("7,25%", 725), ("2000", None)])
def test_a_share_is_read_or_said_to_be_none(text: str, share: int | None) -> None:
    assert read_share(text) == share


def test_a_stale_verification_says_how_old_it_is(pane: CoveragePane, clock: Clock) -> None:
    assert "verified 9 d ago" in texts(pane)
    (coverage,) = coverages_of(pane.desk.store, pane.patient.id)
    record_verification(pane.desk.store, a_call(coverage))
    pane.refresh(pane.kinds)
    assert "verified today" in texts(pane)
    clock.tick(12 * 86_400)  # into the next month
    pane.refresh(pane.kinds)
    assert "a new month began" in texts(pane)


def test_what_is_left_is_worked_out_as_it_is_typed(pane: CoveragePane) -> None:
    pane.verify_first()
    form = pane.entry
    assert isinstance(form, VerificationForm)
    for name, text in (
        ("deductible_total", "1,500"),
        ("deductible_met", "900"),
        ("coinsurance", "20"),
    ):
        form._amounts.editor(name).setText(text)
        form._amounts.editor(name).textEdited.emit(text)
    form._cost.editor("allowed").setText("2400")
    form._cost.editor("allowed").textEdited.emit("2400")
    said = texts(form.worked_out)
    assert "$600.00" in said
    assert "$960.00" in said
    assert WARNING in said


def test_the_estimate_is_shown_and_printed_with_its_line(pane: CoveragePane, printer: PaperTray) -> None:
    store = pane.desk.store
    (said,) = verifications_of(store, pane.patient.id)
    (coverage,) = coverages_of(store, pane.patient.id)
    pane.read(said)
    assert WARNING in texts(pane)
    pane.show_estimate(said, coverage)
    from liaison_desktop.documents.preview import Preview

    (preview,) = (each for each in pane.findChildren(Preview) if each.isVisibleTo(pane))
    preview.print_asked.emit()
    assert len(printer.printed) == 1
    assert store.lines()[0].act == Act.PRINTED


def test_an_approval_without_its_number_is_said_beside_the_field(pane: CoveragePane) -> None:
    store = pane.desk.store
    (one,) = authorisations_of(store, pane.patient.id)
    pane.step(one)
    form = pane.entry
    assert isinstance(form, AuthorisationForm)
    form._approved.editor("number").setText("")
    form.save()
    assert "number" in form._approved.field("number").fault()
    assert authorisations_of(store, pane.patient.id)[0] == one
    form._approved.editor("number").setText("A-2")
    form._approved.editor("units_used").setText("2")
    form.arrange()
    assert "Ask for more" in form._approved.field("units_used").fault()  # V35: worth a look, and stops nothing
    form.save()
    kept = authorisations_of(store, pane.patient.id)[0]
    assert (kept.number, kept.units_used, kept.status) == ("A-2", 2, AuthorisationStatus.APPROVED)


def test_a_number_that_looks_wrong_is_said_while_it_is_typed(clinical_desk: Desk, qtbot: QtBot) -> None:
    fill_practice_patients(clinical_desk.store)
    fill_practice_coverage(clinical_desk.store)
    made = shown(qtbot, clinical_desk, "Whitfield")
    coverage = coverages_of(clinical_desk.store, made.patient.id)[0]
    made.change(coverage)
    form = made.entry
    assert isinstance(form, CoverageForm)
    assert not form._payer.field("member_id").fault()
    form._payer.editor("member_id").setText("1SG4-TE5-MK73")
    form.arrange()
    assert "Medicare" in form._payer.field("member_id").fault()
    form.save()  # it is worth a look, and stops nothing
    assert coverages_of(clinical_desk.store, made.patient.id)[0].member_id == "1SG4-TE5-MK73"


def test_a_dropped_call_from_the_button(pane: CoveragePane) -> None:
    pane.verify_first()
    form = pane.entry
    assert isinstance(form, VerificationForm)
    form.dropped()
    assert verifications_of(pane.desk.store, pane.patient.id)[0].outcome is Outcome.DROPPED
    assert pane.entry is None


def test_discarded_and_offered_back(pane: CoveragePane) -> None:
    pane.verify_first()
    form = pane.entry
    assert isinstance(form, VerificationForm)
    form._who.editor("representative").setText("Dana")
    form.heard()
    form.discard()
    key = f"coverage_verification/{coverages_of(pane.desk.store, pane.patient.id)[0].id}"
    assert pane.desk.store.drafts.get(key) is None
    _text, undo = pane.desk.frame.toasts[-1]  # type: ignore[attr-defined]
    undo()
    assert pane.desk.store.drafts.get(key) is not None
    assert DAY
