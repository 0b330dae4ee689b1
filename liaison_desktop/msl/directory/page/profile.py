"""One person to read: facts in groups, places of work, and what happened with them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.page.story import History, StoryPane
from liaison_desktop.msl.directory.queries import Work, works_of
from liaison_desktop.msl.directory.record import ContactPermission, KnownOrNot, Person, PersonStatus, Verification
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import elided, icon_label, label, wrapped


def fact(name: str, value: str) -> QWidget:
    """One fact: its name above its value."""
    return column(label(name, "cap"), wrapped(value, "body", "ink"), None, gap=1)


class Profile(QWidget):
    """The middle and the right of the page while somebody is looked at."""

    def __init__(
        self,
        desk: Desk,
        *,
        history: History,
        edit: Callable[[], object],
        place: Callable[[uuid.UUID], object],
        visit: Callable[[uuid.UUID], object] | None,
        stored: Callable[[uuid.UUID], object] | None = None,
        asked: Mapping[str, Callable[[uuid.UUID], object]] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._stored, self._asked = stored, asked
        self._desk, self._edit, self._place, self._visit = desk, edit, place, visit
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._head = panel(gap=2, margins=(20, 12, 12, 10))
        self._facts = column(gap=12, margins=(20, 16, 20, 16))
        self.story = StoryPane(desk, history)
        layout.addWidget(
            row(
                (column(self._head, hairline(), (scroll(self._facts), 1), gap=0), 1),
                hairline(vertical=True),
                self.story,
                gap=0,
            )
        )

    def show_person(self, person: Person) -> None:
        """Show somebody as they are now."""
        works = works_of(self._desk.store, person.id)
        refill(self._head, *self._heading(person, works))
        groups = _groups(person, works, self._place)
        if (stored := self._stored) is not None:
            about = button(
                "What we store about this person", "link", "file-text", small=True, on_click=lambda: stored(person.id)
            )
            groups.append(row(about, None))
        refill(self._facts, *groups, None)
        self.story.show_person(person.id)

    def _heading(self, person: Person, works: Sequence[Work]) -> tuple[Item, ...]:
        chips: list[Item] = []
        if person.contact_permission is ContactPermission.NO_CONTACT:
            chips.append(Chip("No contact", "red", "ban"))
        elif person.contact_permission is ContactPermission.EMAIL_ONLY:
            chips.append(Chip("E-mail only", "amber", "mail"))
        if person.status is not PersonStatus.ACTIVE:
            chips.append(Chip(person.status.label, "neutral"))
        if person.verification is Verification.VERIFIED:
            chips.append(Chip("Verified", "green", "badge-check"))
        actions: list[Item] = []
        if self._visit is not None:
            actions.append(
                button("New visit", "secondary", "plus", small=True, on_click=lambda: self._start(person.id))
            )
        for words, begin in self._asked.items():
            actions.append(button(words, "secondary", "plus", small=True, on_click=partial(begin, person.id)))
        edit = button("Edit", "secondary", "pencil", small=True, on_click=self._edit)
        name = elided(person.title(), "title")
        top = row(name, *chips, None, edit, gap=8)
        top.setFixedHeight(32)
        place = works[0].institution.title() if works else ""
        facts = elided(", ".join(part for part in (person.facts(), place) if part), "secm", "ink")
        return (top, facts, 4, row(*actions, None, gap=8)) if actions else (top, facts)

    def _start(self, person_id: uuid.UUID) -> None:
        if self._visit is not None:
            self._visit(person_id)


def _groups(person: Person, works: Sequence[Work], place: Callable[[uuid.UUID], object]) -> list[Item]:
    groups: list[Item] = []
    if person.contact_permission is not ContactPermission.ALLOWED:
        asked = f" on {plain_day(person.do_not_contact_on)}" if person.do_not_contact_on else ""
        words = f"{person.contact_permission.label}{asked}." + (
            f" {person.do_not_contact_reason}" if person.do_not_contact_reason else ""
        )
        groups.append(
            card(row(icon_label("triangle-alert", "amber"), (wrapped(words, "body", "ink"), 1)), tone="amber")
        )
    if person.is_formulary_member is KnownOrNot.YES:
        words = "Formulary member: payments and relations are to be disclosed."
        groups.append(
            card(row(icon_label("triangle-alert", "amber"), (wrapped(words, "body", "ink"), 1)), tone="amber")
        )
    if works:
        groups.append(list_card("Works at", *(_work(one, place) for one in works), right=str(len(works))))
    for title, facts in (
        ("Profession", _profession(person)),
        ("Contact", _contact(person)),
        ("Registers", _registers(person)),
    ):
        shown = [fact(name, value) for name, value in facts if value]
        if shown:
            groups.append(card(*_pairs(shown), title=title, gap=10))
    if person.scientific_summary:
        groups.append(card(wrapped(person.scientific_summary, "body", "ink"), title="Scientific summary"))
    return groups


def _pairs(shown: Sequence[QWidget]) -> list[Item]:
    lines: list[Item] = []
    for at in range(0, len(shown), 3):
        cells: list[Item] = [(one, 1) for one in shown[at : at + 3]]
        cells += [(QWidget(), 1)] * (3 - len(cells))
        lines.append(row(*cells, gap=16))
    return lines


def _work(one: Work, place: Callable[[uuid.UUID], object]) -> CardRow:
    role = one.affiliation.role.label if one.affiliation.role else ""
    where = ", ".join(part for part in (one.institution.city, one.institution.region) if part)
    since = f"since {plain_day(one.affiliation.start_on)}" if one.affiliation.start_on else ""
    facts = " · ".join(part for part in (role, where, since, one.institution.access_policy) if part)
    main = "main" if one.affiliation.is_primary else ""
    return CardRow(
        one.institution.title(), facts, icon="building-2", right=main, on_click=lambda: place(one.institution.id)
    )


def _profession(person: Person) -> tuple[tuple[str, str], ...]:
    return (
        ("Profession", person.person_type.label if person.person_type else ""),
        ("Specialty", ", ".join(part for part in (person.specialty, person.subspecialty) if part)),
        ("Scientific reach", person.kol_tier.label if person.kol_tier else ""),
        ("Scientific roles", ", ".join(role.label for role in person.kol_roles)),
        ("Trial investigator", "Yes" if person.is_investigator else ""),
        ("Guideline author", "Yes" if person.is_guideline_author is KnownOrNot.YES else ""),
    )


def _contact(person: Person) -> tuple[tuple[str, str], ...]:
    return (
        ("E-mail", person.email),
        ("Phone", person.phone),
        ("Prefers", person.preferred_channel.label if person.preferred_channel else ""),
        ("Best times", person.best_times),
        ("Language", person.language),
    )


def _registers(person: Person) -> tuple[tuple[str, str], ...]:
    recipient = person.covered_recipient_type
    return (
        ("NPI", person.npi),
        ("State licence", " ".join(part for part in (person.state_license_no, person.license_state) if part)),
        ("ORCID", person.orcid),
        ("Open Payments", "" if recipient.value == "unknown" else recipient.label),
    )
