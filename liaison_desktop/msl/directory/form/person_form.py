"""One person to fill in: name, profession, work, contact, science, registers. Label above field, faults beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.form.work_rows import Job, WorkRows
from liaison_desktop.msl.directory.record import Affiliation, ContactPermission, Person
from liaison_desktop.ui.layout import column
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import label
from liaison_desktop.ui.tokens import FORM_MOST

if TYPE_CHECKING:
    from liaison_desktop.store import Store

# The store sets these, or an action computes them; nobody types them.
SET_ASIDE = frozenset({"id", "version", "merged_into_id", "sort_name"})

GROUPS: tuple[tuple[str, tuple[FormRow, ...]], ...] = (
    (
        "Name",
        (
            (("prefix", 2), ("first_name", 4), ("middle_name", 3), ("last_name", 4), ("suffix", 2)),
            "credential",
        ),
    ),
    ("Profession", (("person_type", "specialty", "subspecialty"),)),
    ("Works at", ()),
    (
        "Contact",
        (
            ("email", "phone"),
            ("preferred_channel", "best_times", "language"),
            "contact_permission",
            (("do_not_contact_on", 1), ("do_not_contact_reason", 2)),
        ),
    ),
    (
        "Science",
        (
            ("kol_tier", "is_investigator"),
            "kol_roles",
            ("is_formulary_member", "is_guideline_author"),
            "scientific_summary",
        ),
    ),
    (
        "Registers",
        (
            ("npi", "state_license_no", "license_state"),
            (("country", 1), ("other_national_id", 2), ("orcid", 2)),
            ("covered_recipient_type", "status"),
            "verification",
            "privacy_notice_given_at",
        ),
    ),
)


class PersonForm(QWidget):
    """The fields of a person in six groups. It saves nothing: the page asks it for the person and calls the action."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._person = Person()
        self.work = WorkRows(store)
        self.forms: list[RecordForm] = []
        self.setMaximumWidth(FORM_MOST + 40)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        for title, rows in GROUPS:
            if rows:
                form = RecordForm(Person, *rows, store=store, hints={"scientific_summary": "Facts only"})
                form.changed.connect(lambda _name: self._heard())
                self.forms.append(form)
                layout.addWidget(column(label(title, "section"), form, gap=8))
            else:
                layout.addWidget(column(label(title, "section"), self.work, gap=8))
        self.work.changed.connect(self._heard)
        self._settle()

    @property
    def names(self) -> tuple[str, ...]:
        """The fields on this form."""
        return tuple(name for form in self.forms for name in form.names)

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return next(form for form in self.forms if name in form.names).editor(name)

    def show_person(self, person: Person, affiliations: Sequence[Affiliation]) -> None:
        """Show a person and where they work."""
        self._person = person
        for form in self.forms:
            form.set_values(person)
            form.clear_faults()
        self.work.show_works(affiliations)
        self._settle()

    def touched(self) -> bool:
        """Whether the person as typed is another than the one shown."""
        return self.person() != self._person

    def person(self) -> Person:
        """The person as typed."""
        values = {name: value for form in self.forms for name, value in form.values().items()}
        values["country"] = str(values["country"]).upper()
        values["npi"] = "".join(str(values["npi"]).split())
        return msgspec.structs.replace(self._person, **values)

    def jobs(self) -> tuple[Job, ...]:
        """Where they work, as typed."""
        return self.work.jobs()

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return tuple(fault for form in self.forms for fault in form.unread())

    def show_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Show each fault beside its field; returns those without one."""
        left = tuple(faults)
        focus = True
        for form in self.forms:
            before = left
            left = form.show_faults(left, focus)
            focus = focus and len(left) == len(before)
        return left

    def _heard(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """The day and the reason are asked for only of somebody who does not want to be contacted."""
        contact = next(form for form in self.forms if "contact_permission" in form.names)
        asked = contact.editor("contact_permission").value() not in (None, ContactPermission.ALLOWED)
        contact.field("do_not_contact_on").setVisible(asked)
        contact.field("do_not_contact_reason").setVisible(asked)
