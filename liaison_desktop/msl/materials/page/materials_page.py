"""Approved materials with their versions: a list by state at the left, the chosen one at the right."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.form import Asked, MaterialForm
from liaison_desktop.msl.materials.form.material_form import draft_key
from liaison_desktop.msl.materials.page.looks import GROUPS, material_row
from liaison_desktop.msl.materials.page.material_pane import MaterialPane
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.msl.materials.record import Material
from liaison_desktop.msl.materials.rules import material_state
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_LIST = 340
_NEW = "material/new"
_DRAFT = ChipSpec("Draft", "amber", "pencil")


class MaterialsPage(Page):
    """Ctrl+N brings a material in; arrows choose, Enter goes to its versions."""

    key: ClassVar[str] = "materials"
    title: ClassVar[str] = "Materials"
    icon: ClassVar[str] = "files"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: MaterialForm | None = None
        self.pane = MaterialPane(desk)
        self.pane.setParent(self)
        self.pane.hide()
        self.pane.version_asked.connect(lambda: self._ask(Asked.VERSION))
        self.pane.change_asked.connect(lambda: self._ask(Asked.CHANGE))
        self.view = RowsView("Materials")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._start())
        self.search = line_edit(placeholder="Search materials", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._into_list)
        self._search_line = row((self.search, 1), margins=(16, 8, 16, 4))
        add = button("Material", icon="plus", small=True, name="New material", on_click=self.new)
        left = panel(12, title_line("Materials", add, margins=(20, 0, 16, 0)), self._search_line, (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for part in (left, hairline(vertical=True)):
            self._layout.addWidget(part)
        self._shown: QWidget = QWidget()
        self._layout.addWidget(self._shown, 1)
        self.setFocusProxy(self.view)
        self._fill()
        self._rest()

    # ---- the list

    def _fill(self) -> None:
        chosen, typed = self.view.current_key(), plain(self.search.text())
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(self._rows(typed))
        self.view.select(chosen)
        self.view.blockSignals(blocked)
        found = EmptyState("Nothing is found", "Try part of a title, a reference or a state.")
        self.view.set_empty(found if typed else QWidget())
        self._search_line.setVisible(bool(materials(self.desk.store)))

    def _rows(self, typed: str) -> list[ListRow | str]:
        day, policy = self.desk.today(), policy_of(self.desk.store)
        every = materials(self.desk.store).values()
        rows: list[ListRow | str] = []
        if self.desk.store.drafts.get(_NEW) is not None:
            rows += ["Not finished", ListRow("New material", "Not saved yet", _DRAFT, key=_NEW)]
        for state in GROUPS:
            held = [one for one in every if material_state(one, day, policy) is state]
            made = [material_row(one, day, policy) for one in held if _fits(one, state.value, typed)]
            rows += [state.value, *made] if made else []
        return rows

    # ---- the right side

    def _choose(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)
        elif key == _NEW:
            self.new()

    def show_record(self, id: uuid.UUID) -> None:
        """Show this material, or the form that was not finished for it."""
        found = self.desk.store.find(Material, id)
        if found is None:
            return
        self.save_draft()
        self.form = None
        self.pane.show_material(found)
        self._put(self.pane)
        unfinished = (one for one in (Asked.VERSION, Asked.CHANGE) if self._kept(found, one))
        if (asked := next(unfinished, None)) is not None:
            self._open(found, asked)
        self._select(id)

    def _kept(self, material: Material, asked: Asked) -> bool:
        return self.desk.store.drafts.get(draft_key(material, asked)) is not None

    def new(self) -> None:
        """A new material, or the one that was not finished."""
        self._open(Material(), Asked.NEW)
        self._select(_NEW)
        self._start()

    def _ask(self, asked: Asked) -> None:
        if self.pane.material is not None:
            self._open(self.pane.material, asked)
            self._start()

    def _open(self, material: Material, asked: Asked) -> None:
        self.save_draft()
        self.form = MaterialForm(self.desk, material, asked)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left)
        self._put(self.form)

    def _put(self, shown: QWidget) -> None:
        gone, self._shown = self._shown, shown
        if gone is shown:
            return
        self._layout.replaceWidget(gone, shown)
        shown.show()
        gone.hide()
        if gone is not self.pane:
            gone.deleteLater()

    def _start(self) -> None:
        if self.form is not None:
            self.form.show()
            self.form.start()
        elif self._shown is self.pane:
            self.pane.add_button.setFocus()

    def _select(self, key: uuid.UUID | str) -> None:
        blocked = self.view.blockSignals(True)
        self._fill()
        if not self.view.select(key):
            self.view.clearSelection()
            self.view.setCurrentIndex(self.view.rootIndex())
        self.view.blockSignals(blocked)

    def _rest(self) -> None:
        self.form = None
        if self.view.rows.count():
            self.view.select_first()
            return
        words = "An approved file with its reference and its last day. Visits show which version was used."
        self._put(EmptyState("No materials yet", words, "New material", "plus", self.new, "Ctrl+N"))

    def _saved(self, id: uuid.UUID) -> None:
        self.form = None
        self.search.clear()
        self.show_record(id)
        self.view.setFocus()

    def _left(self) -> None:
        material = self.pane.material if self.form is not None and self.form.asked is not Asked.NEW else None
        self.form = None
        self._fill()
        if material is not None:
            self.show_record(material.id)
        else:
            self._rest()

    def _into_list(self) -> None:
        self.view.setFocus()
        self.view.select_first()

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when materials or the taxonomy changed."""
        if kinds & {Material.kind, "product", "scientific_topic"}:
            self._fill()
            now = self.pane.material and self.desk.store.find(Material, self.pane.material.id)
            if now is not None and now != self.pane.material:
                self.pane.show_material(now)

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        return (
            Command("New material", self.new, "An approved file with its reference", "plus"),
            Command("Find a material", self.search.setFocus, "In the list", "search", "Ctrl+F"),
        )


def _fits(material: Material, state: str, typed: str) -> bool:
    refs = " ".join(f"{one.number} {one.approval_ref}" for one in material.versions)
    spoken = plain(f"{material.name} {material.facts()} {refs} {state}")
    return all(word in spoken for word in typed.split())
