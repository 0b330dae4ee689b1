"""People: the list at the left, beside it somebody's profile, the form, or the import of a list."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.page.import_view import ImportView
from liaison_desktop.msl.directory.page.people_list import PeopleList
from liaison_desktop.msl.directory.page.person_pane import PersonPane
from liaison_desktop.msl.directory.page.place_pane import PlacePane
from liaison_desktop.msl.directory.page.profile import Profile
from liaison_desktop.msl.directory.page.story import Happened, History, Story
from liaison_desktop.msl.directory.queries import works_of
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.workspace import Command

KINDS = frozenset({"person", "institution", "affiliation"})


class _Nothing:
    """The story where no other feature tells one."""

    def months(self) -> Sequence[tuple[int, str]]:
        """None."""
        return ()

    def __len__(self) -> int:
        """None."""
        return 0

    def told(self, places: Sequence[int]) -> Sequence[Happened | None]:
        """Nothing."""
        return ()


def _nothing(_person: uuid.UUID, _nested: bool) -> Story:
    return _Nothing()


class PeoplePage(Page):
    """Everyone in the directory. `history` tells what other features know of somebody; `visit` starts one.

    `stored` shows all that the store says about somebody, `repeat` records the last visit with them once more;
    `inquire` and `standing` begin what they ask for."""

    key: ClassVar[str] = "people"
    title: ClassVar[str] = "People"
    icon: ClassVar[str] = "users"

    def __init__(
        self,
        desk: Desk,
        *,
        history: History = _nothing,
        visit: Callable[[uuid.UUID], object] | None = None,
        stored: Callable[[uuid.UUID], object] | None = None,
        repeat: Callable[[uuid.UUID], object] | None = None,
        inquire: Callable[[uuid.UUID], object] | None = None,
        standing: Callable[[uuid.UUID], object] | None = None,
    ) -> None:
        super().__init__(desk)
        self._stored, self._repeat = stored, repeat
        self._inquire, self._standing = inquire, standing
        self._history, self._visit = history, visit
        self._person: Person | None = None
        self.list = PeopleList(desk, self.new, self.bring)
        self._nobody = EmptyState("Choose somebody at the left", "Or press Ctrl+N to add a person.")
        self._empty = EmptyState(
            "Nobody is here yet",
            "People are the doctors and colleagues you meet. Import your list, or add the first one by hand.",
            "Import a list",
            "upload",
            self.bring,
        )
        self._stack = QStackedWidget()
        for pane in (self._nobody, self._empty):
            self._stack.addWidget(pane)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.list.search)
        QShortcut(QKeySequence("Ctrl+R"), self, self._again)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _id: self.edit())
        for keys, begin in (("Ctrl+M", inquire), ("Ctrl+G", standing)):
            if begin is not None:
                QShortcut(QKeySequence(keys), self, partial(self._begin, begin))
        self.list.load()
        self._show_rest()

    # ---- the panes, each made when it is first shown, so that the list is there at once

    @cached_property
    def profile(self) -> Profile:
        """Somebody to read."""
        asked = {"Inquiry": self._inquire, "Standing": self._standing}
        made = Profile(
            self.desk,
            history=self._history,
            edit=self.edit,
            place=self.show_place,
            visit=self._visit,
            stored=self._stored,
            asked={words: begin for words, begin in asked.items() if begin is not None},
        )
        self._stack.addWidget(made)
        return made

    @cached_property
    def editing(self) -> PersonPane:
        """Somebody to change, or to add."""
        made = PersonPane(self.desk, saved=self._saved, left=self._left)
        self._stack.addWidget(made)
        return made

    @cached_property
    def placing(self) -> PlacePane:
        """A place of work to change."""
        made = PlacePane(self.desk, left=self._left)
        self._stack.addWidget(made)
        return made

    @cached_property
    def importing(self) -> ImportView:
        """A list to bring in."""
        made = ImportView(self.desk, done=self._imported, left=self._left)
        self._stack.addWidget(made)
        return made

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The panes, the one that is shown first before the others."""
        return (lambda: self.profile, lambda: self.editing, lambda: self.placing, lambda: self.importing)

    @property
    def _shows_profile(self) -> bool:
        return isinstance(self._stack.currentWidget(), Profile)

    @property
    def _shows_form(self) -> bool:
        return isinstance(self._stack.currentWidget(), PersonPane)

    # ---- what the window asks

    def _begin(self, begin: Callable[[uuid.UUID], object]) -> None:
        """What the person who is shown asks for."""
        if self._person is not None and self._shows_profile:
            begin(self._person.id)

    def refresh(self, kinds: frozenset[str]) -> None:
        """People or places changed: read the list again, and the profile that is shown."""
        if kinds & KINDS:
            self.list.load()
        if self._stack.currentWidget() in (self._nobody, self._empty):
            self._show_rest()
        elif self._shows_profile and self._person is not None:
            self._choose(self._person.id)

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields of the person that is shown."""
        self.edit()
        self.editing.form.show_faults(faults)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The person that is shown, or changed."""
        shown = self._shows_profile or self._shows_form
        return (Person.kind, self._person.id) if shown and self._person is not None else None

    def new(self) -> None:
        """Add somebody (Ctrl+N)."""
        self.editing.show_person(Person(), ())
        self._stack.setCurrentWidget(self.editing)
        self.editing.form.editor("prefix").setFocus()

    def bring(self) -> None:
        """Import a list."""
        if self.importing.ask():
            self._stack.setCurrentWidget(self.importing)

    def edit(self) -> None:
        """Change the person that is shown."""
        if self._person is None:
            return
        works = works_of(self.desk.store, self._person.id)
        self.editing.show_person(self._person, [one.affiliation for one in works])
        self._stack.setCurrentWidget(self.editing)
        self.editing.form.editor("prefix").setFocus()

    def show_place(self, institution_id: uuid.UUID) -> None:
        """Change a place of work."""
        self.placing.show_place(institution_id)
        self._stack.setCurrentWidget(self.placing)

    def show_record(self, id: uuid.UUID) -> None:
        """Show somebody."""
        self.list.select(id)
        self._choose(id)

    def save_draft(self) -> None:
        """Keep what was typed about somebody."""
        if self._shows_form:
            self.editing.keep()

    def commands(self) -> tuple[Command, ...]:
        """Import, edit."""
        found = [Command("Import a list of people", self.bring, "CSV or Excel", "upload")]
        if self._person is not None:
            if self._repeat is not None:
                words = "Repeat the last visit with this person"
                found.append(Command(words, self._again, "as it was, now", "rotate-ccw", "Ctrl+R"))
            found.append(Command("Edit this person", self.edit, "", "pencil"))
            for begin, words, keys in (
                (self._inquire, "New inquiry of this person", "Ctrl+M"),
                (self._standing, "New standing request of this person", "Ctrl+G"),
            ):
                if begin is not None:
                    found.append(Command(words, partial(begin, self._person.id), "", "plus", keys))
            if self._stored is not None:
                found.append(Command("What we store about this person", self._show_stored, "", "file-text"))
        return tuple(found)

    def _again(self) -> None:
        if self._person is not None and self._repeat is not None:
            self._repeat(self._person.id)

    def _show_stored(self) -> None:
        if self._person is not None and self._stored is not None:
            self._stored(self._person.id)

    def _choose(self, person_id: object) -> None:
        if not isinstance(person_id, uuid.UUID):
            return
        if self._shows_form:
            self.editing.keep()
        self._person = self.desk.store.find(Person, person_id)
        if self._person is None:
            self._show_rest()
            return
        self.profile.show_person(self._person)
        self._stack.setCurrentWidget(self.profile)

    def _show_rest(self) -> None:
        self._stack.setCurrentWidget(self._nobody if self.list.some else self._empty)

    def _left(self) -> None:
        if self._person is not None:
            self._choose(self._person.id)
        else:
            self._show_rest()
        self.list.view.setFocus()

    def _saved(self, person: Person) -> None:
        self._person = person
        self.list.select(person.id)
        self.profile.show_person(person)
        self._stack.setCurrentWidget(self.profile)
        self.list.view.setFocus()

    def _imported(self) -> None:
        self._person = None
        self.list.load()
        self._show_rest()
