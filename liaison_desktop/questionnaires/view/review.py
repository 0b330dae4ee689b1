"""Beside the form: what a reviewer would find, what waits, how much is left, and the one way to finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.outcome import Issue, Level
from liaison_desktop.questionnaires.progress import Finding, findings, waiting_proposals
from liaison_desktop.questionnaires.validation import validate
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import icon_label, icon_text, label, wrapped

WIDTH = 276
_SECONDS_EACH = 10  # what one answer takes a practised nurse; measured nowhere yet, so it is said as "about"


class ReviewPane(QWidget):
    """Findings with a way to each, what passed, what is left, and Finalise."""

    go_asked = Signal(str)  # a linkId
    finalise_asked = Signal()

    def __init__(self, filling: Filling, also: Callable[[], list[Finding]] = list) -> None:
        super().__init__()
        self._filling, self._also = filling, also
        self._shown: object = None
        self.setFixedWidth(WIDTH)
        self._count = label("", "sec")
        self._list = column(gap=8)
        self._facts = column(gap=6)
        self._left = label("", "strong")
        self._about = label("", "cap")
        self.finalise: Button = button(
            "Finalise", "primary", "circle-check", on_click=self.finalise_asked.emit, tall=44
        )
        self.finalise.setToolTip("Ctrl+Enter")
        self._then = label("", "cap")
        head = column(label("Would this survive review?", "section"), self._count, gap=2, margins=(16, 12, 16, 8))
        body = column(self._list, self._facts, None, gap=12, margins=(16, 0, 16, 8))
        self._foot = column(
            hairline(),
            4,
            row(self._left, None, self._about),
            self.finalise,
            row(None, self._then, None),
            gap=6,
            margins=(16, 4, 16, 10),
        )
        whole = panel(head, (scroll(body), 1), self._foot, fill="surface", gap=0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)

    def show_state(self, answered: int, asked: int, required_left: int) -> None:
        """Show the findings as they are now."""
        locked = self._filling.locked
        own = findings(self._filling.sheet)
        found = own if locked else _worst_first(self._wrong() + own + self._also())
        stopping = sum(one.level == "block" or (one.level == "hard-warn" and not one.reason) for one in found)
        how_many = _many(len(found), "finding")
        if locked:
            self._count.set_text(f"{how_many} when it was finished" if found else "No findings when it was finished")
        elif found:
            self._count.set_text(f"{how_many}, {stopping} {'stops' if stopping == 1 else 'stop'} you from finishing")
        else:
            self._count.set_text("Nothing found so far")
        seen = tuple((one.key, one.rule, one.text, bool(one.reason)) for one in found)
        if seen != self._shown:
            self._shown = seen
            refill(self._list, *(self._card(one) for one in found))
        waiting = waiting_proposals(self._filling.sheet)
        facts: list[QWidget] = []
        if waiting and not locked:
            codes = ", ".join(node.item.prefix or node.item.link_id for node in waiting[:6])
            facts.append(icon_text("file-text", f"{_many(len(waiting), 'prefilled answer')} to confirm", "secm"))
            facts.append(wrapped(f"{codes} {'is' if len(waiting) == 1 else 'are'} waiting for you", "cap", "ink2"))
        facts.append(
            icon_text("check", f"{_many(answered, 'question')} of {asked} answered", "secm", icon_tone="green")
        )
        refill(self._facts, hairline(), *facts)
        self._foot.setVisible(not locked)
        self._left.set_text(f"{required_left} required left" if required_left else "Nothing required is left")
        minutes = -(-required_left * _SECONDS_EACH // 60)
        self._about.set_text(f"about {minutes} min" if required_left else "")

    def show_then(self, text: str) -> None:
        """What follows after Finalise, in a few words."""
        self._then.set_text(text)

    def _wrong(self) -> list[Finding]:
        """Answers that cannot be: they stop the form too."""
        sheet = self._filling.sheet
        return [
            Finding("", "block", "Not plausible", _spoken(issue), issue.link_id, issue.where, "")
            for issue in validate(sheet)
            if issue.severity is Level.ERROR and issue.code not in ("required", "business-rule")
        ]

    def _card(self, finding: Finding) -> QFrame:
        stops = finding.level == "block"
        icon = icon_label("octagon-alert" if stops else "triangle-alert", "red" if stops else "amber", 16)
        title = wrapped(finding.title, "secs", "ink")
        code = self._code(finding.goto)
        go = button(f"Go to {code}", "link", small=True, on_click=lambda: self.go_asked.emit(finding.goto))
        links: list[QWidget] = [go]
        body = column(title, wrapped(finding.text, "sec", "ink2"), gap=2)
        made = card(
            row((icon_holder(icon), 0), (body, 1), gap=8),
            row(24, *links, None, gap=8),
            gap=2,
            margins=(12, 10, 10, 6),
        )
        if self._filling.locked:
            if finding.reason:
                body_layout = body.layout()
                assert body_layout is not None
                body_layout.addWidget(wrapped(finding.reason, "secm", "ink"))
        elif finding.level == "hard-warn":
            why = TextEditor(name=f"{finding.title}: why it may stand", placeholder="Say why it may stand")
            why.set_value(finding.reason)
            why.editingFinished.connect(lambda: self._explained(finding, why))
            layout = made.layout()
            assert layout is not None
            layout.addWidget(row(24, (why, 1), gap=0, margins=(0, 2, 0, 4)))
        return made

    def _code(self, link_id: str) -> str:
        """The code that stands beside the question, or beside the card it is in."""
        definition = self._filling.sheet.definition
        if link_id not in definition.index:
            return ""
        found = [definition.index[one].prefix for one in definition.lineage(link_id)]
        return next((prefix for prefix in reversed(found) if prefix), "it")

    def _explained(self, finding: Finding, why: TextEditor) -> None:
        if why.value() != finding.reason:
            self._filling.explain_finding(finding.key, why.value())


def _worst_first(found: list[Finding]) -> list[Finding]:
    order = ("block", "hard-warn", "warn", "info")
    return sorted(found, key=lambda one: order.index(one.level) if one.level in order else len(order))


def _spoken(issue: Issue) -> str:
    """The sentence without the inner id of a field in a card, which nobody knows it by."""
    return issue.diagnostics.removeprefix(f"{issue.link_id} ") if "." in issue.link_id else issue.diagnostics


def icon_holder(icon: QWidget) -> QWidget:
    """An icon at the height of the first line beside it."""
    return column(2, icon, None, gap=0)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
