"""One form as its author sees it: how it reads, which sentence carries which element, how it prints."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from liaison_desktop.clinical.consents.actions import note_form_exported, note_form_printed, specimen_of
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import ElementCheck, OnForm, Template
from liaison_desktop.clinical.consents.record.reading import Reading
from liaison_desktop.clinical.consents.rules.form_reading import form_reading, whole_reading
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.documents.preview import Preview
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import wrapped
from liaison_desktop.ui.tokens import FORM_MOST

READS, ELEMENTS, PRINTS, PROOF = "reads", "elements", "prints", "proof"
_VIEWS = (
    (READS, "How it reads"),
    (ELEMENTS, "Elements"),
    (PRINTS, "How it prints"),
    (PROOF, "Proof for a surveyor"),
)


class FormPane(QWidget):
    """Shows one form, saved or as it is being written. `view_changed` after another of its views was chosen."""

    view_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form: Template | None = None
        self._made: dict[str, bytes] = {}
        self.views = Segmented(_VIEWS, name="What is shown of the form", clears=False)
        self.views.set_value(READS)
        self.views.changed.connect(self._show_view)
        self._reads, self._elements = column(gap=12), column(gap=12)
        self.preview = Preview()
        self.preview.print_asked.connect(self._print)
        self.preview.save_asked.connect(self._save)
        self._stack = QStackedWidget()
        for body in (self._reads, self._elements):
            body.setMaximumWidth(FORM_MOST + 80)
            self._stack.addWidget(scroll(row((body, 1), gap=0, margins=(20, 12, 20, 20))))
        self._stack.addWidget(self.preview)
        inside(self, column(row(self.views, None, margins=(20, 8, 20, 8)), (self._stack, 1), gap=0))

    def show_form(self, form: Template) -> None:
        """Show this form in the view that is open."""
        if self.form is form:
            return
        self.form, self._made = form, {}
        refill(self._reads, *self._reading(form), None)
        checks = form.checks(catalogue())
        refill(self._elements, *(_element(check) for check in checks), None)
        self._show_view(self.views.value())

    def clear(self) -> None:
        """Forget the form and its documents."""
        self.form, self._made = None, {}
        self.preview.clear()

    # -- the views ----------------------------------------------------------------------------------------------------
    def _show_view(self, view: object) -> None:
        if view in (PRINTS, PROOF):
            self._stack.setCurrentIndex(2)
            self._show_paper(str(view))
        else:
            self._stack.setCurrentIndex(0 if view == READS else 1)
        self.view_changed.emit(view)

    def _reading(self, form: Template) -> Iterator[QWidget]:
        policy = policy_of(self.desk.store)
        aim, most = policy.number("reading_target"), policy.number("reading_gate")
        whole = whole_reading(form)
        said = f"School grade by Flesch-Kincaid; aim at {aim:g}, the most is {most:g}. {whole.words} words."
        yield card(wrapped(said, "sec", "ink2"), title="The form as a whole", right=_grade(whole, aim, most))
        for text in form_reading(form):
            lines = [wrapped(text.text, "body")]
            if text.reading.hard:
                lines.append(wrapped(f"Hard words: {', '.join(text.reading.hard)}", "cap", "ink2"))
            if text.reading.grade > aim:
                lines.append(wrapped(f"Longest sentence: {text.reading.longest}", "cap", "ink2"))
            yield card(*lines, title=text.heading, right=_grade(text.reading, aim, most), gap=4)

    def _show_paper(self, view: str) -> None:
        form = self.form
        if form is None:
            return
        if view in self._made:
            self._show_made(view)
            return
        self.preview.clear()
        specimen = specimen_of(self.desk.store, form)
        now = self.desk.clock()

        def make() -> bytes:
            from liaison_desktop.clinical.consents.document import consent_summary, proof_of

            if view == PROOF:
                return proof_of(specimen, specimen=True, made=now).content
            return consent_summary(specimen, copy_for="Specimen").content

        self.desk.jobs.run(
            make,
            owner=self,
            then=lambda content: self._land(form, view, content),
            otherwise=lambda error: self.desk.toast(str(error)),
        )

    def _land(self, form: Template, view: str, content: bytes) -> None:
        # Another form, or another version of its text, may be shown by now.
        if self.form is form:
            self._made[view] = content
            if self.views.value() == view:
                self._show_made(view)

    def _show_made(self, view: str) -> None:
        if self.form is not None and self.preview.content != self._made[view]:
            self.preview.show_document(self._made[view], f"{self.form.code} version {self.form.version}")

    # -- paper --------------------------------------------------------------------------------------------------------
    def _print(self) -> None:
        form, store = self.form, self.desk.store
        if form is not None:
            handed.print_copy(
                self.desk,
                self.preview.content,
                lambda *_said: note_form_printed(store, form),
                lambda: require(store, "print"),
            )

    def _save(self) -> None:
        form, store = self.form, self.desk.store
        if form is not None:
            kind = "proof" if self.views.value() == PROOF else "specimen"
            handed.save_copy(
                self.desk,
                self.preview.content,
                f"{form.code}-{form.version}-{kind}.pdf",
                lambda *_said: note_form_exported(store, form),
                lambda: require(store, "export"),
            )


def _grade(reading: Reading, aim: float, most: float) -> Chip:
    tone = "green" if reading.grade <= aim else "amber" if reading.grade <= most else "red"
    icon = "check" if reading.grade <= aim else "triangle-alert"
    made = Chip("")
    made.show_chip(f"Grade {reading.grade:g}", tone, icon)
    return made


def _element(check: ElementCheck) -> QWidget:
    rule = catalogue().elements[check.element]
    if check.on_form is OnForm.NA:
        spec, words = ChipSpec("Does not apply", "neutral"), check.reason
    elif check.says:
        spec, words = ChipSpec("In the words", "green", "check"), "\n".join(f"“{said}”" for said in check.says)
    elif not rule.in_words():
        spec, words = ChipSpec("On the paper", "green", "check"), rule.place
    elif rule.place or check.on_form is OnForm.YES:
        spec, words = ChipSpec("First format", "neutral"), "This version is from before sentences were marked."
    else:
        spec, words = ChipSpec("Missing", "red", "circle-alert"), f"{rule.means} {rule.mend}."
    chip = Chip("")
    chip.show_chip(spec.text, spec.tone, spec.icon)
    return card(
        wrapped(words, "body"),
        wrapped(check.citation, "cap", "ink3"),
        title=f"{check.element} {check.element.label}",
        right=chip,
        gap=4,
    )


def facts_of(form: Template) -> str:
    """Code, version, day, type and speciality in one line."""
    begins = f"from {plain_day(form.effective)}"
    return " · ".join(filter(None, (f"{form.code} version {form.version}", begins, form.type.label, form.speciality)))
