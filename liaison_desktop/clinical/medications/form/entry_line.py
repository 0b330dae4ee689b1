"""The line on top of a grid: source, name, dose, route, how often; Enter adds, and the keyboard is back on the name."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.medications.actions import Line, enter_line, look_over
from liaison_desktop.clinical.medications.form.drafting import Kept
from liaison_desktop.clinical.medications.form.quick import NameLine, RouteLine, TimesLine
from liaison_desktop.clinical.medications.queries import known_medicines
from liaison_desktop.clinical.medications.record import Medicine, MedicineList, Source
from liaison_desktop.errors import Fault, Refused, Severity, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.layout import refill, row


class _Typed(msgspec.Struct, frozen=True, kw_only=True):
    source: str = ""
    name: str = ""
    dose: str = ""
    route: str = ""
    often: str = ""


class EntryLine(QWidget):
    """Adds to the list it was told of. `added` carries the medicine that was made or filled."""

    added = Signal(object)

    def __init__(self, desk: Desk, patient: object, episode: object) -> None:
        super().__init__()
        self.desk, self._patient, self._episode = desk, patient, episode
        self.onto = MedicineList.HOME
        self.source = ComboEditor(Source, "Who says so")
        self.source.set_value(Source.PATIENT)
        self.name, self.route, self.often = NameLine(), RouteLine(), TimesLine()
        self.dose = TextEditor("Dose", "Dose, such as 5 mg")
        self.reason = TextEditor("Why it is right", "Why it is right")
        self.reason.hide()
        self._asked: tuple[str, ...] = ()  # rules that wait for the reason
        self._add = button("Add", "primary", "plus", on_click=self.add)
        self._faults = row(margins=0)
        self._faults.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        fields = ((self.source, 5), (self.name, 10), (self.dose, 5), (self.route, 6), (self.often, 7), self._add)
        layout.addWidget(row(*fields, gap=8))
        layout.addWidget(self._faults)
        layout.addWidget(self.reason)
        self._kept = Kept(desk.store, f"medicine-line/{episode}", self._written, self)
        for line in (self.name, self.dose, self.route, self.often, self.reason):
            line.textEdited.connect(lambda _text: self._heard())
        self.name.changed.connect(lambda _value: self._hint())
        self._take_up()

    def set_list(self, onto: MedicineList) -> None:
        """Add to this list from now on; only at home does a source speak."""
        self.onto = onto
        self.source.setVisible(onto is MedicineList.HOME)

    def start(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_about(self, medicine: Medicine, source: Source) -> None:
        """Take what this source says of a medicine that stands in the grid: its name is there, the dose is next."""
        self.source.set_value(source)
        self.name.set_value(medicine.name)
        self._hint()
        self.dose.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self) -> None:
        """Add what was typed, or say what stands in the way; nothing typed is lost."""
        often, words = self.often.reading()
        line = Line(
            name=self.name.value(),
            dose=self.dose.value(),
            route=self.route.reading(),
            frequency=often,
            frequency_text=words,
        )
        if unread := self.route.complaint():
            self._show((Fault(field="route", message=unread),))
            return
        self._store_line(line)

    def _store_line(self, line: Line) -> None:
        source = self.source.value() if self.onto is MedicineList.HOME else None
        if self.onto is MedicineList.HOME and source is None:
            self._show((Fault(field="source", message="Say who names this medicine."),))
            return
        reasons = dict.fromkeys(self._asked, self.reason.value())
        try:
            made = enter_line(self.desk.store, self._patient, self._episode, self.onto, line, source, reasons=reasons)  # type: ignore[arg-type]
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except Stale as error:
            self._show((Fault(field="", message=str(error)),))
            return
        self.clear()
        # What is only to be known, such as an allergy, stands there until the next one is typed.
        told = [fault for fault in look_over(self.desk.store, made) if fault.severity is Severity.WARN]
        self._show(tuple(told), severe=False)
        self.added.emit(made)
        self.start()

    def clear(self) -> None:
        """Empty the line; the source stays for the next one."""
        self._kept.drop()
        for line in (self.name, self.dose, self.reason):
            line.set_value("")
        self.route.show_option(None)
        self.often.show_option(None)
        self._asked = ()
        self._show(())

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        self._asked = tuple(fault.rule for fault in faults if fault.severity is Severity.CONFIRM)
        self._show(faults)
        places = {"name": self.name, "dose": self.dose, "says": self.dose, "route": self.route, "frequency": self.often}
        places["frequency_text"] = self.often
        if any(fault.severity is Severity.REFUSE for fault in faults):
            first = next(fault for fault in faults if fault.severity is Severity.REFUSE)
            places.get(first.field, self.name).setFocus()
        elif self._asked:
            self.reason.setFocus()

    def _show(self, faults: tuple[Fault, ...], severe: bool = True) -> None:
        words = tuple(dict.fromkeys(fault.message for fault in faults))
        refill(self._faults, *((fault_line(" ".join(words), severe), 1) for _ in words[:1]))
        self._faults.setVisible(bool(faults))
        self.reason.setVisible(bool(self._asked))

    def _heard(self) -> None:
        self._kept.heard()

    def _hint(self) -> None:
        found = known_medicines().inside(self.name.value())
        unit = found[0].family.hint.label if found else "mg"
        self.dose.setPlaceholderText(f"Dose, such as 5 {unit}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds; in a list that is open it takes what is marked, which the line itself sees to."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.add()
        else:
            super().keyPressEvent(event)

    # ---- the draft

    def _written(self) -> bytes:
        source = self.source.value()
        typed = _Typed(
            source=str(source) if source else "",
            name=self.name.text(),
            dose=self.dose.text(),
            route=self.route.text(),
            often=self.often.text(),
        )
        return to_bytes(typed)

    def _take_up(self) -> None:
        if (held := self._kept.held()) is None:
            return
        try:
            typed = from_bytes(_Typed, held)
        except msgspec.MsgspecError:
            return
        self.source.set_value(next((each for each in Source if each == typed.source), Source.PATIENT))
        self.name.set_value(typed.name)
        self.dose.set_value(typed.dose)
        for line, words in ((self.route, typed.route), (self.often, typed.often)):
            line.show_option(next((each for each in line.options if each.title == words), None))
            if not line.text():
                line.setText(words)

    def save_draft(self) -> None:
        """Keep what was typed."""
        self._kept.save()
