"""A form has got a newer version: whom it concerns, and that the new consent prints what it replaces."""

from __future__ import annotations

import datetime as dt

import msgspec

from liaison_desktop.clinical.consents.actions import begin_consent, to_ask_again, withdraw_consent
from liaison_desktop.clinical.consents.document.history import history_lines
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.consents.rules import outdated
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store
from tests.clinical.consents.test_actions import active
from tests.fakes import Clock


def test_whom_a_newer_version_concerns(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    form = template(consent.template_code)
    newer = msgspec.structs.replace(form, version="99.0")
    assert outdated((consent,), (form,)) == ()
    (found,) = outdated((consent,), (newer,))
    assert (found.consent.id, found.version) == (consent.id, "99.0")
    # 6.10 comes after 6.9, and another form's version says nothing.
    on_nine = msgspec.structs.replace(consent, template_version="6.9")
    assert len(outdated((on_nine,), (msgspec.structs.replace(form, version="6.10"),))) == 1
    assert outdated((consent,), (msgspec.structs.replace(newer, code="XX-000"),)) == ()


def test_only_consents_that_hold_today(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    current = template(consent.template_code).version
    assert consent.template_version == current
    assert to_ask_again(clinical_store) == ()
    old = clinical_store.get(Consent, consent.id)
    withdraw_consent(clinical_store, old, said_by=old.shown_name)
    assert to_ask_again(clinical_store) == ()


def test_the_new_consent_says_what_it_replaces(clinical_store: Store, clock: Clock) -> None:
    before = active(clinical_store, clock)
    patient = clinical_store.get(Patient, before.patient_id)
    made = begin_consent(clinical_store, patient, template(before.template_code), supersedes=before.id)
    signed = before.signatures[0].signed_at
    assert isinstance(signed, dt.datetime)
    words = f"Replaces consent {before.document_number} on version {before.template_version} ("
    assert made.replaces.startswith(words)
    assert f"{signed.day} " in made.replaces
    assert f"{made.replaces}." in list(history_lines(made))
