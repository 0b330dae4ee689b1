"""The details of a referral: everything that is known of it beside state and decision. Typing is kept as a draft."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.form.patient_form import cleaned
from liaison_desktop.clinical.referrals.actions import capability_words, change_referral
from liaison_desktop.clinical.referrals.form.needs_editor import NeedsEditor
from liaison_desktop.clinical.referrals.form.source_line import SourceLine
from liaison_desktop.clinical.referrals.queries import Source
from liaison_desktop.clinical.referrals.record import Channel, Priority, Referral
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.errors import Fault, Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import card, column, hairline, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop
from liaison_desktop.ui.text import elided, wrapped

_PAUSE = 500  # ms


class DetailsForm(FollowsTheEye):
    """Ctrl+Enter saves; the capability check is told live under what the patient needs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._referral = Referral()
        self._source, self._dirty = Source(), False
        self.line = SourceLine(desk.store, "Where it comes from")
        self.form = RecordForm(
            Referral,
            ("source_text", "contact_text"),
            "channel",
            ("received_at", "requested_on"),
            "service",
            "priority",
            "reason",
            (("dx_text", 3), ("dx_code", 1)),
            ("acute_admitted_on", "screening_at"),
            "consent_obtained_by",
            "no_packet",
            store=desk.store,
            editors={
                "source_text": self.line,
                "channel": one_stop(ChoiceEditor(Channel)),
                "service": ComboEditor(ServiceLine),
                "priority": one_stop(ChoiceEditor(Priority)),
            },
        )
        self.needs = RecordForm(Referral, "needs", editors={"needs": NeedsEditor()})
        self._can, self._said = wrapped("", "sec", "ink2"), elided("", "sec", "ink2")
        self._save = button("Save details", "primary", "check", on_click=self.save)
        self._save.setToolTip("Ctrl+Enter")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.save_draft)
        for held in (self.form, self.needs):
            held.setMaximumWidth(16_777_215)
            held.changed.connect(self._heard)
        self.line.taken.connect(self._take_source)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=here)
        body = column(
            card(self.form, title="Referral", gap=10),
            card(self.needs, self._can, title="What the patient needs of a house", gap=8),
            None,
            gap=12,
            margins=(20, 12, 20, 20),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, share in (
            (scroll(body), 1), (hairline(), 0), (action_bar((self._said, 1), self._save), 0),
        ):  # fmt: skip
            layout.addWidget(widget, share)

    @property
    def _key(self) -> str:
        return f"{Referral.kind}/{self._referral.id}"

    def show_referral(self, referral: Referral) -> None:
        """Show it with what was typed and not saved; a form that is being typed into keeps its typing."""
        if referral.id == self._referral.id and self._dirty:
            self._referral = referral
            return
        self._referral = referral
        kept = self._kept()
        shown = kept or referral
        for form in (self.form, self.needs):
            form.set_values(shown)
            form.clear_faults()
            form.set_read_only(referral.work in WORK_OVER)
        self._source = Source(shown.source_place, shown.source_contact, shown.source_text, shown.contact_text)
        self._dirty = kept is not None
        over = referral.work in WORK_OVER
        self._save.setEnabled(not over)
        taken_up = "Taken up where you left it" if kept else ""
        self._say("The referral has ended; its details can only be read." if over else taken_up)
        self._tell_capability()

    def _kept(self) -> Referral | None:
        content = self.desk.store.drafts.get(self._key)
        try:
            return from_bytes(Referral, content) if content else None
        except msgspec.MsgspecError:
            return None

    def typed(self) -> Referral:
        """The referral as typed."""
        values = {**self.form.values(), **self.needs.values()}
        typed: Referral = cleaned(msgspec.structs.replace(self._referral, **values))
        same = self._source.text == typed.source_text
        return msgspec.structs.replace(
            typed,
            source_place=self._source.place if same else None,
            source_contact=self._source.contact if same and self._source.contact_text == typed.contact_text else None,
        )

    def save(self) -> None:
        """Save, or show beside each field what stands in the way."""
        if unread := (*self.form.unread(), *self.needs.unread()):
            self._refuse(unread)
            return
        try:
            saved = change_referral(self.desk.store, self.typed())
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except Stale as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._forget()
        self.show_referral(saved)
        self._say("Saved")

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._timer.stop()
        if self._dirty and self._referral.version is not None:
            self.desk.store.drafts.put(self._key, to_bytes(self.typed()))
            self._say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def _forget(self) -> None:
        self._timer.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self._key)

    def _heard(self, _name: str) -> None:
        self._dirty = True
        self._timer.start()
        self._tell_capability()

    def _take_source(self, source: Source) -> None:
        self._source = source
        self.form.set_values({"source_text": source.text, "contact_text": source.contact_text})
        self._heard("source_text")

    def _tell_capability(self) -> None:
        self._can.set_text(" ".join(capability_words(self.desk.store, self.typed())))

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        loose = self.needs.show_faults(self.form.show_faults(faults), focus=False)
        self._say(loose[0].message if loose else f"{len(faults)} to mend. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def start(self, name: str = "") -> None:
        """The keyboard on a field, else on the first."""
        self.form.editor(name if name in self.form.names else "source_text").setFocus()
