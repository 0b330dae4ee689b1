"""Inquiries: the list by state, and one inquiry, standing request or SIUU package beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.actions import new_inquiry, new_request
from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane
from liaison_desktop.msl.inquiries.page.kept import kept, newest
from liaison_desktop.msl.inquiries.page.listing import groups_of, rows_of
from liaison_desktop.msl.inquiries.page.looks import Wanted
from liaison_desktop.msl.inquiries.page.package_pane import PackagePane
from liaison_desktop.msl.inquiries.page.panes import Panes
from liaison_desktop.msl.inquiries.page.standing_pane import StandingPane
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, SiuuPackage, StandingRequest
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
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

    def __init__(self, desk: Desk, insight: Callable[[MedicalInquiry], object] | None = None) -> None:
        super().__init__(desk)
        self._insight = insight  # what makes an insight of an inquiry that is none; given from above
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
        for widget in (self._nothing, self._rest):
            self._right.addWidget(widget)
        self.panes = Panes(desk, self._right, self.view, lambda record: self._fill(select=record.id))
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
            title_line("Inquiries", *adding, margins=(16, 0, 16, 0)),
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
        for keys, act in (
            *((keys, self._save) for keys in ("Ctrl+Return", "Ctrl+Enter")),
            *((keys, self._submit) for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")),
            ("F6", self._hand_over),
            ("Ctrl+M", self.new_of_person),
            ("Ctrl+G", self.new_standing),
            ("Ctrl+R", self._renew),
            ("Ctrl+I", self.to_insight),
        ):
            QShortcut(QKeySequence(keys), self, act)

    @property
    def pane(self) -> InquiryPane:
        """The pane of an inquiry."""
        return self.panes.inquiry

    @property
    def standing(self) -> StandingPane:
        """The pane of a standing request."""
        return self.panes.standing

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Inquiries, requests or packages changed."""
        if kinds & _KINDS:
            self._fill()
            if isinstance(self.panes.shown, InquiryPane):
                self.pane.refresh()

    def new(self) -> None:
        """A new inquiry (Ctrl+N)."""
        self._open(new_inquiry(self.desk.store))
        self.pane.form.focus_next()

    def new_of_person(self) -> None:
        """A new inquiry of whoever is shown (Ctrl+M)."""
        self._open(new_inquiry(self.desk.store, person_id=self.panes.person()))
        self.pane.form.focus_next()

    def new_standing(self) -> None:
        """A new standing request of whoever is shown, about what they asked (Ctrl+G)."""
        person_id, topic_id = self.panes.person(), self.panes.topic()
        self.panes.put_down()
        fresh = new_request(self.desk.store, person_id=person_id, topic_id=topic_id)
        self.standing.show_request(fresh, topic_id)
        self._right.setCurrentWidget(self.standing)
        self.standing.form.start()

    def new_package(self) -> None:
        """A new SIUU package."""
        self.panes.put_down()
        self.panes.package.show_package(SiuuPackage())
        self._right.setCurrentWidget(self.panes.package)
        self.panes.package.form.start()

    def to_insight(self) -> None:
        """What was taken for a question is something that was heard: begin an insight with its words (Ctrl+I)."""
        if self._insight is not None and isinstance(self.panes.shown, InquiryPane):
            self.pane.keep_draft()
            self._insight(self.pane.typed())

    def show_record(self, id: uuid.UUID) -> None:
        """Show this inquiry, standing request or package."""
        self._wanted = None
        self.search.clear()
        self._choose(id)
        self._fill(select=id)
        self._into()

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields of what is shown."""
        if self.panes.shown is not None:
            self.panes.shown.point_out(faults)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The inquiry, standing request or package that is shown."""
        record = self.panes.record()
        return (record.kind, record.id) if record is not None else None

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self.panes.shown is not None:
            self.panes.shown.keep_draft()

    def commands(self) -> tuple[Command, ...]:
        """New ones, and what can be done with the one that is shown."""
        found = [
            Command("New standing request", self.new_standing, "", "plus", "Ctrl+G"),
            Command("New SIUU package", self.new_package, "", "plus"),
        ]
        shown = self.panes.shown
        if isinstance(shown, InquiryPane):
            found += [Command("New inquiry of this doctor", self.new_of_person, "", "plus", "Ctrl+M")]
            found += self.pane.commands()
            found += [Command("Make an insight of this inquiry", self.to_insight, "", "lightbulb", "Ctrl+I")]
        elif isinstance(shown, StandingPane):
            found += self.standing.commands()
        return tuple(found)

    # ---- within

    def _submit(self) -> None:
        if isinstance(self.panes.shown, InquiryPane):
            self.pane.submit()

    def _renew(self) -> None:
        if isinstance(self.panes.shown, StandingPane):
            self.standing.renew()

    def _hand_over(self) -> None:
        shown = self.panes.shown
        if isinstance(shown, InquiryPane):
            self.pane.hand_over()
        elif isinstance(shown, StandingPane):
            self.standing.hand_over()

    def _save(self) -> None:
        shown = self.panes.shown
        if isinstance(shown, InquiryPane):
            self.pane.replying.record() if self.pane.reply is not None else self.pane.save()
        elif isinstance(shown, StandingPane) and self.standing.request.version is None:
            self.standing.record()
        elif isinstance(shown, PackagePane):
            self.panes.package.save()

    def _into(self) -> None:
        """The keyboard where the next thing is to be done: a field of a draft, else the next step."""
        shown = self.panes.shown
        if isinstance(shown, InquiryPane) and self.pane.inquiry.status is InquiryStatus.DRAFT:
            self.pane.form.focus_next()
        elif isinstance(shown, InquiryPane):
            self.pane.focus_step()
        elif isinstance(shown, StandingPane):
            self.standing.focus_step()
        elif isinstance(shown, PackagePane):
            self.panes.package.form.start()

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = None if self._wanted is wanted else wanted
        self._fill()

    def _fill(self, select: uuid.UUID | None = None) -> None:
        groups = groups_of(self.desk.store, self.desk.today())
        for wanted, held in groups.items():
            self._filters[wanted].set_text(f"{wanted.value} {len(held)}")
            self._filters[wanted].setChecked(wanted is self._wanted)
        current = select or self.view.current_key()
        self._quiet = True
        self.view.rows.set_rows(rows_of(groups, self._wanted, self.search.text()))
        self.view.select(current)
        self._quiet = False
        some = any(groups.values())
        self._left.setVisible(some)
        if self._right.currentWidget() in (self._nothing, self._rest):
            self._right.setCurrentWidget(self._rest if some else self._nothing)

    def _choose(self, key: object) -> None:
        if self._quiet or not isinstance(key, uuid.UUID):
            return
        store = self.desk.store
        if isinstance(self.panes.shown, InquiryPane):
            if key == self.pane.inquiry.id:
                return
            self.pane.leave()
            self._fill(select=key)  # What was left was saved, and took the mark in the list.
        if (inquiry := store.find(MedicalInquiry, key)) is not None:
            self._open(inquiry)
        elif (request := store.find(StandingRequest, key)) is not None:
            self.standing.show_request(request)
            self._right.setCurrentWidget(self.standing)
        elif (package := store.find(SiuuPackage, key)) is not None:
            self.panes.package.show_package(package)
            self._right.setCurrentWidget(self.panes.package)
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
