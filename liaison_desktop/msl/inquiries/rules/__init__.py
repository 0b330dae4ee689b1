"""Rules of inquiries, their answers, standing requests and SIUU packages: pure functions from values to faults."""

from liaison_desktop.msl.inquiries.rules.asking import Context, asking_faults, before_signature, before_submission
from liaison_desktop.msl.inquiries.rules.life import months_later, overdue_days, state_after_answers
from liaison_desktop.msl.inquiries.rules.replying import (
    ReplyContext,
    needs_balance,
    open_questions,
    proposed,
    reply_faults,
)
from liaison_desktop.msl.inquiries.rules.standing import package_fault, standing_fault

__all__ = [
    "Context",
    "ReplyContext",
    "asking_faults",
    "before_signature",
    "before_submission",
    "months_later",
    "needs_balance",
    "open_questions",
    "overdue_days",
    "package_fault",
    "proposed",
    "reply_faults",
    "standing_fault",
    "state_after_answers",
]
