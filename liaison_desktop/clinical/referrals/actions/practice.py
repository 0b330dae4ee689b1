"""Practice referrals in different states, each with the events that would have led there, some time ago."""

from __future__ import annotations

import datetime as dt
import tomllib

import msgspec

from liaison_desktop.clinical.episodes.queries import next_episode_number
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, ServiceLine, StateEvent
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions.following import FIRST
from liaison_desktop.clinical.referrals.actions.starting import list_missing
from liaison_desktop.clinical.referrals.record import (
    Agreement,
    BedsideVisit,
    CareNeed,
    Channel,
    Decision,
    DeclineReason,
    DocumentKind,
    HowIdentified,
    Priority,
    Referral,
    ReferralDocument,
    Told,
    ToldBy,
    WorkStatus,
)
from liaison_desktop.clinical.referrals.rules.expected import chase_moment
from liaison_desktop.documents.foreign import look_over
from liaison_desktop.paths import resource
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.record import Task, TaskKind

_MOST = 4_000_000  # bytes of the practice packet


class _One(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    patient: str
    hours: float
    source: str
    contact: str
    channel: Channel
    service: ServiceLine
    priority: Priority
    reason: str
    dx_text: str = ""
    dx_code: str = ""
    acute_days: int | None = None
    needs: tuple[CareNeed, ...] = ()
    responded: float | None = None
    work: WorkStatus = WorkStatus.NEW
    decision: Decision = Decision.NONE
    decided: float | None = None
    decision_reason: DeclineReason | None = None
    decision_note: str = ""
    pending_on: str = ""
    alternative: ServiceLine | None = None
    told: str = ""
    capability: str = ""
    papers: tuple[DocumentKind, ...] = ()
    read: bool = False
    asked: tuple[DocumentKind, ...] = ()
    visited: float | None = None
    planned_days: int | None = None
    steps: tuple[str, ...] = ()


class _All(msgspec.Struct, frozen=True):
    referrals: tuple[_One, ...]


def fill_practice_referrals(store: Store) -> None:
    """Put the invented referrals into a new store, for those of its patients they are about, in one transaction."""
    text = resource("practice", "referrals.toml").read_text(encoding="utf-8")
    held = msgspec.convert(tomllib.loads(text), type=_All)
    people = {patient.family: patient for patient in store.all(Patient)}
    numbers = iter(range(int(next_episode_number(store, store.clock().year)[-4:]), 10_000))
    head = next_episode_number(store, store.clock().year)[:-4]
    with store.transaction("synthetic practice record") as transaction:
        for one in held.referrals:
            if one.patient in people:
                _put(store, transaction, one, people[one.patient], f"{head}{next(numbers):04d}")


def _put(store: Store, transaction: Transaction, one: _One, patient: Patient, number: str) -> None:
    now = store.clock()
    steps = [_step(step, now) for step in one.steps]
    last = {life: at for at, life, _before, _after in steps}
    states = [after for _at, life, _before, after in steps if life is Life.EPISODE]
    episode = Episode(
        patient=patient.id,
        number=number,
        service=one.service,
        state=EpisodeState(states[-1]) if states else EpisodeState.REFERRED,
        state_since=last.get(Life.EPISODE, _ago(now, one.hours)),
        liaison=store.actor.name,
        admit_planned_at=_planned(now, one.planned_days),
    )
    referral = _referral(store, one, patient, episode, last.get(Life.WORK, _ago(now, one.hours)))
    transaction.save(msgspec.structs.replace(episode, referral=referral.id))
    saved = transaction.save(referral)
    begun = _ago(now, one.hours)
    first = [(begun, Life.EPISODE, "", "referred"), (begun, Life.WORK, "", "new")]
    for at, life, before, after in (*first, *steps):
        subject = episode.id if life is Life.EPISODE else saved.id
        transaction.save(
            StateEvent(
                episode=episode.id,
                life=life,
                subject=subject,
                before=before,
                after=after,
                at=at,
                by=store.actor.name,
                by_id=store.actor.id,
                reason=one.decision_note if life is Life.DECISION else "",
                policy_version=policy_of(store).version,
            )
        )
    _packet(store, transaction, one, saved)
    _work_to_do(store, transaction, one, saved)
    if one.visited is not None:
        transaction.save(
            BedsideVisit(
                patient=patient.id,
                episode=episode.id,
                referral=saved.id,
                at=_ago(now, one.visited),
                place=one.source,
                identified=HowIdentified.SAID,
                alone=True,
                agreement=Agreement.PATIENT,
                by=store.actor.name,
            )
        )


def _referral(store: Store, one: _One, patient: Patient, episode: Episode, since: dt.datetime) -> Referral:
    now = store.clock()
    told = (Told(who=one.told, how=ToldBy.PHONE, at=_ago(now, one.decided or 0)),) if one.told else ()
    return Referral(
        patient=patient.id,
        episode=episode.id,
        source_text=one.source,
        contact_text=one.contact,
        channel=one.channel,
        received_at=_ago(now, one.hours),
        service=one.service,
        priority=one.priority,
        reason=one.reason,
        dx_text=one.dx_text,
        dx_code=one.dx_code,
        acute_admitted_on=now.date() - dt.timedelta(days=one.acute_days) if one.acute_days is not None else None,
        needs=one.needs,
        work=one.work,
        work_since=since,
        responded_at=_ago(now, one.responded) if one.responded is not None else None,
        decision=one.decision,
        decision_at=_ago(now, one.decided) if one.decided is not None else None,
        decision_by=store.actor.name if one.decided is not None else "",
        decision_reason=one.decision_reason,
        decision_note=one.decision_note,
        pending_on=one.pending_on,
        alternative=one.alternative,
        told=told,
        capability_shown_at=_ago(now, one.decided or 0) if one.capability else None,
        capability_said=one.capability,
        liaison=store.actor.name,
    )


def _packet(store: Store, transaction: Transaction, one: _One, referral: Referral) -> None:
    """What came, page by page of the practice packet; what was asked for; and what nobody asked for yet."""
    now = store.clock()
    content = resource("practice", "packet.pdf").read_bytes()
    papers: list[ReferralDocument] = []
    if one.papers:
        sha256, pages = transaction.attach(content, most=_MOST), look_over(content)
        for number, kind in enumerate(one.papers):
            page = number % pages + 1
            papers.append(
                ReferralDocument(
                    referral=referral.id,
                    patient=referral.patient,
                    document=kind,
                    received_at=_ago(now, one.hours * 0.9),
                    file_sha256=sha256,
                    first_page=page,
                    last_page=page,
                    pages=1,
                    reviewed_by=store.actor.name if one.read else "",
                    reviewed_at=_ago(now, one.hours * 0.8) if one.read else None,
                )
            )
    for kind in one.asked:
        at = _ago(now, one.hours * 0.8)
        papers.append(
            ReferralDocument(
                referral=referral.id,
                patient=referral.patient,
                document=kind,
                missing=True,
                requested_at=at,
                requested_from=one.contact,
                chase_at=chase_moment(at, policy_of(store)),
            )
        )
    for paper in papers:
        saved = transaction.save(paper)
        if saved.missing:
            _chase(store, transaction, saved)
    if referral.work is not WorkStatus.CLOSED:
        list_missing(store, transaction, referral, tuple(papers))


def _chase(store: Store, transaction: Transaction, paper: ReferralDocument) -> None:
    make_task(
        store,
        Task(
            what=f"{paper.title()}: ask again",
            task_kind=TaskKind.OBTAIN_DOC,
            subject=paper.patient,
            about_kind=ReferralDocument.kind,
            about=paper.id,
            due_at=paper.chase_at,
        ),
        transaction,
    )


def _work_to_do(store: Store, transaction: Transaction, one: _One, referral: Referral) -> None:
    if referral.work is not WorkStatus.NEW or referral.received_at is None:
        return
    make_task(
        store,
        Task(
            what="Answer the referral source",
            task_kind=TaskKind.CALL,
            subject=referral.patient,
            episode=referral.episode,
            about_kind=Referral.kind,
            about=referral.id,
            due_at=referral.received_at + dt.timedelta(minutes=30),
            rule=FIRST,
        ),
        transaction,
    )


def _planned(now: dt.datetime, days: int | None) -> dt.datetime | None:
    return now.replace(hour=7, minute=30, second=0, microsecond=0) + dt.timedelta(days=days) if days else None


def _ago(now: dt.datetime, hours: float) -> dt.datetime:
    return now - dt.timedelta(hours=hours)


def _step(text: str, now: dt.datetime) -> tuple[dt.datetime, Life, str, str]:
    hours, life, before, after = (part.strip() for part in text.split("|"))
    return _ago(now, float(hours)), Life(life), before, after
