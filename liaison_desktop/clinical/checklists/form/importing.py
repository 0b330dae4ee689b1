"""A FHIR file before it is taken in: what it is, what of it will work and what will not; and for answers, whose they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from liaison_desktop.clinical.checklists.actions import import_form, import_response, response_faults
from liaison_desktop.clinical.checklists.form.side import Side
from liaison_desktop.errors import LiaisonError
from liaison_desktop.questionnaires.incoming import FORM, Incoming, Said, read_apart
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import wrapped

_STOPS = ChipSpec("Stops it", "red", "octagon-alert")
_NOT = ChipSpec("Will not work", "amber", "triangle-alert")
_WORKS = ChipSpec("Works", "green", "check")


class ImportView(Side):
    """Reads the file off the window's thread, shows what is in it, and takes it in only when asked. `done` says so."""

    done = Signal(object)  # the id of the checklist of imported answers, or None for a form

    def __init__(self, desk: Desk, path: Path) -> None:
        self.take = button("Import", "primary", "import", on_click=lambda: self._take())
        self.patient = Picker(desk.store, "patient", "Whose answers are they?", "Patient")
        self.patient.setFixedWidth(260)
        super().__init__("Import a FHIR file", "", self.patient, self.take)
        self.back.set_text("Back to the list")
        self.desk = desk
        self.found: Incoming | None = None
        self._faults: tuple[Said, ...] = ()
        self._about = wrapped("Reading the file…", "sec")
        self.view = RowsView("What is in the file")
        self.put(column(panel(self._about, margins=(20, 10, 20, 10)), (self.view, 1), gap=0))
        self.setFocusProxy(self.view)
        self.take.setEnabled(False)
        self.patient.hide()
        self.patient.changed.connect(lambda _value: self._settle())
        desk.jobs.run(lambda: read_apart(path), owner=self, then=self.show_found, otherwise=self._refused)

    def _refused(self, error: LiaisonError) -> None:
        self._about.set_text(str(error))
        self._about.set_tone("red")

    def show_found(self, found: Incoming) -> None:
        """Show what the file holds."""
        self.found = found
        form = found.sort == FORM
        self._faults = found.issues if form else response_faults(self.desk.store, found)
        self.patient.setVisible(not form)
        version = f"version {found.version}" if found.version else "without a version"
        what = f"A form, {_questions(found)}, {version}." if form else f"Answers to {found.url}, {version}."
        self._about.set_text(f"{found.title}. {what} It is marked as imported for good, here and on paper.")
        rows: list[ListRow | str] = []
        lines = [
            ListRow(
                _line(one.words),
                f"Question {one.where}" if one.where else "The whole form",
                _STOPS if one.stops else _NOT,
                key=n,
            )
            for n, one in enumerate(self._faults)
        ]
        rows += ["Will not work as the file means it", *lines] if lines else []
        rows += [
            "Will work",
            *(ListRow(words, rest, _WORKS, key=words) for words, rest in self._works(found)),
        ]
        self.view.rows.set_rows(rows)
        self.view.select_first()
        self._settle()
        self.view.setFocus()

    def _works(self, found: Incoming) -> tuple[tuple[str, str], ...]:
        if found.sort == FORM:
            return ((_questions(found), " · ".join(found.works)),)
        stopped = any(one.stops for one in self._faults)
        return () if stopped else (("The answers", "Under the version of the form that they name"),)

    def _settle(self) -> None:
        found = self.found
        fits = found is not None and found.taken and not any(one.stops for one in self._faults)
        whose = found is None or found.sort == FORM or self.patient.value() is not None
        self.take.setEnabled(fits and whose)

    def _take(self) -> None:
        if self.found is None:
            return
        try:
            if self.found.sort == FORM:
                import_form(self.desk.store, self.found)
                self.desk.toast("Imported. Start it for a patient like the other forms.")
                self.done.emit(None)
            else:
                patient = self.patient.value()
                if patient is None:
                    return
                self.done.emit(import_response(self.desk.store, patient, self.found).id)
        except LiaisonError as error:
            self._refused(error)


def _questions(found: Incoming) -> str:
    return "1 question" if found.questions == 1 else f"{found.questions} questions"


def _line(text: str) -> str:
    return " ".join(text.split())
