"""What follows from days and answers: how late an inquiry is, when it counts as answered, when a year is over."""

from __future__ import annotations

import calendar
import datetime

from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry
from liaison_desktop.msl.inquiries.rules.replying import open_questions

_WAITING = frozenset(
    {
        InquiryStatus.SUBMITTED,
        InquiryStatus.ACKNOWLEDGED,
        InquiryStatus.IN_PROGRESS,
        InquiryStatus.REJECTED,
    }
)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of that month."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def overdue_days(inquiry: MedicalInquiry, today: datetime.date) -> int:
    """How many days an answer is late; 0 when it is not, or nothing waits."""
    if inquiry.status not in _WAITING or inquiry.due_at is None:
        return 0
    return max(0, (today - inquiry.due_at.date()).days)


def state_after_answers(inquiry: MedicalInquiry) -> InquiryStatus:
    """Answered once every question has its answer."""
    return InquiryStatus.IN_PROGRESS if open_questions(inquiry) else InquiryStatus.RESPONDED
