"""What is typed into a plan, in the order in which a stay asks for it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.discharge.record import Appointment, DischargePlan, Offered, Ready
from liaison_desktop.clinical.patients.form.rows import RowCards
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import wrapped

# Part: its title, and its fields.
PARTS: dict[str, tuple[str, tuple[FormRow, ...]]] = {
    "admission": (
        "At admission",
        (
            "goals",
            (("caregiver", 3), ("caregiver_phone", 2)),
            "caregiver_backup",
            "nobody_why",
            "medicare",
            "imm_first_at",
        ),
    ),
    "before": (
        "Days before",
        (
            ("destination", "expected_on"),
            "home_health",
            "meeting_at",
            "patient_questions",
            "family_questions",
            "equipment",
            "services",
            "home_safety",
            "imm_followup_at",
        ),
    ),
    "choice": ("Who takes over, and the patient's choice", ("list_given_at", (("choice", 3), ("choice_by", 2)))),
    "results": ("Tests and appointments", ("pending_tests",)),
    "day": (
        "The day",
        (
            "transport",
            (("contact_name", 2), ("contact_phone", 1)),
            "contact_hours",
            "ready",
            "ready_why",
            "ready_action",
        ),
    ),
    "ama": (
        "Leaves against advice",
        (("ama_risks", "ama_choices"), ("ama_prescriptions", "ama_follow_up")),
    ),
}


class PlanForm(QWidget):
    """Cards of fields. `changed` after each edit; what depends on an answer shows only when it is asked for."""

    changed = Signal()

    def __init__(self, store: Store, areas: QWidget) -> None:
        super().__init__()
        self._plan = DischargePlan()
        self.forms: dict[str, RecordForm] = {}
        self.offered = RowCards(
            Offered,
            ("name", "care"),
            ("in_network", "quality_shown"),
            "ours",
            word="Provider",
            add="Add a provider",
            store=store,
            editors=lambda: {"in_network": YesNoEditor()},
        )
        self.appointments = RowCards(
            Appointment, "who", "at", ("where", "how"), word="Appointment", add="Add an appointment", store=store
        )
        rows: dict[str, RowCards[Offered] | RowCards[Appointment]] = {
            "choice": self.offered,
            "results": self.appointments,
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.cards: dict[str, QWidget] = {}
        for key, (title, fields) in PARTS.items():
            form = RecordForm(DischargePlan, *fields, store=store)
            form.changed.connect(self._heard)
            inside: list[QWidget] = [form]
            if key in rows:
                rows[key].changed.connect(self._heard)
                inside = [rows[key], form] if key == "choice" else [form, rows[key]]
            if key == "choice":
                inside.insert(
                    0, wrapped("Show them with their quality measures; say which are in the plan's network.", "sec")
                )
            self.forms[key], self.cards[key] = form, card(*inside, title=title, gap=10)
            if key == "results":
                layout.addWidget(areas)
            layout.addWidget(self.cards[key])

    def _heard(self, *_ignored: object) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        now = self.typed()
        self.cards["choice"].setVisible(now.needs_choice or bool(now.offered))
        form = self.forms["admission"]
        form.field("nobody_why").setVisible(not now.caregiver)
        form.field("imm_first_at").setVisible(bool(now.medicare))
        self.forms["before"].field("imm_followup_at").setVisible(bool(now.medicare))
        unready = now.ready in (Ready.PARTLY, Ready.NO)
        for name in ("ready_why", "ready_action"):
            self.forms["day"].field(name).setVisible(unready)

    def show_plan(self, plan: DischargePlan, *, against: bool = False, read_only: bool = False) -> None:
        """Show a plan; `against` asks what has to be said when somebody leaves against advice."""
        self._plan = plan
        for form in self.forms.values():
            form.set_values(plan)
            form.set_read_only(read_only)
        self.offered.set_value(plan.offered)
        self.appointments.set_value(plan.appointments)
        for rows in (self.offered, self.appointments):
            rows.setEnabled(not read_only)
        self.cards["ama"].setVisible(against or plan.ama_risks is not None)
        self._arrange()

    def rebase(self, plan: DischargePlan) -> None:
        """Take over what was saved, and keep what is typed."""
        self._plan = plan

    def ask_against(self) -> None:
        """Show the part for whoever leaves against advice, with the keyboard in it."""
        self.cards["ama"].show()
        self.forms["ama"].editor("ama_risks").setFocus()

    def typed(self) -> DischargePlan:
        """The plan as it stands; areas and calls are kept by their own cards."""
        values: dict[str, object] = {}
        for form in self.forms.values():
            values.update(form.values())
        return msgspec.structs.replace(
            self._plan, offered=self.offered.value(), appointments=self.appointments.value(), **values
        )

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return tuple(fault for form in self.forms.values() for fault in form.unread())

    def show_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Beside each field; those of no field here come back."""
        left, focus = tuple(faults), True
        for form in self.forms.values():
            before = len(left)
            left = form.show_faults(left, focus=focus)
            focus = focus and len(left) == before
        return left

    def go_to(self, part: str) -> None:
        """The keyboard on the first field of a part."""
        form = self.forms.get(part)
        if form is not None:
            form.editor(form.names[0]).setFocus()
