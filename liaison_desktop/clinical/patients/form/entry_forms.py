"""Several forms over one record: what they hold together, and where its faults belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.patients.form.patient_form import cleaned
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.store import Store
from liaison_desktop.ui.layout import Item, card
from liaison_desktop.ui.record_form import FormRow, RecordForm


class EntryForms(QFrame):
    """The forms of one record, or of a row that it holds under a name."""

    def __init__(self, store: Store, record: msgspec.Struct) -> None:
        super().__init__()
        self.store, self._base, self._place = store, record, ""
        self._forms: list[tuple[str, RecordForm]] = []
        self._warned: set[tuple[str, str]] = set()

    def heard(self, _name: str = "") -> None:
        """Something was typed."""

    def show_record(self, record: Any) -> None:
        """Show a record; nothing is said to have changed."""
        for under, form in self._forms:
            form.set_values(getattr(record, under) if under else record)

    def read(self) -> Any:
        """The record as typed. It may have faults."""
        made: Any = self._base
        for under, form in self._forms:
            if under:
                inner = typed_over(getattr(made, under), form.values())
                made = msgspec.structs.replace(made, **{under: inner})
            else:
                made = typed_over(made, form.values())
        return cleaned(made)

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return tuple(
            msgspec.structs.replace(fault, field=f"{under}.{fault.field}" if under else fault.field)
            for under, form in self._forms
            for fault in form.unread()
        )

    def show_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Show each fault beside its field. Returns those that have none here."""
        held, focus = tuple(faults), True
        for under, form in self._forms:
            mine = [fault for fault in held if _belongs(under, fault, form)]
            held = tuple(fault for fault in held if fault not in mine)
            bare = [msgspec.structs.replace(fault, field=fault.field.removeprefix(f"{under}.")) for fault in mine]
            form.show_faults(bare, focus=focus)
            focus = focus and not any(fault.severity in (Severity.REFUSE, Severity.CONFIRM) for fault in mine)
        return held

    def show_warnings(self, faults: Iterable[Fault]) -> None:
        """Say what is only worth a look beside its field, while one types; what stands in the way is said on saving."""
        said: dict[tuple[str, str], str] = {}
        for under, form in self._forms:
            for fault in faults:
                if fault.severity is Severity.WARN and _belongs(under, fault, form):
                    name = fault.field.removeprefix(f"{under}.") if under else fault.field
                    said[under, name.split(".")[0]] = fault.message
        for under, form in self._forms:
            for name in form.names:
                if (under, name) in said:
                    form.field(name).show_fault(said[under, name], severe=False)
                elif (under, name) in self._warned:
                    form.field(name).clear_fault()
        self._warned = set(said)

    def form(
        self,
        kind: type[msgspec.Struct],
        *rows: FormRow,
        under: str = "",
        editors: Mapping[str, QWidget] | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> RecordForm:
        """A form over some fields of the record, or of the row it holds `under` a name."""
        made = RecordForm(kind, *rows, store=self.store, editors=editors, hints=hints, clock=self.store.clock)
        made.changed.connect(self.heard)
        self._forms.append((under, made))
        return made

    def group(self, title: str, *items: Item, right: QWidget | None = None) -> QFrame:
        """A card of the form."""
        return card(*items, title=title, right=right, gap=12)

    def place(self) -> str:
        """The field that has the keyboard."""
        here: QWidget | None = self.focusWidget()
        names = {name for _under, form in self._forms for name in form.names}
        while here is not None and here is not self:
            if here.objectName() in names:
                return here.objectName()
            here = here.parentWidget()
        return self._place


def _belongs(under: str, fault: Fault, form: RecordForm) -> bool:
    first, _, rest = fault.field.partition(".")
    name = rest.split(".")[0] if under and first == under else first
    return (not under or first == under) and name in form.names
