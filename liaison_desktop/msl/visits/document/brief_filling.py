"""Puts a brief together from what is stored, and from nothing else."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from liaison_desktop.msl.directory.queries import Work, works_of
from liaison_desktop.msl.directory.record import ContactPermission, KnownOrNot, Person
from liaison_desktop.msl.inquiries.queries import inquiries_of
from liaison_desktop.msl.insights.queries import feedback_of, insights_of_person
from liaison_desktop.msl.insights.record import Insight, InsightStatus
from liaison_desktop.msl.visits.document.brief_asked import ending_requests, open_inquiries, usable_materials
from liaison_desktop.msl.visits.document.brief_content import Brief, BriefLine, BriefPart
from liaison_desktop.msl.visits.queries import open_promises, visits_with
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.ui.dates import plain_day

if TYPE_CHECKING:
    from liaison_desktop.store import Store

LAST, GIVEN = 3, 5  # visits shown; insights shown


def brief_of(store: Store, person_id: uuid.UUID, visit: Visit | None = None) -> Brief:
    """The brief of somebody, for a visit if one is named. Raises Missing if the person is not there."""
    person, today = store.get(Person, person_id), store.clock().date()
    works = works_of(store, person_id)
    met = visits_with(store, person_id, limit=LAST, but=visit.id if visit else None)
    topics = {row.topic_id for one in (visit, *met) if one for row in one.topics if row.topic_id}
    left = (_keep_to(person, works), open_inquiries(store, person_id), ending_requests(store, person_id), _last(met))
    asked = inquiries_of(store, person_id)
    agreed = max((one.received_at for one in asked if one.consent_to_send_email and one.received_at), default=None)
    right = (
        _given(store, person_id),
        usable_materials(store, topics),
        _contact(person, agreed),
        _works(works),
    )
    return Brief(
        person=person,
        place=works[0].institution.title() if works else "",
        visit=_planned(visit, today),
        promises=open_promises(store, person_id),
        left=tuple(part for part in left if part.lines),
        right=tuple(part for part in right if part.lines),
    )


def _planned(visit: Visit | None, today: datetime.date) -> str:
    if visit is None or visit.start_at is None:
        return ""
    day = "Today" if visit.start_at.date() == today else plain_day(visit.start_at.date())
    channel = visit.channel.label.lower() if visit.channel else ""
    return ", ".join(part for part in (f"{day} {visit.start_at:%H:%M}", channel, _topics(visit)) if part)


def _topics(visit: Visit) -> str:
    return ", ".join(row.topic_name for row in visit.topics if row.topic_name)


def _keep_to(person: Person, works: Sequence[Work]) -> BriefPart:
    lines = []
    if person.contact_permission is ContactPermission.NO_CONTACT:
        asked = f"on {plain_day(person.do_not_contact_on)}" if person.do_not_contact_on else ""
        said = ". ".join(part for part in (asked, person.do_not_contact_reason) if part)
        lines.append(BriefLine(what="Asked not to be contacted", facts=said, mark="No contact", tone="red", icon="ban"))
    elif person.contact_permission is ContactPermission.EMAIL_ONLY:
        lines.append(BriefLine(what="Contact by e-mail only", mark="E-mail only", tone="amber", icon="mail"))
    if person.is_formulary_member is KnownOrNot.YES:
        lines.append(
            BriefLine(
                what="Formulary member: disclose",
                facts="Payments and relations are to be disclosed.",
                mark="Disclose",
                tone="amber",
                icon="triangle-alert",
            )
        )
    lines += [
        BriefLine(what=one.institution.access_policy, facts=one.institution.title(), icon="info")
        for one in works
        if one.institution.access_policy
    ]
    return BriefPart(title="Keep to", lines=tuple(lines))


def _contact(person: Person, agreed: datetime.datetime | None) -> BriefPart:
    """Whether one may get in touch, how they like it, and what they agreed to; what is not recorded is said as well."""
    allowed = person.contact_permission is ContactPermission.ALLOWED
    likes = (
        f"prefers {person.preferred_channel.label.lower()}" if person.preferred_channel else "",
        person.best_times,
    )
    told, mail = person.privacy_notice_given_at, agreed
    lines = [
        BriefLine(
            what="May be contacted" if allowed else person.contact_permission.label,
            facts=" · ".join(part for part in likes if part),
            icon="phone" if allowed else "ban",
        ),
        BriefLine(
            what="Privacy notice given" if told else "No privacy notice is on record",
            mark=plain_day(told.date()) if told else "not recorded",
            tone="neutral" if told else "amber",
            icon="shield-check",
        ),
        BriefLine(
            what="Agreed to an answer by e-mail" if mail else "No consent to e-mail is on record",
            mark=plain_day(mail.date()) if mail else "not recorded",
            tone="neutral" if mail else "amber",
            icon="mail",
        ),
    ]
    return BriefPart(title="Contact and consent", lines=tuple(lines))


def _last(met: Sequence[Visit]) -> BriefPart:
    lines = [
        BriefLine(
            what=_topics(visit) or visit.title(),
            facts=" ".join(visit.notes.split()) or (visit.channel.label if visit.channel else ""),
            mark=plain_day(visit.start_at.date()) if visit.start_at else "no day",
            kind=Visit.kind,
            id=visit.id,
        )
        for visit in met
    ]
    title = "Last visit" if len(lines) == 1 else f"Last {len(lines)} visits"
    return BriefPart(title=title, lines=tuple(lines))


def _works(works: Sequence[Work]) -> BriefPart:
    lines = []
    for one in works:
        role = one.affiliation.role.label if one.affiliation.role else ""
        where = ", ".join(part for part in (one.institution.city, one.institution.region) if part)
        facts = " · ".join(part for part in (role, where) if part)
        mark = "main" if one.affiliation.is_primary else ""
        lines.append(BriefLine(what=one.institution.title(), facts=facts, mark=mark, icon="building-2"))
    return BriefPart(title="Works at", lines=tuple(lines))


def _given(store: Store, person_id: uuid.UUID) -> BriefPart:
    """What somebody said that became an insight, and the last word that came back about each."""
    found = insights_of_person(store, person_id, limit=GIVEN)
    return BriefPart(title="Insights and what became of them", lines=tuple(_insight(store, one) for one in found))


def _insight(store: Store, insight: Insight) -> BriefLine:
    back = next(iter(feedback_of(store, insight.id)), None)
    became = ""
    if back is not None:
        who = back.from_function.label if back.from_function else ""
        became = ": ".join(part for part in (who, back.outcome or back.action_text) if part)
    tone = {InsightStatus.DRAFT: "amber"}.get(insight.status, "green" if back is not None else "neutral")
    return BriefLine(
        what=insight.title(),
        facts=became or "Nothing has come back yet",
        mark=insight.status.label,
        tone=tone,
        icon="lightbulb",
        kind=Insight.kind,
        id=insight.id,
    )
