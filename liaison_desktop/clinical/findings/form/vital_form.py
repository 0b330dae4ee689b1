"""A set of vital signs in one go: the pressure in one field, Tab from number to number, Ctrl+Enter."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.findings.actions import last_weighed, look_over_vitals, record_vital_signs
from liaison_desktop.clinical.findings.form.cells import measure_cells
from liaison_desktop.clinical.findings.form.told import Told
from liaison_desktop.clinical.findings.form.vital_draft import kept_of, show_kept
from liaison_desktop.clinical.findings.record import Score, Support, TypedUnit, VitalMethod, VitalSigns, WeightHow
from liaison_desktop.clinical.findings.rules import (
    unusual,
)
from liaison_desktop.clinical.patients.form.rows import RowCards
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor, LongTextEditor, TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.ticks import TickEditor

_COLUMNS = 4
# The field a fault of the record is shown beside, where one line holds two of its fields.
_BESIDE = {"systolic": "pressure", "diastolic": "pressure"}


class VitalForm(QWidget):
    """The numbers of one set; what they mean stands under them, and what is unusual is ticked before it is kept."""

    changed = Signal(str)

    def __init__(self, desk: Desk, patient: uuid.UUID) -> None:
        super().__init__()
        self._desk, self._patient = desk, patient
        self._policy = policy_of(desk.store)
        self.seen: tuple[str, ...] = ()  # the unusual values the tick was about
        self._make_cells()
        self.told = Told()
        self.reason = TextEditor("Why the weight changed so much")
        self.again = TickEditor("I looked again, and it is so")
        self.note = LongTextEditor(2, "Note")
        self.scores: RowCards[Score] = RowCards(
            lambda: Score(on=desk.today()),
            ("name", "total"),
            ("scale", "on"),
            word="Total",
            add="Add a total of a score",
        )
        self._fields: dict[str, LabelledField] = {}
        self._lay_out()
        self.taken.set_value(desk.clock().replace(second=0, microsecond=0))
        self.method.set_value(VitalMethod.MEASURED)
        self._listen()
        self._settle()

    def _make_cells(self) -> None:
        self.taken = MomentEditor("Taken at", self._desk.clock)
        self.method, self.support = ComboEditor(VitalMethod, "How"), ComboEditor(Support, "Breathing support")
        self.weighed = ChoiceEditor(WeightHow, "Weighed or stated")
        self.cells = measure_cells()
        self.site = TextEditor("Where it hurts")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        order: tuple[tuple[str, str, QWidget], ...] = (
            *((name, self.cells[name].accessibleName(), self.cells[name]) for name in _FIRST),
            ("oxygen", "Oxygen, L/min", self.cells["oxygen"]),
            ("support", "Breathing support", self.support),
            ("pain", "Pain, 0 to 10", self.cells["pain"]),
            ("pain_site", "Where it hurts", self.site),
            ("weight", "Weight", self.cells["weight"]),
            ("weight_how", "Weighed or stated", self.weighed),
            ("height", "Height", self.cells["height"]),
            ("glucose", "Glucose, mg/dL", self.cells["glucose"]),
            ("method", "How", self.method),
            ("taken_at", "Taken at", self.taken),
        )
        for number, (name, words, editor) in enumerate(order):
            self._fields[name] = LabelledField(words, editor, hint=self._hint(name))
            across = 2 if name == "taken_at" else 1
            where = divmod(number, _COLUMNS)
            grid.addWidget(self._fields[name], *where, 1, across, Qt.AlignmentFlag.AlignTop)
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 1)
        self._fields["weight_reason"] = LabelledField("Why the weight changed so much", self.reason, required=True)
        self._fields["again"] = LabelledField("", self.again)
        self._fields["note"] = LabelledField("Note", self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(self.told)
        for name in ("weight_reason", "again", "note"):
            layout.addWidget(self._fields[name])
        layout.addWidget(self.scores)
        self._fields["weight_reason"].hide()
        self._fields["again"].hide()
        self.setMaximumWidth(1080)

    def _hint(self, name: str) -> str:
        """The usual range, so that nobody has to know it by heart."""
        held = self._policy.ranges().get("systolic" if name == "pressure" else name)
        unit = " °C" if name == "temperature" else ""
        return f"usual {held.usual()}{unit}" if held is not None and held.usual() else ""

    def _listen(self) -> None:
        for name, cell in self.cells.items():
            cell.changed.connect(lambda _value, n=name: self._heard(n))
            cell.editingFinished.connect(lambda n=name: self._check(n))
        editors: tuple[tuple[str, Any], ...] = (
            ("taken_at", self.taken),
            ("method", self.method),
            ("support", self.support),
            ("weight_how", self.weighed),
            ("pain_site", self.site),
            ("weight_reason", self.reason),
            ("again", self.again),
            ("note", self.note),
            ("scores", self.scores),
        )
        for name, editor in editors:
            editor.changed.connect(lambda _value, n=name: self._heard(n))

    # ---- what was typed

    def signs(self) -> VitalSigns:
        """The set as it was typed."""
        cells, pressure = {name: cell.value() for name, cell in self.cells.items()}, self.cells["pressure"].value()
        warm, heavy, tall = cells["temperature"], cells["weight"], cells["height"]
        support, method, how = self.support.value(), self.method.value(), self.weighed.value()
        made = VitalSigns(
            patient=self._patient,
            taken_at=self.taken.value(),
            method=method if isinstance(method, VitalMethod) else VitalMethod.MEASURED,
            systolic=pressure[0] if pressure else None,
            diastolic=pressure[1] if pressure else None,
            pulse=cells["pulse"],
            respirations=cells["respirations"],
            temperature=warm.value if warm else None,
            temperature_unit=warm.unit if warm else TypedUnit.C,
            spo2=cells["spo2"],
            oxygen=cells["oxygen"],
            support=support if isinstance(support, Support) else None,
            pain=cells["pain"],
            pain_site=self.site.value(),
            weight=heavy.value if heavy else None,
            weight_unit=heavy.unit if heavy else TypedUnit.KG,
            weight_how=how if heavy and isinstance(how, WeightHow) else None,
            weight_reason=self.reason.value(),
            height=tall.value if tall else None,
            height_unit=tall.unit if tall else TypedUnit.CM,
            glucose=cells["glucose"],
            scores=tuple(one for one in self.scores.value() if one.name is not None or one.total is not None),
            note=self.note.value(),
        )
        return msgspec.structs.replace(made, acknowledged=unusual(made, self._policy) if self.again.value() else ())

    def _heard(self, name: str) -> None:
        if name in self._fields:
            self._fields[name].clear_fault()
        if name in ("weight", "weight_how", "taken_at"):
            self._fields["weight_reason"].clear_fault()
        self._settle()
        self.changed.emit(name)

    def _settle(self) -> None:
        """What the numbers mean, and what is looked at twice."""
        signs = self.signs()
        last = last_weighed(self._desk.store, signs)
        self.told.show_set(signs, last, self._desk.clock())
        odd = tuple(f"{name} {getattr(signs, name, '')}" for name in unusual(signs, self._policy))
        if odd != self.seen:
            self.seen = odd
            self.again.set_value(False)
            self._name_again(signs)
        faults = [fault for fault in look_over_vitals(self._desk.store, signs) if fault.rule == "V16-WEIGHT"]
        self._show("weight_reason", bool(faults) or bool(self.reason.value()))
        self._show("again", bool(odd))

    def _name_again(self, signs: VitalSigns) -> None:
        """The tick says which numbers it is about."""
        ranges = self._policy.ranges()
        told = ", ".join(
            f"{ranges[name].label[:1].lower()}{ranges[name].label[1:]} {getattr(signs, name, '')}".strip()
            for name in unusual(signs, self._policy)
        )
        words = f"I looked again, and it is so: {told}" if told else "I looked again, and it is so"
        self.again.setText(words)
        self.again.setAccessibleName(words)
        self.again.updateGeometry()

    def _show(self, name: str, on: bool) -> None:
        if self._fields[name].isHidden() == on:
            self._fields[name].setVisible(on)

    def _check(self, name: str) -> None:
        """Say at once what cannot be, or is looked at twice, when a number is left."""
        if complaint := self.cells[name].complaint():
            self._fields[name].show_fault(complaint)
            return
        mine = [fault for fault in look_over_vitals(self._desk.store, self.signs()) if _at(fault) == name]
        if mine:
            self._fields[name].show_fault(mine[0].message, mine[0].severity is Severity.REFUSE)

    # ---- for the frame around it

    def widget(self) -> QWidget:
        """This."""
        return self

    def start(self) -> None:
        """The pressure comes first."""
        self.cells["pressure"].setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> bytes:
        """The texts as they stand, what cannot be read too."""
        return kept_of(self)

    def take_up(self, kept: bytes) -> None:
        """Show them again."""
        acknowledged = show_kept(self, kept)
        self._settle()
        self.again.set_value(bool(self.seen) and acknowledged == self.seen)

    def unread(self) -> Sequence[Fault]:
        """Numbers that are none."""
        found = [Fault(field=name, message=cell.complaint()) for name, cell in self.cells.items() if cell.complaint()]
        if words := self.taken.complaint():
            found.append(Fault(field="taken_at", message=words))
        return (
            *found,
            *(msgspec.structs.replace(one, field=f"scores.{one.field}") for one in self.scores.complaints()),
        )

    def save(self) -> None:
        """Keep the set. Raises Refused."""
        record_vital_signs(self._desk.store, self.signs())

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Each beside its number; the keyboard goes to the first, or to the tick if that is all that is left."""
        of_scores = [fault for fault in faults if fault.field.startswith("scores.")]
        self.scores.show_faults(
            [msgspec.structs.replace(fault, field=fault.field.removeprefix("scores.")) for fault in of_scores],
            focus=False,
        )
        mine: dict[str, Fault] = {}
        others = []
        for fault in faults:
            name = _at(fault)
            if name in self._fields:
                mine.setdefault(name, fault)
            elif fault not in of_scores:
                others.append(fault)
        for name, field in self._fields.items():
            held = mine.get(name)
            field.show_fault(held.message if held else "", held is not None and held.severity is Severity.REFUSE)
        self._show("weight_reason", "weight_reason" in mine or bool(self.reason.value()))
        self._go_to_first(mine)
        return others

    def _go_to_first(self, mine: dict[str, Fault]) -> None:
        wrong = [name for name in self._fields if name in mine and mine[name].severity is Severity.REFUSE]
        if wrong:
            self._fields[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif "weight_reason" in mine:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif mine:
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)


_FIRST = ("pressure", "pulse", "respirations", "temperature", "spo2")


def _at(fault: Fault) -> str:
    """The name of the field a fault is shown beside; one about a score has none of its own."""
    return _BESIDE.get(fault.field, fault.field)
