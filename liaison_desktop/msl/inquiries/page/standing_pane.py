"""One standing request: recorded, renewed, withdrawn. One SIUU package: its checklist."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import PackageForm, StandingForm
from liaison_desktop.msl.inquiries.page.kept import clean, forget, keep, kept
from liaison_desktop.msl.inquiries.page.looks import standing_chip
from liaison_desktop.msl.inquiries.record import RequestStatus, SiuuPackage, StandingRequest
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.text import elided

_KEEP_AFTER = 400


def topic_key(request_id: uuid.UUID) -> str:
    """Where the topic of a request that is only begun is kept."""
    return f"standing_topic/{request_id}"


def begin_standing(desk: Desk, request: StandingRequest, topic_id: uuid.UUID | None) -> None:
    """Open a request that another page began; it is a draft until somebody records it."""
    keep(desk.store, request)
    desk.store.drafts.put(topic_key(request.id), topic_id.bytes if topic_id else b"")
    desk.open(StandingRequest.kind, request.id)


class _Pane(QWidget):
    """A heading with a chip, a body that scrolls, and a foot. What is typed is kept after a pause."""

    saved = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._title, self._chip, self._said = elided("", "section"), Chip(""), elided("", "sec", "ink2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self.keep_draft)

    def _lay_out(self, body: QWidget, above: QWidget, *foot: QWidget) -> None:
        head = panel((self._title, 1), self._chip, margins=(20, 12, 16, 12), across=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        parts = ((head, 0), (hairline(), 0), (above, 0), (scroll(body), 1), (hairline(), 0))
        for part, share in (*parts, (action_bar((self._said, 1), *foot), 0)):
            layout.addWidget(part, share)

    def keep_draft(self) -> None:
        """Make what was typed durable."""

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")


class StandingPane(_Pane):
    """A standing request, new or recorded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.request, self._dirty = StandingRequest(), False
        self.form = StandingForm(desk.store)
        self.record_button = button("Record", "primary", "check", on_click=self.record)
        self.renew_button = button("Renew", "primary", "rotate-ccw", on_click=self.renew)
        self.withdraw_button = button("Withdraw…", "quiet", on_click=self._ask)
        self.reason = LineEdit(name="Why is it withdrawn?", placeholder="Why is it withdrawn?")
        self.reason.returnPressed.connect(self.withdraw)
        confirm = button("Record", "secondary", "check", small=True, on_click=self.withdraw)
        self._ask_row = row((self.reason, 1), confirm, margins=(20, 8, 16, 8))
        self._lay_out(
            self.form, column(self._ask_row, gap=0), self.withdraw_button, self.renew_button, self.record_button
        )
        self.form.changed.connect(self._changed)

    def show_request(self, request: StandingRequest, topic_id: uuid.UUID | None = None) -> None:
        """Show a request; one that was begun and not recorded comes back."""
        held = kept(self.desk.store, StandingRequest, request.id) if request.version is None else None
        self.request, self._dirty = held or request, False
        # The interest is saved with the request; until then the draft knows only its topic.
        kept_topic = self.desk.store.drafts.get(self._topic_key()) if held else None
        topic_id = uuid.UUID(bytes=kept_topic) if kept_topic else topic_id
        self.form.show_request(self.request, topic_id)
        recorded = self.request.version is not None
        person = self.desk.store.find(Person, self.request.person_id)
        name = person.title() if person else ""
        self._title.set_text(f"Standing request, {name}" if name else "New standing request")
        soon = int(policy_of(self.desk.store).number("standing_notice_days"))
        spec = standing_chip(self.request, self.desk.today(), soon)
        self._chip.show_chip(spec.text, spec.tone, spec.icon)
        self._chip.setVisible(recorded)
        over = self.request.status is not RequestStatus.ACTIVE
        self.record_button.setVisible(not recorded)
        for each in (self.renew_button, self.withdraw_button):
            each.setVisible(recorded and not over)
        self._ask_row.hide()
        gone = f"Withdrawn: {self.request.withdraw_reason}" if self.request.withdraw_reason else ""
        self.say(gone or ("What you typed before is back." if held else ""))

    def _topic_key(self) -> str:
        return topic_key(self.request.id)

    def _changed(self) -> None:
        self._dirty = True
        self._timer.start()

    def keep_draft(self) -> None:
        """Make what was typed durable."""
        self._timer.stop()
        if self._dirty and self.request.version is None:
            keep(self.desk.store, clean(self.form.request()))
            topic = self.form.topic_id()
            self.desk.store.drafts.put(self._topic_key(), topic.bytes if topic else b"")
            self.say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def record(self) -> None:
        """Record it, or say what is missing."""
        typed = clean(self.form.request())
        try:
            done = actions.record_request(self.desk.store, typed, topic_id=self.form.topic_id())
        except Refused as refused:
            self.keep_draft()
            self.form.show_faults(refused.faults)
            self.say(refused.faults[0].message, wrong=True)
            return
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self._timer.stop()
        forget(self.desk.store, typed)
        self.desk.store.drafts.drop(self._topic_key())
        self.desk.toast("Standing request recorded")
        self._done(done)

    def renew(self) -> None:
        """The doctor wants to hear on."""
        try:
            fresh = actions.renew_request(self.desk.store, self.request)
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self.desk.toast("Renewed from today")
        self._done(fresh)

    def withdraw(self) -> None:
        """The doctor does not want to hear on."""
        try:
            gone = actions.withdraw_request(self.desk.store, self.request, self.reason.text())
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self.reason.clear()
        self._done(gone)

    def _ask(self) -> None:
        self._ask_row.show()
        self.reason.setFocus()

    def _done(self, request: StandingRequest) -> None:
        self.show_request(request)
        self.saved.emit(request)


class PackagePane(_Pane):
    """A SIUU package with its disclosures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.package, self._dirty = SiuuPackage(), False
        self.form = PackageForm(desk.store)
        self.save_button = button("Save", "primary", "check", on_click=self.save)
        self._lay_out(self.form, column(gap=0), self.save_button)
        self.form.changed.connect(self._changed)

    def show_package(self, package: SiuuPackage) -> None:
        """Show a package; what was typed into it and not saved comes back."""
        held = kept(self.desk.store, SiuuPackage, package.id)
        self.package = package
        shown = msgspec.structs.replace(held, version=package.version) if held else package
        self._dirty = held is not None
        self.form.show_package(shown)
        self._title.set_text(package.title() if package.version else "New SIUU package")
        self._settle(shown)
        self.say("What you typed before is back." if held else "")

    def _settle(self, package: SiuuPackage) -> None:
        missing = len(package.missing())
        self._chip.show_chip(
            f"{missing} missing" if missing else "Complete",
            "amber" if missing else "green",
            "circle-alert" if missing else "check",
        )

    def _changed(self) -> None:
        self._dirty = True
        self._settle(self.form.package())
        self._timer.start()

    def keep_draft(self) -> None:
        """Make what was typed durable."""
        self._timer.stop()
        if self._dirty:
            keep(self.desk.store, clean(self.form.package()))
            self.say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def save(self) -> None:
        """Save it, complete or not."""
        try:
            done = actions.save_package(self.desk.store, clean(self.form.package()))
        except Refused as refused:
            self.keep_draft()
            self.form.show_faults(refused.faults)
            self.say(f"{len(refused.faults)} to mend. What you typed is kept.", wrong=True)
            return
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self._timer.stop()
        forget(self.desk.store, done)
        self.desk.toast("SIUU package saved")
        self.show_package(done)
        self.saved.emit(done)
