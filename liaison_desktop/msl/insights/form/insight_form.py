"""One insight to fill in. It saves nothing: the page asks it for the insight and calls the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.form.answers import AnswerCards
from liaison_desktop.msl.insights.form.cart import CART, CartMeter
from liaison_desktop.msl.insights.queries import priorities_on
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.insights.rules import asks
from liaison_desktop.ui.layout import column, to_top
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.text import label
from liaison_desktop.ui.tokens import FORM_MOST

if TYPE_CHECKING:
    from liaison_desktop.store import Store

# Set by the store or the actions; nobody types them.
SET_ASIDE = frozenset(
    {
        "id",
        "version",
        "number",
        "status",
        "visit_id",
        "similar_to_id",
        "links",
        "votes",
        "author_id",
        "author",
        "submitted_at",
        "amendment",
        "amend_reason",
        "policy_version",
    }
)

_LAST = "Before you send it"
GROUPS: tuple[tuple[str, tuple[FormRow, ...]], ...] = (
    ("", ("headline", "so_what", "quote", "verbatim", (("category", 1), ("priority_id", 1)))),
    (
        "Who said it",
        (
            (("person_id", 1), ("heard_at", 1)),
            (("source_kind", 1), ("evidence_basis", 1)),
            "attribution",
            (("event", 1), ("publication_ref", 1)),
        ),
    ),
    (
        "What it is about",
        (
            (("product_id", 1), ("topic_id", 1)),
            (("therapeutic_area", 1), ("indication", 1)),
            "detail",
            "suggested_action",
        ),
    ),
    ("Who should read it", ("audience", "urgency", "confidence")),
    (_LAST, (CART,)),
)


def shared_words(first: str, second: str) -> int:
    """How many words of four letters and more two texts share."""
    one, other = (set(re.findall(r"\w{4,}", text.casefold())) for text in (first, second))
    return len(one & other)


def offer_priorities(store: Store, picker: Picker, said: Any) -> None:
    """Offer the questions of today, the one that shares most words with `said()` first."""

    def look(text: str) -> Sequence[Option]:
        words = said()
        asked = sorted(
            priorities_on(store, store.clock().date()), key=lambda one: (-shared_words(one.question, words), one.rank)
        )
        return matching([Option(one.id, one.title(), one.facts()) for one in asked], text)

    picker.set_scope(look)


class InsightForm(QWidget):
    """The fields of an insight in groups. `changed` after each change."""

    changed = Signal()

    def __init__(self, store: Store, *, turns: bool = False) -> None:
        super().__init__()
        self._insight, self._showing = Insight(), False
        self.forms: list[RecordForm] = []
        self.answers, self.meter = AnswerCards(turns=turns), CartMeter()
        self.setMaximumWidth(FORM_MOST + 40)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 20)
        layout.setSpacing(20)
        for title, rows in GROUPS:
            form = RecordForm(Insight, *rows, store=store)
            form.changed.connect(lambda _name: self._tell())
            self.forms.append(form)
            meter = (self.meter,) if title == _LAST else ()
            layout.addWidget(column(label(title, "section"), form, *meter, gap=8) if title else form)
            if not title:
                layout.addWidget(self.answers)
        layout.addStretch(1)
        self.answers.changed.connect(self._tell)
        offer_priorities(store, self.editor("priority_id"), self.text)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields on this form."""
        return (*(name for form in self.forms for name in form.names), "answers")

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return next(form for form in self.forms if name in form.names).editor(name)

    def text(self) -> str:
        """The words that tell what it is about, for what is like it."""
        return f"{self.editor('headline').value()} {self.editor('quote').value()}".strip()

    def show_insight(self, insight: Insight, *, read_only: bool = False) -> None:
        """Show an insight."""
        if insight.id != self._insight.id:
            to_top(self)
        self._showing, self._insight = True, insight
        for form in self.forms:
            form.set_values(insight)
            form.clear_faults()
            form.set_read_only(read_only)
        self.answers.set_values(insight.answers, read_only=read_only)
        self.meter.show_insight(insight)
        self._showing = False

    def insight(self) -> Insight:
        """The insight as typed."""
        values = {name: value for form in self.forms for name, value in form.values().items()}
        return msgspec.structs.replace(self._insight, **values, answers=self.answers.values())

    def rebase(self, insight: Insight) -> None:
        """Take over what the store set meanwhile, and keep everything that is typed here."""
        self._insight = insight

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return tuple(fault for form in self.forms for fault in form.unread())

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Show each fault beside its field, and those that a reason answers as cards."""
        found = tuple(faults)
        open_ones = tuple(one for one in found if asks(one))
        left = tuple(one for one in found if one not in open_ones)
        for form in self.forms:
            before = left
            left = form.show_faults(left, focus)
            stops = (Severity.REFUSE, Severity.CONFIRM)
            focus = focus and not any(one.severity in stops and one not in left for one in before)
        self.answers.show_faults(open_ones)
        if focus:
            self.answers.focus_first()

    def focus_on(self, name: str) -> None:
        """Put the keyboard into a field; where there is none of that name, into the headline."""
        known = any(name in form.names for form in self.forms)
        self.editor(name if known else "headline").setFocus()

    def focused(self) -> str:
        """The field that has the keyboard; empty if none has."""
        held = QApplication.focusWidget()
        if held is None or not self.isAncestorOf(held):
            return ""
        for form in self.forms:
            for name in form.names:
                if form.field(name).isAncestorOf(held):
                    return name
        return ""

    def _tell(self) -> None:
        if not self._showing:
            self.meter.show_insight(self.insight())
            self.changed.emit()
