"""The document of a checklist on the screen, with the ways out: print, and save a copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from liaison_desktop.clinical.checklists.actions import answers_file, form_file, note_exported, note_printed
from liaison_desktop.clinical.checklists.form.side import Side
from liaison_desktop.clinical.checklists.queries import steps_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.tab_order import one_stop
from liaison_desktop.ui.ticks import TickEditor


class ChecklistPaper(Side):
    """Made off the window's thread and read back before it shows. Ctrl+P prints."""

    def __init__(self, desk: Desk, checklist: Checklist, sheet: Sheet) -> None:
        from liaison_desktop.clinical.checklists.document import CopyFor

        self.copy_for = Segmented([(one, one.label) for one in CopyFor], name="Whose copy", clears=False)
        self.paper = Segmented((("letter", "Letter"), ("a4", "A4")), name="Paper", clears=False)
        self.large = TickEditor("Large print")
        answers = button("Answers as FHIR", "quiet", "file-down", on_click=lambda: self.save_answers())
        form = button("Form as FHIR", "quiet", "file-down", on_click=lambda: self.save_form())
        super().__init__("Document", "", answers, form, self.large, self.paper, self.copy_for)
        self.desk, self.checklist, self._sheet = desk, checklist, sheet
        self._made: Document | None = None
        self.preview = Preview()
        self.preview.print_asked.connect(self.print_document)
        self.preview.save_asked.connect(self.save_document)
        self.put(self.preview)
        self.copy_for.set_value(CopyFor.RECORD)
        self.paper.set_value("letter")
        for choice in (self.copy_for, self.paper):
            one_stop(choice)
            choice.changed.connect(lambda _value: self.make())
        self.large.changed.connect(lambda _value: self.make())
        self.make()

    def make(self) -> None:
        """Make the document as it is asked for, and show it."""
        from liaison_desktop.clinical.checklists.document import CopyFor, checklist_document
        from liaison_desktop.documents.styles import PaperName

        store, checklist = self.desk.store, self.checklist
        # The answers are read here: on another thread they might change meanwhile.
        answers = Sheet.read(self._sheet.definition, self._sheet.write())
        patient, facility = store.find(Patient, checklist.patient), own_facility(self.desk)
        policy, large = policy_of(store), self.large.value()
        whose, paper = cast(CopyFor, self.copy_for.value()), cast("PaperName", self.paper.value())
        people = tuple(dict.fromkeys(step.by for step in steps_of(store, checklist.id)))
        asked = (large, whose, paper)
        self.desk.jobs.run(
            lambda: checklist_document(
                checklist,
                answers,
                patient,
                facility,
                policy,
                paper=paper,
                large_print=large,
                copy_for=whose,
                people=people,
            ),
            owner=self,
            then=lambda made: self._land(made, asked),
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, made: Document, asked: tuple[object, ...]) -> None:
        if asked == (self.large.value(), self.copy_for.value(), self.paper.value()):
            self._made = made
            self.preview.show_document(made.content, made.document_number)

    def _may(self, verb: str) -> Callable[[], object]:
        return lambda: require(self.desk.store, verb)

    def print_document(self) -> None:
        """Print it; the journal says so."""
        print_copy(
            self.desk,
            self.preview.content,
            lambda how: note_printed(self.desk.store, self.checklist, how),
            self._may("print"),
        )

    def save_document(self) -> None:
        """Save a copy; its name is the form and a number, never a person's."""
        if self._made is not None:
            save_copy(
                self.desk,
                self.preview.content,
                self._made.file_name,
                lambda: note_exported(self.desk.store, self.checklist),
                self._may("export"),
            )

    def save_answers(self) -> None:
        """Save the answers as a FHIR QuestionnaireResponse."""
        name, content = answers_file(self.desk.store, self.checklist, self._sheet)
        save_copy(self.desk, content, name, lambda: note_exported(self.desk.store, self.checklist), self._may("export"))

    def save_form(self) -> None:
        """Save the form, as the FHIR Questionnaire it was answered under."""
        name, content = form_file(self.desk.store, self.checklist)
        save_copy(self.desk, content, name, lambda: note_exported(self.desk.store, self.checklist), self._may("export"))


def own_facility(desk: Desk) -> Facility | None:
    """The facility this laptop works for, if it was named."""
    return next((one for one in desk.store.all(Facility) if one.own), None)
