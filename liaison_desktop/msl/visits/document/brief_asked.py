"""What somebody asked for that is still open, and what may be shown to them: parts of the brief."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries.queries import inquiries_of, standing_requests
from liaison_desktop.msl.inquiries.record import OPEN, MedicalInquiry, RequestStatus, StandingRequest
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.record import Material, Use
from liaison_desktop.msl.materials.rules import USABLE, state_of
from liaison_desktop.msl.visits.document.brief_content import BriefLine, BriefPart
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.dates import plain_day

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def open_inquiries(store: Store, person_id: uuid.UUID) -> BriefPart:
    """The inquiries that are not closed, with their age."""
    today = store.clock().date()
    found = [one for one in inquiries_of(store, person_id) if one.status in OPEN]
    lines = tuple(_inquiry(one, today) for one in found)
    return BriefPart(title="Open inquiries", lines=lines)


def _inquiry(one: MedicalInquiry, today: datetime.date) -> BriefLine:
    asked = next((row.verbatim for row in one.questions if row.verbatim.strip()), one.title())
    days = (today - one.received_at.date()).days if one.received_at else 0
    age = f"{days} d old" if days > 0 else "today"
    late = one.due_at is not None and one.due_at.date() < today
    due = f"answer due {plain_day(one.due_at.date())}" if one.due_at else ""
    return BriefLine(
        what=" ".join(asked.split()),
        facts=" · ".join(part for part in (one.number, one.status.label, due) if part),
        mark=age,
        tone="red" if late else "neutral",
        icon="circle-question-mark",
        kind=MedicalInquiry.kind,
        id=one.id,
    )


def ending_requests(store: Store, person_id: uuid.UUID) -> BriefPart:
    """The standing requests that end within the days of the policy, or ended and were not renewed."""
    today = store.clock().date()
    soon = today + datetime.timedelta(days=int(policy_of(store).number("standing_notice_days")))
    found = [
        one
        for one in standing_requests(store, person_id)
        if one.status is RequestStatus.ACTIVE and one.expires_on is not None and one.expires_on <= soon
    ]
    found.sort(key=lambda one: one.expires_on or soon)
    return BriefPart(title="Standing requests that end", lines=tuple(_request(one, today) for one in found))


def _request(one: StandingRequest, today: datetime.date) -> BriefLine:
    days = (one.expires_on - today).days if one.expires_on else 0
    return BriefLine(
        what=one.title(),
        facts=" ".join(one.text.split()),
        mark="ended" if days < 0 else f"{days} d left",
        tone="red" if days < 0 else "amber",
        icon="clock",
        kind=StandingRequest.kind,
        id=one.id,
    )


def usable_materials(store: Store, topic_ids: Iterable[uuid.UUID]) -> BriefPart:
    """The materials approved today for these topics; those for reading inside the company are left out."""
    today, policy, wanted = store.clock().date(), policy_of(store), set(topic_ids)
    lines = []
    for one in materials(store).values() if wanted else ():
        newest = one.versions[-1] if one.versions else None
        if newest is None or one.topic_id not in wanted or one.use in (None, Use.INTERNAL_ONLY):
            continue
        if state_of(newest, today, policy) in USABLE:
            until = f"until {plain_day(newest.expires_on)}" if newest.expires_on else ""
            facts = (f"version {newest.number}", newest.approval_ref, until)
            lines.append(
                BriefLine(
                    what=one.title(),
                    facts=" · ".join(part for part in facts if part),
                    mark=one.use.label if one.use else "",
                    tone="green" if one.use is Use.PROACTIVE else "amber",
                    icon="file-check",
                    kind=Material.kind,
                    id=one.id,
                )
            )
    return BriefPart(title="Materials approved for the topics", lines=tuple(lines))
