"""Capturing a report, completing it, and saying why a marked text is none."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.materials.record import Product
from liaison_desktop.msl.safety.actions.ticking import now_for
from liaison_desktop.msl.safety.queries import next_number
from liaison_desktop.msl.safety.record import (
    AwareHow,
    NoReport,
    Qualification,
    SafetyDismissal,
    SafetyEvent,
    SafetyKind,
)
from liaison_desktop.msl.safety.rules import awareness_faults, due_after
from liaison_desktop.policies import policy_of

if TYPE_CHECKING:
    from liaison_desktop.policies.radar import Finding
    from liaison_desktop.store import Store

_PHYSICIANS = frozenset({"physician", "fellow_resident"})


def capture_event(
    store: Store,
    description: str,
    *,
    aware_at: datetime.datetime | None = None,
    kind: SafetyKind = SafetyKind.ADVERSE_EVENT,
    how: AwareHow = AwareHow.IN_VISIT,
    visit_id: uuid.UUID | None = None,
    inquiry_id: uuid.UUID | None = None,
    reporter_id: uuid.UUID | None = None,
    product_id: uuid.UUID | None = None,
) -> SafetyEvent:
    """Save a report from one sentence; number and promise are given now. Raises Refused if nothing was said (AE-3 too)."""
    policy, now = policy_of(store), store.clock()
    aware = aware_at or now
    due = due_after(aware, policy)
    event = SafetyEvent(
        number=next_number(store),
        safety_kind=kind,
        description=description.strip(),
        captured_at=now,
        aware_at=aware,
        aware_how=how,
        window_hours=round((due - aware) / datetime.timedelta(hours=1)),
        due_at=due,
        interaction_id=visit_id,
        inquiry_id=inquiry_id,
        reporter_hcp_id=reporter_id,
        product_id=product_id,
        policy_version=policy.version,
    )
    if faults := (*event.faults(), *awareness_faults(aware, now, policy)):
        raise Refused(faults)
    saved = store.save(named(store, event), reason="captured")
    now_for(store, saved)
    return saved


def named(store: Store, event: SafetyEvent) -> SafetyEvent:
    """The report with the names of its reporter and product as they are called today, for paper and for Safety."""
    person, product = store.find(Person, event.reporter_hcp_id), store.find(Product, event.product_id)
    what = event.reporter_qualification
    if person is not None and what is None and person.person_type is not None:
        what = Qualification.PHYSICIAN if person.person_type.value in _PHYSICIANS else what
    return msgspec.structs.replace(
        event,
        reporter_name=person.title() if person else event.reporter_name,
        reporter_qualification=what,
        product_name=product.title() if product else event.product_name,
    )


def save_event(store: Store, event: SafetyEvent, *, reason: str = "") -> SafetyEvent:
    """Keep what was added to a report; it never needs to be complete. Raises Refused (AE-3) or Stale."""
    previous = store.get(SafetyEvent, event.id)
    if faults := (*event.faults(), *awareness_faults(event.aware_at, event.captured_at, policy_of(store))):
        raise Refused(faults)
    if event.aware_at is not None and previous.aware_at is not None and event.aware_at < previous.aware_at:
        # Known earlier means due earlier; the promise never moves later.
        due = due_after(event.aware_at, policy_of(store))
        event = msgspec.structs.replace(event, due_at=min(due, previous.due_at or due))
    return store.save(named(store, event), reason=reason or "completed")


def dismiss(
    store: Store,
    found: Finding,
    *,
    about_kind: str,
    about_id: uuid.UUID | None,
    field: str,
    reason: NoReport,
    sentence: str = "",
    number: str = "",
    note: str = "",
    lexicon_version: str = "",
) -> SafetyDismissal:
    """Save why a marked text is no report. Raises Refused without the number or the words the reason asks for."""
    said = SafetyDismissal(
        about_kind=about_kind,
        about_id=about_id,
        field=field,
        words=found.words,
        sentence=sentence,
        rule=found.rule,
        reason=reason,
        report_number=number.strip(),
        note=note.strip(),
        dismissed_at=store.clock(),
        dismissed_by=store.actor.name,
        lexicon_version=lexicon_version,
    )
    if faults := said.faults():
        raise Refused(faults)
    return store.save(said, reason=f"AE-4: {reason.value}")
