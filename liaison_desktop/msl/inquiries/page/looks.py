"""How inquiries and standing requests look in a list: state as a chip, age at the right."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping

from liaison_desktop.msl.inquiries.record import (
    InquiryStatus,
    MedicalInquiry,
    SiuuPackage,
    Standing,
    StandingRequest,
)
from liaison_desktop.msl.inquiries.rules import overdue_days
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.lists import ListRow

S = InquiryStatus
_CHIPS = {
    S.DRAFT: ChipSpec("Draft", "neutral", "pencil"),
    S.SIGNED: ChipSpec("Signed", "accent", "pen-line"),
    S.SUBMITTED: ChipSpec("Submitted", "accent", "arrow-right"),
    S.ACKNOWLEDGED: ChipSpec("Acknowledged", "accent", "check"),
    S.IN_PROGRESS: ChipSpec("In progress", "accent", "clock"),
    S.RESPONDED: ChipSpec("Answered", "green", "check"),
    S.DELIVERED: ChipSpec("Delivered", "green", "check"),
    S.CLOSED: ChipSpec("Closed", "outline"),
    S.REJECTED: ChipSpec("Sent back", "amber", "circle-alert"),
    S.WITHDRAWN: ChipSpec("Withdrawn", "outline"),
}
_STANDING = {
    Standing.ACTIVE: ChipSpec("Active", "green", "check"),
    Standing.EXPIRING: ChipSpec("Ends soon", "amber", "clock"),
    Standing.EXPIRED: ChipSpec("Ended", "outline"),
    Standing.RENEWED: ChipSpec("Renewed", "outline"),
    Standing.WITHDRAWN: ChipSpec("Withdrawn", "outline"),
}


class Wanted(enum.Enum):
    """Which of the list is shown."""

    SUBMIT = "To submit"
    WAIT = "Waiting"
    OVER = "Ended"
    STANDING = "Standing"
    PACKAGES = "SIUU"


STATES: Mapping[Wanted, tuple[InquiryStatus, ...]] = {
    Wanted.SUBMIT: (S.REJECTED, S.DRAFT, S.SIGNED),
    Wanted.WAIT: (S.SUBMITTED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RESPONDED),
    Wanted.OVER: (S.DELIVERED, S.CLOSED, S.WITHDRAWN),
}


def state_chip(inquiry: MedicalInquiry, today: datetime.date) -> ChipSpec:
    """The state; a late answer says by how many days."""
    late = overdue_days(inquiry, today)
    return ChipSpec(f"{late} {'day' if late == 1 else 'days'} late", "red", "clock") if late else _CHIPS[inquiry.status]


def age(inquiry: MedicalInquiry, today: datetime.date) -> str:
    """How long ago it was asked: `today`, `3 d`."""
    if inquiry.received_at is None:
        return ""
    days = (today - inquiry.received_at.date()).days
    return f"{days} d" if days > 0 else "today"


def inquiry_row(inquiry: MedicalInquiry, today: datetime.date) -> ListRow:
    """An inquiry in the list."""
    return ListRow(inquiry.title(), inquiry.facts(), state_chip(inquiry, today), age(inquiry, today), key=inquiry.id)


def standing_chip(request: StandingRequest, today: datetime.date, soon: int) -> ChipSpec:
    """Where a standing request stands today."""
    return _STANDING[request.standing(today, soon)]


def standing_row(request: StandingRequest, name: str, today: datetime.date, soon: int) -> ListRow:
    """A standing request in the list."""
    until = f"until {plain_day(request.expires_on)}" if request.expires_on else ""
    facts = " · ".join(part for part in (request.title(), until) if part)
    return ListRow(name, facts, standing_chip(request, today, soon), key=request.id)


def package_row(package: SiuuPackage) -> ListRow:
    """A SIUU package in the list."""
    missing = len(package.missing())
    chip = (
        ChipSpec(f"{missing} missing", "amber", "circle-alert") if missing else ChipSpec("Complete", "green", "check")
    )
    if not package.in_use:
        chip = ChipSpec("Not in use", "outline")
    return ListRow(package.title(), package.approval_ref or package.source[:60], chip, key=package.id)


def matches(row: ListRow, words: str) -> bool:
    """Whether every word typed occurs in the row."""
    spoken = row.spoken().casefold()
    return all(word in spoken for word in words.casefold().split())
