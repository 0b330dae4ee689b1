"""The tab of a chart about decisions: who decides, what was reported, which papers there are, what was seen."""

from __future__ import annotations

import functools
from typing import ClassVar

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.directives.actions import end_directive
from liaison_desktop.clinical.directives.form.capacity_forms import CapacityForm, DeterminationForm
from liaison_desktop.clinical.directives.form.cards import (
    decider_row,
    directive_row,
    note_pairs,
    note_row,
    report_row,
    rights_row,
    status_words,
)
from liaison_desktop.clinical.directives.form.code_status_form import CodeStatusForm
from liaison_desktop.clinical.directives.form.papers_forms import DirectiveForm, RightsForm
from liaison_desktop.clinical.directives.form.representative_form import RepresentativeForm
from liaison_desktop.clinical.directives.queries import (
    capacity_notes_of,
    directives_of,
    reports_of,
    rights_given_to,
)
from liaison_desktop.clinical.directives.record import CapacityNote, CodeStatusReport, Directive, RightsGiven
from liaison_desktop.clinical.directives.rules import Decider, in_order
from liaison_desktop.clinical.patients.form import FormPane, ReadingPane
from liaison_desktop.clinical.patients.form.read_only import facts_grid
from liaison_desktop.clinical.patients.record import Patient, RelatedPerson, language_name
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.layout import card, column, row, scroll
from liaison_desktop.ui.text import label, wrapped


