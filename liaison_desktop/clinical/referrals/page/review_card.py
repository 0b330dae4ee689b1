"""Would this survive review? What the screening is asked while it is filled in, where one decides about the patient too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.referrals.rules import Facts, ReviewFact
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.layout import card, column, hairline, refill, row
from liaison_desktop.ui.text import icon_label, label, wrapped

_MOST = 4  # the form itself shows all of them


class ReviewCard(QWidget):
    """The open findings of the pre-admission screening, the ones that stop it first. `mended` asks to open it."""

    mended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ReviewFact, ...] | None = None
        self._box, self._count = column(gap=0), Chip("")
        self.go = button("Open the screening", "secondary", small=True, on_click=lambda: self.mended.emit("screening"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(self._box, row(self.go, None), title="Would this survive review?", right=self._count, gap=8)
        )
        self.hide()

    def show_facts(self, facts: Facts) -> None:
        """Show what is open in the screening of this referral; nothing once it is finished, or before it is begun."""
        found = facts.forms.get("pas")
        open_still = found.review if found is not None else ()
        self.setVisible(bool(open_still))
        if open_still == self._shown:
            return
        self._shown = open_still
        stops = sum(one.stops for one in open_still)
        words = f"{stops} of {len(open_still)} stop it" if stops else f"{len(open_still)} to look at"
        self._count.show_chip(words, "red" if stops else "amber", "octagon-alert" if stops else "triangle-alert")
        parts: list[QWidget] = []
        for number, one in enumerate(open_still[:_MOST]):
            parts += [*((hairline(),) if number else ()), _line(one)]
        if len(open_still) > _MOST:
            parts.append(label(f"and {len(open_still) - _MOST} more in the screening", "cap"))
        refill(self._box, *parts)


def _line(one: ReviewFact) -> QWidget:
    icon = icon_label("octagon-alert" if one.stops else "triangle-alert", "red" if one.stops else "amber", 16)
    icon.setAccessibleName("Stops it" if one.stops else "To look at")
    words = column(label(one.title, "medium"), wrapped(one.words, "cap", "ink2"), gap=1)
    return row(icon, (words, 1), gap=10, margins=(0, 7, 0, 7))
