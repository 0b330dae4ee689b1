"""What decides the admission: every guard of it, passed or not and why, and the button that admits."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions import Admission, admit, gather, plan_admission
from liaison_desktop.clinical.referrals.actions.judging import OVERRIDE
from liaison_desktop.clinical.referrals.form.decision_words import stands
from liaison_desktop.clinical.referrals.form.guard_list import GuardList
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import ADMISSION_NEEDS, ENDING, WORK_OVER, Facts, judge
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped

_PAUSE = 400  # ms after the last key


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
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._keep)
        self.plan = RecordForm(Episode, "admit_planned_at", clock=desk.clock)
        for form in (self.plan, self.form):
            form.changed.connect(lambda _name: self._soon.start())
        self._foot = column(self.plan, self.form, row(None, self.act), gap=10)
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
        fresh = referral.id != self._referral.id
        self._referral = referral
        if fresh:
            held = self._kept() or Admission(bed=referral.bed)
            self.form.set_values(
                {"admitted_at": held.at, "unit": held.unit, "bed": held.bed, "attending": held.attending}
            )
            self._say("")
        episode = store.find(Episode, referral.episode)
        if episode is not None and not self._soon.isActive():
            self.plan.set_values({"admit_planned_at": episode.admit_planned_at})
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
        reasons = self.guards.reasons()
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return
        wanted = self.typed()
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
        self._soon.stop()
        self._desk.store.drafts.drop(self._key)
        self._desk.toast("Admitted.")

    @property
    def _key(self) -> str:
        return f"referral_admission/{self._referral.id}"

    def typed(self) -> Admission:
        """The admission as it is typed."""
        held = self.form.values()
        return Admission(at=held["admitted_at"], unit=held["unit"], bed=held["bed"], attending=held["attending"])

    def _kept(self) -> Admission | None:
        content = self._desk.store.drafts.get(self._key)
        try:
            return from_bytes(Admission, content) if content else None
        except msgspec.MsgspecError:
            return None

    def _keep(self) -> None:
        """When the patient is expected is recorded, because the guards look at that day; the rest is a draft."""
        store = self._desk.store
        if self._referral.version is None or self._referral.work in WORK_OVER:
            return
        if self.typed() != Admission(bed=self._referral.bed):
            store.drafts.put(self._key, to_bytes(self.typed()))
        episode, planned = store.find(Episode, self._referral.episode), self.plan.values()["admit_planned_at"]
        if episode is not None and not self.plan.unread() and episode.admit_planned_at != planned:
            plan_admission(store, self._referral.id, planned)

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        if self._soon.isActive():
            self._soon.stop()
            self._keep()

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
