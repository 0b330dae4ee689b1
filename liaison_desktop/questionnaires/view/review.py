"""Beside the form: what a reviewer would find, what waits, how much is left, and the one way to finish."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.facts import Fact
from liaison_desktop.questionnaires.marks import flagged
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
    key_asked = Signal(str)  # the key of a question
    finalise_asked = Signal()

    def __init__(
        self,
        filling: Filling,
        also: Callable[[], list[Finding]] = list,
        facts: Callable[[], list[Fact]] = list,
    ) -> None:
        super().__init__()
        self._filling, self._also, self._facts_now = filling, also, facts
        self._shown: object = None
        self._whys: dict[str, tuple[Finding, TextEditor]] = {}
        self.wrong: frozenset[str] = frozenset()  # keys of answers that cannot be, as of the last look
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
        wrong = [] if locked else self._wrong()
        self.wrong = frozenset(one.key for one in wrong)
        found = own if locked else _worst_first(wrong + own + self._also())
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
            self._whys = {}
            refill(self._list, *(self._card(one) for one in found))
        refill(self._facts, hairline(), *self._told(answered, asked, len(found)))
        self._foot.setVisible(not locked)
        self._left.set_text(f"{required_left} required left" if required_left else "Nothing required is left")
        minutes = -(-required_left * _SECONDS_EACH // 60)
        self._about.set_text(f"about {minutes} min" if required_left else "")

    def _told(self, answered: int, asked: int, found: int) -> list[QWidget]:
        """What passed, what waits, and the clocks of this form."""
        sheet, locked = self._filling.sheet, self._filling.locked
        passed = sum(bool(item.finding) for item in sheet.definition.index.values()) - found
        made: list[QWidget] = []
        if passed > 0:
            tone = "green" if answered else "ink3"
            made.append(_fact(Fact("check", f"{_many(passed, 'check')} without a finding", "", tone)))
        waiting = waiting_proposals(sheet)
        if waiting and not locked:
            codes = ", ".join(node.item.prefix or node.item.link_id for node in waiting[:6])
            are = "is" if len(waiting) == 1 else "are"
            many = _many(len(waiting), "prefilled answer")
            made.append(_fact(Fact("file-text", f"{many} to confirm", f"{codes} {are} waiting for you")))
        made += [_fact(fact) for fact in self._facts_now()]
        back = [node for node in sheet.walk() if flagged(node) and node.enabled] if not locked else []
        if back:
            made.append(_fact(Fact("flag", f"{_many(len(back), 'question')} to come back to", "", "amber")))
            links = [
                button(
                    f"Go to {node.item.prefix or 'it'}",
                    "link",
                    small=True,
                    on_click=partial(self.key_asked.emit, node.key),
                )
                for node in back[:4]
            ]
            made.append(row(20, *links, None, gap=8))
        done = "green" if answered == asked else "ink3"
        return [*made, _fact(Fact("list-checks", f"{answered} of {_many(asked, 'question')} answered", "", done))]

    def flush(self) -> None:
        """Take the reasons that were typed, also the one the keyboard is still in."""
        for finding, why in tuple(self._whys.values()):
            self._explained(finding, why)

    def show_then(self, text: str) -> None:
        """What follows after Finalise, in a few words."""
        self._then.set_text(text)

    def _wrong(self) -> list[Finding]:
        """Answers that cannot be: they stop the form too."""
        sheet = self._filling.sheet
        return [
            Finding("", "block", _called(issue), _spoken(issue), issue.link_id, issue.where, "")
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
            self._whys[finding.key + finding.rule] = (finding, why)
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


def _fact(fact: Fact) -> QWidget:
    said = icon_text(fact.icon, fact.words, "secm", icon_tone=fact.tone)
    return column(said, row(20, (wrapped(fact.under, "cap", "ink2"), 1), gap=0), gap=2) if fact.under else said


def _worst_first(found: list[Finding]) -> list[Finding]:
    order = ("block", "hard-warn", "warn", "info")
    return sorted(found, key=lambda one: order.index(one.level) if one.level in order else len(order))


def _called(issue: Issue) -> str:
    return "Not plausible" if "which cannot be" in issue.diagnostics else "Not written as asked"


def _spoken(issue: Issue) -> str:
    """The sentence without the inner id of a field in a card, which nobody knows it by."""
    return issue.diagnostics.removeprefix(f"{issue.link_id} ") if "." in issue.link_id else issue.diagnostics


def icon_holder(icon: QWidget) -> QWidget:
    """An icon at the height of the first line beside it."""
    return column(2, icon, None, gap=0)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