class DecisionsPane(FormPane):
    """What is known of decisions, and the forms of each in its place."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {Patient.kind, Directive.kind, RightsGiven.kind, CodeStatusReport.kind, CapacityNote.kind}
    )

    def show_patient(self, patient: Patient) -> None:
        """The patient was read again: the people and the code status stand on the patient."""
        changed = patient != self.patient
        super().show_patient(patient)
        if changed:
            self.refresh(self.kinds)

    # ---- what is shown

    def overview(self) -> QWidget:
        """Who decides and what was seen at the left; what was reported and the papers at the right."""
        return scroll(
            row(
                (column(self._deciders(), self._notes(), None, gap=12), 1),
                (column(self._code_status(), self._directives(), self._rights(), None, gap=12), 1),
                gap=12,
                margins=(24, 12, 24, 24),
            )
        )

    def _deciders(self) -> QWidget:
        held = in_order(self.patient.related, policy_of(self.desk.store))
        rows = [decider_row(place, one, self._opens(one)) for place, one in enumerate(held, 1)]
        others = [person for person in self.patient.related if person.id not in {one.id for one in held}]
        for person in others:
            open_ = functools.partial(self.represent, person)
            rows.append(CardRow(person.text(), "No right to decide recorded", "user-round", on_click=open_))
        add = self.opener("Name somebody", "name", self.name_somebody, "link")
        return list_card("Who decides, in order", *rows, right=add)

    def _opens(self, decider: Decider) -> functools.partial[None] | None:
        return functools.partial(self.represent, decider.person) if decider.person is not None else None

    def _notes(self) -> QWidget:
        rows = [
            note_row(note, functools.partial(self.read, note))
            for note in capacity_notes_of(self.desk.store, self.patient.id)
        ]
        add = self.opener("Write a note", "note", self.write_note, "link")
        add.setAccessibleName("Write a capacity note")
        return list_card("Capacity notes", *(rows or [CardRow("None", "", "minus")]), right=add)

    def _code_status(self) -> QWidget:
        reports = reports_of(self.desk.store, self.patient.id)
        latest = reports[0] if reports else None
        by = self.patient.code_status_by
        words = f"Reported by: {by}. Only a practitioner sets it." if by else "Nobody has said yet."
        act = self.opener("Record a report", "status", self.report, icon="plus")
        differs = latest is not None and latest.differs
        head = card(
            label(status_words(self.patient), "number"),
            wrapped(words, "sec", "ink2"),
            *(
                (wrapped("It differs from what the chart or an earlier report says.", "sec", "amber"),)
                if differs
                else ()
            ),
            row(act, None),
            title="Code status, as reported",
            tone="amber" if differs else "",
            gap=6,
        )
        if not reports:
            return head
        return column(head, list_card("Reports", *(report_row(report) for report in reports)), gap=12)

    def _directives(self) -> QWidget:
        rows = [
            directive_row(one, functools.partial(self.change, one))
            for one in directives_of(self.desk.store, self.patient.id)
        ]
        missing = CardRow("Nobody has asked yet", "Write down too that there is none", "minus")
        add = self.opener("Add", "directive", self.add, "link")
        add.setAccessibleName("Add directive")
        return list_card("Directives", *(rows or [missing]), right=add)

    def _rights(self) -> QWidget:
        rows = [rights_row(one) for one in rights_given_to(self.desk.store, self.patient.id)]
        missing = CardRow("Not given yet", "Before admission", "book-open", ChipSpec("to give", "amber"))
        add = self.opener("Given", "rights", self.give, "link")
        add.setAccessibleName("Written information on rights was given")
        return list_card("Written information on rights", *(rows or [missing]), right=add)

    # ---- what can be done

    def represent(self, person: RelatedPerson) -> None:
        """By what right this person decides."""
        self._opened_by = f"decider/{person.id}"
        self.open_form(RepresentativeForm(self.desk, self.patient, person, f"authority/{person.id}"))

    def name_somebody(self) -> None:
        """Somebody who is not among the people around the patient yet."""
        key = f"authority/new/{self.patient.id}"
        self.open_form(RepresentativeForm(self.desk, self.patient, RelatedPerson(), key))

    def report(self) -> None:
        """A code status that was reported now."""
        made = CodeStatusReport(patient=self.patient.id, at=self.desk.clock())
        self.open_form(CodeStatusForm(self.desk, made, f"code_status_report/{self.patient.id}"))

    def add(self) -> None:
        """A directive, or that there is none."""
        made = Directive(patient=self.patient.id)
        self.open_form(DirectiveForm(self.desk, made, f"directive/new/{self.patient.id}"))

    def change(self, directive: Directive) -> None:
        """What is known of a directive now; or that it no longer counts."""
        self._opened_by = f"directive/{directive.id}"
        entry = DirectiveForm(self.desk, directive, f"directive/{directive.id}")
        if directive.ended_at is None:
            end = self.opener(
                "No longer counts", f"directive/{directive.id}", functools.partial(self._end, directive), "quiet"
            )
            entry.add_beside(end)
        self.open_form(entry)

    def _end(self, directive: Directive) -> None:
        asked = Confirm(
            "No longer counts",
            "Such as one that was revoked. It stays to be read.",
            "No longer counts",
            reason="Why it no longer counts",
        )

        def end(reason: str) -> None:
            end_directive(self.desk.store, directive, reason)
            self.close_form()

        asked.accepted.connect(end)
        asked.rejected.connect(self.close_form)
        self.show_instead(scroll(column(asked, None, margins=(24, 12, 24, 24))))
        asked.setFocus()

    def give(self) -> None:
        """Written information on rights was given now."""
        written = self.patient.communication.written or self.patient.communication.spoken
        made = RightsGiven(
            patient=self.patient.id,
            at=self.desk.clock(),
            by=self.desk.store.actor.name,
            language=language_name(written) if written else "",
        )
        self.open_form(RightsForm(self.desk, made, f"rights_given/{self.patient.id}"))

    def write_note(self) -> None:
        """A capacity note for one decision, now."""
        made = CapacityNote(patient=self.patient.id, at=self.desk.clock())
        self.open_form(CapacityForm(self.desk, made, f"capacity_note/{self.patient.id}"))

    def read(self, note: CapacityNote) -> None:
        """Everything one note says, and the way to add the determination."""
        self._opened_by = f"note/{note.id}"
        shown = ReadingPane("Capacity note")
        items: list[QWidget] = [card(facts_grid(note_pairs(note)), gap=10)]
        if not note.determined:
            add = self.opener(
                "Add the practitioner's determination",
                f"note/{note.id}",
                functools.partial(self.determine, note),
                "primary",
                "stethoscope",
            )
            items.append(row(add, None))
        shown.fill(scroll(column(*items, None, gap=12, margins=(24, 12, 24, 24))))
        shown.closed.connect(self.close_form)
        self.show_instead(shown)

    def determine(self, note: CapacityNote) -> None:
        """What the practitioner determined."""
        now = msgspec.structs.replace(note, determined_at=self.desk.clock())
        self.open_form(DeterminationForm(self.desk, now, f"capacity_note/{note.id}"))
