"""The few details that are read in the packet, beside its pages: each is kept when it is left, with the page if cited."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.patient_form import cleaned
from liaison_desktop.clinical.referrals.actions import change_referral
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped

_NAMES = ("dx_text", "dx_code", "acute_admitted_on", "reason")


class ReadDetails(QWidget):
    """`kept` after a detail was saved."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._referral = desk, Referral()
        self.form = RecordForm(Referral, "dx_text", ("dx_code", "acute_admitted_on"), "reason", clock=desk.clock)
        self.form.setMaximumWidth(16_777_215)
        self._cited = wrapped("", "cap", "ink2")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.form)
        layout.addWidget(self._cited)
        for name in _NAMES:
            self.form.editor(name).installEventFilter(self)

    def show_referral(self, referral: Referral) -> None:
        """Show its details; what is being typed stays."""
        same, self._referral = referral.id == self._referral.id, referral
        values = {name: getattr(referral, name) for name in _NAMES}
        focused = next((name for name in _NAMES if self.form.editor(name).hasFocus()), "") if same else ""
        self.form.set_values({name: value for name, value in values.items() if name != focused})
        self.form.set_read_only(referral.work in WORK_OVER)
        labels = {name: self.form.field(name).text for name in _NAMES}
        cited = [f"{labels[one.field]}: page {one.page}" for one in referral.cited if one.field in labels]
        self._cited.set_text(" · ".join(cited) or "F4 notes the page on which the detail with the keyboard was read")

    def current(self) -> str:
        """The detail that has the keyboard, or had it last; empty if none."""
        return next((name for name in _NAMES if self.form.editor(name).hasFocus()), "")

    def save(self) -> None:
        """Keep what was typed, if it differs; a fault stands beside its field and nothing is lost."""
        typed: Referral = cleaned(msgspec.structs.replace(self._referral, **self.form.values()))
        if self._referral.version is None or typed == self._referral or self._referral.work in WORK_OVER:
            return
        if unread := self.form.unread():
            self.form.show_faults(unread, focus=False)
            return
        try:
            self._referral = change_referral(self._desk.store, typed)
        except (Refused, Stale) as trouble:
            self.form.show_faults(getattr(trouble, "faults", ()), focus=False)
            return
        self.kept.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving a field keeps it."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)
