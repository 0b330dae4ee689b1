"""What the clocks hear of a referral: that it came in, was answered, was closed; and how old its history and physical is."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterable, Iterator

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.referrals.record import Referral, ReferralDocument
from liaison_desktop.clinical.referrals.rules.steps import WORK_OVER
from liaison_desktop.tasks.rules import Event


def referral_events(referral: Referral) -> Iterator[Event]:
    """The first answer to the source is due between the first two of these."""
    ended = referral.work_since if referral.work in WORK_OVER else None
    moments = (
        ("referral_received", referral.received_at),
        ("referral_answered", referral.responded_at),
        ("referral_closed", ended),
    )
    for name, at in moments:
        if at is not None:
            yield Event(
                name=name,
                at=at,
                about=referral.id,
                about_kind=Referral.kind,
                subject=referral.patient,
                episode=referral.episode,
                words=referral.title(),
            )


def history_events(
    papers: Iterable[ReferralDocument], episodes: Iterable[Episode], zone: datetime.tzinfo | None
) -> Iterator[Event]:
    """A history and physical ages from the day on it until admission, and asks for an update a day after.

    It belongs to the newest stay of its patient; the day counts from noon, since a paper tells no hour.
    """
    newest = {episode.patient: episode for episode in sorted(episodes, key=lambda one: str(one.id))}
    for paper in papers:
        episode = newest.get(paper.patient)
        if episode is None or paper.dated_on is None:
            continue
        at = datetime.datetime.combine(paper.dated_on, datetime.time(12), zone or datetime.UTC)
        names = [("hp_dated", at)]
        admitted = episode.admitted_at
        if admitted is not None and at.date() >= admitted.astimezone(at.tzinfo).date():
            names = [("hp_updated", max(at, admitted))]
        elif admitted is not None:
            names.append(("admitted_with_hp", admitted))
        for name, when in names:
            yield Event(
                name=name, at=when, about=episode.id, about_kind=Episode.kind, subject=paper.patient,
                episode=episode.id, words=f"Dated {paper.dated_on:%d %b %Y}",
            )  # fmt: skip


def pasrr_events(
    exempted: Collection[uuid.UUID],
    reviews: Iterable[ReferralDocument],
    episodes: Iterable[Episode],
    zone: datetime.tzinfo | None,
) -> Iterator[Event]:
    """Who was admitted under the exemption of 30 days needs a resident review if the stay is longer.

    A PASRR document dated after the admission is that review (42 CFR 483.106(b)(2)(ii)).
    """
    newest = {episode.patient: episode for episode in sorted(episodes, key=lambda one: str(one.id))}
    days = {paper.patient: paper.dated_on for paper in reviews if paper.dated_on is not None}
    for patient in exempted:
        episode = newest.get(patient)
        if episode is None or episode.admitted_at is None:
            continue
        told = [("pasrr_exempted", episode.admitted_at)]
        day = days.get(patient)
        if day is not None and day > episode.admitted_at.date():
            noon = datetime.datetime.combine(day, datetime.time(12), zone or datetime.UTC)
            told.append(("resident_review_done", noon))
        for name, at in told:
            yield Event(
                name=name, at=at, about=episode.id, about_kind=Episode.kind, subject=patient, episode=episode.id
            )
