"""One step of a consent: a part of the page with its own questions and its own rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.records import Record
from liaison_desktop.store import Store
from liaison_desktop.ui.layout import Item, column, row, scroll
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

T = TypeVar("T", bound=Record)
SHORT = 300  # px: a field that needs no more


class Step(QWidget):
    """Shows a part of a consent and gives back what was filled in. `changed` after each edit."""

    changed = Signal()
    kind: ClassVar[type[Record]] = Consent  # another feature that is signed alike stands its own kind here
    title = ""
    lead = ""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.forms: list[RecordForm] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._lead = wrapped(self.lead, "sec", "ink2")

    @property
    def policy(self) -> Policy:
        """The rules' words."""
        return policy_of(self.store)

    def now(self) -> datetime.datetime:
        """The device clock."""
        return self.store.clock()

    def lay_out(self, *items: Item, gap: int = 16) -> None:
        """Title, lead, then these, in a pane that scrolls."""
        head: tuple[Item, ...] = (label(self.title, "section"),)
        if self.lead:
            head = (*head, self._lead)
        body = column(column(*head, gap=4), *items, None, gap=gap, margins=(24, 20, 24, 24))
        body.setMaximumWidth(FORM_MOST + 48)
        self._layout.addWidget(scroll(row((body, 1), gap=0)))

    def form(self, *rows: FormRow, editors: dict[str, QWidget] | None = None) -> RecordForm:
        """A form over some fields of the consent, read and shown with the step."""
        made = RecordForm(self.kind, *rows, store=self.store, editors=editors, clock=self.store.clock)
        made.changed.connect(lambda _name: self.edited())
        self.forms.append(made)
        return made

    def edited(self) -> None:
        """Something was filled in."""
        self.arrange()
        self.changed.emit()

    def filled(self, consent: T) -> T:
        """The consent with what stands in the forms of this step."""
        values: dict[str, object] = {}
        for form in self.forms:
            values.update(form.values())
        return msgspec.structs.replace(consent, **values)

    def read(self, consent: Any) -> Any:
        """The consent with what stands in this step."""
        return self.filled(consent)

    def show_consent(self, consent: Any) -> None:
        """Show this consent; nothing is said to have changed."""
        for form in self.forms:
            form.set_values(consent)
            form.set_read_only(consent.sealed())
        self.arrange()

    def begin(self) -> None:
        """Give the keyboard to the first question."""
        first = next((form.editor(form.names[0]) for form in self.forms if form.isVisibleTo(self)), self)
        first.setFocus()

    def arrange(self) -> None:
        """Show the fields that matter for what was answered."""

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return tuple(fault for form in self.forms for fault in form.unread())

    def faults(self, consent: Any) -> tuple[Fault, ...]:
        """What is still wrong in this step."""
        return ()

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Show each fault beside its field."""
        left = tuple(faults)
        for form in self.forms:
            left = form.show_faults(left, focus=focus)
            focus = focus and not any(form.field(name).fault() for name in form.names)


def inside(outer: QWidget, inner: QWidget) -> None:
    """Fill a widget with another."""
    layout = QVBoxLayout(outer)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inner)
