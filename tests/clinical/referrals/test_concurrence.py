"""V29 out of a real screening: what was signed, when, and what was changed after the physician concurred."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, ChecklistSteps, Step
from liaison_desktop.clinical.referrals.actions import gather
from liaison_desktop.clinical.referrals.rules import judge
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Store
from tests.clinical.referrals.making import replace, taken
from tests.fakes import TODAY, Clock

SIGNED, CONCURRED = TODAY + dt.timedelta(hours=1), TODAY + dt.timedelta(hours=3)


def screened(store: Store, patient: object, concurrence: str = "concur") -> Checklist:
    """A screening signed by the clinician and answered by the physician, finished."""
    made = start_checklist(store, patient, Planned(service="IRF"), form="pas")  # type: ignore[arg-type]
    sheet = open_checklist(store, made.id).sheet
    for link_id, moment in (("S11c", SIGNED), ("S13d", CONCURRED)):
        sheet.answer(sheet.nodes(link_id)[0], ("valueDateTime", moment.isoformat()))
    sheet.answer(sheet.nodes("S13c")[0], ("valueString", "Dr. Lis"))
    sheet.choose(sheet.nodes("S13b")[0], concurrence)
    sheet.choose(sheet.nodes("S13e")[0], "paper")
    return store.save(
        replace(
            made,
            content=canonical(sheet.write()).decode(),
            status=ChecklistStatus.COMPLETED,
            completed_at=store.clock(),
        )
    )


@pytest.mark.parametrize(
    ("concurrence", "changed", "hours", "passes", "words"),
    [
        ("concur", None, 5, True, "within the window"),
        ("concur", ("S3/S3a", 2), 5, True, "within the window"),
        ("concur", ("S13/S13c", 4), 5, True, "within the window"),
        ("concur", ("S3/S3a", 4), 5, False, "changed after the physician"),
        ("more", None, 5, False, "not all there"),
        ("concur", None, 2, False, "after the admission"),
        ("concur", None, 50, False, "more than 48 hours"),
    ],
)
def test_the_screening_as_it_was_signed_and_changed(
    clinical_store: Store,
    clock: Clock,
    concurrence: str,
    changed: tuple[str, int] | None,
    hours: int,
    passes: bool,
    words: str,
) -> None:
    referral = taken(clinical_store)
    one = screened(clinical_store, referral.patient, concurrence)
    if changed is not None:
        step = Step(number=1, at=TODAY + dt.timedelta(hours=changed[1]), key=changed[0], after="Yes")
        clinical_store.save(ChecklistSteps(checklist=one.id, steps=(step,)))
    clock.tick(hours * 3600)
    facts = gather(clinical_store, referral, admission_at=clock.now())
    (judged,) = judge(("concurrence",), facts, policy_of(clinical_store))
    assert judged.passed is passes
    assert words in judged.words


def test_a_screening_of_an_earlier_stay_does_not_count(clinical_store: Store, clock: Clock) -> None:
    first = taken(clinical_store)
    screened(clinical_store, first.patient)
    clock.tick(3600)
    later = replace(first, received_at=clock.now())
    assert "pas" in gather(clinical_store, first).forms
    assert "pas" not in gather(clinical_store, later).forms
