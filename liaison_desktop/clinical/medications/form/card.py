"""The card of a chart: which medicines need an answer, from a prescriber or from the patient."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from liaison_desktop.clinical.medications.actions import NeedsAnswer
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec

_MOST = 5  # rows; the count at the right says how many there are


def needs_card(needs: Sequence[NeedsAnswer], go: Callable[[uuid.UUID], object]) -> QFrame:
    """The loudest first; pressed, a row opens where it is answered."""
    rows = [
        CardRow(
            each.title,
            each.question,
            "pill",
            ChipSpec(each.mark, each.tone),
            on_click=_going(go, each.medicine),
            tone="red" if each.tone == "red" else "ink2",
        )
        for each in needs[:_MOST]
    ]
    return list_card("Medicines needing an answer", *rows, right=str(len(needs)))


def _going(go: Callable[[uuid.UUID], object], medicine: uuid.UUID) -> Callable[[], object]:
    return lambda: go(medicine)
