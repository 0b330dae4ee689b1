"""The banner of a person in care: who it is, what is dangerous, what must be known. On every screen about them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.ui.layout import card, column, empty, hairline, row
from liaison_desktop.ui.pictures import Stripe
from liaison_desktop.ui.text import icon_text, label
from liaison_desktop.ui.tokens import BANNER, STRIPES


class BannerFact(NamedTuple):
    """One fact of the banner: a caption over its value."""

    caption: str
    value: str
    tone: str = "ink"
    icon: str = ""


def stripe_of(number: str) -> str:
    """The colour that goes with a record number, the same for ever."""
    return STRIPES[hashlib.sha256(number.encode()).digest()[0] % len(STRIPES)]


class Banner(QFrame):
    """Stripe, name, birth date and age, what is dangerous in red, and facts between hairlines."""

    def __init__(self, trailing: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedHeight(BANNER)
        self._trailing = trailing
        self._lay = QHBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 12, 0)
        self._lay.setSpacing(0)
        self._inside = QWidget()

    def show_person(
        self,
        name: str,
        born: str,
        facts: Sequence[BannerFact],
        dangers: Sequence[str] = (),
        number: str = "",
        under: str = "",
        danger_tone: str = "red",
    ) -> None:
        """Show a person. The first of `dangers` is bold, the second below it; facts that find no room at the right
        are the last ones, so put what matters first."""
        if self._trailing is not None:
            self._trailing.setParent(self)
        empty(self._lay)
        self.setAccessibleName(", ".join((name, born, *dangers, *(f"{f.caption}: {f.value}" for f in facts))))
        who = column(None, label(name, "name"), row(label(born, "secm"), label(under, "sec"), None), None, gap=0)
        self._lay.addWidget(Stripe(stripe_of(number or name)))
        self._lay.addSpacing(14)
        self._lay.addWidget(who)
        if facts:
            self._put_fact(facts[0])
        if dangers:
            self._lay.addSpacing(20)
            self._lay.addWidget(_dangers(dangers, danger_tone))
        for fact in facts[1:]:
            self._put_fact(fact)
        self._lay.addStretch(1)
        if self._trailing is not None:
            self._lay.addWidget(self._trailing)

    def _put_fact(self, fact: BannerFact) -> None:
        self._lay.addSpacing(16)
        self._lay.addWidget(hairline(True, 32))
        self._lay.addSpacing(16)
        value = (
            icon_text(fact.icon, fact.value, "secm", fact.tone) if fact.icon else label(fact.value, "secm", fact.tone)
        )
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addStretch(1)
        inner.addWidget(label(fact.caption, "cap"))
        inner.addWidget(value)
        inner.addStretch(1)
        self._lay.addWidget(box)


def _dangers(lines: Sequence[str], tone: str) -> QFrame:
    first = icon_text("triangle-alert", lines[0], "secs", tone)
    rest = tuple(label(line, "cap", tone) for line in lines[1:2])
    box = card(None, first, *rest, None, tone=tone, gap=0, margins=(10, 4, 12, 4))
    box.setFixedHeight(48)
    return box
