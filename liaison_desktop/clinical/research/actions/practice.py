"""Studies and research consents of the practice store, in several states. Everybody and every study is invented."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.consents.record import Answer, Concern, DecidedBy, TeachBackState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import working
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.research.actions.obtaining import begin_research, decide, give_form, make_ready
from liaison_desktop.clinical.research.actions.signing import sign
from liaison_desktop.clinical.research.actions.studies import keep_form, save_study
from liaison_desktop.clinical.research.record import (
    Again,
    Authorisation,
    Delegate,
    FormVersion,
    Outcome,
    Regulation,
    ResearchConsent,
    Study,
)
from liaison_desktop.paths import resource
from liaison_desktop.signing import Method, Role, Signature
from liaison_desktop.store import Store

replace = msgspec.structs.replace
_SAID = {
    "Q1": "If the new pill is good for kidneys like mine.",
    "Q2": "Because my kidneys got weak here in the hospital.",
    "Q3": "Usual care I get anyway. This is a test, and a computer picks.",
    "Q4": "No. You said I can say no and nothing changes.",
    "Q5": "Nothing. I still see my doctor.",
    "Q6": "A pill every morning and come seven times for blood.",
    "Q7": "Feel sick, and the thing with the heart, the potassium.",
    "Q8": "Dizzy. And things nobody knows yet.",
    "Q9": "Maybe other people. Me, maybe not, it could be the empty pill.",
    "Q10": "The company, if the pill did it.",
}


def fill_practice_research(store: Store) -> tuple[ResearchConsent, ...]:
    """Put two studies into a practice store that has patients, with people who were asked, wait, consented, declined."""
    patients, me = store.all(Patient), working(store)
    if len(patients) < 4 or me.version is None:
        return ()
    if not me.can_consent_research:
        me = store.save(replace(me, can_consent_research=True), reason="synthetic practice record")
    trial, watching = _trial(store, me), _watching(store, me)
    # Whoever speaks the language of the form signs it; who does not takes it home to read it with somebody.
    spoken = [one for one in patients if (one.communication.spoken or "en").startswith("en")]
    others = [one for one in patients if one not in spoken]
    if len(spoken) < 3 or not others:
        return ()
    (first, third, fourth), second = spoken[:3], others[0]
    consented = _consented(store, first, trial)
    home = decide(store, replace(_given(store, second, trial, 2 * 24 * 60), outcome=Outcome.HOME))
    declined = replace(
        begin_research(store, third, watching), outcome=Outcome.DECLINED, outcome_words="I have enough calls."
    )
    # The board approved a newer form after the first had signed, and wants those in the study asked again.
    _newer_form(store, trial)
    return (consented, home, decide(store, declined), _given(store, fourth, watching, 25))


def _form(store: Store, form: FormVersion, name: str) -> FormVersion:
    return keep_form(store, form, resource("practice", name).read_bytes(), name)


def _trial(store: Store, me: StaffMember) -> Study:
    today = store.clock().date()
    form = FormVersion(
        version="1.2",
        approved_from=today - datetime.timedelta(days=340),
        approved_to=today + datetime.timedelta(days=25),
        stamped=True,
        words="RW-101",
    )
    return save_study(
        store,
        Study(
            name="Velorin for weak kidneys after a hospital stay (practice)",
            short="VELORIN-2",
            protocol="VLR-204",
            sponsor="Invented Biologics",
            board="Riverbend Review Board",
            board_number="2026-118",
            phase="Phase 3",
            regulated=Regulation.BOTH,
            applicable_trial=True,
            investigator="Amara Osei, MD",
            phone="(555) 010-7700",
            versions=(_form(store, form, "research-velorin-1.2.pdf"),),
            delegates=_log(me, today),
        ),
    )


def _watching(store: Store, me: StaffMember) -> Study:
    today = store.clock().date()
    form = FormVersion(version="1.0", approved_from=today - datetime.timedelta(days=90), stamped=True, words="RW-201")
    return save_study(
        store,
        Study(
            name="How people walk in the months after rehabilitation (practice)",
            short="WALK-HOME",
            protocol="WH-07",
            sponsor="Riverbend Regional Medical Center",
            board="Riverbend Review Board",
            board_number="2026-074",
            regulated=Regulation.COMMON_RULE,
            investigator="Tomas Brandt, PT",
            phone="(555) 010-7719",
            versions=(_form(store, form, "research-walk-home-1.0.pdf"),),
            delegates=_log(me, today),
        ),
    )


def _newer_form(store: Store, study: Study) -> None:
    today = store.clock().date()
    form = FormVersion(
        version="2.0",
        approved_from=today,
        approved_to=today + datetime.timedelta(days=364),
        stamped=True,
        words="RW-101",
        again=Again.RISK,
    )
    form = _form(store, form, "research-velorin-2.0.pdf")
    save_study(store, replace(store.get(Study, study.id), versions=(*study.versions, form)))


def _log(me: StaffMember, today: datetime.date) -> tuple[Delegate, ...]:
    since = today - datetime.timedelta(days=300)
    return (Delegate(name=me.name, staff=me.id, since=since), Delegate(name="Amara Osei", since=since))


def _given(store: Store, patient: Patient, study: Study, minutes: int) -> ResearchConsent:
    at = store.clock() - datetime.timedelta(minutes=minutes)
    return give_form(store, replace(begin_research(store, patient, study), given_at=at))


def _consented(store: Store, patient: Patient, study: Study) -> ResearchConsent:
    consent = _given(store, patient, study, 75)
    answered = replace(
        consent,
        short_form=False,
        decided_by=DecidedBy.PATIENT,
        interpreter_needed=False,
        capacity_concern=Concern.NONE,
        enough_time=True,
        questions_answered=True,
        authorisation=Authorisation.COMBINED,
        outcome=Outcome.CONSENTED,
        comprehension=tuple(
            replace(point, state=TeachBackState.OK_FIRST, attempts=1, patient_words=_SAID[point.code])
            for point in consent.comprehension
        ),
        choices=tuple(it if it.code == "agree" else replace(it, answer=Answer.NO) for it in consent.choices),
    )
    ready = make_ready(store, answered)
    signed = sign(store, ready, _typed(Role.PATIENT, ready.shown_name), agrees=Answer.YES)
    return sign(store, signed, _typed(Role.PERSON_OBTAINING, ready.obtained_by))


def _typed(role: Role, name: str) -> Signature:
    from liaison_desktop.signing import fingerprint_of

    # Practice records are made without a screen: the signer's name stands for the ink.
    return Signature(
        role=role,
        name_printed=name,
        method=Method.TYPED,
        identified_by="practice record",
        shown_sha256=fingerprint_of(b"practice record"),
    )
