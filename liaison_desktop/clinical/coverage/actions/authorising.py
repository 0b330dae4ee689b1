"""Keeping an authorisation: every change of its status is a step that stays."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.coverage.actions.covering import RECORD, stop_if
from liaison_desktop.clinical.coverage.actions.verifying import submitted
from liaison_desktop.clinical.coverage.record import Authorisation, AuthorisationStep
from liaison_desktop.clinical.coverage.rules import authorisation_faults, step_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def save_authorisation(store: Store, authorisation: Authorisation) -> Authorisation:
    """Keep an authorisation as it stands now, with a step if its status changed or a note was made.

    Raises Refused (V35, AUTH-...), Stale.
    """
    require(store, RECORD)
    policy, before = policy_of(store), store.find(Authorisation, authorisation.id)
    was = before.status if before is not None else None
    stop_if((*step_faults(was, authorisation.status, policy), *authorisation_faults(authorisation, policy)))
    steps = before.steps if before is not None else ()
    if was is not authorisation.status or authorisation.note.strip():
        step = AuthorisationStep(
            status=authorisation.status, at=store.clock(), by=store.actor.name, note=authorisation.note.strip()
        )
        steps = (*steps, step)
    with store.transaction(authorisation.status.label) as transaction:
        kept = transaction.save(replace(authorisation, note="", steps=steps))
        submitted(store, transaction, kept)
    return kept
