"""Whom to ask again, and the words by which a new consent says what it replaces. Nothing is written here."""

from __future__ import annotations

from liaison_desktop.clinical.consents.actions.forms import templates_of
from liaison_desktop.clinical.consents.queries import endings_of, lasting_consents
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.consents.rules import Outdated, outdated, standing
from liaison_desktop.clinical.patients.record import day_text
from liaison_desktop.signing import Role
from liaison_desktop.store import Store


def to_ask_again(store: Store) -> tuple[Outdated, ...]:
    """The consents that hold today on an older version of their form, newest first."""
    today = store.clock().date()
    found = lasting_consents(store, today)
    endings = endings_of(store, *(consent.id for consent in found))
    holding = [one for one in found if standing(one, endings.get(one.id, ()), today) is ConsentState.ACTIVE]
    return outdated(holding, templates_of(store))


def replaced_words(before: Consent) -> str:
    """What a new consent prints of the one it takes the place of."""
    given = before.signature(Role.PATIENT) or before.signature(Role.REPRESENTATIVE)
    at = given.signed_at if given is not None else None
    number = f"{before.document_number} " if before.document_number else ""
    signed = f" ({day_text(at.date())})" if at is not None else ""
    return f"Replaces consent {number}on version {before.template_version}{signed}"
