"""The next step of the work: what its guards say, and the buttons that take it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions import end_referral, gather, reopen_referral, step_work
from liaison_desktop.clinical.referrals.actions.judging import OVERRIDE
from liaison_desktop.clinical.referrals.form.guard_list import GuardList
from liaison_desktop.clinical.referrals.queries import referrals_of
from liaison_desktop.clinical.referrals.record import Referral, WorkStatus
from liaison_desktop.clinical.referrals.rules import (
    BACK,
    OFFERED,
    SCREENED,
    WORK_OVER,
    Facts,
    judge,
    offered_work,
    work_needs,
)
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.text import label, wrapped

W = WorkStatus
_STEPS: Mapping[WorkStatus, str] = {
    W.RECEIVED: "Mark as received",
    W.TRIAGED: "Mark as triaged",
    W.SCREENING_SCHEDULED: "Plan the screening",
    W.SCREENING: "Begin the screening",
    W.SCREENED: "Screening is finished",
    W.PENDING_CONCURRENCE: "Wait for concurrence",
    W.PENDING_AUTH: "Wait for authorisation",
}


class StepCard(QWidget):
    """One referral's next step. `mended` asks to open the place of a guard; `stepped` comes once a step was taken."""

    mended = Signal(str)
    stepped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._referral = Referral()
        self.first: Button | None = None
        self.guards = GuardList()
        self.guards.mended.connect(self.mended)
        self._now, self._said = wrapped("", "sec", "ink2"), wrapped("", "sec", "red")
        self._next = label("", "strong")
        self._buttons, self._more, self._asking = QWidget(), QWidget(), column(gap=8)
        self._flows = (Flow(self._buttons, gap=8), Flow(self._more, gap=4))
        for flow in self._flows:
            flow.setContentsMargins(0, 0, 0, 0)
        self._said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                self._now,
                self._next,
                self.guards,
                self._said,
                self._asking,
                self._buttons,
                self._more,
                title="Work on the referral",
                gap=8,
            )
        )

    def show_facts(self, facts: Facts) -> None:
        """Show the next step of this referral."""
        referral = facts.referral
        fresh = referral.id != self._referral.id
        self._referral = referral
        if fresh:
            self._say("")
            refill(self._asking)
        since = f", since {show_moment(referral.work_since)}" if referral.work_since else ""
        self._now.set_text(f"Now: {referral.work.label.lower()}{since}")
        steps = offered_work(referral, policy_of(self._desk.store))
        forward = [
            after for after in steps if (referral.work, after) not in BACK and after not in SCREENED - {W.SCREENED}
        ]
        first = forward[0] if forward else None
        self._next.setVisible(bool(words := _what_is_left(referral, first)))
        self._next.set_text(words)
        self.guards.setVisible(first is not None)
        if first is not None:
            self.guards.show_judgements(judge(work_needs(referral.work, first), facts, policy_of(self._desk.store)))
        self._fill(steps, first)

    def _fill(self, steps: tuple[WorkStatus, ...], first: WorkStatus | None) -> None:
        referral = self._referral
        made: list[Button] = []
        for after in steps:
            if (referral.work, after) in BACK:
                words = f"Back to {after.label.lower()}…"
                made.append(button(words, "quiet", on_click=self._asker(words, "Go back", self._back(after))))
            else:
                kind = "primary" if after is first else "secondary"
                made.append(button(_STEPS[after], kind, on_click=self._taker(after)))
        self.first = made[0] if first is not None and made else None
        more: list[Button] = []
        if referral.work in (W.CLOSED, W.DUPLICATE) and referral.decision not in OFFERED:
            made.append(
                button("Open again…", "primary", on_click=self._asker("Open the referral again", "Open", self._reopen))
            )
        elif referral.work not in WORK_OVER and referral.decision not in OFFERED:
            wrong = self._asker("Entered in error", "Take it out of the work", self._error, danger=True)
            more.append(button("Entered in error…", "link", small=True, on_click=wrong))
            if self._others():
                double = self._asker("A duplicate of the other referral", "It is a duplicate", self._duplicate)
                more.append(button("Duplicate…", "link", small=True, on_click=double))
        for flow, held in zip(self._flows, (made, more), strict=True):
            _refill_flow(flow, held)

    # ---- what the buttons do

    def take(self, after: WorkStatus, reason: str = "", approval: Approval | None = None) -> None:
        """Take the step, or show what stands in the way. What is taken on may need a second person."""
        reasons, store = self.guards.reasons(), self._desk.store
        if reasons and approval is None:
            if not may_go_on(self._asking, store, OVERRIDE, ", ".join(reasons), partial(self.take, after, reason)):
                return
        try:
            step_work(self._desk.store, self._referral.id, after, reason=reason, overrides=reasons, approval=approval)
        except Refused as refusal:
            self._refuse(refusal)
            return
        self._done(f"{after.label}.")

    def _taker(self, after: WorkStatus) -> Callable[[], None]:
        return lambda: self.take(after)

    def _back(self, after: WorkStatus) -> Callable[[str], None]:
        return lambda reason: self.take(after, reason)

    def _reopen(self, reason: str) -> None:
        self._try(lambda: reopen_referral(self._desk.store, self._referral.id, reason), "Open again.")

    def _error(self, reason: str) -> None:
        self._try(
            lambda: end_referral(self._desk.store, self._referral.id, W.ENTERED_IN_ERROR, reason), "Entered in error."
        )

    def _duplicate(self, reason: str) -> None:
        other = self._others()[0].id
        self._try(
            lambda: end_referral(self._desk.store, self._referral.id, W.DUPLICATE, reason, duplicate_of=other),
            "Marked as a duplicate.",
        )

    def _others(self) -> tuple[Referral, ...]:
        mine = self._referral
        held = referrals_of(self._desk.store, mine.patient) if mine.patient is not None else ()
        return tuple(one for one in held if one.id != mine.id and one.work not in (W.DUPLICATE, W.ENTERED_IN_ERROR))

    def _try(self, act: Callable[[], object], words: str) -> None:
        try:
            act()
        except Refused as refusal:
            self._refuse(refusal)
            return
        self._done(words)

    def _refuse(self, refusal: Refused) -> None:
        fault = refusal.faults[0]
        facts = gather(self._desk.store, self._referral)
        self.show_facts(facts)
        self._say(fault.message)
        self.guards.go_to(fault.field)

    def _done(self, words: str) -> None:
        self._say("")
        refill(self._asking)
        self._desk.toast(words)
        self.stepped.emit()

    def _say(self, words: str) -> None:
        self._said.set_text(words)
        self._said.setVisible(bool(words))

    def _asker(self, title: str, act: str, then: Callable[[str], None], danger: bool = False) -> Callable[[], None]:
        def ask() -> None:
            asked = Confirm(title.rstrip("…"), "The reason is kept with the step.", act, danger, reason="Reason")
            asked.accepted.connect(then)
            asked.rejected.connect(lambda: refill(self._asking))
            refill(self._asking, row((asked, 1)))
            asked.setFocus()

        return ask


def _what_is_left(referral: Referral, first: WorkStatus | None) -> str:
    """What is to be done next, in a few words."""
    if referral.work in WORK_OVER:
        return ""
    if first is not None:
        return f"Next: {first.label.lower()}"
    return "What is left is the admission" if referral.decision in OFFERED else "What is left is the decision"


def _refill_flow(flow: Flow, held: list[Button]) -> None:
    while flow.count():
        taken = flow.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for one in held:
        flow.addWidget(one)
        one.show()
    parent = flow.parentWidget()
    if parent is not None:
        parent.setVisible(bool(held))
