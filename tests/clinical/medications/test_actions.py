"""What is stored: entering, comparing, telling, answering, signing, giving; refused where a rule says so."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions.entering import (
    Line,
    accept_warning,
    end_medicine,
    enter_line,
    look_over,
    save_medicine,
    say_absent,
    say_same,
    take_over,
    take_word,
)
from liaison_desktop.clinical.medications.actions.giving import give_list
from liaison_desktop.clinical.medications.actions.interviewing import finish_history, history_for, save_history
from liaison_desktop.clinical.medications.actions.listing import Part, patient_list
from liaison_desktop.clinical.medications.actions.reconciling import (
    compare,
    finish_comparison,
    open_again,
    row_of,
    tell,
)
from liaison_desktop.clinical.medications.actions.standing import (
    high_alert_judgement,
    medicines_given_judgement,
    medicines_needing_answer,
    standing_of,
    unresolved,
)
from liaison_desktop.clinical.medications.queries import history_of, medicines_of
from liaison_desktop.clinical.medications.record import (
    Action,
    Discrepancy,
    Frequency,
    HighAlert,
    Intent,
    Keeper,
    ListLife,
    MedicationHistory,
    Medicine,
    MedicineList,
    MedicineStatus,
    Route,
    Source,
    Told,
)
from liaison_desktop.clinical.people.record import StaffCredential
from liaison_desktop.errors import Refused
from liaison_desktop.store import Act, Store
from tests.clinical.medications.examples import a_stay, asked_through, with_allergy
from tests.clinical.people.staff import a_member
from tests.fakes import Clock

replace = msgspec.structs.replace


def enter(
    store: Store,
    stay: Episode,
    name: str,
    dose: str = "10 mg",
    source: Source | None = Source.PATIENT,
    onto: MedicineList = MedicineList.HOME,
    often: Frequency = Frequency.DAILY,
) -> Medicine:
    """One line, as it is typed."""
    assert stay.patient is not None
    line = Line(name=name, dose=dose, route=Route.PO, frequency=often)
    return enter_line(store, stay.patient, stay.id, onto, line, source)


def order(store: Store, stay: Episode, name: str, dose: str = "10 mg") -> Medicine:
    """One admission order."""
    return enter(store, stay, name, dose, None, MedicineList.ORDER)


def test_a_line_is_a_medicine_with_its_mark_and_what_was_read(clinical_store: Store) -> None:
    made = enter(clinical_store, a_stay(clinical_store), "apixaban", "5 mg")
    assert (made.generic, made.high_alert, made.dose_value) == ("apixaban", HighAlert.ANTICOAG, 5.0)
    assert [(said.source, said.dose, said.seen_by) for said in made.says] == [
        (Source.PATIENT, "5 mg", clinical_store.actor.name)
    ]


def test_another_source_of_the_same_medicine_fills_its_row(clinical_store: Store) -> None:
    stay = a_stay(clinical_store)
    enter(clinical_store, stay, "apixaban", "5 mg")
    again = enter(clinical_store, stay, "Apixaban", "2.5 mg", Source.RECORD)
    assert [each.id for each in medicines_of(clinical_store, stay.id)] == [again.id]
    assert again.dose == "5 mg"  # what is held to be taken is changed by a person, not by a list
    assert take_word(clinical_store, again, Source.RECORD).dose == "2.5 mg"


def test_a_source_says_the_same_of_one_or_does_not_name_it(clinical_store: Store) -> None:
    made = enter(clinical_store, a_stay(clinical_store), "metformin", "500 mg")
    made = say_absent(clinical_store, say_same(clinical_store, made, Source.PHARMACY), Source.RECORD)
    same, absent = made.said_by(Source.PHARMACY), made.said_by(Source.RECORD)
    assert same is not None
    assert same.dose == "500 mg"
    assert absent is not None
    assert absent.absent


@pytest.mark.parametrize("dose", ["5.0 mg", ".5 mg", "10 U", "5"])
def test_a_dose_that_is_misread_is_not_stored(dose: str, clinical_store: Store) -> None:
    stay = a_stay(clinical_store)
    with pytest.raises(Refused):
        enter(clinical_store, stay, "lisinopril", dose)
    assert not medicines_of(clinical_store, stay.id)


def test_a_warning_is_taken_on_with_a_reason(clinical_store: Store) -> None:
    stay = a_stay(clinical_store)
    made = enter(clinical_store, stay, "digoxin", "125 mcg")
    with pytest.raises(Refused, match="1,000 times"):
        enter(clinical_store, stay, "digoxin", "125 mg", Source.RECORD)
    reasoned = accept_warning(clinical_store, made, "V20-JUMP", "Ward called: it is mcg")
    save_medicine(clinical_store, reasoned)
    said = enter(clinical_store, stay, "digoxin", "125 mg", Source.RECORD)
    assert said.accepted[0].by == clinical_store.actor.name


def test_an_allergy_is_told_at_once(clinical_store: Store) -> None:
    stay = a_stay(clinical_store, **with_allergy("Penicillin"))
    made = enter(clinical_store, stay, "amoxicillin", "500 mg")
    assert [fault.rule for fault in look_over(clinical_store, made)] == ["V31"]


def test_what_was_taken_over_starts_unanswered(clinical_store: Store) -> None:
    before = a_stay(clinical_store)
    made = enter(clinical_store, before, "apixaban", "5 mg")
    save_medicine(clinical_store, replace(made, **asked_through(made)))
    stopped = enter(clinical_store, before, "senna", "2 tabs")
    end_medicine(clinical_store, stopped, MedicineStatus.STOPPED)
    now = a_stay(clinical_store)
    assert before.patient is not None
    held = take_over(clinical_store, before.patient, now.id, "Last stay")
    assert [(each.name, each.prefilled, each.adherence, each.says) for each in held] == [
        ("apixaban", "Last stay", None, ())
    ]
    assert not take_over(clinical_store, before.patient, now.id, "Last stay")


def history(store: Store, stay: Episode) -> MedicationHistory:
    """An interview with everything asked."""
    made = replace(
        history_for(store, stay),
        open_question=True,
        sources=(Source.PATIENT, Source.RECORD),
        keepers=(Keeper.SELF,),
        allergies_read=True,
    )
    return save_history(store, made)


def asked(store: Store, stay: Episode, name: str, dose: str = "10 mg") -> Medicine:
    """A medicine at home that was asked through."""
    made = enter(store, stay, name, dose)
    return save_medicine(store, replace(made, **asked_through(made)))


def test_who_asked_openly_and_when_is_kept(clinical_store: Store) -> None:
    made = history(clinical_store, a_stay(clinical_store))
    assert made.asked_by == clinical_store.actor.name
    assert made.asked_at == clinical_store.clock()


def test_a_history_with_one_source_is_not_finished(clinical_store: Store) -> None:
    stay = a_stay(clinical_store)
    asked(clinical_store, stay, "lisinopril")
    made = save_history(clinical_store, replace(history(clinical_store, stay), sources=()))
    with pytest.raises(Refused) as refusal:
        finish_history(clinical_store, made)
    assert [fault.rule for fault in refusal.value.faults] == ["V30"]
    kept = history_of(clinical_store, stay.id)
    assert kept is not None
    assert kept.collected_at is None


def test_the_whole_life_of_a_list(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    stay = a_stay(store)

    def life() -> ListLife:
        clock.tick(60)
        return standing_of(store, stay.id).life

    assert life() is ListLife.COLLECTING
    asked(store, stay, "apixaban", "5 mg")
    order(store, stay, "apixaban", "2.5 mg")
    done = finish_history(store, history(store, stay))
    assert life() is ListLife.COLLECTED
    assert unresolved(store, stay.id).blocks

    pair = standing_of(store, stay.id).pairs[0]
    with pytest.raises(Refused):  # a high-alert difference is not called none
        compare(store, pair, replace(row_of(pair), action=Action.CONTINUE, discrepancy=Discrepancy.NONE))
    row = replace(
        row_of(pair),
        action=Action.CLARIFY,
        action_reason="Which dose",
        discrepancy=Discrepancy.DOSE,
        intent=Intent.PENDING,
    )
    row = compare(store, pair, row)
    assert life() is ListLife.COMPARED
    assert not high_alert_judgement(store, stay.id).passed
    assert [each.mark for each in medicines_needing_answer(store, stay.id)] == ["unanswered"]

    with pytest.raises(Refused):
        tell(store, [row], " ", Told.PHONE)
    (row,) = tell(store, [row], "Wei Chen", Told.PHONE)
    assert life() is ListLife.SENT
    assert row.open  # telling closes nothing
    with pytest.raises(Refused):
        finish_comparison(store, done)

    pair = standing_of(store, stay.id).pairs[0]
    answer = replace(
        row,
        action=Action.CHANGE_DOSE,
        action_reason="kidneys",
        intent=Intent.UNDOCUMENTED,
        answer="Give 2.5 mg",
        answered_by="Wei Chen",
        answered_at=clock(),
        read_back=True,
    )
    with pytest.raises(Refused):
        compare(store, pair, replace(answer, answered_by=store.actor.name))
    row = compare(store, pair, answer)
    assert life() is ListLife.ANSWERED
    assert high_alert_judgement(store, stay.id).passed
    assert not medicines_needing_answer(store, stay.id)

    with pytest.raises(Refused):
        give_list(store, done, "The patient", "English")
    done = finish_comparison(store, done)
    assert life() is ListLife.RECONCILED
    give_list(store, done, "The patient", "English")
    assert life() is ListLife.GIVEN
    assert medicines_given_judgement(store, stay.id).passed

    # One more medicine, and all that stood before is to be done for it.
    asked(store, stay, "metformin", "500 mg")
    assert life() is ListLife.COLLECTED
    assert not medicines_given_judgement(store, stay.id).passed


def test_an_answer_is_opened_again_only_with_a_reason(clinical_store: Store) -> None:
    store, stay = clinical_store, a_stay(clinical_store)
    asked(store, stay, "lisinopril")
    pair = standing_of(store, stay.id).pairs[0]
    row = replace(
        row_of(pair),
        action=Action.STOP,
        action_reason="pressure",
        discrepancy=Discrepancy.OMISSION,
        intent=Intent.DOCUMENTED,
        answer="Stop it",
        answered_by="Wei Chen",
        answered_at=store.clock(),
    )
    row = compare(store, pair, row)
    assert standing_of(store, stay.id).pairs[0].settled
    with pytest.raises(Refused):
        open_again(store, row, " ")
    with pytest.raises(Refused):
        compare(store, standing_of(store, stay.id).pairs[0], replace(row, answer="Keep it"))
    assert open_again(store, row, "Wrong patient").open
    assert unresolved(store, stay.id).open == 1


def test_the_patients_list_says_what_changed_and_decides_nothing_by_itself(clinical_store: Store) -> None:
    store, stay = clinical_store, a_stay(clinical_store)
    asked(store, stay, "lisinopril", "10 mg")
    asked(store, stay, "metformin", "500 mg")
    order(store, stay, "lisinopril", "20 mg")
    pair = standing_of(store, stay.id).pairs[0]
    compare(
        store,
        pair,
        replace(
            row_of(pair),
            action=Action.CHANGE_DOSE,
            action_reason="Pressure was high.",
            discrepancy=Discrepancy.DOSE,
            intent=Intent.DOCUMENTED,
            answer="20 mg",
            answered_by="Wei Chen",
            answered_at=store.clock(),
        ),
    )
    changed, undecided = patient_list(standing_of(store, stay.id).pairs)
    assert (changed.part, changed.dose, changed.how, changed.often) == (
        Part.CHANGED,
        "20 mg",
        "by mouth",
        "once a day",
    )
    assert changed.change == "Before: lisinopril, 10 mg, by mouth, once a day. Pressure was high."
    assert (undecided.part, undecided.name) == (Part.ASK, "metformin")


def test_a_print_is_a_line_of_the_journal(clinical_store: Store) -> None:
    from liaison_desktop.clinical.medications.actions.giving import note_printed

    made = history(clinical_store, a_stay(clinical_store))
    note_printed(clinical_store, made, "Ward 3, 1 page")
    newest = clinical_store.lines(limit=1)[0]
    assert (newest.act, newest.subject) == (Act.PRINTED, made.id)


def test_an_lpn_collects_and_compares_and_does_not_sign_that_it_is_done(clinical_store: Store) -> None:
    store, stay = clinical_store, a_stay(clinical_store)
    store.save(a_member(credential=StaffCredential.LPN, actor=store.actor.id))
    asked(store, stay, "lisinopril")
    order(store, stay, "lisinopril")
    done = finish_history(store, history(store, stay))
    pair = standing_of(store, stay.id).pairs[0]
    compare(store, pair, replace(row_of(pair), action=Action.CONTINUE, discrepancy=Discrepancy.NONE))
    with pytest.raises(Refused) as refusal:
        finish_comparison(store, done)
    assert refusal.value.faults[0].rule.startswith("RIGHT")
