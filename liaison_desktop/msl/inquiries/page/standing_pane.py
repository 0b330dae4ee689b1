"""One standing request: recorded, signed on the turned screen, renewed, withdrawn."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import Shown, StandingForm
from liaison_desktop.msl.inquiries.page.kept import clean, forget, keep, kept
from liaison_desktop.msl.inquiries.page.looks import standing_chip
from liaison_desktop.msl.inquiries.page.standing_papers import StandingPapers
from liaison_desktop.msl.inquiries.page.turning import Turning
from liaison_desktop.msl.inquiries.page.typed_pane import TypedPane
from liaison_desktop.msl.inquiries.record import RequestStatus, StandingRequest
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Signature
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.workspace import Command


def topic_key(request_id: uuid.UUID) -> str:
    """Where the topic of a request that is only begun is kept."""
    return f"standing_topic/{request_id}"


class StandingPane(TypedPane):
    """A standing request, new or recorded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.request, self._dirty = StandingRequest(), False
        self._handed: tuple[StandingRequest, uuid.UUID | None] = (self.request, None)
        self.form = StandingForm(desk.store)
        self.turning = Turning(self, desk, self._given, self._back)
        self.record_button = button("Record", "primary", "check", on_click=self.record)
        self.record_button.setToolTip("Ctrl+Enter")
        self.sign_button = button("Hand over to sign", "secondary", "pen-line", on_click=self.hand_over)
        self.sign_button.setToolTip("F6")
        self.renew_button = button("Renew", "primary", "rotate-ccw", on_click=self.renew)
        self.renew_button.setToolTip("Ctrl+R")
        self.withdraw_button = button("Withdraw…", "quiet", on_click=self._ask)
        self.reason = LineEdit(name="Why is it withdrawn?", placeholder="Why is it withdrawn?")
        self.reason.free = FreeText("withdraw_reason")
        self.reason.returnPressed.connect(self.withdraw)
        confirm = button("Record", "secondary", "check", small=True, on_click=self.withdraw)
        self._ask_row = row((self.reason, 1), confirm, margins=(20, 8, 16, 8))
        self.papers = StandingPapers(self, desk)
        self._lay_out(
            self.form,
            column(self._ask_row, gap=0),
            self.papers.button,
            self.withdraw_button,
            self.sign_button,
            self.renew_button,
            self.record_button,
        )
        self.form.changed.connect(self._changed)

    def show_request(self, request: StandingRequest, topic_id: uuid.UUID | None = None) -> None:
        """Show a request; one that was begun and not recorded comes back."""
        held = kept(self.desk.store, StandingRequest, request.id) if request.version is None else None
        self.request, self._dirty = held or request, False
        # The interest is saved with the request; until then the draft knows only its topic.
        kept_topic = self.desk.store.drafts.get(topic_key(self.request.id)) if held else None
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
        self.sign_button.setVisible(not over and not self.request.is_signed)
        for each in (self.renew_button, self.withdraw_button):
            each.setVisible(recorded and not over)
        self._ask_row.hide()
        self.papers.show_request(self.request)
        self.say(self._standing_words() or ("What you typed before is back." if held else ""))

    def _standing_words(self) -> str:
        request = self.request
        if request.withdraw_reason:
            return f"Withdrawn: {request.withdraw_reason}"
        if request.signature is not None and request.signature.signed_at is not None:
            return f"Signed {show_moment(request.signature.signed_at)}"
        return "Recorded without a signature" if request.version is not None else ""

    def _changed(self) -> None:
        self._dirty = True
        self._timer.start()

    def keep_draft(self) -> None:
        """Make what was typed durable."""
        self._timer.stop()
        if self._dirty and self.request.version is None:
            keep(self.desk.store, clean(self.form.request()))
            topic = self.form.topic_id()
            self.desk.store.drafts.put(topic_key(self.request.id), topic.bytes if topic else b"")
            self.say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def record(self) -> None:
        """Record it, or say what is missing."""
        typed, topic_id = clean(self.form.request()), self.form.topic_id()
        if not self._readable():
            return
        done = self._try(lambda: actions.record_request(self.desk.store, typed, topic_id=topic_id))
        if done is not None:
            self.desk.toast("Standing request recorded")
            self._recorded(done)

    def _readable(self) -> bool:
        if unread := self.form.unread():
            self.form.show_faults(unread)
            self.say(unread[0].message, wrong=True)
        return not unread

    def _try(self, act: Callable[[], StandingRequest]) -> StandingRequest | None:
        """Do it; what stands in the way is said beside the fields, and what was typed is kept."""
        try:
            return act()
        except Refused as refused:
            self.keep_draft()
            self.form.show_faults(refused.faults)
            self.say(refused.faults[0].message, wrong=True)
        except LiaisonError as error:
            self.say(str(error), wrong=True)
        return None

    def _recorded(self, done: StandingRequest) -> None:
        self._timer.stop()
        forget(self.desk.store, done)
        self.desk.store.drafts.drop(topic_key(done.id))
        self._done(done)

    def hand_over(self) -> None:
        """Turn the screen towards the doctor (F6); recorded and signed in one, or signed afterwards."""
        if not self.sign_button.isVisibleTo(self) or not self._readable():
            return
        self.keep_draft()
        topic_id = self.form.topic_id() if self.request.version is None else None
        typed = clean(self.form.request())
        shown = self._try(lambda: actions.ready_request(self.desk.store, typed, topic_id=topic_id))
        if shown is not None:
            self._handed = (shown, topic_id)
            self.turning.turn(Shown.of_request(shown))

    def _given(self, signature: Signature) -> None:
        (shown, topic_id), store = self._handed, self.desk.store
        if shown.version is not None:
            done = self._try(lambda: actions.sign_request(store, shown, signature))
        else:
            done = self._try(lambda: actions.record_request(store, shown, topic_id=topic_id, signature=signature))
        if done is not None:
            self._recorded(done)

    def _back(self) -> None:
        recorded = self.request.version is not None
        self.show_request(self.request)
        (self.renew_button if recorded else self.record_button).setFocus()

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.papers.show_request(self.request)
        self.form.show_faults(faults)

    def renew(self) -> None:
        """The doctor wants to hear on (Ctrl+R)."""
        if not self.renew_button.isVisibleTo(self):
            return
        fresh = self._try(lambda: actions.renew_request(self.desk.store, self.request))
        if fresh is not None:
            self.desk.toast("Renewed from today")
            self._done(fresh)
            self.sign_button.setFocus()

    def focus_step(self) -> None:
        """Give the keyboard to the field to fill in, or to what can be done with a recorded one."""
        if self.request.version is None:
            self.form.start()
        else:
            steps = (self.renew_button, self.papers.button)
            next((one for one in steps if one.isVisibleTo(self)), self.beside or self).setFocus()

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the request that is shown."""
        known = (
            (self.sign_button, Command("Hand the screen over to sign", self.hand_over, "", "pen-line", "F6")),
            (self.renew_button, Command("Renew this standing request", self.renew, "", "rotate-ccw", "Ctrl+R")),
            (self.papers.button, Command("Document of this standing request", self.papers.toggle, "", "file-text")),
            (self.withdraw_button, Command("Withdraw this standing request", self._ask, "", "x")),
        )
        return tuple(command for held, command in known if held.isVisibleTo(self))

    def withdraw(self) -> None:
        """The doctor does not want to hear on."""
        try:
            gone = actions.withdraw_request(self.desk.store, self.request, self.reason.text())
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return
        self.reason.clear()
        self._done(gone)
        self.focus_step()

    def _ask(self) -> None:
        self._ask_row.show()
        self.reason.setFocus()

    def _done(self, request: StandingRequest) -> None:
        self.show_request(request)
        self.saved.emit(request)
