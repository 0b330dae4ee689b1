"""Forms of one record: a problem, a line, a day on which something ended, the reason of a mistake."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.findings.actions import record_line, record_problem
from liaison_desktop.clinical.findings.record import (
    Device,
    FindingSource,
    LineDevice,
    Problem,
    ProblemRole,
    ProblemStatus,
    ProblemVerification,
)
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault
from liaison_desktop.records import Record, from_bytes, to_bytes
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.record_form import RecordForm

R = TypeVar("R", bound=Record)


class _Host(QWidget):
    """Holds the signal of a form, because a generic class cannot."""

    changed = Signal(str)


class RecordBody(Generic[R]):
    """A form over one record; `write` keeps it."""

    def __init__(self, base: R, form: RecordForm, write: Callable[[R], object]) -> None:
        self._base, self.form, self._write = base, form, write
        self._host = _Host()
        layout = QVBoxLayout(self._host)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(form)
        form.set_values(base)
        form.changed.connect(self._host.changed.emit)
        self.changed: Any = self._host.changed

    def widget(self) -> QWidget:
        """The form."""
        return self._host

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor(self.form.names[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> R:
        """The record as it was typed."""
        return typed_over(self._base, self.form.values())

    def typed(self) -> bytes:
        """The same, as bytes."""
        return to_bytes(self.record())

    def take_up(self, kept: bytes) -> None:
        """Show it again."""
        try:
            held = from_bytes(type(self._base), kept)
        except msgspec.MsgspecError:
            return
        # The version is the one that was opened now: whoever changed it meanwhile is not overwritten unseen.
        self._base = msgspec.structs.replace(held, version=self._base.version)
        self.form.set_values(self._base)

    def unread(self) -> Sequence[Fault]:
        """What cannot be read."""
        return self.form.unread()

    def save(self) -> None:
        """Keep it. Raises Refused."""
        self._write(self.record())

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Each beside its field."""
        return self.form.show_faults(faults)


def problem_body(desk: Desk, patient: uuid.UUID, problem: Problem | None = None) -> RecordBody[Problem]:
    """A problem; an ICD-10-CM code is written in capitals whatever was typed."""
    form = RecordForm(
        Problem,
        (("text", 3), ("code", 1)),
        ("role", "status"),
        ("verification", "source"),
        "onset",
        editors={
            "code": _Capitals("ICD-10-CM code", "I50.9"),
            "onset": PartialEditor("2019, or Nov 2026"),
            "role": ComboEditor(ProblemRole),
            "status": ComboEditor(ProblemStatus),
            "verification": ComboEditor(ProblemVerification),
            "source": ComboEditor(FindingSource),
        },
    )
    return RecordBody(problem or Problem(patient=patient), form, lambda one: record_problem(desk.store, one))


class _Capitals(TextEditor):
    """Text whose letters are read as capitals."""

    def value(self) -> str:
        """In capitals."""
        return super().value().upper()


def line_body(desk: Desk, patient: uuid.UUID, line: LineDevice | None = None) -> RecordBody[LineDevice]:
    """A line, drain or device; when it is out, the day."""
    form = RecordForm(
        LineDevice,
        ("device", "site"),
        ("inserted_on", "source"),
        "indication",
        "detail",
        "removed_on",
        store=desk.store,
        editors={
            "device": ComboEditor(Device),
            "inserted_on": PartialEditor("14 Nov 2026, or Nov 2026"),
            "source": ComboEditor(FindingSource),
        },
    )
    return RecordBody(line or LineDevice(patient=patient), form, lambda one: record_line(desk.store, one))
