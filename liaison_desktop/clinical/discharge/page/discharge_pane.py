"""The plan of a stay with what decides its next step beside it."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.actions import (
    begin_discharge_checklist,
    leave_against_advice,
    save_plan,
    teach,
)
from liaison_desktop.clinical.discharge.form import AreasCard, CallsCard, PlanForm
from liaison_desktop.clinical.discharge.page.step_card import StepCard
from liaison_desktop.clinical.discharge.queries import plan_of, waits_for_call
from liaison_desktop.clinical.discharge.record import AreaCode, Call, DischargePlan
from liaison_desktop.clinical.episodes.queries import episodes_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.text import elided

_PAUSE = 500  # ms after a key until what was typed is on the disk
_LEAVING = (EpisodeState.ADMITTED, EpisodeState.DISCHARGE_PLANNING)


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a plan that is being typed."""

    plan: DischargePlan
    words: dict[str, str] = {}
    call: Call = Call()


class DischargePane(PatientPane):
    """The newest stay's plan. Typed is kept at once; Ctrl+Enter saves it."""

    kinds = frozenset({"discharge_plan", "episode", "checklist", "medication_history", "concern", "task"})

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__(desk, patient)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.save_draft)
        self._dirty = False
        self.episode: Episode | None = next(iter(episodes_of(desk.store, patient.id)), None)
        if self.episode is None:
            words = "A plan belongs to a stay. Begin with a referral; the plan can start on the first day."
            self._layout.addWidget(EmptyState("No stay yet", words))
            return
        self.plan = plan_of(desk.store, self.episode.id) or DischargePlan(patient=patient.id, episode=self.episode.id)
        self._make()
        self._show()
        self._take_up()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def _key(self) -> str:
        return f"discharge_plan/{self.episode.id}" if self.episode is not None else ""

    def _make(self) -> None:
        desk = self.desk
        self.areas, self.calls, self.step = AreasCard(), CallsCard(desk), StepCard(desk)
        self.form = PlanForm(desk.store, self.areas)
        self._said = elided("", "sec", "ink2")
        self.save_button = button("Save plan", "primary", "check", small=True, on_click=self.save)
        self.checklist = button("Discharge checklist", small=True, icon="clipboard-check", on_click=self.open_checklist)
        self.against = button("Leaves against advice", "quiet", small=True, on_click=self.leave_against)
        for heard in (self.form.changed, self.areas.changed, self.calls.changed):
            heard.connect(self._heard)
        self.areas.answered.connect(self._taught)
        self.step.asked.connect(self.save)
        self.step.mended.connect(self.mend)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(24, 12, 24, 24)
        across.setSpacing(12)
        across.addWidget(column(self.calls, self.form, None, gap=12), 3)
        across.addWidget(column(self.step, None, gap=12), 2)
        tools = row(self.save_button, self.checklist, self.against, (self._said, 1), gap=8, margins=(24, 10, 24, 0))
        self._layout.addWidget(tools)
        self._layout.addWidget(scroll(body), 1)
        at_home = self.episode is not None and waits_for_call(self.episode)
        first = self.calls.form.editor("reached") if at_home else self.form.forms["admission"].editor("goals")
        self.setFocusProxy(first)

    def _show(self) -> None:
        if self.episode is None:
            return
        closed = self.episode.state is EpisodeState.CLOSED
        self.form.show_plan(self.plan, read_only=closed)
        self.areas.show_plan(self.plan)
        self.areas.setEnabled(not closed)
        gone = waits_for_call(self.episode)
        self.calls.show_plan(self.plan, asks=gone)
        self.calls.setVisible(gone or bool(self.plan.calls))
        self.against.setVisible(self.episode.state in _LEAVING)
        self.step.show_episode(self.episode)

    # ---- drafts

    def _take_up(self) -> None:
        content = self.desk.store.drafts.get(self._key)
        try:
            typed = msgspec.json.decode(content, type=Typed) if content is not None else None
        except msgspec.MsgspecError:
            typed = None
        if typed is None or typed.plan.version != self.plan.version:
            return
        self.form.show_plan(typed.plan)
        self.areas.take_up({AreaCode(code): words for code, words in typed.words.items()})
        self.calls.take_up(typed.call)
        self._dirty = True
        self._said.set_text("Taken up where you left it")

    def _heard(self) -> None:
        self._dirty = True
        if not self._pause.isActive():
            self._pause.start()

    def save_draft(self) -> None:
        """Keep what is being typed; durable when it returns."""
        self._pause.stop()
        if self.episode is None or not self._dirty:
            return
        words = {code.value: text for code, text in self.areas.unkept().items()}
        typed = Typed(plan=self.form.typed(), words=words, call=self.calls.typed())
        self.desk.store.drafts.put(self._key, msgspec.json.encode(typed))
        self._said.set_text("Draft kept")

    # ---- what can be done

    def save(self) -> bool:
        """Save the plan; what was typed into areas and calls and not answered for yet stays a draft."""
        self.save_draft()
        if self.episode is None or not self._dirty:
            return True
        try:
            if faults := self.form.unread():
                raise Refused(faults)
            now = self.form.typed()
            if now != self.plan:
                self.plan = save_plan(self.desk.store, now)
                self.form.rebase(self.plan)
        except Refused as refusal:
            left = self.form.show_faults(refusal.faults)
            self._said.set_text(" ".join(fault.message for fault in left) or "Not saved. What you typed is kept.")
            return False
        except LiaisonError as error:
            self._said.set_text(str(error))
            return False
        self._dirty = bool(self.areas.unkept()) or self.calls.typed() != Call()
        if not self._dirty:
            self.desk.store.drafts.drop(self._key)
        self._said.set_text("Saved")
        return True

    def _taught(self, code: AreaCode, state: TeachBackState, words: str) -> None:
        if not self.save():
            return
        self.plan = teach(self.desk.store, self.plan, code, state, words)
        self._show()
        self.areas.go_to_next(code)

    def open_checklist(self) -> None:
        """The discharge checklist, with what the plan says beside its questions."""
        if self.save() and self.plan.version is not None:
            made = begin_discharge_checklist(self.desk.store, self.plan)
            self.desk.open(Checklist.kind, made.id)
        else:
            self.desk.toast("Write something into the plan first.")

    def leave_against(self) -> None:
        """The patient leaves against advice: what has to be said first, then the step."""
        if self.episode is None or not self.save():
            return
        if self.plan.version is None:
            self.plan = save_plan(self.desk.store, self.plan)
            self.form.rebase(self.plan)
        try:
            leave_against_advice(self.desk.store, self.episode.id)
        except Refused as refusal:
            self.form.ask_against()
            left = self.form.show_faults(refusal.faults)
            words = "Say what was told and given, then press it again."
            self._said.set_text(" ".join(fault.message for fault in left) or words)
            return
        self.desk.toast("Recorded. A call afterwards is a task.")

    def mend(self, place: str) -> None:
        """Where what a guard misses is mended."""
        if place.startswith("chart:"):
            self.asks_tab.emit(place.partition(":")[2])
        elif place == "areas":
            self.areas.go_to()
        elif place == "after":
            self.calls.start()
        elif place == "tasks":
            self.desk.go("tasks")
        else:
            self.form.go_to(place)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read the stay again; what is being typed stays."""
        if self.episode is None or not kinds & self.kinds:
            return
        self.episode = self.desk.store.find(Episode, self.episode.id) or self.episode
        newest = plan_of(self.desk.store, self.episode.id)
        if newest is not None and newest.version != self.plan.version and not self._dirty:
            self.plan = newest
            self._show()
            return
        if newest is not None and newest.calls != self.plan.calls:
            # A call was written down while the plan is being typed into: what is typed goes on top of it.
            self.plan = newest
            self.form.rebase(newest)
            self.calls.show_plan(newest, asks=waits_for_call(self.episode))
        self.step.show_episode(self.episode)
