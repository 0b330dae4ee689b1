"""One screen that says what decides: the next step of the work at the left, the admission at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.clinical.referrals.page.admission_card import AdmissionCard
from liaison_desktop.clinical.referrals.page.review_card import ReviewCard
from liaison_desktop.clinical.referrals.page.step_card import StepCard
from liaison_desktop.clinical.referrals.page.tasks_card import TasksCard
from liaison_desktop.clinical.referrals.rules import Facts
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye


class DecidesView(FollowsTheEye):
    """Both cards of one referral. `mended` carries the guard whose place is to be opened."""

    mended = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.work, self.tasks, self.admission = StepCard(desk), TasksCard(desk), AdmissionCard(desk)
        self.review = ReviewCard()
        for held in (self.work, self.admission, self.review):
            held.mended.connect(self.mended)
        # The button that was pressed is gone with its step; the keyboard stays here and finds the next thing to do.
        self.work.stepped.connect(self.start)
        body = row(
            (column(self.work, self.review, self.tasks, None, gap=12), 1),
            (column(self.admission, None), 1),
            gap=12,
            margins=(20, 12, 20, 20),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(body))

    def show_facts(self, facts: Facts) -> None:
        """Show what decides about this referral."""
        self.work.show_facts(facts)
        self.review.show_facts(facts)
        self.tasks.show_referral(facts.referral)
        self.admission.show_facts(facts)

    def start(self) -> None:
        """The keyboard on the first thing to do; after the end there is none, and it never is on what is hidden."""
        held, admit = self.work.first, self.admission.act
        first = held if held is not None and held.isVisibleTo(self) else admit
        (first if first.isVisibleTo(self) else self).setFocus()
