"""The radar over a visit: after each pause it marks the notes and asks, over every text of the visit."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.msl.safety.actions import dismiss
from liaison_desktop.msl.safety.form import RadarHint, RewordingHint
from liaison_desktop.msl.safety.form.capture import begin_about
from liaison_desktop.msl.safety.queries import dismissals_about, events_of_visit
from liaison_desktop.msl.safety.record import NoReport, SafetyEvent, SafetyKind
from liaison_desktop.msl.visits.page.flags import begun_from
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.record import Heard, Visit
from liaison_desktop.msl.visits.rules import free_texts
from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.lexicon import load_words
from liaison_desktop.policies.radar import COMPLAINT, Finding, scan
from liaison_desktop.ui.desk import Desk

_PAUSE = 400  # ms after a key


class Watch(QObject):
    """Looks at what is typed; opens a report from a finding, or keeps why it is none."""

    def __init__(self, desk: Desk, pane: VisitPane) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self.hint: RadarHint = pane.form.radar
        self.rewording: RewordingHint = pane.form.rewording
        self._found: tuple[tuple[str, Finding], ...] = ()
        self._names: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self.look)
        pane.form.changed.connect(self._timer.start)
        pane.form.heard.changed.connect(self._answered)
        self.hint.accepted.connect(self._accept)
        self.hint.dismissed.connect(self._dismiss)
        self.rewording.reworded.connect(self._reword)

    def look(self) -> None:
        """Mark what may have to be reported, and ask about the first that nobody answered."""
        self._timer.stop()
        form = self._pane.form
        if self._pane.mode not in (Mode.EDIT, Mode.AMEND):
            form.notes.set_marks(())
            self.hint.show_findings(())
            self.rewording.show_finding(None)
            return
        self._names = tuple(one.name for one in products(self._desk.store).values())
        typed = self._pane.typed()
        said = {one.words for one in dismissals_about(self._desk.store, typed.id)}
        told = " ".join(one.description for one in self._reports(typed))
        self._found = tuple(
            (field, one) for field, one in self._findings(typed) if one.words not in said and one.words not in told
        )
        mine = [one for field, one in self._found if field == "notes"]
        named = identities(form.notes.text())
        form.notes.set_marks([(one.start, one.end) for one in (*mine, *named)])
        self.hint.show_findings([one for _field, one in self._found])
        self.rewording.show_finding(named[0] if named else None)

    def take_reports(self) -> None:
        """A report of this visit was saved: the question about adverse events is answered with yes."""
        form = self._pane.form
        if self._pane.mode is Mode.EDIT and form.heard.value() is not Heard.YES and self._reports(self._pane.visit):
            form.heard.set_value(Heard.YES)
            form.changed.emit()
        self.look()

    # ---- within

    def _findings(self, typed: Visit) -> Iterator[tuple[str, Finding]]:
        for field, text in free_texts(typed):
            # Positions count in the text as it stands in its editor, blanks at its beginning included.
            shown = self._pane.form.notes.text() if field == "notes" else text
            for one in scan(shown, products=self._names):
                yield field, one

    def _reports(self, visit: Visit) -> list[SafetyEvent]:
        return [one for one in events_of_visit(self._desk.store, visit.id) if not one.error_reason]

    def _answered(self, value: object) -> None:
        if value is Heard.YES and not self._reports(self._pane.visit):
            self._pane.keep_draft()
            begin_about(self._desk, begun_from(self._pane.typed()))

    def _accept(self, found: Finding) -> None:
        self._pane.keep_draft()
        kind = SafetyKind.PRODUCT_QUALITY_COMPLAINT if found.kind == COMPLAINT else SafetyKind.ADVERSE_EVENT
        begin_about(self._desk, begun_from(self._pane.typed(), _sentence(self._text_of(found), found), kind))

    def _dismiss(self, found: Finding, reason: NoReport, more: str) -> None:
        field = next((held for held, one in self._found if one == found), "notes")
        try:
            dismiss(
                self._desk.store,
                found,
                about_kind=Visit.kind,
                about_id=self._pane.visit.id,
                field=field,
                reason=reason,
                sentence=_sentence(self._text_of(found), found),
                number=more if reason is NoReport.ALREADY_REPORTED else "",
                note=more if reason is NoReport.OTHER else "",
                lexicon_version=load_words("msl").version,
            )
        except LiaisonError as error:
            self._desk.toast(str(error))
            return
        self.look()

    def _reword(self, found: Finding) -> None:
        self._pane.form.notes.replace(found.start, found.end, found.proposal)
        self.look()

    def _text_of(self, found: Finding) -> str:
        field = next((held for held, one in self._found if one == found), "notes")
        return self._pane.form.notes.text() if field == "notes" else dict(free_texts(self._pane.typed()))[field]


def _sentence(text: str, found: Finding) -> str:
    """The sentence a finding stands in."""
    ends = ".!?\n"
    start = max(text.rfind(end, 0, found.start) for end in ends) + 1
    stops = [place for end in ends if (place := text.find(end, found.end)) >= 0]
    return text[start : min(stops, default=len(text) - 1) + 1].strip()
