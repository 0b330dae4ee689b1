"""Beside the call: what is left of deductible and limit, and an estimate that says it is one (V34)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.coverage.record import CoverageVerification
from liaison_desktop.clinical.coverage.rules import Estimate, estimate_of, money_text, remaining
from liaison_desktop.policies import Policy
from liaison_desktop.ui.layout import Item, column, row
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import elided, label, wrapped
from liaison_desktop.ui.tokens import CONTEXT


def no_guarantee(policy: Policy) -> str:
    """The line that stands beside every estimate, on the screen and on paper."""
    return policy.rules["V34-LINE"].message


class WorkedOut(QFrame):
    """Worked out from what was typed; nothing in it can be typed over."""

    def __init__(self, policy: Policy, at_hand: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedWidth(CONTEXT)
        self._policy, self._part = policy, Part(gap=16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label("At hand", "section"))
        for words, value in at_hand:
            if value:
                layout.addWidget(column(label(words, "cap"), elided(value, "medium"), gap=0))
        layout.addSpacing(8)
        layout.addWidget(label("Worked out", "section"))
        layout.addWidget(self._part)
        layout.addStretch(1)

    def show_verification(self, said: CoverageVerification) -> None:
        """Show what follows from what the payer said."""
        left = (
            ("Deductible left", remaining(said.deductible_total, said.deductible_met)),
            ("Until the out-of-pocket limit", remaining(said.limit_total, said.limit_met)),
        )
        estimate = estimate_of(said)
        self._part.show_facts((left, estimate), lambda: self._items(left, estimate))

    def _items(self, left: tuple[tuple[str, int | None], ...], estimate: Estimate | None) -> tuple[Item, ...]:
        amounts = [self._amount(words, cents) for words, cents in left]
        return (*amounts, *estimate_items(estimate, self._policy))

    def _amount(self, words: str, cents: int | None) -> QWidget:
        known = cents is not None
        value = label(
            money_text(cents) if cents is not None else "Not known",
            "number" if known else "sec",
            "ink3" if not known else "ink",
        )
        return column(label(words, "cap"), value, gap=2)


def estimate_items(estimate: Estimate | None, policy: Policy) -> tuple[Item, ...]:
    """An estimate with how it comes about, and the line that it is no guarantee."""
    if estimate is None:
        words = "Write the allowed amount or a copay, and the estimate is worked out here."
        return (column(label("Estimate for the patient", "cap"), wrapped(words, "sec", "ink3"), gap=2),)
    lines = [row(elided(part.words, "sec"), label(money_text(part.cents), "sec"), gap=8) for part in estimate.parts]
    if estimate.capped:
        lines.append(row(elided("Held to the out-of-pocket limit", "sec"), gap=8))
    missing: tuple[Item, ...] = (wrapped(estimate.unknown, "cap", "amber"),) if estimate.unknown else ()
    return (
        column(label("Estimate for the patient", "cap"), label(money_text(estimate.cents), "number"), *lines, gap=4),
        *missing,
        wrapped(no_guarantee(policy), "cap", "amber"),
    )
