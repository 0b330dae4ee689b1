"""Inquiries: the list by state, and one inquiry, standing request or SIUU package beside it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from liaison_desktop.msl.inquiries.actions import new_inquiry, new_request
from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane
from liaison_desktop.msl.inquiries.page.kept import kept, newest
from liaison_desktop.msl.inquiries.page.looks import (
    STATES,
    Wanted,
    inquiry_row,
    matches,
    package_row,
    standing_row,
)
from liaison_desktop.msl.inquiries.page.standing_pane import PackagePane, StandingPane
from liaison_desktop.msl.inquiries.queries import inquiries, names_of, packages, standing_requests
from liaison_desktop.msl.inquiries.record import MedicalInquiry, SiuuPackage, StandingRequest
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

_LIST = 340
_KINDS = frozenset({"medical_inquiry", "standing_request", "siuu_package", "person"})


class InquiriesPage(Page):
    """Ctrl+N begins an inquiry, F6 hands the screen over, Ctrl+Shift+Enter submits."""

    key: ClassVar[str] = "inquiries"
    title: ClassVar[str] = "Inquiries"
    icon: ClassVar[str] = "circle-question-mark"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: Wanted | None = None
        self._quiet = False
        self.search = line_edit(placeholder="Search name, number or question", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self._fill())
        self.view = RowsView("Inquiries")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._into())
        self.view.set_empty(EmptyState("Nothing here matches", "Try another word, or take the filter away."))
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        self.pane, self.standing, self.packages = InquiryPane(desk), StandingPane(desk), PackagePane(desk)
        self._nothing = EmptyState(
            "No inquiries yet",
            "A medical inquiry is a question a doctor asks unprompted, in their own words, signed and answered.",
            "New inquiry",
            "plus",
            self.new,
            "Ctrl+N",
        )
        self._rest = EmptyState("Choose an inquiry at the left", "Or press Ctrl+N to record one.")
        self._right = QStackedWidget()
        for widget in (self._nothing, self._rest, self.pane, self.standing, self.packages):
            self._right.addWidget(widget)
        self._lay_out()
        self._connect()
        self._fill()
        self._resume()

    def _lay_out(self) -> None:
        adding = (
            button("Standing", icon="plus", small=True, name="New standing request", on_click=self.new_standing),
            button("Inquiry", icon="plus", small=True, name="New inquiry", on_click=self.new),
        )
        chips = QWidget()
        flow = Flow(chips, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in self._filters.values():
            flow.addWidget(chip)
        self._left = panel(
            12,
            title_line("Inquiries", *adding, margins=(20, 0, 16, 0)),
            row((self.search, 1), margins=(16, 8, 16, 4)),
            row((chips, 1), margins=(16, 4, 16, 6)),
            (self.view, 1),
            gap=0,
        )
        self._left.setFixedWidth(_LIST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        for pane in (self.pane, self.standing, self.packages):
            signal = pane.finished if isinstance(pane, InquiryPane) else pane.saved
            signal.connect(lambda record: self._fill(select=record.id))
        for keys, act in (
            ("Ctrl+Return", self._save),
            ("Ctrl+Enter", self._save),
            ("Ctrl+Shift+Return", self.pane.submit),
            ("Ctrl+Shift+Enter", self.pane.submit),
            ("F6", self.pane.hand_over),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Inquiries, requests or packages changed."""
        if kinds & _KINDS:
            self._fill()
            if self._right.currentWidget() is self.pane:
                self.pane.refresh()

    def new(self) -> None:
        """A new inquiry (Ctrl+N)."""
        self._open(new_inquiry(self.desk.store))
        self.pane.form.focus_next()

    def new_standing(self) -> None:
        """A new standing request."""
        self.pane.leave()
        self.standing.show_request(new_request(self.desk.store, person_id=None))
        self._right.setCurrentWidget(self.standing)
        self.standing.form.start()

    def new_package(self) -> None:
        """A new SIUU package."""
        self.pane.leave()
        self.packages.show_package(SiuuPackage())
        self._right.setCurrentWidget(self.packages)
        self.packages.form.start()

    def show_record(self, id: uuid.UUID) -> None:
        """Show this inquiry, standing request or package."""
        self._wanted = None
        self.search.clear()
        self._choose(id)
        self._fill(select=id)
        if self._right.currentWidget() is self.pane and not self.pane.inquiry.is_fixed:
            self.pane.form.focus_next()

    def save_draft(self) -> None:
        """Keep what was typed."""
        for pane in (self.pane, self.standing, self.packages):
            if self._right.currentWidget() is pane:
                pane.keep_draft()

    def commands(self) -> tuple[Command, ...]:
        """New ones, and what can be done with the one that is shown."""
        found = [
            Command("New standing request", self.new_standing, "", "plus"),
            Command("New SIUU package", self.new_package, "", "plus"),
        ]
        if self._right.currentWidget() is self.pane:
            found += [
                Command("Hand the screen over to sign", self.pane.hand_over, "", "pen-line", "F6"),
                Command("Submit this inquiry", self.pane.submit, "", "lock", "Ctrl+Shift+Enter"),
            ]
        return tuple(found)

    # ---- within

    def _save(self) -> None:
        shown = self._right.currentWidget()
        if shown is self.pane:
            self.pane.replying.record() if self.pane.reply is not None else self.pane.save()
        elif shown is self.standing and self.standing.request.version is None:
            self.standing.record()
        elif shown is self.packages:
            self.packages.save()

    def _into(self) -> None:
        if self._right.currentWidget() is self.pane:
            self.pane.form.focus_next()

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = None if self._wanted is wanted else wanted
        self._fill()

    def _fill(self, select: uuid.UUID | None = None) -> None:
        store, today, typed = self.desk.store, self.desk.today(), self.search.text()
        asked, standing, known = inquiries(store), standing_requests(store), packages(store)
        soon = int(policy_of(store).number("standing_notice_days"))
        names = names_of(store, standing)
        groups: dict[Wanted, list[ListRow]] = {
            wanted: [inquiry_row(one, today) for one in asked if one.status in states]
            for wanted, states in STATES.items()
        }
        groups[Wanted.STANDING] = [
            standing_row(one, names.get(one.person_id, "Nobody") if one.person_id else "Nobody", today, soon)
            for one in standing
        ]
        groups[Wanted.PACKAGES] = [package_row(one) for one in known.values()]
        rows: list[ListRow | str] = []
        for wanted, held in groups.items():
            self._filters[wanted].set_text(f"{wanted.value} {len(held)}")
            self._filters[wanted].setChecked(wanted is self._wanted)
            fits = [one for one in held if matches(one, typed)]
            if fits and self._wanted in (None, wanted):
                rows += [_CAPTIONS[wanted], *fits]
        current = select or self.view.current_key()
        self._quiet = True
        self.view.rows.set_rows(rows)
        self.view.select(current)
        self._quiet = False
        some = bool(asked or standing or known)
        self._left.setVisible(some)
        if self._right.currentWidget() in (self._nothing, self._rest):
            self._right.setCurrentWidget(self._rest if some else self._nothing)

    def _choose(self, key: object) -> None:
        if self._quiet or not isinstance(key, uuid.UUID):
            return
        store = self.desk.store
        shown = self._right.currentWidget()
        if shown is self.pane and key == self.pane.inquiry.id:
            return
        if shown is self.pane:
            self.pane.leave()
        if (inquiry := store.find(MedicalInquiry, key)) is not None:
            self._open(inquiry)
        elif (request := store.find(StandingRequest, key)) is not None:
            self.standing.show_request(request)
            self._right.setCurrentWidget(self.standing)
        elif (package := store.find(SiuuPackage, key)) is not None:
            self.packages.show_package(package)
            self._right.setCurrentWidget(self.packages)
        elif (begun := kept(store, StandingRequest, key)) is not None:
            self.standing.show_request(begun)
            self._right.setCurrentWidget(self.standing)
            self.standing.form.start()

    def _open(self, inquiry: MedicalInquiry) -> None:
        self.pane.show_inquiry(inquiry)
        self._right.setCurrentWidget(self.pane)

    def _resume(self) -> None:
        """Typing that a crash or a lock interrupted is what one sees first."""
        held = newest(self.desk.store, MedicalInquiry)
        inquiry = self.desk.store.find(MedicalInquiry, held.id) if held else None
        if inquiry is not None:
            self._open(inquiry)
            self._fill(select=inquiry.id)
            return
        begun = newest(self.desk.store, StandingRequest)
        if begun is not None and begun.version is None:
            self.standing.show_request(begun)
            self._right.setCurrentWidget(self.standing)


_CAPTIONS = {
    Wanted.SUBMIT: "To submit",
    Wanted.WAIT: "Waiting for the answer",
    Wanted.OVER: "Delivered and ended",
    Wanted.STANDING: "Standing requests",
    Wanted.PACKAGES: "SIUU packages",
}
