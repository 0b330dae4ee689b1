"""The whole view of a form: sections at the left, the section one is in, and the reviewer's pane at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from liaison_desktop.questionnaires.facts import Fact
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import Part
from liaison_desktop.questionnaires.progress import Count, Finding, blank_keys, counts, sections
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.keys import short_cuts
from liaison_desktop.questionnaires.view.middle import Middle
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.questionnaires.view.review import ReviewPane
from liaison_desktop.questionnaires.view.section import SectionView
from liaison_desktop.questionnaires.view.sections_pane import SectionsPane
from liaison_desktop.ui.layout import hairline

_TYPING_PAUSE = 400  # ms after the last key before what was typed is kept
_MINUTE = 30_000  # ms; a clock that runs out is seen running out
_REVIEW_PAUSE = 120  # ms; the reviewer's pane may follow a moment later than the question itself


class FormFiller(QWidget):
    """Fills in a sheet. `answered` asks to keep it now; `opened` may be answered though it is locked, `shut` may not."""

    answered = Signal()
    left_section = Signal()
    finalise_asked = Signal()

    def __init__(
        self,
        sheet: Sheet,
        clock: Callable[[], dt.datetime],
        locked: bool = False,
        *,
        opened: Iterable[str] = (),
        shut: Iterable[str] = (),
        also: Callable[[], list[Finding]] = list,
        facts: Callable[[], list[Fact]] = list,
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self.filling = Filling(sheet, clock, locked)
        self.filling.opened, self.filling.shut = frozenset(opened), frozenset(shut)
        self.filling.touched.connect(self._touched)
        self.filling.moved.connect(self._moved)
        self.may_leave: Callable[[str], str] = lambda _section: ""
        self.view: SectionView | None = None
        self._sections: list[Part] = []
        self._counts: dict[str, Count] = {}
        self._here = ""
        self._last_focus = ""
        self._pause = self._timer(_TYPING_PAUSE, self._keep)
        self._review_soon = self._timer(_REVIEW_PAUSE, self._show_review)
        self._minute = self._timer(_MINUTE, self._show_review)
        self._minute.setSingleShot(False)
        self._minute.start()
        self.pane = SectionsPane(sheet.definition.title)
        self.rail = self.pane.rail
        self.rail.changed.connect(self._chosen)
        self.review = ReviewPane(self.filling, also, facts)
        self.review.go_asked.connect(self.go_to)
        self.review.key_asked.connect(self.go_to_key)
        self.review.finalise_asked.connect(self.finalise_asked)
        self._lay_out()
        self._keys = short_cuts(self)
        self._follow = QApplication.instance()
        if isinstance(self._follow, QApplication):
            self._follow.focusChanged.connect(self._focus_moved)
        self._count_again()
        self.show_section(self._sections[0].id if self._sections else "")

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    # ---- laying out

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.middle = Middle(self.filling.locked)
        self.middle.back.clicked.connect(lambda: self.step(-1))
        self.middle.on.clicked.connect(lambda: self.step(1))
        self.middle.jump_line.changed.connect(self._jumped)
        for widget in (self.pane, hairline(True), self.middle, hairline(True), self.review):
            outer.addWidget(widget, 1 if widget is self.middle else 0)

    def listen_on(self, holder: QWidget) -> None:
        """Hear the short cuts all over this widget, such as from a button above the form."""
        for one in self._keys:
            one.setParent(holder)

    # ---- where one is

    @property
    def section(self) -> str:
        """The linkId of the section one is in."""
        return self._here

    def focus_key(self) -> str:
        """The key of the question one is on, or was on last in this section."""
        return self._last_focus

    def show_section(self, link_id: str, key: str = "") -> bool:
        """Go to a section, and to a question in it. False where `may_leave` says no, or the question is not asked."""
        wanted = next((part for part in self._sections if part.id == link_id), None)
        if wanted is None:
            return False
        if link_id != self._here and self._here:
            if refusal := self.may_leave(link_id):
                self._refuse(refusal)
                return False
            self.flush()
            self.left_section.emit()
        if link_id != self._here:
            self._here, self._last_focus = link_id, ""
            self._show_view(wanted)
        return not key or (self.view is not None and self.view.focus(key))

    def _show_view(self, section: Part) -> None:
        self.view = SectionView(section, self.filling)
        self.middle.area.setWidget(self.view)
        places = [part.id for part in self._sections]
        place = places.index(section.id)
        before = self._sections[place - 1] if place else None
        after = self._sections[place + 1] if place + 1 < len(self._sections) else None
        self.middle.show_part(section, before, after)
        self._count_again()
        self._show_review()

    def _refuse(self, words: str) -> None:
        self.middle.show_count(words, "red")
        place = [part.id for part in self._sections].index(self._here)
        self.rail.set_current(place)
        first = next((key for key in blank_keys(self.sheet) if self._sections[place].holds(key)), "")
        if first and self.view is not None:
            self.filling.faults[first] = "Needed before anything else"
            self.view.show_faults()
            self.view.focus(first)

    def _chosen(self, place: object) -> None:
        if isinstance(place, int) and 0 <= place < len(self._sections):
            self.show_section(self._sections[place].id)

    def step(self, by: int) -> None:
        """The next section, or the one before, with the keyboard in its first question."""
        places = [part.id for part in self._sections]
        at = places.index(self._here) + by if self._here in places else -1
        if 0 <= at < len(places) and self.show_section(places[at]):
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the first question that is not answered, else the first, else onto the way on."""
        if self.view is None or not self.view.focus_first():
            ways = (self.middle.on, self.review.finalise, self.middle.back, *self.rail.buttons)
            for way in [one for one in ways if one.isVisible()][:1]:
                way.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, link_id: str) -> None:
        """Go to the question of that linkId, where it is asked."""
        node = next((node for node in self.sheet.nodes(link_id) if node.enabled), None)
        if node is not None:
            self.go_to_key(node.key)

    def go_to_key(self, key: str) -> bool:
        """Go to the question with that key. False if it is not asked now."""
        part = next((part for part in self._sections if part.holds(key)), None)
        return part is not None and self.show_section(part.id, key)

    def resume(self, section: str, key: str) -> None:
        """Back to where one was: the question, else the same question of a card that was still blank, else the first."""
        self.show_section(section)
        if not (key and self.go_to_key(key)):
            node = next((node for node in self.sheet.nodes(_link_id(key)) if node.enabled), None) if key else None
            if node is None or not self.go_to_key(node.key):
                self.focus_first()

    def next_required(self) -> None:
        """The next required question that is blank, from here on and around again."""
        keys = blank_keys(self.sheet, self.filling.shut)
        if not keys:
            self.middle.so_far.set_text("Nothing required is left")
            return
        order = self.sheet.definition.order
        here = order.get(_link_id(self._last_focus), order.get(self._here, -1))
        after = [key for key in keys if order.get(_link_id(key), 0) > here]
        self.go_to_key((after or keys)[0])

    def show_sources(self) -> None:
        """Show where each question comes from, or hide it again."""
        self.filling.show_sources = not self.filling.show_sources
        if self.view is not None:
            for question in self.view.questions():
                question.show_help()

    def jump(self) -> None:
        """Type a code or a word of a question to go there."""
        self.middle.jump_line.open_for(self.sheet)

    def _jumped(self, key: object) -> None:
        if isinstance(key, str):
            self.middle.jump_line.hide()
            self.go_to_key(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A slash jumps, where it is not typed into an answer; Escape leaves the jump."""
        if event.text() == "/":
            self.jump()
        elif event.key() == Qt.Key.Key_Escape and self.middle.jump_line.isVisible():
            self.middle.jump_line.hide()
            if not (self._last_focus and self.go_to_key(self._last_focus)):
                self.focus_first()
        else:
            super().keyPressEvent(event)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        at: QWidget | None = now
        while at is not None and at is not self:
            if isinstance(at, Question):
                self._last_focus = at.node.key
                self.middle.area.ensureWidgetVisible(at, 0, 24)
                return
            at = at.parentWidget()

    # ---- what changes

    def _touched(self, node: Node, typing: bool) -> None:
        self._count_again()
        if self.view is not None:
            self.view.show_calculated()
        self._review_soon.start()
        if typing:
            self._pause.start()
        else:
            self._keep()

    def _moved(self) -> None:
        if self.view is not None:
            self.view.sync()

    def _keep(self) -> None:
        self._pause.stop()
        self.answered.emit()

    def flush(self) -> None:
        """Keep at once what was typed in the last moment."""
        self.review.flush()
        if self._pause.isActive():
            self._keep()

    def show_saved(self, words: str, well: bool = True) -> None:
        """Say when it was kept, or that it was not."""
        self.middle.show_saved(words, well)
        if self.view is not None:
            for question in self.view.questions():
                question.show_who()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Put each fault beside its question, by the question's key, and go to the first."""
        self.filling.faults = dict(faults)
        self._count_again()
        if faults:
            self.go_to_key(next(iter(faults)))
        if self.view is not None:
            self.view.show_faults()
        self._show_review()

    def _count_again(self) -> None:
        self._sections = sections(self.sheet)
        self._counts = counts(self.sheet, self.filling.shut)
        self._show_sections()
        here = self._counts.get(self._here)
        self.middle.show_count(f"{here.answered} of {here.asked} answered" if here and here.asked else "")

    def _show_sections(self) -> None:
        # A section that holds an answer that cannot be has no tick, however full it is.
        self.pane.show_state(self._sections, self._counts, {*self.filling.faults, *self.review.wrong}, self._here)

    def _show_review(self) -> None:
        answered, asked = self.pane.totals(self._counts)
        self.review.show_state(answered, asked, sum(count.left for count in self._counts.values()))
        self._show_sections()


def _link_id(key: str) -> str:
    return key.rpartition("/")[2].partition(":")[0]
