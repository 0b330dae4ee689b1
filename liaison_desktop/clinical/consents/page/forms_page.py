"""The page of consent forms: those that ship and the facility's own, what was refused, and writing a version of one's own."""

from __future__ import annotations

import json

import msgspec
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from liaison_desktop.clinical.consents.actions import (
    CheckedFile,
    form_text,
    forms_of,
    next_version,
    own_text,
    save_form,
    templates_of,
)
from liaison_desktop.clinical.consents.page.form_chooser import grouped_rows, matches_form
from liaison_desktop.clinical.consents.page.form_editor import FormEditor
from liaison_desktop.clinical.consents.page.form_pane import FormPane, facts_of
from liaison_desktop.clinical.consents.record import Template
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import list_card
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import elided, label, wrapped
from liaison_desktop.ui.workspace import Command

_LIST = 340
_DRAFT = "consent form"


class FormsPage(Page):
    """Reached from Settings, from the consents and by the command bar. Enter in the list begins to write."""

    key = "forms"
    title = "Consent forms"
    icon = "file-pen-line"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.search = line_edit(placeholder="Search name, speciality or code", icon="search", quiet=True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.view = RowsView("Consent forms")
        self.view.chosen.connect(lambda _key: self._show_chosen())
        self.view.opened.connect(lambda _key: self.change())
        self.view.set_empty(EmptyState("No form has this name.", "Try another word, such as a part of the body."))
        self.pane, self.editor = FormPane(desk), FormEditor(desk.store)
        self.editor.checked.connect(self._checked)
        self.editor.save_asked.connect(self.save)
        self.editor.dropped.connect(self.drop)
        self.writing = ""  # the code of the form that is being written; empty while none is
        self._title, self._facts, self._own = elided("", "section"), elided("", "sec", "ink2"), Chip("")
        self.change_button = button("Write our version", "secondary", "pencil", on_click=self.change)
        self._head = panel(
            (column(row((self._title, 1), gap=8), self._facts, gap=0), 1), self._own, 4, self.change_button,
            margins=(20, 10, 16, 10), across=True,
        )  # fmt: skip
        self._broken = column(gap=12)
        self._right = QStackedWidget()
        self._both = row((self.editor, 1), hairline(vertical=True), (self.pane, 1), gap=0)
        shown = column(self._head, hairline(), (self._both, 1), gap=0)
        for page in (shown, scroll(column(self._broken, None, gap=0, margins=(24, 16, 24, 24)))):
            self._right.addWidget(page)
        self.editor.hide()
        head = row(label("Consent forms", "title"), None, margins=(20, 0, 16, 0))
        head.setFixedHeight(32)
        self._left = panel(
            12, head, row((self.search, 1), margins=(16, 8, 16, 8)), (self.view, 1), gap=0
        )  # fmt: skip
        self._left.setFixedWidth(_LIST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list."""
        super().showEvent(event)
        if not self.writing:
            self.view.setFocus()

    def resume(self) -> None:
        """Go on with the form that was being written."""
        held = self.desk.store.drafts.get(_DRAFT)
        if held is not None:
            said = json.loads(held)
            self.view.select(said["code"])
            self._write(said["code"], said["text"])

    # -- what is shown ------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        store = self.desk.store
        forms = forms_of(store)
        self._current = {form.code: form for form in templates_of(store)}
        self._refused = {file.name: file for file in forms.refused}
        words = self.search.text()
        own = [code for code, form in self._current.items() if forms.is_own(form)]
        rows: list[ListRow | str] = []
        if self._refused and not words.strip():
            chip = ChipSpec("Refused", "red", "circle-alert")
            rows = [
                "Refused files",
                *(ListRow(name, _first(file), chip, key=name) for name, file in self._refused.items()),
            ]
        rows += grouped_rows((form for form in self._current.values() if matches_form(form, words)), own)
        kept = self.view.current_key()
        self.view.rows.set_rows(rows)
        if not self.view.select(kept):
            self.view.select_first()
        self._show_chosen()

    def chosen(self) -> Template | None:
        """The form that is shown beside the list."""
        return self._current.get(str(self.view.current_key()))

    def _show_chosen(self) -> None:
        if self.writing:
            return
        key = str(self.view.current_key())
        if key in self._refused:
            self._show_refused(self._refused[key])
            return
        form = self._current.get(key)
        self._head.setVisible(form is not None)
        self._both.setVisible(form is not None)
        self._right.setCurrentIndex(0)
        if form is not None:
            self._show_head(form)
            self.pane.show_form(form)

    def _show_head(self, form: Template) -> None:
        self._title.set_text(form.title)
        self._facts.set_text(facts_of(form))
        own = forms_of(self.desk.store).is_own(form)
        self._own.show_chip("Our own" if own else "Ships with the product", "accent" if own else "neutral", "")

    def _show_refused(self, file: CheckedFile) -> None:
        self.pane.clear()
        rows = [
            column(
                wrapped(each.message, "body", "red"),
                label(f"Line {each.line}" if each.line else "The whole file", "cap", "ink2"),
                gap=0,
                margins=(16, 6, 16, 6),
            )
            for each in file.complaints
        ]
        said = wrapped(
            "This file lies beside the store and is not used, not any part of it. Mend it here, or in the file itself;"
            " the file is read again when the store is opened.",
            "body",
            "ink2",
        )
        mend = button("Mend it here", "primary", "pencil", on_click=self.change)
        refill(self._broken, label(file.name, "section"), said, list_card("Why it is refused", *rows), row(mend, None))
        self._right.setCurrentIndex(1)

    # -- writing ------------------------------------------------------------------------------------------------------
    def change(self) -> None:
        """Write on the form that is shown: its text, with the next version and today in it; or on a refused file."""
        key = str(self.view.current_key())
        if key in self._refused:
            self._write(key, own_text(self.desk.store, key))
        elif (form := self.chosen()) is not None:
            version = next_version(self.desk.store, form.code)
            self._write(form.code, form_text(self.desk.store, form, version=version, effective=self.desk.today()))

    def _write(self, key: str, text: str) -> None:
        self.writing = key
        self._right.setCurrentIndex(0)
        self._head.show()
        self._both.show()
        self._left.hide()
        self.change_button.hide()
        self.editor.show()
        self.editor.start(text)

    def _checked(self, found: CheckedFile) -> None:
        self.save_draft()
        if self.writing and found.form is not None:
            self._title.set_text(found.form.title)
            self._facts.set_text(facts_of(found.form))
            self._own.show_chip("Being written", "amber", "pencil")
            self.pane.show_form(found.form)

    def save(self) -> None:
        """Keep it as a form of the facility's, or say what stands against it."""
        found = self.editor.check()
        try:
            saved = save_form(self.desk.store, self.editor.content())
        except Refused as refused:
            self.desk.toast(refused.faults[0].message if refused.faults else "This is no form yet.")
            return
        except (LiaisonError, OSError) as error:
            self.desk.toast(
                str(error) if isinstance(error, LiaisonError) else "The form could not be written to the disk."
            )
            return
        self._leave()
        self._fill()
        self.view.select(saved.code)
        begins = "is in use from now on" if saved.code in self._current and found.form is not None else "is kept"
        self.desk.toast(f"{saved.code} version {saved.version} {begins}.")

    def drop(self) -> None:
        """Back to the list; what was written is forgotten."""
        self._leave()
        self._show_chosen()

    def _leave(self) -> None:
        self.desk.store.drafts.drop(_DRAFT)
        self.writing = ""
        self.editor.hide()
        self._left.show()
        self.change_button.show()
        self.view.setFocus()

    def save_draft(self) -> None:
        """Keep what was written so far."""
        if self.writing:
            held = {"code": self.writing, "text": self.editor.text.text()}
            self.desk.store.drafts.put(_DRAFT, msgspec.json.encode(held))

    def commands(self) -> tuple[Command, ...]:
        """Writing on the form that is shown."""
        return (Command(title="Write our version of this form", run=self.change, icon="pencil"),)


def _first(file: CheckedFile) -> str:
    return file.complaints[0].message if file.complaints else ""
