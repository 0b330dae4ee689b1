"""Which documents a service line expects, which are missing, and when to ask again; the lists are the facility's."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.referrals.record import DocumentKind, ReferralDocument
from liaison_desktop.policies import Policy

_KNOWN = {kind.value: kind for kind in DocumentKind}


def expected(service: ServiceLine | None, policy: Policy) -> tuple[DocumentKind, ...]:
    """The documents that come with a referral for this service line, in the facility's order."""
    own = policy.words(f"documents_{service.value}") if service is not None else ()
    return tuple(_KNOWN[code] for code in own or policy.words("documents_OTHER") if code in _KNOWN)


def lacking(
    service: ServiceLine | None, papers: Iterable[ReferralDocument], policy: Policy
) -> tuple[DocumentKind, ...]:
    """The expected documents that have no line at all yet, neither received nor asked for."""
    there = {paper.document for paper in papers}
    return tuple(kind for kind in expected(service, policy) if kind not in there)


def unlisted(
    service: ServiceLine | None, papers: tuple[ReferralDocument, ...], policy: Policy
) -> tuple[DocumentKind, ...]:
    """The expected documents that have no line, or one that nobody asked for with a day to ask again."""
    silent = [
        paper.document
        for paper in papers
        if paper.awaited and (paper.requested_at is None or paper.chase_at is None) and paper.document is not None
    ]
    came = {paper.document for paper in papers if not paper.missing}
    return tuple(dict.fromkeys((*lacking(service, papers, policy), *(kind for kind in silent if kind not in came))))


def unread(papers: Iterable[ReferralDocument]) -> tuple[ReferralDocument, ...]:
    """What came and nobody read."""
    return tuple(paper for paper in papers if not paper.missing and not paper.reviewed)


def chase_moment(now: datetime.datetime, policy: Policy) -> datetime.datetime:
    """When to ask again for a document that is asked for now."""
    return now + datetime.timedelta(hours=policy.number("chase_hours"))


def keyed(service: ServiceLine | None, policy: Policy) -> tuple[DocumentKind, ...]:
    """What the keys 1 to 9 name, in this order: the expected documents first, then what comes most beside them."""
    others = (
        DocumentKind.H_AND_P, DocumentKind.MAR, DocumentKind.LABS, DocumentKind.PROGRESS, DocumentKind.ORDERS,
        DocumentKind.IMAGING, DocumentKind.MED_LIST, DocumentKind.DC_SUMMARY, DocumentKind.FACESHEET,
    )  # fmt: skip
    return tuple(dict.fromkeys((*expected(service, policy), *others)))[:9]
