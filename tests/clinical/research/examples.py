"""Values for the tests of research. Everybody and every study here is invented."""

from __future__ import annotations

import datetime as dt

import msgspec

from liaison_desktop.clinical.consents.record import Answer, Concern, DecidedBy, TeachBackState
from liaison_desktop.clinical.patients.record import InterpreterNeed, Patient
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.research.actions import begin_research, give_form, keep_form, save_study
from liaison_desktop.clinical.research.record import (
    Authorisation,
    Delegate,
    FormVersion,
    Outcome,
    Regulation,
    ResearchConsent,
    Study,
)
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from tests.builders import ACTOR_ID
from tests.clinical.consents.examples import a_facility, a_patient

NURSE = "Renee Okafor RN"
STATEMENT = load_policy("clinical").words("clinical_trials_statement")[0]


def a_form_file(statement: str = STATEMENT, mark: str = "1.2") -> bytes:
    """An approved form as a PDF, with the FDA's sentence or without it."""
    from liaison_desktop.documents.listing import Listing, ListingLine, ListingPart, make_listing

    line = ListingLine(label="Where it is listed", text=statement or "Ask us.")
    return make_listing(
        Listing(
            title="Consent form (practice)",
            whose="Velorin in weak kidneys",
            where="Riverbend Regional Medical Center",
            subtitle=f"Version {mark}, approved",
            number="form",
            note="Invented.",
            parts=(ListingPart(title="Form", columns=("Part", "Words"), lines=(line,)),),
            made=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
            copy_for="Participant",
            author="Practice",
        )
    ).content


def me_on_staff(store: Store, **other: object) -> StaffMember:
    """The nurse of the tests, who may take research consents."""
    values: dict[str, object] = {"can_consent_research": True, "can_witness": True}
    return store.save(
        StaffMember(
            name="Renee Okafor",
            credential=StaffCredential.RN,
            role=StaffRole.LIAISON,
            actor=ACTOR_ID,
            **{**values, **other},  # type: ignore[arg-type]
        )
    )


def a_study(store: Store, *, words: str = "RW-101", **other: object) -> Study:
    """An invented drug trial with one approved form, and the nurse on its log."""
    today = store.clock().date()
    me = next((one for one in store.all(StaffMember) if one.actor == ACTOR_ID), None) or me_on_staff(store)
    form = FormVersion(
        version="1.2",
        approved_from=today - dt.timedelta(days=60),
        approved_to=today + dt.timedelta(days=305),
        stamped=True,
        words=words,
    )
    values: dict[str, object] = {
        "name": "Velorin for weak kidneys after a hospital stay",
        "short": "VELORIN-2",
        "protocol": "VLR-204",
        "sponsor": "Invented Biologics",
        "board": "Riverbend Review Board",
        "board_number": "2026-118",
        "regulated": Regulation.BOTH,
        "applicable_trial": True,
        "investigator": "Amara Osei",
        "phone": "(555) 010-7700",
        "versions": (keep_form(store, form, a_form_file(), "form.pdf"),),
        "delegates": (Delegate(name=me.name, staff=me.id, since=today - dt.timedelta(days=30)),),
    }
    return save_study(store, Study(**{**values, **other}))  # type: ignore[arg-type]


def somebody(store: Store) -> Patient:
    """María, who needs no interpreter."""
    if not store.all(type(a_facility())):
        store.save(a_facility())
    patient = a_patient()
    spoken = msgspec.structs.replace(patient.communication, interpreter=InterpreterNeed.NO)
    return store.save(msgspec.structs.replace(patient, communication=spoken))


def a_draft(store: Store, study: Study | None = None) -> ResearchConsent:
    """A research consent just begun."""
    return begin_research(store, somebody(store), study or a_study(store))


def filled(consent: ResearchConsent, **other: object) -> ResearchConsent:
    """The consent with every answer that makes it ready to sign, and these answers instead."""
    replace = msgspec.structs.replace
    answers: dict[str, object] = {
        "short_form": False,
        "decided_by": DecidedBy.PATIENT,
        "interpreter_needed": False,
        "capacity_concern": Concern.NONE,
        "enough_time": True,
        "questions_answered": True,
        "authorisation": Authorisation.COMBINED,
        "outcome": Outcome.CONSENTED,
        "comprehension": tuple(
            replace(point, state=TeachBackState.OK_FIRST, attempts=1, patient_words="As I see it")
            for point in consent.comprehension
        ),
        "choices": tuple(it if it.code == "agree" else replace(it, answer=Answer.NO) for it in consent.choices),
    }
    return replace(consent, **{**answers, **other})


def given(store: Store, consent: ResearchConsent, minutes: int = 40) -> ResearchConsent:
    """The form was given so many minutes ago."""
    at = store.clock() - dt.timedelta(minutes=minutes)
    return give_form(store, msgspec.structs.replace(consent, given_at=at))
