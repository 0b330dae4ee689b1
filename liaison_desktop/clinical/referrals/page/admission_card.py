"""What decides the admission: every guard of it, passed or not and why, and the button that admits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions import Admission, admit, gather
from liaison_desktop.clinical.referrals.actions.judging import OVERRIDE
from liaison_desktop.clinical.referrals.form.decision_words import stands
from liaison_desktop.clinical.referrals.form.guard_list import GuardList
from liaison_desktop.clinical.referrals.form.second_person import may_go_on
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import ADMISSION_NEEDS, ENDING, WORK_OVER, Facts, judge
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class AdmissionCard(QWidget):
    """The admission of one referral. `mended` asks to open the place of a guard."""

    mended = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._referral = Referral()
        self.guards = GuardList()
        self.guards.mended.connect(self.mended)
        self._asking = column(gap=0)
        self._count, self._told = Chip(""), wrapped("", "sec", "ink2")
        self._said = wrapped("", "sec", "red")
        self.form = RecordForm(Episode, ("admitted_at",), (("unit", 1), ("bed", 1), ("attending", 2)), clock=desk.clock)
        self.act = button("Admit the patient", "primary", "log-in", on_click=lambda: self.admit())
        self._foot = column(self.form, row(None, self.act), gap=10)
        self._said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                self._told,
                self.guards,
                self._asking,
                self._said,
                self._foot,
                title="What decides the admission",
                right=self._count,
                gap=8,
            )
        )

    def show_facts(self, facts: Facts) -> None:
        """Show what stands in the way of admitting this patient."""
        store, referral = self._desk.store, facts.referral
        if referral.id != self._referral.id:
            self.form.set_values({"admitted_at": None, "unit": "", "bed": referral.bed, "attending": ""})
            self._say("")
        self._referral = referral
        episode = store.find(Episode, referral.episode)
        state = episode.state if episode is not None else EpisodeState.REFERRED
        before = state in (EpisodeState.REFERRED, EpisodeState.PRE_ADMISSION)
        open_still = before and referral.work not in WORK_OVER
        if open_still:
            self.guards.show_judgements(judge(ADMISSION_NEEDS, facts, policy_of(store)))
        missing = self.guards.missing
        self._count.setVisible(open_still)
        if missing:
            self._count.show_chip(f"{missing} of {len(ADMISSION_NEEDS)} missing", "red", "circle-x")
        else:
            self._count.show_chip("Nothing in the way", "green", "circle-check")
        self._told.set_text(_told(episode, referral))
        self._told.setVisible(not open_still)
        self.guards.setVisible(open_still)
        self._foot.setVisible(open_still)

    def admit(self, approval: Approval | None = None) -> None:
        """Admit the patient, or show what stands in the way. What is taken on may need a second person."""
        values, reasons = self.form.values(), self.guards.reasons()
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return
        wanted = Admission(
            at=values["admitted_at"], unit=values["unit"], bed=values["bed"], attending=values["attending"]
        )
        if reasons and approval is None:
            if not may_go_on(self._asking, self._desk.store, OVERRIDE, ", ".join(reasons), self.admit):
                return
        try:
            admit(self._desk.store, self._referral.id, wanted, overrides=reasons, approval=approval)
        except Refused as refusal:
            fault = refusal.faults[0]
            self.show_facts(gather(self._desk.store, self._referral, admission_at=wanted.at))
            if fault.field == "at":
                self.form.show_faults(
                    [type(fault)(field="admitted_at", message=fault.message, severity=fault.severity)]
                )
            else:
                self._say(fault.message)
                self.guards.go_to(fault.field)
            return
        self._say("")
        self._desk.toast("Admitted.")

    def _say(self, words: str) -> None:
        self._said.set_text(words)
        self._said.setVisible(bool(words))


def _told(episode: Episode | None, referral: Referral) -> str:
    if episode is None:
        return ""
    if episode.admitted_at is not None:
        where = ", ".join(filter(None, (episode.unit, episode.bed)))
        return f"Admitted {show_moment(episode.admitted_at)}" + (f", {where}" if where else "")
    why = stands(referral) if referral.decision in ENDING else ""
    return f"{episode.state.label}. {why}".rstrip()
