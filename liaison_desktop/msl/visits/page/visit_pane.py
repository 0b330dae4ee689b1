"""One visit: its heading, the form, and at the foot what is missing and the one button that matters."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.visits.actions import check_visit, save_visit
from liaison_desktop.msl.visits.form import FollowsTheEye, VisitForm
from liaison_desktop.msl.visits.page.call_off import CallOff
from liaison_desktop.msl.visits.page.foot import Foot
from liaison_desktop.msl.visits.page.heading import Heading
from liaison_desktop.msl.visits.page.kept import Kept, forget, keep, kept_of
from liaison_desktop.msl.visits.page.looks import Mode, said_early
from liaison_desktop.msl.visits.page.promises import settle
from liaison_desktop.msl.visits.page.submitting import Submitting
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.msl.visits.rules import blocking
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import hairline, scroll

KEEP_AFTER = 400  # ms after the last key; what is typed is durable well within two seconds


class VisitPane(FollowsTheEye):
    """Holds one visit. Typing is kept within two seconds; leaving it saves it."""

    finished = Signal(object)  # the visit as saved
    removed = Signal()
    person_changed = Signal()

    def __init__(self, desk: Desk, *, history: Callable[[bool], object]) -> None:
        super().__init__()
        self._desk = desk
        self._visit = Visit()
        self.mode = Mode.EDIT  # what the pane is doing
        self._dirty = self._saving = self._strict = False
        self._person: uuid.UUID | None = None
        self.form = VisitForm(desk.store)
        self.off, self.submitting = CallOff(desk, self), Submitting(desk, self)
        self.heading = Heading(
            desk, details=self.form.toggle_details, history=history, cancel=self.off.cancel, remove=self.off.remove
        )
        self.foot = Foot(desk, save=self.save, submit=self.submitting.submit, amend=self.amend, back=self.back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in (
            (self.heading, 0),
            (hairline(), 0),
            (scroll(self.form), 1),
            (hairline(), 0),
            (self.foot, 0),
        ):
            layout.addWidget(widget, stretch)
        self.form.changed.connect(self._changed)
        self.form.promises.settled.connect(lambda number, status: settle(desk, self._visit.id, number, status))
        self.foot.reason.textEdited.connect(lambda _text: self._changed())

    # ---- showing

    @property
    def visit(self) -> Visit:
        """The visit as it was last read or saved."""
        return self._visit

    def typed(self) -> Visit:
        """The visit as it stands on the screen."""
        return self.form.visit()

    def take(self, visit: Visit) -> None:
        """Show these values as if they had been typed."""
        self._show(visit, read_only=False)
        self._changed()
        self.form.focus_next()

    def show_visit(self, visit: Visit) -> None:
        """Show a visit; what was typed into it and not saved comes back, on the same field."""
        self.leave()
        held = kept_of(self._desk.store, visit.id)
        self._visit, self._strict = visit, False
        if held is not None and (held.amending == visit.locked):
            self.mode = Mode.AMEND if held.amending else Mode.EDIT
            typed = msgspec.structs.replace(held.visit, version=visit.version, status=visit.status)
            self._show(typed, read_only=False)
            self.foot.reason.setText(held.reason)
            self._dirty = True
            # Later, because whoever shows a page gives it the keyboard afterwards.
            QTimer.singleShot(0, self, lambda: self.form.focus_on(held.field))
            self.foot.say("What you typed before is back.")
            return
        closed = visit.locked or visit.status is VisitStatus.CANCELLED
        self.mode = Mode.LOCKED if closed else Mode.EDIT
        self._show(visit, read_only=closed)

    def show_old(self, version: uuid.UUID) -> None:
        """Show a version as it was; nothing in it can be changed."""
        if version == self._visit.version:
            self.back()
            return
        self.leave()
        old = self._desk.store.version(Visit, version)
        self.mode = Mode.OLD
        self._show(old, read_only=True)

    def back(self) -> None:
        """From an old version, or from an amendment, back to the visit as it is."""
        if self.mode is Mode.AMEND:
            forget(self._desk.store, self._visit.id)
        self._dirty = False
        current = self._desk.store.find(Visit, self._visit.id)
        if current is not None:
            self.show_visit(current)

    def amend(self) -> None:
        """Open a locked visit for a new version."""
        self.mode, self._strict = Mode.AMEND, False
        self.foot.reason.clear()
        self._show(self._visit, read_only=False)
        self.foot.reason.setFocus()

    def refresh(self) -> None:
        """Something was saved: take it over without losing what is typed here."""
        if self._saving or self.mode is Mode.OLD:
            return
        current = self._desk.store.find(Visit, self._visit.id)
        if current is None:
            return
        if self._dirty:
            self._visit = current
            self.form.rebase(msgspec.structs.replace(self.typed(), version=current.version))
        elif current != self._visit:
            self.show_visit(current)

    # ---- keeping

    def leave(self) -> None:
        """Save what was typed, as when another visit is chosen. An amendment stays a draft until it is finished."""
        self._timer.stop()
        if not self._dirty:
            return
        if self.mode is Mode.EDIT:
            self._commit()
        elif self.mode is Mode.AMEND:
            self._keep()
        self._dirty = False

    def keep_draft(self) -> None:
        """Make what was typed durable now."""
        self._timer.stop()
        if self._dirty:
            self._keep()

    def save(self) -> None:
        """Save the draft (Ctrl+Enter)."""
        if self.mode is not Mode.EDIT:
            return
        if unread := self.form.unread():
            self.form.show_faults(unread, focus=True)
            return
        self._timer.stop()
        if self._commit():
            self._desk.toast("Draft saved")
            self._check()

    # ---- within

    def _show(self, visit: Visit, *, read_only: bool) -> None:
        self._dirty = False
        self.form.show_visit(visit, read_only=read_only)
        self._person = visit.primary_person_id
        self._head(visit)
        if read_only:
            self.foot.show_closed(visit, old=self.mode is Mode.OLD)
            self.form.promises.set_live(self.mode is Mode.LOCKED and visit.locked)
        else:
            self.foot.show_open(amending=self.mode is Mode.AMEND)
            self._check()

    def _head(self, visit: Visit) -> None:
        self.heading.show_visit(visit, editable=self.mode in (Mode.EDIT, Mode.AMEND), old=self.mode is Mode.OLD)

    def _changed(self) -> None:
        self._dirty = True
        self._timer.start()
        typed = self.typed()
        if typed.primary_person_id != self._person:
            self._person = typed.primary_person_id
            self.person_changed.emit()
        self._head(typed)

    def be_strict(self) -> None:
        """From now on what is only not done yet is shown too, as somebody wants to be done with it."""
        self._strict = True
        self._timer.stop()

    def keep_all(self) -> None:
        """Keep what is typed, and say what stands in the way, as when the keys rest."""
        self._keep()
        self._check()

    def _keep(self) -> None:
        if self._visit.version is None and self.mode is Mode.EDIT:
            # The first words make it a visit of the list; from then on typing is kept beside the journal, at once too,
            # because only what is kept there says which field the keyboard was in.
            if not self._commit():
                return
            self._dirty = True
        kept = Kept(
            visit=self.typed(),
            field=self.form.focused(),
            amending=self.mode is Mode.AMEND,
            reason=self.foot.reason.text(),
        )
        keep(self._desk.store, kept)
        self.foot.show_kept(self._desk.clock())

    def _commit(self) -> bool:
        try:
            with self.quietly():
                self._visit = save_visit(self._desk.store, self.typed())
        except LiaisonError as error:
            self.foot.say(str(error))
            return False
        forget(self._desk.store, self._visit.id)
        self.form.rebase(self._visit)
        self._dirty = False
        self._head(self._visit)
        self.foot.show_kept(self._desk.clock())
        self.finished.emit(self._visit)
        return True

    def _check(self) -> None:
        """Say what stands in the way, live; what is only not done yet stays quiet until somebody submits."""
        faults = check_visit(self._desk.store, self.typed())
        self.form.show_faults([one for one in faults if self._strict or said_early(one)])
        self.foot.show_missing(blocking(faults))

    @contextlib.contextmanager
    def quietly(self) -> Iterator[None]:
        """While the pane itself saves, what it hears of that save is no news."""
        self._saving = True
        try:
            yield
        finally:
            self._saving = False

    def done_with(self, saved: Visit) -> None:
        """Show a visit as it was just saved; nothing of it is under the keys any more."""
        self.let_go()
        self.show_visit(saved)
        self.finished.emit(saved)

    def let_go(self) -> None:
        """Forget what is under the keys."""
        self._timer.stop()
        self._dirty = False
        forget(self._desk.store, self._visit.id)
