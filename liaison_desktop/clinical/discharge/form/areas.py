"""The five areas: one open question each, the patient's own words, and how clear it is now."""

from __future__ import annotations

import functools

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.record import Area, AreaCode, DischargePlan
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.layout import card, column, hairline, refill, row
from liaison_desktop.ui.text import label, wrapped

# What is asked: open, never to be answered with yes (AHRQ, Always Use Teach-back).
QUESTIONS = {
    AreaCode.LIFE: "What will a day at home be like? What will you need help with?",
    AreaCode.MEDICINES: "How will you take each of your medicines? What is new, what do you stop?",
    AreaCode.WARNINGS: "What signs would worry you? What will you do, and whom will you call?",
    AreaCode.RESULTS: "Which tests are not back yet? Who will tell you?",
    AreaCode.APPOINTMENTS: "Whom will you see, when and where? How will you get there?",
}
_TONES = {
    TeachBackState.OK_FIRST: ("green", "check"),
    TeachBackState.OK_AFTER_RETEACH: ("green", "check"),
    TeachBackState.NOT_OK: ("amber", "rotate-ccw"),
    TeachBackState.DECLINED: ("outline", ""),
    TeachBackState.NOT_DONE: ("neutral", ""),
}


class AreaRow(QWidget):
    """One area. `answered` carries the area, the state and the words."""

    answered = Signal(object, object, str)

    def __init__(self, area: Area) -> None:
        super().__init__()
        self.code = area.area
        self._kept, self.clear = area.words, area.clear
        self.words = LongTextEditor(2, name=f"{area.area.label}, in the patient's words", placeholder="In their words")
        self.words.free = FreeText("words")
        self.words.set_value(area.words)
        tone, icon = _TONES[area.state]
        tried = f", {area.attempts} times" if area.attempts > 1 else ""
        chip = Chip("")
        chip.show_chip(f"{area.state.label}{tried}", tone, icon)
        marks = (
            ("Clear", TeachBackState.OK_FIRST, "check"),
            ("Explain again", TeachBackState.NOT_OK, "rotate-ccw"),
            ("Did not want to say", TeachBackState.DECLINED, ""),
        )
        buttons = [
            button(
                words,
                "secondary" if icon else "quiet",
                icon,
                small=True,
                name=f"{area.area.label}: {words.lower()}",
                on_click=functools.partial(self._answer, state),
            )
            for words, state, icon in marks
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(6)
        layout.addWidget(row(label(area.area.label, "medium"), None, chip))
        layout.addWidget(wrapped(QUESTIONS[area.area], "sec", "ink2"))
        layout.addWidget(self.words)
        layout.addWidget(row(*buttons, None, gap=6))

    def _answer(self, state: TeachBackState) -> None:
        self.answered.emit(self.code, state, self.words.value())

    @property
    def unkept(self) -> str:
        """Words that were typed and not answered for yet."""
        typed = self.words.value()
        return typed if typed != self._kept else ""


class AreasCard(QWidget):
    """All five. `answered` as of a row; `changed` while words are typed."""

    answered = Signal(object, object, str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AreaRow] = []
        self._box = column(gap=0)
        self._count = label("", "sec")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self._box, title="Five areas, said back", right=self._count, gap=0))

    def show_plan(self, plan: DischargePlan) -> None:
        """Show how clear each is; words typed and not answered for stay."""
        unkept = self.unkept()
        self.rows, parts = [], []
        for number, area in enumerate(plan.areas):
            made = AreaRow(area)
            if area.area in unkept:
                made.words.set_value(unkept[area.area])
            made.answered.connect(self.answered)
            made.words.changed.connect(lambda _value: self.changed.emit())
            self.rows.append(made)
            parts += [*((hairline(),) if number else ()), made]
        refill(self._box, *parts)
        self._count.setText(f"{sum(area.clear for area in plan.areas)} of {len(plan.areas)} clear")

    def unkept(self) -> dict[AreaCode, str]:
        """Words that were typed and not answered for yet, by area."""
        return {one.code: one.unkept for one in self.rows if one.unkept}

    def take_up(self, words: dict[AreaCode, str]) -> None:
        """Put words back that were typed before."""
        for one in self.rows:
            if one.code in words:
                one.words.set_value(words[one.code])

    def go_to(self) -> None:
        """The keyboard on the first that is not clear."""
        first = next((one for one in self.rows if not one.clear), None)
        if first is not None:
            first.words.setFocus()

    def go_to_next(self, code: AreaCode) -> None:
        """The keyboard on the one after this; on this one again if it is not clear yet."""
        places = [one.code for one in self.rows]
        number = places.index(code)
        here = self.rows[number]
        following = self.rows[min(number + 1, len(self.rows) - 1)]
        (following if here.clear else here).words.setFocus()
