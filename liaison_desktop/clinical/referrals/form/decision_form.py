"""Deciding: the capability check, the decision, and only the fields that it asks; its guards are told as one types."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions import (
    Chosen,
    capability_words,
    decide,
    gather,
    proposed,
    show_capability,
)
from liaison_desktop.clinical.referrals.actions.judging import DECIDE, OVERRIDE
from liaison_desktop.clinical.referrals.form.decision_words import ASKS, VERBS, Draft, stands
from liaison_desktop.clinical.referrals.form.guard_list import GuardList
from liaison_desktop.clinical.referrals.record import Decision, DeclineReason, Referral, Told, ToldBy
from liaison_desktop.clinical.referrals.rules import DECISION_NEEDS, DECISION_NEXT, WORK_OVER, judge
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll, to_top
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import Option
from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop
from liaison_desktop.ui.text import elided, wrapped

_PAUSE = 250  # ms
replace = msgspec.structs.replace
_TOLD = "source_told"
# Where what a guard misses is typed here.
_FIELDS = {
    "pending_named": "pending_on", "bed_named": "bed", "reason_facility": "decision_reason",
    "reason_patient": "decision_reason", "note": "decision_note", "alternative": "alternative", _TOLD: "who",
}  # fmt: skip


class DecisionForm(FollowsTheEye):
    """Ctrl+Enter decides. `mended` carries the guard whose place is to be opened."""

    mended = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._referral = Referral()
        self._can, self._stands = wrapped("", "body", "ink"), wrapped("", "sec", "ink2")
        self._place, self.choice = column(gap=0), Segmented([])
        self.fields = RecordForm(
            Referral,
            "pending_on",
            "bed",
            "decision_reason",
            "decision_note",
            "alternative",
            editors={"decision_reason": ComboEditor(DeclineReason), "alternative": ComboEditor(ServiceLine)},
        )
        self.told = RecordForm(
            Told, (("who", 2), ("at", 2)), "how", editors={"how": one_stop(ChoiceEditor(ToldBy))}, clock=desk.clock
        )
        self.guards, self._asking = GuardList("decision"), column(gap=0)
        self._act = button("Decide", "primary", "check", on_click=lambda: self.decide())
        self._act.setToolTip("Ctrl+Enter")
        self._said = elided("", "sec", "ink2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._keep)
        self._lay_out()
        for form in (self.fields, self.told):
            form.setMaximumWidth(16_777_215)
            form.changed.connect(lambda _name: self._timer.start())
        self.guards.mended.connect(self.mended)

    def _lay_out(self) -> None:
        self._told_card = card(self.told, title="Who at the source was told", gap=10)
        self._what = card(self.fields, title="Why", gap=10)
        left = column(self._what, self._told_card, None, gap=12)
        above = (
            card(self._can, title="Capability check", icon="hospital"),
            card(self._stands, self._place, title="Decision", gap=10),
        )
        self._asked = card(self.guards, title="What this decision needs", gap=8)
        below = row((left, 3), (column(self._asked, None), 2), gap=12)
        self._body = column(*above, self._asking, below, None, gap=12, margins=(20, 12, 20, 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, share in (
            (scroll(self._body), 1), (hairline(), 0), (action_bar((self._said, 1), self._act), 0),
        ):  # fmt: skip
            layout.addWidget(widget, share)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, lambda: self.decide(), context=here)

    @property
    def _key(self) -> str:
        return f"referral_decision/{self._referral.id}"

    # ---- showing

    def show_referral(self, referral: Referral) -> None:
        """Show it; the capability check counts as shown once it is on the screen."""
        before, self._referral = self._referral, referral
        if before.id != referral.id:
            to_top(self._body)
        self._can.set_text(" ".join(capability_words(self.desk.store, referral)))
        if before.id != referral.id or before.decision is not referral.decision or before.work is not referral.work:
            self._begin()
        self._settle()

    def seen(self) -> None:
        """The capability check is on the screen of whoever decides: that is kept."""
        self._referral = show_capability(self.desk.store, self._referral.id)
        self._settle()

    def _begin(self) -> None:
        referral = self._referral
        over = referral.work in WORK_OVER
        steps = () if over else DECISION_NEXT.get(referral.decision, ())
        kept = self._kept()
        self.choice = one_stop(Segmented([(one, VERBS[one]) for one in steps], name="Decision", clears=False))
        self.choice.changed.connect(lambda _value: self._chosen_anew())
        refill(self._place, self.choice)
        self._place.setVisible(bool(steps))
        self._act.setVisible(bool(steps))
        self._stands.set_text(stands(referral))
        chosen = kept.chosen if kept is not None else Chosen()
        self.fields.set_values(
            {
                "pending_on": chosen.pending_on,
                "bed": chosen.bed,
                "decision_reason": chosen.reason,
                "decision_note": chosen.note,
                "alternative": chosen.alternative,
            }
        )
        self.told.set_values(chosen.told[0] if chosen.told else Told())
        if kept is not None and kept.decision in steps:
            self.choice.set_value(kept.decision)
        taken_up = "Taken up where you left it" if kept is not None else ""
        nothing = "The referral has ended; nothing is left to decide." if over else "Nothing is left to decide."
        self._say(taken_up if steps else nothing)

    def _chosen_anew(self) -> None:
        self.fields.clear_faults()
        self.told.clear_faults()
        self._settle()
        self._keep()

    def decision(self) -> Decision | None:
        """What is chosen."""
        held = self.choice.value()
        return held if isinstance(held, Decision) else None

    def _settle(self) -> None:
        decision = self.decision()
        asks = ASKS.get(decision, ()) if decision is not None else ()
        for name in self.fields.names:
            self.fields.field(name).setVisible(name in asks)
        self._what.setVisible(bool(asks))
        if decision in (Decision.DECLINED_FACILITY, Decision.DECLINED_PATIENT):
            of_patient = decision is Decision.DECLINED_PATIENT
            editor = self.fields.editor("decision_reason")
            editor.offer([Option(one, one.label) for one in DeclineReason if one.of_patient == of_patient])
            if isinstance(editor.value(), DeclineReason) and editor.value().of_patient != of_patient:
                editor.set_value(None)
        self._told_card.setVisible(decision is not None and decision is not Decision.BED_RESERVED)
        self._asked.setVisible(decision is not None)
        if decision is not None:
            self._act.set_text(VERBS[decision])
            self._judge(decision)

    def _judge(self, decision: Decision) -> None:
        store = self.desk.store
        facts = gather(store, proposed(store, self._referral, decision, self.chosen()))
        said = judge(DECISION_NEEDS[decision], facts, policy_of(store))
        self.guards.show_judgements(said)

    # ---- what is typed

    def chosen(self) -> Chosen:
        """What is typed about the decision."""
        values, row_ = self.fields.values(), Told(**self.told.values())
        if row_.who.strip() and row_.at is None:
            row_ = replace(row_, at=self.desk.clock())
        return Chosen(
            reason=values["decision_reason"],
            note=values["decision_note"],
            pending_on=values["pending_on"],
            alternative=values["alternative"],
            told=(row_,) if row_.who.strip() else (),
            bed=values["bed"],
        )

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._timer.stop()
        draft = Draft(decision=self.decision(), chosen=self.chosen())
        if self._referral.version is not None and draft != Draft() and self._referral.work not in WORK_OVER:
            self.desk.store.drafts.put(self._key, to_bytes(draft))

    def _keep(self) -> None:
        self.save_draft()
        if (decision := self.decision()) is not None:
            self._judge(decision)

    def _kept(self) -> Draft | None:
        content = self.desk.store.drafts.get(self._key)
        try:
            return from_bytes(Draft, content) if content else None
        except msgspec.MsgspecError:
            return None

    # ---- deciding

    def decide(self, approval: Approval | None = None) -> None:
        """Decide, or show what stands in the way. Who may not decide, or takes a guard on, asks a second person."""
        decision = self.decision()
        if decision is None:
            self._say("Choose a decision.", wrong=True)
            self.choice.setFocus()
            return
        if unread := (*self.fields.unread(), *self.told.unread()):
            self.told.show_faults(self.fields.show_faults(unread), focus=False)
            return
        self.save_draft()
        reasons, key = self.guards.reasons(), self._key
        rights = ((DECIDE, "may_decide" in DECISION_NEEDS[decision]), (OVERRIDE, bool(reasons)))
        for right, needed in rights:
            if needed and approval is None:
                if not may_go_on(self._asking, self.desk.store, right, ", ".join(reasons), self.decide):
                    return
        try:
            decide(self.desk.store, self._referral.id, decision, self.chosen(), overrides=reasons, approval=approval)
        except Refused as refusal:
            self._refuse(refusal)
            return
        self.desk.store.drafts.drop(key)
        self._begin()
        self._settle()
        self.desk.toast(f"{decision.label}.")

    def _refuse(self, refusal: Refused) -> None:
        """Each fault beside the field it is about, the first with the keyboard; what has no field in the list of guards."""
        first = refusal.faults[0]
        self._say(first.message, wrong=True)
        beside = [replace(fault, field=_FIELDS.get(fault.field, fault.field)) for fault in refusal.faults]
        self.told.show_faults(self.fields.show_faults(beside), focus=first.field not in _FIELDS or first.field == _TOLD)
        if first.field not in _FIELDS:
            self.guards.go_to(first.field)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def start(self) -> None:
        """The keyboard on the choice."""
        self.choice.setFocus()
