"""A newer version of the form: what is added, changed and dropped, shown before the answers are carried over."""

from __future__ import annotations

from PySide6.QtCore import Signal

from liaison_desktop.clinical.checklists.form.side import Side
from liaison_desktop.questionnaires.carried import Carried, Change, Changes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.layout import column, panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import wrapped

_ADDED = ChipSpec("Added", "accent", "plus")
_CHANGED = ChipSpec("Changed", "amber", "pencil")
_DROPPED = ChipSpec("Dropped", "neutral", "x")
_KEPT = ChipSpec("Kept in words", "neutral", "file-text")


class NewerVersion(Side):
    """`carry_asked`: take the answers over. Nothing is done before that."""

    carry_asked = Signal()

    def __init__(self, was: str, now: str, told: Changes, carried: Carried) -> None:
        self.carry = button(
            "Carry the answers over", "primary", "arrow-right", on_click=lambda: self.carry_asked.emit()
        )
        stay = button("Stay with this version", "secondary", on_click=lambda: self.closed.emit())
        super().__init__("A newer version of this form", f"{was} is answered here, {now} is released", stay, self.carry)
        self.view = RowsView("What changes")
        rows: list[ListRow | str] = []
        for caption, part, chip in (
            ("Added", told.added, _ADDED),
            ("Changed", told.changed, _CHANGED),
            ("Dropped", told.dropped, _DROPPED),
        ):
            rows += [f"{caption}: {len(part)}", *(_row(one, chip) for one in part)] if part else []
        if carried.left:
            rows.append(f"Answers without a question: {len(carried.left)}")
            rows += [
                ListRow(said.question, said.words, _KEPT, key=f"kept {number}")
                for number, said in enumerate(carried.left.values())
            ]
        self.view.rows.set_rows(rows)
        self.view.select_first()
        words = (
            "Your answers go where the same questions are. What has no question any more stays readable on the "
            "checklist, on its document and in its history. The version of now is kept in the journal."
        )
        body = column(panel(wrapped(words, "sec"), margins=(20, 10, 20, 10)), (self.view, 1), gap=0)
        self.put(body)
        self.setFocusProxy(self.view)


def _row(change: Change, chip: ChipSpec) -> ListRow:
    what = change.what[:1].upper() + change.what[1:]
    return ListRow(change.question, " ".join(what.split()), chip, key=f"{chip.text} {change.link_id}")
