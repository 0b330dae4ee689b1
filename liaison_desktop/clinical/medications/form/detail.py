"""One medicine in full at the right of the grid: what is still to be asked comes first, and what warns asks why."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.medications.actions import (
    accept_warning,
    end_medicine,
    look_over,
    save_medicine,
)
from liaison_desktop.clinical.medications.form.drafting import Kept
from liaison_desktop.clinical.medications.record import (
    Adherence,
    Frequency,
    HighAlert,
    LastTaken,
    Medicine,
    MedicineList,
    MedicineStatus,
)
from liaison_desktop.clinical.medications.rules.sources import not_asked
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault, Refused, Severity, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, refill, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import step
from liaison_desktop.ui.text import elided

WIDE = 448  # px

_ROWS = (
    (("name", 3), ("dose", 2)),
    ("route", "frequency"),
    "frequency_text",
    "prn",
    "prn_reason",
    "adherence",
    "reason_not_taking",
    "last_taken",
    "last_taken_at",
    ("strength", "form"),
    "purpose",
    ("prescriber", "start"),
    "plan",
    ("plan_by",),
    "plan_at",
    "sorts",
    ("high_alert", "status"),
    "stop",
)


class MedicineDetail(QFrame):
    """The form of one medicine. `saved` carries it; `next_asked` wants the next one that is not asked through."""

    saved = Signal(object)
    next_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedWidth(WIDE)
        self.desk = desk
        self.medicine: Medicine | None = None
        self._kept: Kept | None = None
        editors: dict[str, QWidget] = {
            "start": PartialEditor("2024-03"),
            "stop": PartialEditor("2026-11"),
            "high_alert": ComboEditor(HighAlert),
            "last_taken": ComboEditor(LastTaken),
        }
        hints = {"strength": "? for not known", "purpose": "? for not known"}
        self.form = RecordForm(Medicine, *_ROWS, store=desk.store, editors=editors, clock=desk.clock, hints=hints)
        self.form.changed.connect(self._heard)
        self._title = elided("", "section")
        self._warnings, self._reasons = column(gap=6), dict[str, TextEditor]()
        self._said = elided("", "sec", "ink2")
        close = button(icon="x", kind="quiet", name="Close the medicine", on_click=self.closed.emit)
        self._mistake = button("Entered in error", "quiet", "trash-2", small=True, on_click=self.remove)
        save = button("Save and next", "primary", "check", on_click=self.save_and_next)
        save.setToolTip("Ctrl+Enter")
        body = column(self._warnings, self.form, row(self._mistake, None), None, gap=12, margins=(16, 12, 16, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title_line(self._title, close, margins=(16, 8, 8, 8)))
        layout.addWidget(hairline())
        layout.addWidget(scroll(body), 1)
        layout.addWidget(hairline())
        layout.addWidget(action_bar((self._said, 1), save))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, self.save_and_next, context=context)

    def show_medicine(self, medicine: Medicine, *, focus: bool = True) -> None:
        """Show one; what was typed into it before and not saved is there again."""
        self.save_draft()
        self.medicine = medicine
        self._kept = Kept(self.desk.store, f"medicine/{medicine.id}", self._written, self)
        shown = self._draft(self._kept.held()) or medicine
        self._title.set_text(f"{medicine.name} {medicine.line()}")
        self.form.set_values(shown)
        self.form.clear_faults()
        self._say("Taken up where you left it" if self._kept.dirty else "")
        self._settle(shown)
        self._warn(look_over(self.desk.store, shown), shown)
        if focus:
            missing = not_asked(shown)
            self.form.editor(missing[0] if missing else "dose").setFocus()

    def follow(self, medicine: Medicine) -> None:
        """The medicine was changed beside the form, as by a key in the grid; what is being typed stays."""
        if self.medicine is None or self._kept is None or medicine.version == self.medicine.version:
            return
        self.medicine = medicine
        if not self._kept.dirty:
            self.form.set_values(medicine)
            self._settle(medicine)
            self._warn(look_over(self.desk.store, medicine), medicine)

    def typed(self) -> Medicine:
        """The medicine with what stands in the form. “?” is not known."""
        held = self.medicine or Medicine()
        values = {name: "not known" if value == "?" else value for name, value in self.form.values().items()}
        made = typed_over(held, values)
        if made.frequency is Frequency.PRN:
            made = msgspec.structs.replace(made, prn=True)
        for rule, reason in self._reasons.items():
            if reason.value() != held.reason_for(rule):
                made = accept_warning(self.desk.store, made, rule, reason.value())
        return made

    def save(self) -> bool:
        """Save it, or show beside each field what stands in the way."""
        if self.medicine is None or self._kept is None:
            return False
        typed = self.typed()
        if unread := self.form.unread():
            self._refuse(unread, typed)
            return False
        try:
            self.medicine = save_medicine(self.desk.store, typed)
        except Refused as refusal:
            self._refuse(refusal.faults, typed)
            return False
        except Stale as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return False
        self._kept.drop()
        self._say("Saved")
        self.saved.emit(self.medicine)
        return True

    def save_and_next(self) -> None:
        """Save it, and go to the next one that is not asked through."""
        if self.save():
            self.next_asked.emit()

    def remove(self) -> None:
        """Take it off the list because it never belonged there; a toast offers it back."""
        if self.medicine is None or self._kept is None:
            return
        before = self.medicine
        self._kept.drop()
        gone = end_medicine(self.desk.store, before, MedicineStatus.ENTERED_IN_ERROR)
        back = msgspec.structs.replace(before, version=gone.version)
        self.desk.toast("Taken off the list.", lambda: self._put_back(back))
        self.medicine = None
        self.closed.emit()

    def _put_back(self, medicine: Medicine) -> None:
        self.saved.emit(save_medicine(self.desk.store, medicine, reason="put back"))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as the eye goes, through what came and went as well."""
        return step(self, next) or super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away; a list that is open takes the key first."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # ---- what is shown

    def _settle(self, shown: Medicine) -> None:
        home = shown.list is MedicineList.HOME
        needed = shown.prn or shown.frequency is Frequency.PRN
        visible = {
            "frequency_text": shown.frequency is Frequency.OTHER,
            "prn_reason": needed,
            "adherence": home,
            "reason_not_taking": home and shown.adherence in (Adherence.PARTIAL, Adherence.NOT_TAKING),
            "last_taken": home,
            "last_taken_at": home and shown.last_taken is LastTaken.EXACT,
            "plan": shown.high_alert is HighAlert.ANTICOAG,
            "plan_by": shown.high_alert is HighAlert.ANTICOAG,
            "plan_at": shown.high_alert is HighAlert.ANTICOAG,
            "stop": shown.status in (MedicineStatus.STOPPED, MedicineStatus.COMPLETED),
        }
        for name, seen in visible.items():
            self.form.field(name).setVisible(seen)

    def _heard(self, name: str) -> None:
        if self._kept is not None:
            self._kept.heard()
        if name in ("frequency", "prn", "adherence", "last_taken", "status", "high_alert"):
            self._settle(self.typed())

    def _refuse(self, faults: tuple[Fault, ...], typed: Medicine) -> None:
        self.save_draft()
        refused = tuple(fault for fault in faults if fault.severity is Severity.REFUSE)
        self._warn((*faults, *look_over(self.desk.store, typed)), typed)
        says = [fault for fault in self.form.show_faults(refused) if fault.message]
        words = f"{len(faults)} to mend. What you typed is kept."
        self._say(says[0].message if says else words, wrong=True)
        if not refused and self._reasons:
            next(iter(self._reasons.values())).setFocus()

    def _warn(self, faults: tuple[Fault, ...], shown: Medicine) -> None:
        """What warns stands on top; what asks for a reason has a line for it."""
        kept = {rule: editor.value() for rule, editor in self._reasons.items()}
        self._reasons = {}
        items: list[Any] = []
        for fault in dict.fromkeys(faults):
            if fault.severity is Severity.REFUSE or fault.rule in self._reasons:
                continue
            items.append(fault_line(fault.message, severe=False))
            if fault.severity is Severity.CONFIRM:
                editor = TextEditor("Reason", "Or write the reason")
                editor.set_value(kept.get(fault.rule) or shown.reason_for(fault.rule))
                editor.changed.connect(lambda _value: self._heard(""))
                self._reasons[fault.rule] = editor
                items.append(editor)
        refill(self._warnings, *items)
        self._warnings.setVisible(bool(items))

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    # ---- the draft

    def _written(self) -> bytes:
        return to_bytes(self.typed())

    def _draft(self, held: bytes | None) -> Medicine | None:
        if held is None or self.medicine is None:
            return None
        try:
            kept = from_bytes(Medicine, held)
        except msgspec.MsgspecError:
            return None
        # What the sources say may have been filled meanwhile, beside the form.
        return msgspec.structs.replace(kept, version=self.medicine.version, says=self.medicine.says)

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self._kept is not None and self.medicine is not None:
            self._kept.save()
