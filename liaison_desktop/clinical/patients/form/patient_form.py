"""Everything about one patient on one page, section by section. Knows no store of its own making and saves nothing."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.allergies import AllergiesEditor
from liaison_desktop.clinical.patients.form.rows import RowCards, typed_over
from liaison_desktop.clinical.patients.form.sections import (
    communication_form,
    contact_form,
    identifier_cards,
    identity_form,
    isolation_cards,
    other_form,
    related_cards,
)
from liaison_desktop.clinical.patients.record import Communication, Identifier, Isolation, Patient, RelatedPerson
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.records.record import storable
from liaison_desktop.store import Store
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm

# Set by actions or shown elsewhere, and so not on the form.
# Set by the store or an action, and what is asked and seen on the findings of the chart.
SET_ASIDE = (
    "id",
    "version",
    "allergy_asserted_by",
    "allergy_asserted_at",
    "allergy_questions",
    "allergy_band",
    "allergy_band_by",
    "allergy_band_at",
    "merged_into",  # set by the merging of two records, never typed
    "code_status",  # a report with who said so, under Decisions
    "code_status_by",
    "code_status_limits",
)


def cleaned(value: Any) -> Any:
    """The value without characters that cannot be stored, down into its rows."""
    if isinstance(value, enum.Enum):
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return tuple(cleaned(each) for each in value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(
            value, **{name: cleaned(getattr(value, name)) for name in value.__struct_fields__}
        )
    return value


class PatientForm(QWidget):
    """Shows a patient and gives back what was typed. `changed` names the field."""

    changed = Signal(str)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._patient = Patient()
        self._identity, self._contact = identity_form(), contact_form()
        self._communication, self._other = communication_form(), other_form(store)
        self._identifiers, self._related, self._isolation = (
            identifier_cards(store),
            related_cards(store),
            isolation_cards(),
        )
        self.allergies = AllergiesEditor(policy_of(store))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 24)
        layout.setSpacing(12)
        self.sections: dict[str, QWidget] = {}
        for title, widgets in (
            ("Name and birth", (self._identity,)),
            ("Numbers", (self._identifiers,)),
            ("Where to reach the patient", (self._contact,)),
            ("Language and learning", (self._communication,)),
            ("Allergies", (self.allergies,)),
            ("People around the patient", (self._related,)),
            ("Isolation", (self._isolation,)),
            ("Other", (self._other,)),
        ):
            box = card(*widgets, title=title, gap=12)
            box.setMaximumWidth(680)
            self.sections[title] = box
            layout.addWidget(box)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._connect()

    def _connect(self) -> None:
        for form in self._forms():
            form.changed.connect(self.changed)
        self._communication.changed.connect(lambda name: self.changed.emit(f"communication.{name}"))
        self.allergies.changed.connect(self.changed)
        for name, cards in self._cards().items():
            cards.changed.connect(lambda _rows, n=name: self.changed.emit(n))

    def _forms(self) -> tuple[RecordForm, ...]:
        return (self._identity, self._contact, self._other)

    def _cards(self) -> dict[str, RowCards[Any]]:
        return {"identifiers": self._identifiers, "related": self._related, "isolation": self._isolation}

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of a patient that are on this form."""
        named = [name for form in self._forms() for name in form.names]
        return (*named, "communication", *self.allergies.names(), *self._cards())

    # ---- values

    def set_patient(self, patient: Patient, *, asked: bool = False) -> None:
        """Show a patient; nothing is said to have changed."""
        self._patient = patient
        for form in self._forms():
            form.set_values(patient)
        self._communication.set_values(patient.communication)
        self.allergies.set_values(patient, asked)
        for name, cards in self._cards().items():
            cards.set_value(getattr(patient, name))

    def patient(self) -> Patient:
        """The patient as typed, without characters that cannot be kept. It may have faults."""
        typed: dict[str, Any] = {}
        for form in self._forms():
            typed.update(form.values())
        typed.update(self.allergies.values())
        typed.update({name: cards.value() for name, cards in self._cards().items()})
        needs = self._patient.communication
        typed["communication"] = typed_over(needs, self._communication.values())
        made: Patient = cleaned(typed_over(self._patient, typed))
        return made

    # ---- faults

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read, such as a day that is none."""
        found = [fault for form in (*self._forms(), self.allergies.head) for fault in form.unread()]
        found += [_under("communication", fault) for fault in self._communication.unread()]
        for name, cards in (*self._cards().items(), ("allergies", self.allergies.list)):
            found += [_under(name, fault) for fault in cards.complaints()]
        return tuple(found)

    def show_faults(self, faults: Iterable[Fault], focus: bool = True) -> None:
        """Show each fault beside its field; the first that stands in the way gets the keyboard."""
        held = tuple(faults)
        taken = not focus
        for target, path in self._targets():
            mine = tuple(_below(path, fault) for fault in held if _belongs(path, fault, target))
            if isinstance(target, RecordForm):
                target.show_faults(mine, focus=not taken)
                taken = taken or any(fault.severity.value in ("refuse", "confirm") for fault in mine)
            else:
                taken = target.show_faults(mine, focus=not taken) or taken

    def _targets(self) -> tuple[tuple[RecordForm | RowCards[Any], str], ...]:
        return (
            (self._identity, ""),
            (self._identifiers, "identifiers"),
            (self._contact, ""),
            (self._communication, "communication"),
            (self.allergies.head, ""),
            (self.allergies.list, "allergies"),
            (self._related, "related"),
            (self._isolation, "isolation"),
            (self._other, ""),
        )

    # ---- the field one was on

    def place(self) -> str:
        """The field that has the keyboard, as a path of object names; empty if none has."""
        here: QWidget | None = self.focusWidget()
        names = []
        while here is not None and here is not self:
            if here.objectName() in _NAMES:
                names.append(here.objectName())
            here = here.parentWidget()
        return "/".join(reversed(names))

    def go_to(self, place: str) -> None:
        """Put the keyboard on a field again; on the first one if there is no such field."""
        name = place.rpartition("/")[2]
        found = self.findChild(QWidget, name) if name else None
        (found or self._identity.editor("given")).setFocus()


def _under(path: str, fault: Fault) -> Fault:
    return msgspec.structs.replace(fault, field=f"{path}.{fault.field}")


def _belongs(path: str, fault: Fault, target: RecordForm | RowCards[Any]) -> bool:
    if path:
        return fault.field.startswith(f"{path}.")
    return isinstance(target, RecordForm) and fault.field.split(".")[0] in target.names


def _below(path: str, fault: Fault) -> Fault:
    return msgspec.structs.replace(fault, field=fault.field[len(path) + 1 :]) if path else fault


_NAMES = frozenset(
    name for kind in (Patient, Communication, Identifier, RelatedPerson, Isolation) for name in kind.__struct_fields__
)
