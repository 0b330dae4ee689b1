"""Inquiries: the list by state, and one inquiry, standing request or SIUU package beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.actions import new_inquiry, new_request
from liaison_desktop.msl.inquiries.page.inquiry_list import InquiryList
from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane
from liaison_desktop.msl.inquiries.page.kept import kept, newest
from liaison_desktop.msl.inquiries.page.package_pane import PackagePane
from liaison_desktop.msl.inquiries.page.panes import Panes
from liaison_desktop.msl.inquiries.page.standing_pane import StandingPane
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, SiuuPackage, StandingRequest
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.workspace import Command

_KINDS = frozenset({"medical_inquiry", "standing_request", "siuu_package", "person"})


class InquiriesPage(Page):
    """Ctrl+N begins an inquiry, F6 hands the screen over, Ctrl+Shift+Enter submits."""

    key: ClassVar[str] = "inquiries"
    title: ClassVar[str] = "Inquiries"
    icon: ClassVar[str] = "circle-question-mark"

    def __init__(self, desk: Desk, insight: Callable[[MedicalInquiry], object] | None = None) -> None:
        super().__init__(desk)
        self._insight = insight  # what makes an insight of an inquiry that is none; given from above
        self.list = InquiryList(desk, new=self.new, new_standing=self.new_standing)
        self.list.chosen.connect(self._choose)
        self.list.view.opened.connect(lambda _key: self._into())
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
        self.panes = Panes(desk, self._right, self.list.view, lambda record: self._fill(select=record.id))
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self._right, 1)
        self.setFocusProxy(self.list.view)

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

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The panes, the one that is shown first before the others."""
        return (lambda: self.panes.inquiry, self._rehearse, lambda: self.panes.standing, lambda: self.panes.package)

    def _rehearse(self) -> None:
        """Show an empty inquiry where nobody sees it: statements are made ready when they are first used."""
        if self.panes.shown is None:
            self.pane.show_inquiry(MedicalInquiry())

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
        self.list.show_everything()
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
            self.pane.signing.submit()

    def _renew(self) -> None:
        if isinstance(self.panes.shown, StandingPane):
            self.standing.renew()

    def _hand_over(self) -> None:
        shown = self.panes.shown
        if isinstance(shown, InquiryPane):
            self.pane.signing.hand_over()
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

    def _fill(self, select: uuid.UUID | None = None) -> None:
        self.list.fill(select)
        if self._right.currentWidget() in (self._nothing, self._rest):
            self._right.setCurrentWidget(self._rest if self.list.some else self._nothing)

    def _choose(self, key: uuid.UUID) -> None:
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

    def resume(self) -> None:
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
