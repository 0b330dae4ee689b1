"""The brief beside a visit: what was promised, what was said last, what to keep to."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.queries import main_place
from liaison_desktop.msl.directory.record import ContactPermission, Institution, KnownOrNot, Person
from liaison_desktop.msl.visits.form import due_words
from liaison_desktop.msl.visits.page.looks import about
from liaison_desktop.msl.visits.page.promises import settle, tick
from liaison_desktop.msl.visits.queries import Promise, open_promises, visits_with
from liaison_desktop.msl.visits.record import FollowUpStatus, Visit
from liaison_desktop.store import Version
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip, KeyCap
from liaison_desktop.ui.dates import plain_day, short_day, show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, column, hairline, panel, row, scroll
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.pictures import Entry, Timeline
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.ticks import TickEditor
from liaison_desktop.ui.tokens import CONTEXT


class _Known(NamedTuple):
    """What the brief shows; it is made anew only when something in here changed."""

    today: datetime.date
    person: Person
    promises: tuple[Promise, ...]
    last: tuple[Visit, ...]
    place: Institution | None


class Brief(QWidget):
    """The right pane: the brief of a person, or the history of a visit."""

    def __init__(self, desk: Desk, show_version: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self._desk, self._show_version = desk, show_version
        self._body = Part(gap=4)
        pane = panel(self._body, None, margins=(16, 12, 16, 12))
        pane.setObjectName("brief")  # so that the pane keeps its own fill
        area = scroll(pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFixedWidth(CONTEXT)

    def show_brief(self, visit: Visit | None) -> None:
        """What to know before and while one talks to the person of this visit."""
        known = self._known(visit) if visit is not None else None
        self._body.show_facts(known, lambda: self._brief(known))

    def _known(self, visit: Visit) -> _Known | None:
        store = self._desk.store
        person = store.find(Person, visit.primary_person_id)
        if person is None:
            return None
        last = visits_with(store, person.id, limit=3, but=visit.id)
        return _Known(
            today=self._desk.today(),
            person=person,
            promises=open_promises(store, person.id)[:5],
            last=tuple(one for one in last if one.start_at),
            place=main_place(store, person.id),
        )

    def _brief(self, known: _Known | None) -> Sequence[Item]:
        head = row(label("Brief", "section"), None, KeyCap("Space"))
        head.setFixedHeight(32)
        if known is None:
            words = "Choose a person, and what you promised and discussed appears here."
            return head, wrapped(words, "sec", "ink2")
        made = (self._promises(known), self._last(known), self._keep_to(known))
        parts = [part for part in made if part is not None]
        items: list[Item] = [head]
        for number, part in enumerate(parts):
            items += [part] if not number else [8, hairline(), 8, part]
        if not parts:
            items.append(wrapped("Nothing is on record yet: this is the first visit.", "sec", "ink2"))
        return items

    def show_history(self, versions: Sequence[Version], now: uuid.UUID | None) -> None:
        """Every saved version, newest first; a click shows it as it was."""
        facts = ("history", tuple(versions), now)
        self._body.show_facts(facts, lambda: self._versions(versions, now))

    def _versions(self, versions: Sequence[Version], now: uuid.UUID | None) -> Sequence[Item]:
        head = row(label("History", "section"), None)
        head.setFixedHeight(32)
        rows = []
        for number, one in enumerate(versions):
            at = one.at.astimezone(self._desk.clock().tzinfo)
            when = f"{short_day(at.date())}, {show_time(at)}"
            what = one.reason.capitalize() or "Saved"
            right = "current" if not number else ""
            icon = "circle-dot" if one.version == now else "circle"
            rows.append(CardRow(what, f"{when} · {one.actor}", icon, right=right, on_click=self._opener(one.version)))
        return head, list_card("Versions", *rows, right=str(len(rows)))

    def _opener(self, version: uuid.UUID) -> Callable[[], object]:
        return lambda: self._show_version(version)

    def _promises(self, known: _Known) -> QWidget | None:
        if not known.promises:
            return None
        return column(label("Promises due", "capstrong"), *(self._promise(one) for one in known.promises), gap=6)

    def _promise(self, promise: Promise) -> QWidget:
        words, tone = due_words(promise.row.due_on, self._desk.today())
        box = TickEditor("")
        box.setAccessibleName(f"Done: {promise.row.text}")
        box.setFixedSize(28, 24)
        box.changed.connect(lambda done: tick(self._desk, promise, done=bool(done)))
        chip = Chip(words, tone, "clock" if tone in ("red", "amber") else "")
        drop = button("", "quiet", "x", small=True, name=f"Drop: {promise.row.text}")
        drop.clicked.connect(
            lambda _on=False: settle(self._desk, promise.visit_id, promise.number, FollowUpStatus.DROPPED)
        )
        text = column(wrapped(promise.row.text, "sec", "ink"), row(chip, None, drop), gap=4)
        return row((box, Qt.AlignmentFlag.AlignTop), (text, 1), gap=4)

    def _last(self, known: _Known) -> QWidget | None:
        found = known.last
        if not found:
            return None
        entries = [
            Entry(
                f"{one.channel.label if one.channel else 'Visit'}, {one.duration_min} min",
                about(one) or one.notes,
                short_day(one.start_at.date()) if one.start_at else "",
            )
            for one in found
        ]
        title = "Last visit" if len(found) == 1 else f"Last {len(found)} visits"
        return column(label(title, "capstrong"), Timeline(entries), gap=6)

    def _keep_to(self, known: _Known) -> QWidget | None:
        person, place, rules = known.person, known.place, list[tuple[str, str]]()
        if person.contact_permission is ContactPermission.NO_CONTACT:
            asked = f" on {plain_day(person.do_not_contact_on)}" if person.do_not_contact_on else ""
            rules.append(("ban", f"Asked not to be contacted{asked}"))
        elif person.contact_permission is ContactPermission.EMAIL_ONLY:
            rules.append(("mail", "Contact by e-mail only"))
        if person.is_formulary_member is KnownOrNot.YES:
            rules.append(("triangle-alert", "Formulary member: disclose"))
        if place and place.access_policy:
            rules.append(("info", place.access_policy))
        if not rules:
            return None
        lines = [
            row(icon_label(icon, "amber" if icon != "info" else "ink2", 14), (wrapped(words, "sec", "ink"), 1))
            for icon, words in rules
        ]
        opener = button("Open profile", "link", small=True, on_click=lambda: self._desk.open(Person.kind, person.id))
        return column(label("Keep to", "capstrong"), *lines, row(opener, None), gap=6)
