"""The form of a person with its foot: save, cancel, and the question about somebody alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.directory.form import PersonForm
from liaison_desktop.msl.directory.record import Affiliation, Institution, Person
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import icon_label, label, wrapped


class PersonPane(QWidget):
    """The form of a person with its foot. What is typed is kept as a draft until it is saved or discarded."""

    def __init__(self, desk: Desk, *, saved: Callable[[Person], object], left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._tell, self._leave, self._key = desk, saved, left, "person/new"
        self.form = PersonForm(desk.store)
        self._title = label("New person", "title")
        self._asked = column(gap=0)
        self._foot = label("", "sec")
        self.save_button = button("Save", "primary", "check", on_click=self.save)
        foot = action_bar(self._foot, None, button("Cancel", on_click=self.cancel), self.save_button)
        head = panel(title_line(self._title, margins=(20, 0, 12, 0)), margins=(0, 12, 0, 10))
        body = scroll(column(self._asked, self.form, None, gap=12, margins=(20, 16, 20, 24)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(head, hairline(), (body, 1), hairline(), foot, gap=0))
        self.form.changed.connect(self._changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def show_person(self, person: Person, affiliations: Sequence[Affiliation]) -> None:
        """Show somebody to change, or an empty form; what was typed before and not saved comes back."""
        self._title.set_text(person.title() if person.version else "New person")
        self._key = f"person/{person.id}" if person.version else "person/new"
        kept = self._desk.store.drafts.get(self._key)
        self.form.show_person(person, affiliations)
        if kept is not None:
            typed = msgspec.json.decode(kept, type=Person)
            typed = msgspec.structs.replace(typed, id=person.id, version=person.version)
            self.form.show_person(typed, affiliations)
            self._foot.set_text("What you typed before is back.")
        else:
            self._foot.set_text("")
        self._ask(())

    def keep(self) -> None:
        """Make what was typed durable."""
        if self.form.touched():
            self._desk.store.drafts.put(self._key, msgspec.json.encode(self.form.person()))

    def cancel(self) -> None:
        """Forget what was typed."""
        self._desk.store.drafts.drop(self._key)
        self._leave()

    def save(self, *, keep_duplicate: bool = False) -> None:
        """Save, or show what stands in the way."""
        person, jobs = self.form.person(), self.form.jobs()
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return
        try:
            saved = save_person(
                self._desk.store,
                person,
                [job.affiliation for job in jobs],
                self.form.work.gone(),
                new_places={job.affiliation.id: job.new_place for job in jobs if job.new_place},
                place=self._main_place(),
                keep_duplicate=keep_duplicate,
            )
        except Refused as refused:
            self._refused(refused.faults)
            return
        except LiaisonError as error:
            self._foot.set_text(str(error))
            return
        self._desk.store.drafts.drop(self._key)
        self._desk.toast("Person saved")
        self._tell(saved)

    def _main_place(self) -> str:
        jobs = self.form.jobs()
        if not jobs:
            return ""
        known = self._desk.store.find(Institution, jobs[0].affiliation.institution_id)
        return known.name if known else jobs[0].new_place

    def _refused(self, faults: tuple[Fault, ...]) -> None:
        asked = tuple(fault for fault in faults if fault.rule == "HCP-3")
        others = tuple(fault for fault in faults if fault.rule != "HCP-3")
        left = self.form.show_faults(others)
        self._ask(asked)
        count = len(others)
        self._foot.set_text(f"{count} {'field needs' if count == 1 else 'fields need'} a look" if count else "")
        if left:
            self._foot.set_text(left[0].message)

    def _ask(self, faults: tuple[Fault, ...]) -> None:
        """HCP-3: is it the person we know?"""
        refill(
            self._asked,
            *(
                card(
                    row(icon_label("triangle-alert", "amber"), (wrapped(fault.message, "body", "ink"), 1)),
                    row(
                        None,
                        button("Cancel, use that person", on_click=self.cancel),
                        button("Create a new one", on_click=lambda: self.save(keep_duplicate=True)),
                    ),
                    tone="amber",
                )
                for fault in faults
            ),
        )
        self._asked.setVisible(bool(faults))

    def _changed(self) -> None:
        self._foot.set_text("")
        self.keep()
