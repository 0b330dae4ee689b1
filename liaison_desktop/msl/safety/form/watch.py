"""The radar over every free text of the window: after each pause it underlines, and asks about what nobody answered."""

from __future__ import annotations

import uuid

import msgspec
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.msl.safety.actions import dismiss
from liaison_desktop.msl.safety.form.capture import begin_about
from liaison_desktop.msl.safety.form.hint import RadarHint
from liaison_desktop.msl.safety.form.reading import Reader, Seen, sentence_of
from liaison_desktop.msl.safety.form.rewording import RewordingHint
from liaison_desktop.msl.safety.queries import Answered, answered_about
from liaison_desktop.msl.safety.record import About, NoReport, SafetyEvent, SafetyKind
from liaison_desktop.msl.safety.rules import about_record
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.radar import COMPLAINT, Finding
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.free_text import FreeTextEditor, free_text_editors, is_free_text

_PAUSE = 400  # ms after a key


class SafetyWatch(QWidget):
    """Stands over the status bar, empty until something is seen. A field with a place of its own is asked about there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reader = Reader(
            policy_of(desk.store).lexicon, lambda: (one.name for one in products(desk.store).values())
        )
        self._heard: list[FreeTextEditor] = []  # editors whose typing is listened to
        self._asked: Seen | None = None
        self._named: Seen | None = None
        self._subject = About()
        self._answered: tuple[uuid.UUID | None, Answered] | None = None
        self.hint, self.rewording = RadarHint(), RewordingHint()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 16, 0)
        self._layout.setSpacing(6)
        for row in (self.hint, self.rewording):
            self._layout.addWidget(row)
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self.look)
        self.hint.accepted.connect(lambda _found: self.accept())
        self.hint.dismissed.connect(self._dismiss)
        self.hint.given_up.connect(self._back)
        self.rewording.reworded.connect(lambda _found: self.reword())
        desk.store.listeners.append(self._changed)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    # ---- what the keys ask

    def report(self) -> None:
        """Begin a report (F12): from what is asked about, else an empty one about what is worked on."""
        if not self.accept():
            begin_about(self._desk, self._about().begun)

    def accept(self) -> bool:
        """Begin a report from what is asked about; False if nothing is."""
        seen, found = self._asked, self.hint.first
        if seen is None or found is None or not self.hint.isVisible():
            return False
        self._desk.frame.save_drafts()
        begun, sentence = self._about().begun, sentence_of(seen.text, found)
        name = self._reader.product_in(sentence)
        product = next((one.id for one in products(self._desk.store).values() if name and one.name == name), None)
        kind = SafetyKind.PRODUCT_QUALITY_COMPLAINT if found.kind == COMPLAINT else SafetyKind.ADVERSE_EVENT
        begin_about(
            self._desk,
            msgspec.structs.replace(begun, description=sentence, kind=kind, product_id=product or begun.product_id),
        )
        return True

    def ask_why(self) -> None:
        """Ask why what is marked is no report (Shift+F12)."""
        if self.hint.first is None or not self.hint.isVisible():
            self._desk.toast("Nothing is marked here.")
            return
        self.hint.ask()

    def reword(self) -> None:
        """Write the proposal in place of what may identify a patient (F7)."""
        seen, found = self._named, self.rewording.found
        if seen is None or found is None or not shiboken6.isValid(seen.editor):
            self._desk.toast("Nothing here names a patient.")
            return
        if seen.editor.text()[found.start : found.end] == found.words:
            seen.editor.replace(found.start, found.end, found.proposal)
        seen.editor.setFocus()
        self.look()

    def look(self) -> None:
        """Underline what is on the screen, and ask about the first that nobody answered; where one types comes first."""
        self._timer.stop()
        editors = sorted(free_text_editors(self.window()), key=lambda one: not one.hasFocus())
        self._listen(editors)
        self._subject = about = self._about()
        answered = self._said(about)
        seen = self._reader.read(editors, about, lambda text, one: answered.holds(one.words, sentence_of(text, one)))
        for one in seen:
            one.editor.set_marks([(found.start, found.end) for found in (*one.safety, *one.identity)])
        self._asked = next((one for one in seen if one.safety), None)
        self._named = next((one for one in seen if one.identity), None)
        self._put(self.hint, self._asked, 0)
        self._put(self.rewording, self._named, 1)
        more = sum(len(one.safety) for one in seen) - 1
        where = self._asked.editor.accessibleName() if self._asked and not self._place_of(self._asked) else ""
        self.hint.show_findings(self._asked.safety[0] if self._asked else None, more, where)
        self.rewording.show_finding(self._named.identity[0] if self._named else None)
        self._settle()

    # ---- within

    def _about(self) -> About:
        subject = self._desk.frame.subject()
        if subject is None:
            return About()
        kind, record_id = subject
        record = self._desk.store.find(self._desk.store.kinds[kind], record_id)
        if record is not None:
            return about_record(record, self._desk.clock())
        return About(kind=kind, id=record_id, reported=kind == SafetyEvent.kind)

    def _said(self, about: About) -> Answered:
        """What was answered about this record, asked of the store again when something was saved."""
        if self._answered is None or self._answered[0] != about.id:
            self._answered = about.id, answered_about(self._desk.store, about.id, about.begun)
        return self._answered[1]

    def _settle(self) -> None:
        here = [row for row in (self.hint, self.rewording) if row.parentWidget() is self and not row.isHidden()]
        self._layout.setContentsMargins(16, 6 if here else 0, 16, 6 if here else 0)

    @staticmethod
    def _place_of(seen: Seen) -> QWidget | None:
        free = seen.editor.free
        return free.place if free is not None and free.place is not None and shiboken6.isValid(free.place) else None

    def _put(self, row: QWidget, seen: Seen | None, at: int) -> None:
        """Move a row to the place of the field it asks about, or back to the foot."""
        place = self._place_of(seen) if seen is not None else None
        wanted = place if place is not None else self
        layout = wanted.layout()
        if row.parentWidget() is not wanted and isinstance(layout, QVBoxLayout):
            layout.insertWidget(min(at, layout.count()), row)

    def _listen(self, editors: list[FreeTextEditor]) -> None:
        self._heard = [one for one in self._heard if shiboken6.isValid(one)]
        for editor in editors:
            if not any(editor is one for one in self._heard):
                editor.textChanged.connect(self._typed)
                self._heard.append(editor)

    def _typed(self) -> None:
        self._timer.start()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.window().isAncestorOf(new) and not self.isAncestorOf(new):
            # A field that was just made is listened to from its first key on.
            if is_free_text(new):
                self._listen([new])
            if not (self.hint.isAncestorOf(new) or self.rewording.isAncestorOf(new)):
                self._timer.start()

    def _changed(self, _kinds: frozenset[str]) -> None:
        self._answered = None
        self._timer.start()

    def _back(self) -> None:
        if self._asked is not None and shiboken6.isValid(self._asked.editor):
            self._asked.editor.setFocus()

    def _dismiss(self, found: Finding, reason: NoReport, more: str) -> None:
        seen, subject = self._asked, self._subject
        if seen is None:
            return
        try:
            dismiss(
                self._desk.store,
                found,
                about_kind=subject.kind,
                about_id=subject.id,
                field=seen.editor.free.field if seen.editor.free is not None else "",
                reason=reason,
                sentence=sentence_of(seen.text, found),
                number=more if reason is NoReport.ALREADY_REPORTED else "",
                note=more if reason is NoReport.OTHER else "",
                lexicon_version=policy_of(self._desk.store).lexicon.version,
            )
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._back()
        self.look()
