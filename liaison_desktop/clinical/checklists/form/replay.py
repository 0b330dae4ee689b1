"""How a checklist was filled in: each answer with who gave it, when, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal

from liaison_desktop.clinical.checklists.form.side import Side
from liaison_desktop.clinical.checklists.record import Step
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_day
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.ticks import TickEditor

_GIVEN, _CHANGED, _TAKEN = (
    ChipSpec("Answered", "accent", "pencil"),
    ChipSpec("Changed", "amber", "pencil"),
    ChipSpec("Taken away", "neutral", "x"),
)


class Replay(Side):
    """The answer journal. Arrows walk through it; Enter goes to the question, which `go_asked` carries by its key."""

    go_asked = Signal(str)

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = tuple(steps)
        self.each = TickEditor("Each pause while typing")
        super().__init__("How it was filled in", _told(self._steps), self.each)
        self.view = RowsView("Answer journal")
        self.view.opened.connect(self._go)
        self.view.set_empty(
            EmptyState("Nothing was answered yet.", "Each answer becomes a line here, with what was there before.")
        )
        self.put(self.view)
        self.each.changed.connect(lambda _value: self.show_steps())
        self.show_steps()

    def show_steps(self) -> None:
        """Show the lines, oldest first, with the day above those of each day."""
        steps = self._steps if self.each.value() else tuple(joined(self._steps))
        rows: list[ListRow | str] = []
        day = None
        for step in steps:
            if step.at is not None and step.at.date() != day:
                day = step.at.date()
                rows.append(show_day(day))
            rows.append(_row(step))
        self.view.rows.set_rows(rows)
        self.view.select_first()

    def _go(self, number: object) -> None:
        found = next((step for step in self._steps if step.number == number), None)
        if found is not None:
            self.go_asked.emit(found.key)


def joined(steps: Iterable[Step]) -> Iterable[Step]:
    """Lines that only went on typing where the one before paused become one; a changed mind stays a line of its own."""
    import msgspec

    held: Step | None = None
    for step in steps:
        if held is not None and _typed_on(held, step):
            held = msgspec.structs.replace(step, before=held.before, pause_ms=held.pause_ms)
            continue
        if held is not None:
            yield held
        held = step
    if held is not None:
        yield held


def _typed_on(held: Step, step: Step) -> bool:
    same = (held.key, held.by, held.note) == (step.key, step.by, step.note)
    return same and bool(held.after) and step.after.startswith(held.after)


def _row(step: Step) -> ListRow:
    chip = _TAKEN if not step.after else _CHANGED if step.before else _GIVEN
    when = f"{step.at:%H:%M:%S}" if step.at is not None else ""
    was = f"before: {step.before}" if step.before else ""
    pause = f"after {round(step.pause_ms / 1000)} s" if 1000 <= step.pause_ms < 3_600_000 else ""
    facts = " · ".join(filter(None, (step.by, was, step.note, pause)))
    said = step.after or "nothing"
    return ListRow(f"{step.question}: {_line(said)}", _line(facts), chip, when, key=step.number)


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(steps: tuple[Step, ...]) -> str:
    people = sorted({step.by for step in steps})
    if not steps:
        return ""
    return f"{len(steps)} lines by {', '.join(people)}" if len(steps) != 1 else f"1 line by {people[0]}"
