"""Page ranges of a file: which pages it has, and whether each has a name."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.referrals.record import DocumentKind, ReferralDocument


def last_page(papers: Iterable[ReferralDocument], sha256: str) -> int:
    """The last page that is known of a file; 0 for a file that is not here."""
    return max((one.last_page or 0 for one in papers if one.file_sha256 == sha256), default=0)


def holds_pages(papers: Iterable[ReferralDocument], sha256: str, first: int, last: int) -> bool:
    """Whether the file is here and has these pages."""
    return 1 <= first <= last <= last_page(papers, sha256)


def covers_whole(papers: Iterable[ReferralDocument], sha256: str) -> bool:
    """Whether every page of a file has a name."""
    held = tuple(one for one in papers if one.file_sha256 == sha256)
    named: set[int] = set()
    for one in held:
        if one.document is not DocumentKind.PACKET and one.first_page and one.last_page:
            named |= set(range(one.first_page, one.last_page + 1))
    return bool(named) and named >= set(range(1, last_page(held, sha256) + 1))


def next_unnamed(papers: Iterable[ReferralDocument], sha256: str) -> int | None:
    """The first page of a file that has no name; None if each has one."""
    held = tuple(one for one in papers if one.file_sha256 == sha256 and one.document is not DocumentKind.PACKET)
    for page in range(1, last_page(papers, sha256) + 1):
        if not any((one.first_page or 0) <= page <= (one.last_page or 0) for one in held):
            return page
    return None
