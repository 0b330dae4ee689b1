"""What decides the next step of the stay: each guard, passed or not and why, and the button that takes the step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.discharge.actions import begin_planning, close_stay, discharge, gather
from liaison_desktop.clinical.discharge.rules import AFTERWARDS, LEAVING, PLANNING, judge, mend_of, title_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.form.guard_list import GuardList
from liaison_desktop.errors import LiaisonError, Missing, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.text import wrapped

S = EpisodeState
Step = tuple[str, str, tuple[str, ...], Callable[..., Episode]]  # title, button, guards, action
STEPS: dict[EpisodeState, Step] = {
    S.ADMITTED: ("Before planning", "Begin discharge planning", PLANNING, begin_planning),
    S.DISCHARGE_PLANNING: ("What decides the discharge", "Discharge the patient", LEAVING, discharge),
    S.FOLLOW_UP: ("Before the stay is closed", "Close the stay", AFTERWARDS, close_stay),
}


class StepCard(QWidget):
    """`mended` asks to open the place of a guard; `asked` comes before a step, so that what is typed is saved first."""

    mended = Signal(str)
    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk, self._episode = desk, Episode()
        self.guards = GuardList(title_of=title_of, mend_of=mend_of)
        self.guards.mended.connect(lambda guard: self.mended.emit(mend_of(guard)))
        self._asking = column(gap=0)
        self._told, self._said, self._count = wrapped("", "sec", "ink2"), wrapped("", "sec", "red"), Chip("")
        self.act = button("", "primary", "log-out", on_click=lambda: self.go())
        self._title = wrapped("", "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = row((self._title, 1), self._count)
        layout.addWidget(card(head, self._told, self.guards, self._asking, self._said, row(None, self.act), gap=8))
        self._said.hide()

    def show_episode(self, episode: Episode) -> None:
        """Show what stands in the way of the next step of this stay."""
        self._episode = episode
        step = STEPS.get(episode.state)
        for widget in (self.guards, self.act, self._count):
            widget.setVisible(step is not None)
        if step is None:
            self._title.set_text(episode.state.label)
            self._told.set_text(_told(episode))
            self._told.show()
            return
        title, words, names, _act = step
        self._title.set_text(title)
        self._told.hide()
        self.act.set_text(words)
        try:
            self.guards.show_judgements(judge(names, gather(self._desk.store, episode), policy_of(self._desk.store)))
        except Missing:
            self.guards.show_judgements(())
        missing = self.guards.missing
        if missing:
            self._count.show_chip(f"{missing} of {len(names)} missing", "red", "circle-x")
        else:
            self._count.show_chip("Nothing in the way", "green", "circle-check")

    def go(self, approval: Approval | None = None) -> None:
        """Take the step, or say what is missing. What is taken on may need a second person."""
        self.asked.emit()
        step, reasons = STEPS.get(self._episode.state), self.guards.reasons()
        if step is None:
            return
        if (
            reasons
            and approval is None
            and not may_go_on(self._asking, self._desk.store, "override", ", ".join(reasons), self.go)
        ):
            return
        try:
            step[3](self._desk.store, self._episode.id, reasons=reasons, approval=approval)
        except Refused as refusal:
            self._say(" ".join(dict.fromkeys(fault.message for fault in refusal.faults)))
            self.guards.go_to(refusal.faults[0].field if refusal.faults else "")
            return
        except LiaisonError as error:
            self._say(str(error))
            return
        self._say("")
        self._desk.toast(f"{step[1]}: done.")
        # What had the keyboard may be gone with the step: it stays in this card and falls into no field of the plan.
        (self.act if self.act.isVisibleTo(self) else self).setFocus()

    def _say(self, words: str) -> None:
        self._said.set_text(words)
        self._said.setVisible(bool(words))


def _told(episode: Episode) -> str:
    if episode.discharged_at is not None:
        where = episode.disposition.label if episode.disposition is not None else ""
        left = ", ".join(filter(None, (f"Left {show_moment(episode.discharged_at)}", where)))
        return f"{left}. The plan can only be read." if episode.state is S.CLOSED else left
    return "Discharge is planned once the patient is admitted; the plan may be begun before."
