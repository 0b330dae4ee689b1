"""The verification on the day: begun from the form PC, kept as a draft, and complete when two people have signed it."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.actions.signing import clock_stands_right
from liaison_desktop.clinical.consents.actions.steps import stop_if
from liaison_desktop.clinical.consents.queries import endings_of
from liaison_desktop.clinical.consents.record import Consent, ConsentState, DayCheck, DayItem
from liaison_desktop.clinical.consents.rules import day_faults, standing, standing_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import MEANINGS, Role, Signature, is_complete
from liaison_desktop.store import Act, Store

ITEMS = "PC25"  # of the form PC, which holds the items and their words once


def new_day_check(store: Store, consent: Consent) -> DayCheck:
    """A verification with nothing answered. Raises Refused if the consent does not hold today. Nothing is saved yet."""
    require(store, "record_clinical")
    from liaison_desktop.questionnaires.library import newest

    stop_if(tuple(standing_faults(consent, _standing(store, consent), policy_of(store))))
    group = newest("pc").index[ITEMS]
    return DayCheck(
        consent_id=consent.id,
        patient_id=consent.patient_id,
        document_number=consent.document_number,
        consent_fingerprint=consent.fingerprint,
        begun_at=store.clock(),
        items=tuple(DayItem(code=item.link_id.removeprefix(f"{ITEMS}."), words=item.text) for item in group.items),
    )


def _standing(store: Store, consent: Consent) -> ConsentState:
    return standing(consent, endings_of(store, consent.id).get(consent.id, ()), store.clock().date())


def complete_day_check(store: Store, check: DayCheck, first: Signature, second: Signature) -> DayCheck:
    """Two people sign what they checked, each for themselves; then nothing in it changes. Raises Refused.

    The consent is asked anew: one that was withdrawn or ran out in the meantime stops it.
    """
    require(store, "record_clinical")
    clock_stands_right(store)
    policy, now = policy_of(store), store.clock()
    consent = store.get(Consent, check.consent_id or check.id)
    found = day_faults(check, consent, _standing(store, consent), policy, who=store.actor.name, today=now.date())
    stop_if(tuple(fault for fault in found if fault.severity is Severity.REFUSE))
    signed = []
    for role, name, signature, field in (
        (Role.VERIFIER, store.actor.name, first, "first"),
        (Role.SECOND_VERIFIER, check.second_person, second, "second"),
    ):
        given = msgspec.structs.replace(
            signature,
            role=role,
            name_printed=name,
            signed_at=now,
            zone=now.tzname() or "",
            device=store.device.name,
            meaning=MEANINGS[role],
        )
        if not is_complete(given):
            stop_if((policy.fault("DAY-SIGN", field=field, who=name),))
        signed.append(given)
    done = msgspec.structs.replace(check, signatures=tuple(signed), completed_at=now)
    done = msgspec.structs.replace(done, fingerprint=done.content_fingerprint())
    with store.transaction("checked on the day") as transaction:
        saved = transaction.save(done)
        for signature in saved.signatures:
            transaction.note(Act.SIGNED, kind=DayCheck.kind, subject=saved.id, detail=signature.role.value)
    return saved


def note_day_printed(store: Store, check: DayCheck, how: str) -> None:
    """The page of this verification was printed; `how` says on which printer and how many pages."""
    require(store, "print")
    store.note(Act.PRINTED, kind=DayCheck.kind, subject=check.id, detail=f"verification on the day: {how}")


def note_day_exported(store: Store, check: DayCheck) -> None:
    """A copy of the page of this verification was saved outside the store."""
    require(store, "export")
    store.note(Act.EXPORTED, kind=DayCheck.kind, subject=check.id, detail="verification on the day")
