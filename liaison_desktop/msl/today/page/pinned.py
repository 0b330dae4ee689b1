"""A brief that was pinned: on top of the right column of Today until it is taken off."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.visits.document import Brief, brief_of
from liaison_desktop.msl.visits.page.pin import pinned_visit, unpin
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, card, hairline, row
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import label

_MOST = 5


def show_pinned(desk: Desk, part: Part, read: Callable[[Visit], object], show: Callable[[], object]) -> None:
    """What to keep to and what is promised, of the pinned brief; nothing if none is."""
    visit = pinned_visit(desk.store)
    if visit is None or desk.store.find(Person, visit.primary_person_id) is None:
        part.show_facts(None, lambda: ())
        return
    brief = brief_of(desk.store, visit.primary_person_id or uuid.UUID(int=0), visit)
    part.show_facts((visit, brief, desk.today()), lambda: _pinned(desk, visit, brief, read, show))


def _pinned(
    desk: Desk, visit: Visit, brief: Brief, read: Callable[[Visit], object], show: Callable[[], object]
) -> tuple[Item, ...]:
    lines = [CardRow(brief.person.title(), brief.visit, "user-round", on_click=lambda: read(visit))]
    lines += [
        CardRow(line.what, "", line.icon, ChipSpec(line.mark, line.tone) if line.mark else None)
        for part in brief.left
        if part.title == "Keep to"
        for line in part.lines
    ]
    late = [one for one in brief.promises if one.row.due_on and one.row.due_on < desk.today()]
    lines += [CardRow(one.row.text, "", "clock", ChipSpec("promise overdue", "red", "clock")) for one in late]

    def off() -> None:
        unpin(desk.store)
        show()

    items: list[Item] = []
    for one in lines[:_MOST]:
        items += [one] if not items else [hairline(), one]
    head = row(label("Pinned brief", "section"), None, button("Unpin", "link", "pin-off", tall=24, on_click=off))
    return head, card(*items, gap=0, margins=(0, 4, 0, 4))
