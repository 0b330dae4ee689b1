"""The checklists of one patient: what is planned, which checklists that calls for and why, and how far each is."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from liaison_desktop.clinical.checklists.actions import Planned, plan_of
from liaison_desktop.clinical.checklists.form.rows import called_row, earlier_row, imported_row
from liaison_desktop.clinical.checklists.queries import checklists_of, imported_forms
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import Call, called_for, standing, standing_under
from liaison_desktop.questionnaires.library import newest, newest_entries
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop
from liaison_desktop.ui.text import label, wrapped


class StartForm(FollowsTheEye):
    """Patient and plan at the left, the checklists at the right.

    `asked` carries the patient's id, what is planned and the name of the form; `resumed` the id of one there is.
    `in_chart`: whose they are is known, and there is nothing to cancel.
    """

    asked = Signal(object, object, str)
    resumed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, patient: uuid.UUID | None = None, *, in_chart: bool = False) -> None:
        super().__init__()
        self.desk, self._in_chart = desk, in_chart
        service = newest("pan").index["ctx.service"]
        self.patient = Picker(desk.store, "patient", "Type a name", "Patient")
        self.patient.set_value(patient)
        self.service = ChoiceLine([Option(one.code, one.label) for one in service.options], name="Service line")
        yes_no = ((True, "Yes"), (False, "No"))
        self.setting = Segmented((("inpatient", "Inpatient"), ("outpatient", "Outpatient")), name="Setting")
        self.procedure = Segmented(yes_no, name="A procedure is planned")
        self.imaging = Segmented(yes_no, name="Imaging with contrast")
        self.mri = Segmented(yes_no, name="Magnetic resonance")
        self.day_of = Segmented(yes_no, name="Today is the day of the procedure")
        self._fields: dict[str, tuple[LabelledField, Picker | ChoiceLine | Segmented]] = {
            name: (LabelledField(name, editor, required=True), editor)
            for name, editor in (
                ("Patient", self.patient),
                ("Service line", self.service),
                ("Setting", self.setting),
                ("A procedure is planned", self.procedure),
                ("Today is the day of the procedure", self.day_of),
                ("Imaging with contrast", self.imaging),
                ("Magnetic resonance", self.mri),
            )
        }
        self.list = RowsView("Checklists of this patient")
        self.list.opened.connect(self._open)
        self.list.chosen.connect(lambda _key: self._say_what())
        self.begin = button("Start checklist", "primary", "clipboard-check", on_click=self._begin)
        self.again = button("Start another", "secondary", "plus", on_click=self._begin_new)
        self._held: dict[str, Checklist] = {}
        self._told: uuid.UUID | None = None
        self._lay_out()
        self.setFocusProxy(self.patient if patient is None else self.service)
        for _, editor in self._fields.values():
            if isinstance(editor, Segmented):
                one_stop(editor)
            editor.changed.connect(lambda _value: self.show_calls())
        self.show_calls()

    def _lay_out(self) -> None:
        plan = column(
            label("What is planned" if self._in_chart else "Checklists of a patient", "title"),
            wrapped("What is planned decides which are called for, and which questions they ask.", "sec"),
            4,
            *(field for field, _ in self._fields.values()),
            None,
            gap=12,
            margins=(20, 12, 20, 16),
        )
        plan.setFixedWidth(400)
        cancel = () if self._in_chart else (button("Cancel", "quiet", on_click=self.left.emit),)
        self._fields["Patient"][0].setVisible(not self._in_chart)
        foot = row(None, *cancel, self.again, self.begin, margins=(16, 8, 16, 12))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(plan)
        outer.addWidget(hairline(True))
        outer.addWidget(panel((self.list, 1), hairline(), foot, fill="surface", gap=0), 1)

    # ---- what is called for

    def show_calls(self) -> None:
        """Show which checklists the plan calls for, and how far each is."""
        patient = self.patient.value()
        if patient is not None and patient != self._told:
            self._told = patient
            self._take_plan(patient)
        every = checklists_of(self.desk.store, patient) if patient is not None else ()
        self._held = standing(every)
        calls = called_for(
            newest_entries(),
            service=str(self.service.value() or ""),
            procedure=self.procedure.value() is True,
            setting=str(self.setting.value() or ""),
        )
        rows: list[ListRow | str] = []
        others = "Others" if any(call.now for call in calls) else "All checklists"
        for caption, now in (("Called for", True), (others, False)):
            part = [self._row(call) for call in calls if call.now is now]
            rows += [caption, *part] if part else []
        imported = imported_forms(self.desk.store)
        self._held |= {str(form.id): held for form in imported if (held := standing_under(every, form.url)) is not None}
        part = [imported_row(form, self._held.get(str(form.id))) for form in imported]
        rows += ["Imported", *part] if part else []
        shown = {one.id for one in self._held.values()}
        earlier = [earlier_row(one) for one in every if one.id not in shown]
        rows += ["Earlier", *earlier] if earlier else []
        current = self.list.current_key()
        self.list.rows.set_rows(rows)
        if not self.list.select(current):
            self.list.select_first()
        self._say_what()

    def _row(self, call: Call) -> ListRow:
        return called_row(call, self._held.get(call.form))

    def _take_plan(self, patient: uuid.UUID) -> None:
        """What was planned the last time stands until it is changed."""
        plan = plan_of(self.desk.store, patient)
        if plan is None or any(
            editor.value() is not None for name, (_, editor) in self._fields.items() if name != "Patient"
        ):
            return
        self.service.set_value(plan.service)
        for editor, value in (
            (self.setting, plan.setting),
            (self.procedure, plan.procedure),
            (self.imaging, plan.imaging),
            (self.mri, plan.mri),
            (self.day_of, plan.day_of),
        ):
            editor.set_value(value)

    def _there(self) -> uuid.UUID | None:
        """The checklist of the row one is on: in progress, finished, or an earlier one."""
        key = self.list.current_key()
        held = self._held.get(str(key))
        return key if isinstance(key, uuid.UUID) else held.id if held is not None else None

    def _say_what(self) -> None:
        key = self.list.current_key()
        held = self._held.get(str(key))
        going = held is not None and held.status is ChecklistStatus.IN_PROGRESS
        self.begin.set_text("Go on with it" if going else "Open" if self._there() is not None else "Start checklist")
        self.again.setVisible(held is not None and not going)

    def _open(self, _key: object) -> None:
        self._begin()

    def _begin(self) -> None:
        there = self._there()
        if there is not None:
            self.resumed.emit(there)
        else:
            self._begin_new()

    def _begin_new(self) -> None:
        missing = {name for name, (_, editor) in self._fields.items() if editor.value() is None}
        for name, (field, _) in self._fields.items():
            field.show_fault("Needed to start." if name in missing else "")
        if missing:
            next(editor for name, (_, editor) in self._fields.items() if name in missing).setFocus()
            return
        planned = Planned(
            service=str(self.service.value()),
            procedure=self.procedure.value() is True,
            setting=str(self.setting.value()),
            imaging=self.imaging.value() is True,
            mri=self.mri.value() is True,
            day_of=self.day_of.value() is True,
        )
        self.asked.emit(self.patient.value(), planned, str(self.list.current_key()))
