"""What the guards of a step say, one under the other: passed or not, why, and where what is missing is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Judgement
from liaison_desktop.clinical.referrals.rules import mend_of, title_of
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import column, hairline, refill, row
from liaison_desktop.ui.text import icon_label, label, wrapped

# What the button says that leads to where a guard is mended.
_WORDS: Mapping[str, str] = {
    "details": "Details",
    "packet": "Packet",
    "visit": "Start visit",
    "decision": "Decision",
    "work": "Next step",
    "people": "Care team",
    "admission": "At admission",
    "before": "Days before",
    "areas": "Five areas",
    "day": "The day",
    "after": "Afterwards",
    "tasks": "Tasks",
}


def mend_words(mend: str) -> str:
    """Where it leads, in a word or two."""
    if mend.startswith("form:"):
        return "Checklist"
    return mend.partition(":")[2] if mend.startswith("chart:") else _WORDS.get(mend, "Open")


class GuardList(QFrame):
    """The guards of one step, by default those of a referral. `mended` asks to open the place of a guard; what is typed as a reason takes one on."""

    mended = Signal(str)
    changed = Signal()

    def __init__(
        self, here: str = "", title_of: Callable[[str], str] = title_of, mend_of: Callable[[str], str] = mend_of
    ) -> None:
        """`here` is the place that it stands in: nothing leads to where one is already."""
        super().__init__()
        self._here, self._title_of, self._mend_of = here, title_of, mend_of
        self._judgements: tuple[Judgement, ...] = ()
        self._reasons: dict[str, TextEditor] = {}
        self._links: dict[str, Button] = {}
        self._box = column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)

    def show_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Show these; nothing is built anew where nothing changed, so that a reason being typed stays."""
        found = tuple(judgements)
        if found == self._judgements:
            return
        typed = self.reasons()
        self._judgements, self._reasons, self._links = found, {}, {}
        parts: list[QWidget] = []
        for number, one in enumerate(found):
            parts += [*((hairline(),) if number else ()), self._row(one, typed.get(one.guard, ""))]
        refill(self._box, *parts)

    def reasons(self) -> dict[str, str]:
        """What somebody takes on, by guard, with the reason."""
        return {guard: editor.value() for guard, editor in self._reasons.items() if editor.value()}

    @property
    def missing(self) -> int:
        """How many do not stand as they are."""
        return sum(not one.passed for one in self._judgements)

    def go_to(self, guard: str) -> None:
        """The keyboard on the way to mend a guard; on the first that does not hold if it is none of these."""
        links = self._links
        target = links.get(guard) or next(iter(links.values()), None)
        if target is not None:
            target.setFocus()

    def _taking_on(self, guard: str, title: str, typed: str) -> tuple[TextEditor, Button]:
        """The line for the reason, and the button that shows it: to take something on is asked for, never offered."""
        editor = TextEditor(placeholder="Why it is right to go on")
        editor.setAccessibleName(f"Take on: {title}")
        editor.set_value(typed)
        editor.setVisible(bool(typed))
        editor.changed.connect(lambda _value: self.changed.emit())
        opener = button("Take it on…", "link", small=True)
        opener.setAccessibleName(f"{title}: take it on")

        def show() -> None:
            editor.show()
            editor.setFocus()

        opener.clicked.connect(show)
        self._reasons[guard] = editor
        return editor, opener

    def _row(self, one: Judgement, typed: str) -> QWidget:
        icon, tone = ("circle-check", "green") if one.passed else ("circle-x", "red")
        if not one.passed and one.may_override:
            icon, tone = "circle-alert", "amber"
        title = self._title_of(one.guard)
        words: list[QWidget] = [label(title, "medium"), wrapped(one.words, "cap", "ink2")]
        mend = self._mend_of(one.guard)
        ends: list[QWidget] = []
        if not one.passed and one.may_override:
            editor, opener = self._taking_on(one.guard, title, typed)
            words.append(editor)
            ends.append(opener)
        if not one.passed and mend not in ("", self._here):
            link = button(mend_words(mend), "secondary", small=True, on_click=lambda: self.mended.emit(one.guard))
            link.setAccessibleName(f"{title}: {mend_words(mend)}")
            self._links[one.guard] = link
            ends.append(link)
        state = "holds" if one.passed else "may be taken on" if one.may_override else "missing"
        mark = icon_label(icon, tone, 16)
        mark.setAccessibleName(f"{title}: {state}")
        return row(mark, (column(*words, gap=1), 1), *ends, gap=10, margins=(0, 7, 0, 7))
