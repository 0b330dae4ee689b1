"""Two people changed one record: field by field, what was before, yours, theirs; what is chosen is saved over both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.i18n import plural, tr
from liaison_desktop.records.moments import moment_of
from liaison_desktop.shell.sync.versions import Both, Row, both_of, saved_from
from liaison_desktop.shell.sync.words import kind_title, record_title
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.choices import SideChoice
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import FaultLine
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll
from liaison_desktop.ui.pictures import Bar
from liaison_desktop.ui.table import shown
from liaison_desktop.ui.text import icon_label, icon_text, label, wrapped

_NOTHING = tr("not set")


class DecidingPane(QWidget):
    """One conflict at a time; the arrows go to the next. `done` is called when one is decided, `later` on "Decide later"."""

    def __init__(self, desk: Desk, *, done: Callable[[], object], later: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._done, self._later = desk, done, later
        self.dispute: Dispute | None = None
        self.both: Both | None = None
        self.chosen: dict[str, str] = {}  # field -> mine, theirs or both
        self.sides: dict[str, tuple[SideChoice, SideChoice]] = {}
        self.joins: dict[str, Button] = {}
        self.top, self.body = column(gap=4, margins=(24, 12, 24, 8)), column(gap=12, margins=(24, 0, 24, 16))
        self.preview = QGridLayout()
        self.count, self.bar, self.left = label("", "strong"), Bar(width=120), label("", "sec")
        self.fault = FaultLine()
        self.put_off = button(tr("Decide later"), "quiet", on_click=self._later)
        self.two = button(tr("Keep as two records"), on_click=self.keep_two)
        self.save = button(tr("Save merged record"), "primary", "git-merge", on_click=self.save_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(scroll(column(self.body, None, gap=0)), 1)
        layout.addWidget(row(self.fault, margins=(24, 0, 24, 4)))
        layout.addWidget(action_bar(self.count, self.bar, self.left, None, self.put_off, self.two, self.save))

    def still_open(self) -> bool:
        """Whether what is shown still waits to be decided."""
        if self.dispute is None:
            return False
        return any(one.id == self.dispute.id for one in self._desk.store.central.disputes(self.dispute.subject))

    def show_dispute(self, dispute: Dispute) -> None:
        """Show both versions of a record."""
        self.dispute, self.both = dispute, both_of(self._desk.store, dispute)
        self.chosen = {}
        self.fault.show_fault("", True)
        self._show_top(dispute)
        refill(self.body, self._table(self.both), *self._merged(self.both), self._what_is_saved(self.both))
        self.two.setVisible(self.both.can_be_two)
        self._settle()
        first = next(iter(self.sides.values()), None)
        self.setFocusProxy(first[0] if first else self.save)

    # -- the top ------------------------------------------------------------------------------------------------------
    def _show_top(self, dispute: Dispute) -> None:
        waiting = self._desk.store.central.disputes()
        at = next((number for number, one in enumerate(waiting) if one.id == dispute.id), 0)
        where = tr("{n} of {m} conflicts", n=at + 1, m=len(waiting))
        before = button("", icon="chevron-left", name=tr("The one before"))
        after = button("", icon="chevron-right", name=tr("The next one"))
        for turn, step in ((before, -1), (after, 1)):
            turn.setEnabled(len(waiting) > 1)
            turn.clicked.connect(lambda _checked=False, s=step: self.show_dispute(waiting[(at + s) % len(waiting)]))
        title = record_title(self._desk.store, dispute.kind, dispute.subject)
        refill(
            self.top,
            row(label(tr("Sync"), "sec"), icon_label("chevron-right", "ink3", 14), label(title, "sec"), None, gap=6),
            row(
                label(tr("Two people changed this {kind}", kind=kind_title(dispute.kind).lower()), "title"),
                None,
                label(where, "cap", "ink2"),
                before,
                after,
            ),
            wrapped(
                tr(
                    "Nothing is lost: both versions stay in the journal. Choose field by field; what you do not choose can "
                    "be brought back."
                ),
                "sec",
                "ink2",
            ),
        )

    # -- the fields ---------------------------------------------------------------------------------------------------
    def _table(self, both: Both) -> QWidget:
        self.sides, self.joins = {}, {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, stretch in enumerate((3, 4, 6, 6, 0)):
            grid.setColumnStretch(place, stretch)
        heads = (
            row(label(tr("Field"), "strong"), None),
            row(label(tr("Before"), "strong"), None),
            _head(tr("Yours") if both.mine_is_own else both.mine_by, both.mine_by, both.mine_at),
            _head(tr("Theirs"), both.theirs_by, both.theirs_at),
        )
        for place, head in enumerate(heads):
            grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignVCenter)
        for number, field in enumerate(both.rows):
            grid.addWidget(hairline(), 2 * number + 1, 0, 1, 5)
            self._field(grid, 2 * number + 2, field)
        inside = QWidget()
        inside.setLayout(grid)
        return card(inside)

    def _field(self, grid: QGridLayout, line: int, field: Row) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(row(wrapped(field.label, "medium", "ink"), margins=(0, 9, 0, 0)), line, 0, top)
        grid.addWidget(
            row(wrapped(shown(field.before) or _NOTHING, "body", "ink2"), margins=(0, 9, 0, 0)), line, 1, top
        )
        pair = []
        for place, (side, value) in enumerate((("mine", field.mine), ("theirs", field.theirs))):
            choice = SideChoice(shown(value) or _NOTHING)
            spoken = tr("{field}, yours") if side == "mine" else tr("{field}, theirs")
            choice.setAccessibleName(f"{spoken.format(field=field.label)}: {choice.text()}")
            choice.clicked.connect(lambda _checked=False, f=field.name, s=side: self.choose(f, s))
            grid.addWidget(choice, line, 2 + place, top)
            pair.append(choice)
        self.sides[field.name] = (pair[0], pair[1])
        if field.joins:
            join = button(tr("Keep both"))
            join.clicked.connect(lambda _checked=False, f=field.name: self.choose(f, "both"))
            join.setCheckable(True)
            grid.addWidget(join, line, 4, top)
            self.joins[field.name] = join

    def _merged(self, both: Both) -> tuple[QWidget, ...]:
        if not both.merged:
            return ()
        words = plural(
            len(both.merged),
            "{n} other field changed on one side only and was merged",
            "{n} other fields changed on one side only and were merged",
        )
        lines = column(
            *(
                row(label(one.label, "sec"), (wrapped(shown(one.mine) or _NOTHING, "sec", "ink"), 1), gap=12)
                for one in both.merged
            ),
            gap=4,
        )
        lines.hide()

        def turn() -> None:
            lines.setVisible(lines.isHidden())
            more.setText(tr("Hide them") if lines.isVisible() else tr("Show them"))

        more = button(tr("Show them"), "link", on_click=turn)
        return (card(row(icon_label("git-merge", "green"), label(words), None, more), lines),)

    def _what_is_saved(self, both: Both) -> QWidget:
        self.saved = column(gap=6)
        return card(
            row(label(tr("What will be saved"), "strong"), None, label(tr("updates as you choose"), "cap")), self.saved
        )

    # -- choosing -----------------------------------------------------------------------------------------------------
    def choose(self, field: str, side: str) -> None:
        """Take one side of a field, or both."""
        self.chosen[field] = side
        self.fault.show_fault("", True)
        self._settle()

    def _settle(self) -> None:
        both = self.both
        assert both is not None
        for field in both.rows:
            side = self.chosen.get(field.name, "")
            mine, theirs = self.sides[field.name]
            mine.setChecked(side in ("mine", "both"))
            theirs.setChecked(side in ("theirs", "both"))
            if field.name in self.joins:
                self.joins[field.name].setChecked(side == "both")
                self.joins[field.name].setText(tr("Both kept") if side == "both" else tr("Keep both"))
        left = [field.label for field in both.rows if field.name not in self.chosen]
        done = len(both.rows) - len(left)
        self.count.set_text(tr("{n} of {m} chosen", n=done, m=len(both.rows)))
        self.bar.set_share(done / len(both.rows) if both.rows else 1.0)
        said = (
            tr("{field} is left", field=left[0]) if len(left) == 1 else plural(len(left), "{n} is left", "{n} are left")
        )
        self.left.set_text(said if left else "")
        self.save.setEnabled(not left)
        refill(
            self.saved,
            *(
                column(
                    label(field.label, "cap", "ink2"),
                    wrapped(self._shown(field), "body", "ink")
                    if field.name in self.chosen
                    else icon_text("circle-alert", tr("to choose"), tone="amber"),
                    gap=0,
                )
                for field in both.rows
            ),
        )

    def _shown(self, field: Row) -> str:
        return shown(field.value(self.chosen[field.name])) or _NOTHING

    # -- saving -------------------------------------------------------------------------------------------------------
    def save_chosen(self) -> None:
        """Save what was chosen, in sight of both versions."""
        self._saving(lambda both, dispute: saved_from(self._desk.store, dispute, both, self.chosen))

    def keep_two(self) -> None:
        """Let yours stand, and keep theirs as a record of its own."""
        self._saving(lambda both, dispute: both.keep_two(self._desk.store, dispute))

    def _saving(self, save: Callable[[Both, Dispute], Any]) -> None:
        both, dispute = self.both, self.dispute
        assert both is not None
        assert dispute is not None
        try:
            save(both, dispute)
        except Refused as refused:
            self.fault.show_fault(str(refused), True)
            return
        except (LiaisonError, msgspec.ValidationError):
            self.fault.show_fault(tr("This was changed again meanwhile. Look at it once more; nothing was lost."), True)
            self.show_dispute(dispute)
            return
        self._desk.toast(tr("Decided. Both versions stay in the journal."))
        following = self._desk.store.central.disputes()
        if following:
            self.show_dispute(following[0])
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.dispute = None
            self._later()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape decides later."""
        if event.key() == Qt.Key.Key_Escape:
            self._later()
        else:
            super().keyPressEvent(event)


def _head(who: str, by: str, at: str) -> QWidget:
    when = show_moment(moment_of(at)) if at else ""
    told = ", ".join(filter(None, (by if by != who else "", when)))
    return row(label(who, "strong"), label(told, "cap", "ink2"), None, gap=8)
